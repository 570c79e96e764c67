"""The codes a campaign begins with."""

from campaigns.access import system
from campaigns.actions.organisations import create_campaign
from campaigns.models import Campaign, Candidate, Council, Organisation, Ward
from canvassing.actions.codes import change_code, default_codes
from canvassing.models import IntentionCode, OutcomeCode
from canvassing.reports.codes import answers_in_use, codes_of
from canvassing.reports.keypad import card_codes
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_district, make_elector


def codes(campaign: Campaign) -> dict[str, str]:
    rows = IntentionCode.objects.filter(campaign=campaign).order_by("position")
    return dict(rows.values_list("code", "label"))


def test_a_campaign_begins_with_a_code_for_every_usual_answer(
    campaign: Campaign,
) -> None:
    number = default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)

    assert codes(campaign) == {
        "P1": "Pledge: will vote for Rowan Ash",
        "P2": "Leaning to Rowan Ash",
        "B": "Hazel Thorne (Birch Party)",
        "U": "Has not decided",
        "W": "Won't say",
        "N": "Not voting",
        "X": "Says they may not vote",
    }
    assert OutcomeCode.objects.filter(counts_as_spoken=True).get().code == "spoken"
    assert number == 14


def test_no_candidates_letters_say_that_a_postal_vote_is_sent_back(
    campaign: Campaign,
) -> None:
    for name in ("Sam Arden", "Sky Birch"):
        Candidate.objects.create(
            organisation=campaign.organisation, campaign=campaign, name=name
        )

    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)

    ours = IntentionCode.objects.filter(candidate__name__startswith="S")
    assert set(ours.values_list("code", flat=True)) == {"S", "S3"}


def test_a_campaign_may_call_a_pledge_a_promise(campaign: Campaign) -> None:
    campaign.pledge_word = "promise"

    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)

    assert codes(campaign)["P1"].startswith("Promise: ")


def test_joint_candidates_are_pledged_to_by_their_party(campaign: Campaign) -> None:
    Candidate.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Elm Wood",
        party="Alder Party",
        is_ours=True,
    )

    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)

    assert codes(campaign)["P1"] == "Pledge: will vote for Alder Party"


def test_codes_that_are_there_stay_as_they_are(campaign: Campaign) -> None:
    by = system(campaign.organisation)
    default_codes(campaign=campaign, by=by, at=NOW)
    IntentionCode.objects.filter(code="U").update(label="Floating")

    default_codes(campaign=campaign, by=by, at=NOW)

    assert codes(campaign)["U"] == "Floating"
    assert len(codes(campaign)) == 7


def test_a_pledge_under_other_letters_gets_no_second_code(campaign: Campaign) -> None:
    by = system(campaign.organisation)
    default_codes(campaign=campaign, by=by, at=NOW)
    campaign.intention_codes.filter(code="P1").update(code="F")

    default_codes(campaign=campaign, by=by, at=NOW)

    assert list(codes(campaign)) == ["F", "P2", "B", "U", "W", "N", "X"]


def test_a_campaign_has_its_codes_from_the_day_it_is_set_up(
    organisation: Organisation, council: Council
) -> None:
    by = system(organisation)
    campaign = create_campaign(
        organisation=organisation,
        election_id="mayor.west-midlands.2028-05-04",
        slug="mayor-2028",
        councils=[council.gss],
        by=by,
        at=NOW,
    )
    meanings = codes_of(campaign).intentions

    assert codes(campaign)["P1"] == "Pledge: will vote for us"
    assert (meanings["P1"].pledge, meanings["P2"].pledge) == (True, None)


def test_ours_name_our_candidate_once_there_is_one(campaign: Campaign) -> None:
    by = system(campaign.organisation)
    rowan = campaign.candidates.get(is_ours=True)
    Candidate.objects.filter(pk=rowan.pk).update(is_ours=False)
    default_codes(campaign=campaign, by=by, at=NOW)
    IntentionCode.objects.filter(candidate=rowan).delete()
    IntentionCode.objects.filter(code="P2").update(label="Warm")
    Candidate.objects.filter(pk=rowan.pk).update(is_ours=True)

    default_codes(campaign=campaign, by=by, at=NOW)

    assert codes(campaign)["P1"] == "Pledge: will vote for Rowan Ash"
    assert codes(campaign)["P2"] == "Warm"


def test_a_candidate_named_later_gets_a_code_of_their_own(campaign: Campaign) -> None:
    by = system(campaign.organisation)
    default_codes(campaign=campaign, by=by, at=NOW)
    Candidate.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Bryony Beech",
        party="Beech Party",
        position=0,
    )

    default_codes(campaign=campaign, by=by, at=NOW)

    later = {code: label for code, label in codes(campaign).items() if "B" in code}
    assert later == {
        "B": "Hazel Thorne (Birch Party)",
        "BP": "Bryony Beech (Beech Party)",
    }


def test_changing_what_an_outcome_counts_as_reads_its_contacts_again(
    campaign: Campaign, ward: Ward
) -> None:
    ivy = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    record(campaign, said(ivy, outcome="refused"))
    refused = campaign.outcome_codes.get(code="refused")

    refused.counts_as_spoken = True
    change_code(refused, by=system(campaign.organisation), at=NOW)

    assert standing(campaign, ivy).last_spoken_at is not None
    assert differences(campaign) == 0


def test_answers_are_asked_ours_first_whenever_their_codes_were_made(
    campaign: Campaign,
) -> None:
    """Made before there was a rival, then completed: positions of both begin at 0."""
    by = system(campaign.organisation)
    ours = list(campaign.candidates.filter(is_ours=True))
    campaign.candidates.filter(is_ours=False).delete()
    default_codes(campaign=campaign, by=by, at=NOW)
    for position, (name, party) in enumerate(
        (("Una Oak", "Oakleaf"), ("Max Lant", "Lantern"), ("Tom Mill", "Millwheel"))
    ):
        Candidate.objects.create(
            organisation=campaign.organisation,
            campaign=campaign,
            name=name,
            party=party,
            position=position + len(ours),
        )
    default_codes(campaign=campaign, by=by, at=NOW)
    IntentionCode.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        code="P0",
        label="Certain",
        party=campaign.organisation.name,
        strength=2,
        position=90,
    )

    asked = [one.code for one in answers_in_use(campaign)]

    assert asked == ["P1", "P0", "P2", "U", "O", "L", "M", "W", "N", "X"]
    boxes = [one.typed for one in card_codes(campaign)]
    assert boxes[: len(asked)] == asked
