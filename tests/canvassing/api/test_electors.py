"""Electors by REST: found in every way asked for, and never more than one may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework.test import APIClient

from campaigns.models import Campaign, Elector, Job, JobState, Organisation, Ward
from canvassing.actions.standing import refresh_some
from canvassing.models import ElectorStanding
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.cast import NOW, make_address, make_district, make_elector

ADDRESS = "/api/v1/campaigns/mayor-2024/electors/"


@pytest.fixture
def electors(
    campaign: Campaign, organisation: Organisation, ward: Ward, other_ward: Ward
) -> dict[str, Elector]:
    """Two at one door in the first ward, one in the other, one anonymous."""
    near = make_district(organisation, ward, "BN1")
    far = make_district(organisation, other_ward, "PN1")
    home = make_address(near, postcode="ZA1 1AA")
    people = {
        "ivy": make_elector(near, address=home, number=1),
        "fern": make_elector(near, address=home, number=2, forename="Fern"),
        "reed": make_elector(far, number=3, forename="Reed"),
        "nobody": make_elector(
            near, number=4, forename="", surname="", markers="N", is_anonymous=True
        ),
    }
    refresh_some(
        organisation_id=organisation.pk, electors=[e.pk for e in people.values()]
    )
    return people


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    return client_of(token_for(campaign)[1])


def names(answer: object) -> set[str]:
    return {row["forename"] for row in answer.json()["results"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Ivy", "Fern", "Reed"}),
        ("ward=E05014001", {"Ivy", "Fern"}),
        ("district=PN1", {"Reed"}),
        ("postcode=za11aa", {"Ivy", "Fern", "Reed"}),
        ("number=BN1-2", {"Fern"}),
        ("pledged=true", {"Ivy"}),
        ("pledged=false&ward=E05014001", {"Fern"}),
        ("voted=true", set()),
    ],
)
def test_electors_are_found_by_each_filter(
    client: APIClient, electors: dict[str, Elector], query: str, found: set[str]
) -> None:
    ElectorStanding.objects.filter(elector=electors["ivy"]).update(pledged=True)

    assert names(client.get(f"{ADDRESS}?{query}")) == found


def test_an_anonymous_entry_is_in_no_answer(
    client: APIClient, electors: dict[str, Elector]
) -> None:
    nobody = electors["nobody"]

    assert client.get(f"{ADDRESS}{nobody.pk}/").status_code == 404
    assert names(client.get(f"{ADDRESS}?number={nobody.elector_number}")) == set()


def test_pages_follow_each_other_without_a_gap(
    client: APIClient, electors: dict[str, Elector]
) -> None:
    seen, address = [], f"{ADDRESS}?page_size=1"
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert sorted(seen) == sorted(electors[n].pk for n in ("ivy", "fern", "reed"))


def test_the_id_of_a_merged_elector_answers_with_the_survivor(
    client: APIClient, electors: dict[str, Elector]
) -> None:
    kept, gone = electors["ivy"], electors["fern"]
    before = timezone.now() - timedelta(minutes=1)
    Elector.objects.filter(pk=gone.pk).update(merged_into=kept, on_register=False)
    refresh_some(organisation_id=kept.organisation_id, electors=[gone.pk])

    assert client.get(f"{ADDRESS}{gone.pk}/").json()["id"] == kept.pk
    changed = client.get(ADDRESS, {"changed_since": before.isoformat()}).json()
    told = {row["id"]: row for row in changed["results"]}
    assert told[gone.pk]["merged_into"] == kept.pk
    assert told[gone.pk]["removed"] is True


def test_a_time_without_its_zone_is_refused(client: APIClient) -> None:
    answer = client.get(ADDRESS, {"changed_since": "2024-04-23T10:00"})

    assert answer.status_code == 400
    assert "changed_since" in answer.json()["error"]["fields"]


def test_another_organisation_reaches_no_elector_of_ours(
    electors: dict[str, Elector], foreign_campaign: Campaign
) -> None:
    cache.clear()
    theirs = client_of(token_for(foreign_campaign)[1])
    ivy = electors["ivy"]

    assert theirs.get(f"{ADDRESS}{ivy.pk}/").status_code == 404
    assert (
        theirs.get(f"/api/v1/campaigns/birch-mayor/electors/{ivy.pk}/").status_code
        == 404
    )


def test_a_list_of_electors_asks_the_same_number_of_queries_however_long(
    client: APIClient,
    electors: dict[str, Elector],
    organisation: Organisation,
    ward: Ward,
    django_assert_num_queries: object,
) -> None:
    # token, its wards, note of use, campaign, wards, settled, electors
    client.get(ADDRESS)
    with django_assert_num_queries(7):
        client.get(ADDRESS)
    district = make_district(organisation, ward, "BN1")
    more = [make_elector(district, number=n).pk for n in range(10, 30)]
    refresh_some(organisation_id=organisation.pk, electors=more)
    with django_assert_num_queries(7):
        client.get(ADDRESS)


def test_pages_go_on_through_electors_that_changed_at_the_same_instant(
    client: APIClient, organisation: Organisation, ward: Ward
) -> None:
    district = make_district(organisation, ward)
    many = [make_elector(district).pk for _ in range(11)]
    Elector.objects.filter(pk__in=many).update(changed_at=NOW)
    refresh_some(organisation_id=organisation.pk, electors=many)

    seen = []
    address = f"{ADDRESS}?page_size=3&changed_since=2024-01-01T00:00:00Z"
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert seen == sorted(many)


def test_a_ward_is_paged_in_walking_order(
    client: APIClient, organisation: Organisation, ward: Ward
) -> None:
    first = make_district(organisation, ward, "BN1")
    second = make_district(organisation, ward, "BN2")
    people = [make_elector(district).pk for district in (second, first, second, first)]
    refresh_some(organisation_id=organisation.pk, electors=people)

    rows = client.get(f"{ADDRESS}?ward={ward.gss}").json()["results"]

    assert [row["polling_district"] for row in rows] == ["BN1", "BN1", "BN2", "BN2"]


def test_a_copy_resumes_from_before_the_oldest_work_that_still_runs(
    client: APIClient, campaign: Campaign, electors: dict[str, Elector]
) -> None:
    began = timezone.now() - timedelta(minutes=3)
    Job.objects.create(
        organisation=campaign.organisation,
        kind="register_import",
        title="A long import",
        state=JobState.RUNNING,
        asked_at=began,
        started_at=began,
        by_kind="system",
        by_label="Committee Room",
    )

    first = client.get(f"{ADDRESS}?page_size=2").json()
    second = client.get(first["next"]).json()

    assert parse_datetime(first["resume_from"]) < began
    assert second["resume_from"] == first["resume_from"]


def test_electors_of_two_councils_with_the_same_district_code_are_told_apart(
    client: APIClient, electors: dict[str, Elector]
) -> None:
    assert names(client.get(f"{ADDRESS}?district=PN1&council=E08000031")) == {"Reed"}
    assert names(client.get(f"{ADDRESS}?district=PN1&council=E08000030")) == set()


def test_the_boundary_of_a_ward_is_not_read_with_each_of_its_electors(
    client: APIClient,
    electors: dict[str, Elector],
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(7) as asked:
        client.get(ADDRESS)

    assert "boundary" not in asked[-1]["sql"]
