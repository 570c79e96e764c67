"""Two electors prove to be one: what was recorded follows, and goes back exactly."""

from typing import Any

import pytest

from campaigns.access import system
from campaigns.actions.matching import accept_match, undo_match
from campaigns.models import Campaign, Elector, MatchProposal, Ward
from canvassing.actions.do_not_contact import (
    keep_away_from_household,
    keep_away_from_person,
)
from canvassing.actions.voted_marks import mark_voted
from canvassing.models import Contact, DoNotContact, GotvEntry, GotvList, VotedMark
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_district, make_edition, make_elector


@pytest.fixture
def older(campaign: Campaign, ward: Ward) -> Elector:
    return make_elector(make_district(campaign.organisation, ward))


@pytest.fixture
def newer(campaign: Campaign, ward: Ward, older: Elector) -> Elector:
    newer = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    return newer


@pytest.fixture
def proposal(campaign: Campaign, older: Elector, newer: Elector) -> MatchProposal:
    Elector.objects.filter(pk=older.pk).update(on_register=False)
    return MatchProposal.objects.create(
        organisation=campaign.organisation,
        council_id=older.council_id,
        edition=make_edition(campaign.organisation, campaign.councils.get()),
        older=older,
        newer=newer,
        kind="renamed",
        score=0.9,
    )


def whose(campaign: Campaign) -> dict[str, list[Any]]:
    tables = (Contact, DoNotContact, VotedMark, GotvEntry)
    rows = {
        table.__name__: list(
            table.objects.order_by("pk").values_list("elector", flat=True)
        )
        for table in tables
    }
    present = DoNotContact.objects.order_by("pk").values_list("present", flat=True)
    return rows | {"present": list(present)}


def test_everything_follows_the_kept_elector_and_goes_back_exactly(
    campaign: Campaign, older: Elector, newer: Elector, proposal: MatchProposal
) -> None:
    by = system(campaign.organisation)
    record(campaign, said(older, "B"), said(newer, "P1", said_at=NOW))
    keep_away_from_person(newer, by=by, at=NOW, channel="phone")
    keep_away_from_household(newer.address, by=by, at=NOW)
    mark_voted([older.pk, newer.pk], by=by, at=NOW, campaign=campaign)
    gotv_list = GotvList.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Eve of poll",
        reason="Letters",
        code="ABC",
        asked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    GotvEntry.objects.create(
        organisation=campaign.organisation,
        gotv_list=gotv_list,
        ward=campaign.wards.first(),
        elector=newer,
        position=1,
    )
    before = whose(campaign)

    merge = accept_match(proposal, by=by, at=NOW)
    merged = whose(campaign)
    kept = standing(campaign, older)
    undo_match(merge, by=by, at=NOW)

    assert merged == {
        "Contact": [older.pk, older.pk],
        "DoNotContact": [older.pk, None],
        "VotedMark": [older.pk, newer.pk],
        "GotvEntry": [older.pk],
        "present": [[newer.pk, older.pk], [newer.pk, older.pk]],
    }
    assert (kept.intention.code, kept.pledged, kept.no_contact) == ("P1", True, 2)
    assert kept.household_no_contact == 15
    assert whose(campaign) == before
    assert standing(campaign, newer).pledged
    assert differences(campaign) == 0


def test_a_contact_sent_under_the_older_id_is_filed_with_the_survivor(
    campaign: Campaign, older: Elector, newer: Elector, proposal: MatchProposal
) -> None:
    accept_match(proposal, by=system(campaign.organisation), at=NOW)

    [verdict] = record(campaign, said(newer, "P1"))

    assert verdict.answer == "filed"
    assert standing(campaign, older).pledged
    assert differences(campaign) == 0
