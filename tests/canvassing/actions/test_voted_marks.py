"""Voted marks: of the polling day, for every campaign that polls on it."""

from datetime import date

import pytest

from campaigns.access import system
from campaigns.models import Campaign, Election, Elector, User, Ward
from canvassing.actions.voted_marks import VotedMarkRefused, mark_voted, withdraw_voted
from canvassing.models import VotedMark
from tests.canvassing.contact_helpers import differences, prepare, standing
from tests.cast import NOW, actor, make_campaign, make_district, make_elector


@pytest.fixture
def ivy(campaign: Campaign, other_campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    prepare(other_campaign)
    return elector


def test_a_mark_serves_every_campaign_polling_that_day(
    campaign: Campaign, other_campaign: Campaign, ivy: Elector, ward: Ward
) -> None:
    next_election = Election.objects.create(
        slug="local.wolverhampton.2026-05-07",
        kind="local",
        name="Wolverhampton",
        poll_on=date(2026, 5, 7),
    )
    later = make_campaign(campaign.organisation, next_election, ward)
    prepare(later)

    marked = mark_voted(
        [ivy.pk], by=system(campaign.organisation), at=NOW, campaign=campaign
    )

    assert marked == {ivy.pk}
    assert standing(campaign, ivy).voted_at == NOW
    assert standing(other_campaign, ivy).voted_at == NOW
    assert standing(later, ivy).voted_at is None
    assert differences(campaign) == differences(other_campaign) == 0


def test_a_second_mark_changes_nothing(campaign: Campaign, ivy: Elector) -> None:
    by = system(campaign.organisation)
    mark_voted([ivy.pk], by=by, at=NOW, campaign=campaign)

    again = mark_voted([ivy.pk], by=by, at=NOW, campaign=campaign)

    assert again == set()
    assert VotedMark.objects.count() == 1


def test_a_mark_made_in_error_is_withdrawn_and_kept(
    campaign: Campaign, other_campaign: Campaign, ivy: Elector
) -> None:
    by = system(campaign.organisation)
    mark_voted([ivy.pk], by=by, at=NOW, campaign=campaign)

    withdrawn = withdraw_voted([ivy.pk], by=by, at=NOW, campaign=other_campaign)

    assert withdrawn == {ivy.pk}
    assert standing(campaign, ivy).voted_at is None
    assert VotedMark.objects.get().withdrawn_at == NOW
    assert mark_voted([ivy.pk], by=by, at=NOW, campaign=campaign) == {ivy.pk}


def test_who_may_not_mark_is_refused_and_other_organisations_do_not_exist(
    campaign: Campaign, foreign_campaign: Campaign, ivy: Elector, canvasser: User
) -> None:
    with pytest.raises(VotedMarkRefused, match="may not mark"):
        mark_voted([ivy.pk], by=actor(canvasser), at=NOW, campaign=campaign)

    foreign = system(foreign_campaign.organisation)
    marked = mark_voted([ivy.pk], by=foreign, at=NOW, campaign=foreign_campaign)
    assert marked == set()
