"""The admin: entered by membership, one's own organisation only, everything audited."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from campaigns.access import system
from campaigns.models import (
    AuditEntry,
    Campaign,
    Candidate,
    Organisation,
    User,
    Ward,
    WardTarget,
)
from campaigns.roles import Role
from canvassing.actions.do_not_contact import keep_away_from_person
from canvassing.models import OutcomeCode
from config.admin_site import SHELVES
from tests.cast import (
    NOW,
    give_role,
    make_campaign,
    make_district,
    make_elector,
    member,
)
from tests.signing_in import signed_in
from volunteers.models import Shift, ShiftSignUp, Volunteer

pytestmark = pytest.mark.django_db
LISTS = [
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in admin.site._registry
]


def test_an_organiser_opens_the_front_page(campaign: Campaign, organiser: User) -> None:
    response = signed_in(organiser).get("/admin/")

    assert response.status_code == 200
    assert "Codes for what people say" in response.content.decode()


def test_every_kind_of_record_stands_on_one_shelf() -> None:
    shelved = [label for _, labels in SHELVES for label in labels]

    assert sorted(shelved) == sorted(
        model._meta.label_lower for model in admin.site._registry
    )


def test_a_cell_carries_the_name_of_its_column(
    campaign: Campaign, organiser: User
) -> None:
    campaign.agent_name = "Ada <b>Agent</b>"
    campaign.save()
    address = reverse("admin:campaigns_campaign_changelist")

    text = signed_in(organiser).get(address).content.decode()

    assert '<td data-label="Agent name" class="field-agent_name">Ada &lt;b' in text


def test_a_list_with_nothing_on_it_says_so(campaign: Campaign, organiser: User) -> None:
    address = reverse("admin:volunteers_volunteer_changelist")

    assert (
        "Nothing here</strong> yet"
        in signed_in(organiser).get(address).content.decode()
    )
    assert "show all" in signed_in(organiser).get(f"{address}?q=x").content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_every_list_opens_within_its_queries(
    campaign: Campaign,
    organiser: User,
    address: str,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(organiser)

    with django_assert_max_num_queries(25):
        assert client.get(address).status_code == 200


def test_whoever_works_in_some_wards_only_finds_nothing(ward_lead: User) -> None:
    assert signed_in(ward_lead).get("/admin/", follow=True).status_code == 404


def test_nobody_enters_before_their_second_factor(organiser: User) -> None:
    response = signed_in(organiser, second_factor=False).get("/admin/", follow=True)

    assert "/account/second-factor/" in response.redirect_chain[-1][0]


def test_another_organisations_rows_are_not_there(
    campaign: Campaign, ward: Ward, outsider: User
) -> None:
    WardTarget.objects.create(
        organisation=campaign.organisation, campaign=campaign, ward=ward, pledges=10
    )
    client = signed_in(outsider)
    listed = client.get(reverse("admin:campaigns_wardtarget_changelist"))
    change = reverse("admin:campaigns_campaign_change", args=[campaign.pk])

    assert (
        campaign.name not in client.get("/admin/campaigns/candidate/").content.decode()
    )
    assert listed.context["cl"].result_count == 0
    assert client.get(change, follow=True).redirect_chain[0][0] == "/admin/"


def test_the_agent_reads_a_campaign_and_changes_nothing(
    campaign: Campaign, agent: User
) -> None:
    change = reverse("admin:campaigns_campaign_change", args=[campaign.pk])
    client = signed_in(agent)

    assert client.get(change).status_code == 200
    assert client.post(change, {"name": "Ours"}).status_code == 403


def test_an_imprint_is_typed_in_and_audited_without_its_words(
    campaign: Campaign, organiser: User
) -> None:
    change = reverse("admin:campaigns_campaign_change", args=[campaign.pk])
    ours = campaign.candidates.order_by("position", "pk")
    asked = {
        "name": campaign.name,
        "pledge_word": "pledge",
        "joint_candidates": 1,
        "imprint_promoter": "A. Agent, 1 High Street",
        "candidates-TOTAL_FORMS": 3,
        "candidates-INITIAL_FORMS": 2,
        "candidates-2-name": "Rue Sorrel",
        "candidates-2-position": 2,
    }
    for n, candidate in enumerate(ours):
        asked |= {
            f"candidates-{n}-id": candidate.pk,
            f"candidates-{n}-name": candidate.name,
            f"candidates-{n}-party": candidate.party,
            f"candidates-{n}-position": candidate.position,
        }

    response = signed_in(organiser).post(change, asked)

    assert response.status_code == 302, response.context["errors"]
    campaign.refresh_from_db()
    entry = AuditEntry.objects.get(verb="campaign.changed")
    assert campaign.imprint_promoter == "A. Agent, 1 High Street"
    assert "Imprint promoter" in entry.data["fields"]
    assert "High Street" not in str(entry.data)
    added = Candidate.objects.get(name="Rue Sorrel")
    assert added.organisation == campaign.organisation


def test_a_volunteer_twice_is_said_and_not_a_crash(
    campaign: Campaign, organiser: User
) -> None:
    client, add = signed_in(organiser), reverse("admin:volunteers_volunteer_add")
    asked = {
        "name": "Vera Helper",
        "email": "vera@example.org",
        "joined_on": "2024-04-01",
        "undertakings-TOTAL_FORMS": 0,
        "undertakings-INITIAL_FORMS": 0,
    }

    client.post(add, asked)
    again = client.post(add, asked)

    assert Volunteer.objects.get().organisation == campaign.organisation
    assert again.status_code == 200


def test_only_ones_own_campaigns_are_offered(
    campaign: Campaign, other_campaign: Campaign, foreign_campaign: Campaign
) -> None:
    organiser = member("Ona Organiser", Role.ORGANISER, campaign)

    form = signed_in(organiser).get(reverse("admin:campaigns_wardtarget_add"))

    offered = form.context["adminform"].form.fields["campaign"].queryset
    assert list(offered) == [campaign]


def test_targets_are_typed_into_the_list(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    target = WardTarget.objects.create(
        organisation=campaign.organisation, campaign=campaign, ward=ward, pledges=10
    )
    asked = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": target.pk,
        "form-0-pledges": 25,
        "_save": "Save",
    }

    signed_in(organiser).post(reverse("admin:campaigns_wardtarget_changelist"), asked)

    target.refresh_from_db()
    assert target.pledges == 25


@pytest.mark.parametrize("address", LISTS)
def test_no_filter_names_a_campaign_of_another_organisation(
    campaign: Campaign, foreign_campaign: Campaign, organiser: User, address: str
) -> None:
    Campaign.objects.filter(pk=foreign_campaign.pk).update(name="Their secret fight")

    page = signed_in(organiser).get(address).content.decode()

    assert "Their secret fight" not in page


def test_nobody_of_another_organisation_is_put_on_a_shift_or_named(
    campaign: Campaign, foreign_campaign: Campaign, organiser: User
) -> None:
    stranger = Volunteer.objects.create(
        organisation=foreign_campaign.organisation,
        name="Una Unknown",
        joined_on=NOW.date(),
    )
    shift = Shift.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind="doors",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=2),
    )
    asked = {
        "campaign": campaign.pk,
        "kind": "doors",
        "leader": stranger.pk,
        "starts_at_0": "2024-04-24",
        "starts_at_1": "10:00",
        "ends_at_0": "2024-04-24",
        "ends_at_1": "12:00",
        "places": 8,
        "sign_ups-TOTAL_FORMS": 1,
        "sign_ups-INITIAL_FORMS": 0,
        "sign_ups-0-volunteer": stranger.pk,
        "sign_ups-0-signed_up_at_0": "2024-04-23",
        "sign_ups-0-signed_up_at_1": "10:00",
    }

    change = reverse("admin:volunteers_shift_change", args=[shift.pk])
    page = signed_in(organiser).post(change, asked).content.decode()

    assert "Una Unknown" not in page
    assert not ShiftSignUp.objects.exists()


def test_who_is_hidden_is_on_no_page_of_the_admin(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    elector = make_elector(
        make_district(campaign.organisation, ward), surname="Unseen", hidden_at=NOW
    )
    keep_away_from_person(
        elector, by=system(campaign.organisation), at=NOW, campaign=campaign
    )
    address = reverse("admin:canvassing_donotcontact_changelist")

    assert "Unseen" not in signed_in(organiser).get(address).content.decode()


def test_a_shift_is_over_by_the_clock_of_its_own_organisation(
    campaign: Campaign, organiser: User, other_organisation: Organisation, ward: Ward
) -> None:
    other_organisation.clock_offset = timedelta(days=-30)
    other_organisation.save()
    elsewhere = make_campaign(other_organisation, campaign.election, ward)
    give_role(organiser, Role.ORGANISER, elsewhere)
    ended = timezone.now() - timedelta(days=10)
    ours, theirs = (
        Shift.objects.create(
            organisation=one.organisation,
            campaign=one,
            kind="doors",
            starts_at=ended - timedelta(hours=2),
            ends_at=ended,
        )
        for one in (campaign, elsewhere)
    )
    address = reverse("admin:volunteers_shift_changelist")
    desk = signed_in(organiser)

    coming = desk.get(address, {"when": "coming"}).context["cl"].queryset
    past = desk.get(address, {"when": "past"}).context["cl"].queryset

    assert (list(coming), list(past)) == ([theirs], [ours])


def test_a_code_that_means_more_to_a_typist_is_refused_and_an_old_one_may_stay(
    campaign: Campaign, organiser: User
) -> None:
    client = signed_in(organiser)
    typed = {
        "campaign": campaign.pk,
        "code": "OFF",
        "label": "Out of the area",
        "kind": "no_access",
        "position": 1,
    }
    add = reverse("admin:canvassing_outcomecode_add")
    refused = client.post(add, typed).content.decode()
    assert "On paper “OFF” means something else: choose another code." in refused
    assert not OutcomeCode.objects.filter(campaign=campaign).exists()

    old = OutcomeCode.objects.create(
        organisation=campaign.organisation, **typed | {"campaign": campaign}
    )
    change = reverse("admin:canvassing_outcomecode_change", args=[old.pk])
    client.post(change, typed | {"label": "Away"})

    assert OutcomeCode.objects.get(pk=old.pk).label == "Away"
