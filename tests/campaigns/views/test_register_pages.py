"""Registers by pages: look, load, decide, settle, destroy."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.access import actor_of_user, system
from campaigns.actions.jobs import run_here
from campaigns.models import (
    AbsentVoterList,
    Campaign,
    Council,
    Elector,
    ExportRecord,
    Job,
    MatchProposal,
    Organisation,
    PollingDistrict,
    RegisterEdition,
    RegisterEntry,
    RejectedLine,
    User,
    Ward,
)
from campaigns.reports.matches import proposals_of
from campaigns.roles import Role
from tests.cast import NOW, give_role, make_district, make_edition, make_elector
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

HEADER = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,"
    "Elector DOB,Elector Surname,Elector Forename,PostCode,Address1,Address2"
)


def register(*lines: str) -> SimpleUploadedFile:
    text = "\r\n".join([HEADER, *lines, ""])
    return SimpleUploadedFile("register.csv", text.encode())


def lines(count: int) -> list[str]:
    return [
        f"BN1,{n},0,,,Marsh,Ivy,QX1 1AA,{n} Quarry Lane,Bilston"
        for n in range(1, count + 1)
    ]


def look_at(campaign: Campaign, user: User, file: SimpleUploadedFile) -> Job:
    asked = {
        "file": file,
        "council": campaign.councils.get().pk,
        "supplied_to": "party",
        "published_on": "2023-12-01",
    }
    signed_in(user).post(f"/{campaign.slug}/register/load/", asked)
    return run_here(Job.objects.get())


def test_a_file_is_looked_at_before_anything_is_written(
    campaign: Campaign, data_officer: User
) -> None:
    job = look_at(campaign, data_officer, register(*lines(12)))

    page = signed_in(data_officer).get(f"/{campaign.slug}/register/checks/{job.pk}/")

    assert job.result["added"] == 12
    assert "Load it" in page.content.decode()
    assert not Elector.objects.exists()


def test_it_is_loaded_when_they_say_so(campaign: Campaign, data_officer: User) -> None:
    job = look_at(campaign, data_officer, register(*lines(12)))

    signed_in(data_officer).post(f"/{campaign.slug}/register/checks/{job.pk}/load/")
    loading = run_here(Job.objects.latest("pk"))

    assert Elector.objects.count() == 12
    assert RegisterEdition.objects.get().pk == loading.result["edition"]


def test_a_file_that_is_refused_says_why_and_changes_nothing(
    campaign: Campaign, data_officer: User
) -> None:
    file = SimpleUploadedFile("notes.csv", b"a,b\r\n1,2\r\n")
    job = look_at(campaign, data_officer, file)

    page = signed_in(data_officer).get(f"/{campaign.slug}/register/checks/{job.pk}/")

    assert "Nothing was changed." in page.content.decode()


def test_the_columns_of_an_unknown_layout_are_told_on_the_page(
    campaign: Campaign, data_officer: User
) -> None:
    rows = "\r\n".join(f"BN1,{n},Marsh,Ivy,{n} Quarry Lane" for n in range(1, 13))
    text = f"Bezirk,Nummer,Nachname,Vorname,Strasse\r\n{rows}\r\n"
    file = SimpleUploadedFile("unknown.csv", text.encode())
    job = look_at(campaign, data_officer, file)
    told = {
        "prefix": "Bezirk",
        "number": "Nummer",
        "surname": "Nachname",
        "forename": "Vorname",
        "address": ["Strasse"],
    }

    signed_in(data_officer).post(f"/{campaign.slug}/register/checks/{job.pk}/", told)
    again = run_here(Job.objects.latest("pk"))

    assert again.result["accepted"] == 12


def test_lines_that_could_not_go_in_are_taken_out_with_a_reason(
    campaign: Campaign, council: Council, data_officer: User
) -> None:
    edition = make_edition(campaign.organisation, council)
    RejectedLine.objects.create(
        organisation=campaign.organisation,
        edition=edition,
        line=7,
        code="number",
        message="No number.",
        raw="=cmd()",
    )
    address = f"/{campaign.slug}/register/{edition.pk}/not-read.csv"
    client = signed_in(data_officer)

    refused = client.post(address, {"reason": " "})
    answer = client.post(address, {"reason": "to mend them"})

    taken = b"".join(answer.streaming_content).decode()
    assert refused.status_code == 302
    assert "No number." in taken
    assert "'=cmd()" in taken
    assert ExportRecord.objects.get().reason == "to mend them"


@pytest.fixture
def proposal(
    campaign: Campaign, organisation: Organisation, ward: Ward
) -> MatchProposal:
    district = make_district(organisation, ward)
    older = make_elector(district, surname="Lowe", on_register=False)
    newer = make_elector(district, surname="Harrow")
    return MatchProposal.objects.create(
        organisation=organisation,
        council=ward.council,
        edition=make_edition(organisation, ward.council),
        older=older,
        newer=newer,
        kind="renamed",
        score=0.8,
        evidence=["Same forename, same address"],
    )


def test_an_uncertain_match_is_shown_side_by_side(
    campaign: Campaign, data_officer: User, proposal: MatchProposal
) -> None:
    page = signed_in(data_officer).get(f"/{campaign.slug}/register/matches/")

    text = page.content.decode()
    assert '<span class="differs">Ivy Harrow</span>' in text
    assert "Same forename, same address" in text


def test_a_decision_is_made_and_undone(
    campaign: Campaign, data_officer: User, proposal: MatchProposal
) -> None:
    client, matches = signed_in(data_officer), f"/{campaign.slug}/register/"

    client.post(f"{matches}matches/{proposal.pk}/", {"decision": "same"})
    proposal.newer.refresh_from_db()
    assert proposal.newer.merged_into_id == proposal.older_id

    merge = client.get(f"{matches}matches/").context["merges"][0]
    client.post(f"{matches}merges/{merge.pk}/undo/")
    proposal.newer.refresh_from_db()
    assert proposal.newer.merged_into_id is None


def test_a_district_without_a_ward_is_settled(
    campaign: Campaign, data_officer: User, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    PollingDistrict.objects.update(ward=None, ward_source="unknown")

    signed_in(data_officer).post(
        f"/{campaign.slug}/register/districts/{district.pk}/", {"ward": ward.gss}
    )

    district.refresh_from_db()
    assert (district.ward, district.ward_source) == (ward, "hand")


def test_a_district_in_the_wrong_ward_is_found_and_put_right(
    campaign: Campaign, data_officer: User, ward: Ward, other_ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    address, client = f"/{campaign.slug}/register/districts/", signed_in(data_officer)

    assert not client.get(address).context["districts"]
    page = client.get(address, {"code": district.code[:2].lower()})
    assert [one.district for one in page.context["districts"]] == [district]
    client.post(f"{address}{district.pk}/", {"ward": other_ward.gss})

    district.refresh_from_db()
    assert (district.ward, district.ward_source) == (other_ward, "hand")


def test_a_districts_file_is_read_on_the_page(
    campaign: Campaign, data_officer: User, ward: Ward, other_ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    PollingDistrict.objects.update(ward_source="unknown")
    address, client = f"/{campaign.slug}/register/districts/", signed_in(data_officer)

    def sent(text: str) -> str:
        file = SimpleUploadedFile("districts.csv", text.encode())
        asked = {"file": file, "council": ward.council_id}
        return client.post(address, asked, follow=True).content.decode()

    assert "has no columns for district and ward" in sent("Who,Where,When\n1,2,3\n")
    page = sent(f"District,Ward\n{district.code},{other_ward.name}\n")

    assert "Districts read: 1. Put into another ward: 1." in page
    district.refresh_from_db()
    assert (district.ward, district.ward_source) == (other_ward, "file")


def test_a_copy_is_destroyed_and_says_what_stays(
    campaign: Campaign, data_officer: User, council: Council, ward: Ward
) -> None:
    edition = make_edition(campaign.organisation, council)
    make_elector(make_district(campaign.organisation, ward), edition=edition)

    page = signed_in(data_officer).post(
        f"/{campaign.slug}/register/{edition.pk}/destroy/", follow=True
    )

    assert "Destroyed: 1 entries" in page.content.decode()


def test_a_ward_lead_takes_out_no_lines_of_a_whole_council(
    campaign: Campaign, council: Council, ward_lead: User
) -> None:
    edition = make_edition(campaign.organisation, council)

    response = signed_in(ward_lead).post(
        f"/{campaign.slug}/register/{edition.pk}/not-read.csv", {"reason": "To look"}
    )

    assert response.status_code == 404
    assert not ExportRecord.objects.exists()


def test_a_match_of_a_candidates_copy_is_shown_to_that_campaign_alone(
    campaign: Campaign,
    other_campaign: Campaign,
    data_officer: User,
    proposal: MatchProposal,
) -> None:
    RegisterEdition.objects.filter(pk=proposal.edition_id).update(
        supplied_to="candidate", campaign=other_campaign
    )
    client = signed_in(data_officer)

    page = client.get(f"/{campaign.slug}/register/matches/")
    decided = client.post(f"/{campaign.slug}/register/matches/{proposal.pk}/")

    assert "Ivy Harrow" not in page.content.decode()
    assert decided.status_code == 404


@pytest.mark.parametrize("side", ["older", "newer"])
def test_nobody_learns_from_a_match_what_another_candidates_copy_says(
    campaign: Campaign,
    other_campaign: Campaign,
    data_officer: User,
    proposal: MatchProposal,
    side: str,
) -> None:
    copy = make_edition(campaign.organisation, proposal.council)
    RegisterEdition.objects.filter(pk=copy.pk).update(
        supplied_to="candidate", campaign=other_campaign
    )
    elector = getattr(proposal, side)
    open_entry(elector, proposal.edition)
    assert proposals_of(campaign, by=actor_of_user(data_officer, at=NOW)).exists()
    open_entry(elector, copy)
    client = signed_in(data_officer)

    page = client.get(f"/{campaign.slug}/register/matches/").content.decode()
    decided = client.post(f"/{campaign.slug}/register/matches/{proposal.pk}/")

    assert "Ivy Harrow" not in page
    assert "Ivy Lowe" not in page
    assert decided.status_code == 404
    theirs = proposals_of(other_campaign, by=system(campaign.organisation))
    assert list(theirs) == [proposal]


def open_entry(elector: Elector, edition: RegisterEdition) -> None:
    RegisterEntry.objects.filter(elector=elector).update(until_edition=edition)
    RegisterEntry.objects.create(
        organisation=elector.organisation,
        council=elector.council,
        elector=elector,
        from_edition=edition,
        polling_district=elector.polling_district,
        prefix="BN1",
        number=str(elector.pk),
    )


def test_a_candidates_file_is_looked_at_in_that_campaign_alone(
    campaign: Campaign, other_campaign: Campaign, data_officer: User
) -> None:
    asked = {
        "file": register(*lines(2)),
        "council": campaign.councils.get().pk,
        "supplied_to": "candidate",
    }
    client = signed_in(data_officer)
    give_role(data_officer, Role.DATA_OFFICER, other_campaign)

    client.post(f"/{campaign.slug}/register/load/", asked)
    checks = f"register/checks/{Job.objects.get().pk}/"

    assert client.get(f"/{campaign.slug}/{checks}").status_code == 200
    assert client.get(f"/{other_campaign.slug}/{checks}").status_code == 404


def test_a_match_of_a_hidden_person_is_for_whoever_may_hide_one(
    campaign: Campaign, organiser: User, data_officer: User, proposal: MatchProposal
) -> None:
    Elector.objects.filter(pk=proposal.older_id).update(hidden_at=NOW)
    address = f"/{campaign.slug}/register/matches/"

    assert "Harrow" not in signed_in(organiser).get(address).content.decode()
    assert "Harrow" in signed_in(data_officer).get(address).content.decode()


def test_a_file_of_a_very_long_name_is_read(
    campaign: Campaign, data_officer: User
) -> None:
    file = register(*lines(2))
    file.name = f"{'é' * 250}.csv"

    assert look_at(campaign, data_officer, file).result["added"] == 2


def test_a_file_larger_than_any_register_is_refused(
    campaign: Campaign, data_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaigns.forms.register.MOST_BYTES", 100)
    asked = {
        "file": register(*lines(2)),
        "council": campaign.councils.get().pk,
        "supplied_to": "party",
    }

    page = signed_in(data_officer).post(f"/{campaign.slug}/register/load/", asked)

    assert "larger than 1 GB" in page.content.decode()
    assert not Job.objects.exists()


def test_the_page_of_absent_voters_says_which_councils_list_is_missing(
    campaign: Campaign, data_officer: User, council: Council, other_council: Council
) -> None:
    campaign.councils.set([council, other_council])
    AbsentVoterList.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        council=council,
        dated_on=NOW.date(),
        loaded_at=NOW,
        counts={"postal": 1234, "proxy": 5, "unknown": 6},
        by_kind="system",
        by_label="Committee Room",
    )
    address = f"/{campaign.slug}/register/absent-voters/"

    text = signed_in(data_officer).get(address).content.decode()

    assert "1,234" in text
    assert text.count("none yet") == 1
