"""The codes a campaign begins with."""

from campaigns.access import system
from campaigns.models import Campaign, Candidate
from canvassing.actions.codes import default_codes
from canvassing.models import IntentionCode, OutcomeCode
from tests.cast import NOW


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
