"""The days that begin the regulated periods, as somebody types them."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.regulated_days import RegulatedDaysRefused, set_regulated_days
from campaigns.models import AuditEntry, Campaign, Election, Organisation, VotingSystem
from campaigns.reports.spending_position import spending_position
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW, make_campaign

pytestmark = pytest.mark.django_db


def set_days(campaign: Campaign, **days: date | None) -> Campaign:
    days.setdefault("became_candidate_on", None)
    return set_regulated_days(campaign=campaign, by=clerk(campaign), at=NOW, **days)


def test_a_later_candidacy_shortens_the_period_of_what_is_committed_already(
    campaign: Campaign,
) -> None:
    notice(campaign)
    commit(campaign, used_from=date(2024, 4, 1), used_until=date(2024, 4, 1))

    changed = set_days(campaign, became_candidate_on=date(2024, 4, 3))

    position = spending_position(changed, at=NOW)
    assert position.period.first_on == date(2024, 4, 4)
    assert position.counted == Decimal("0.00")
    entry = AuditEntry.objects.get(verb="campaign.regulated_days_set")
    assert entry.data["before"]["became_candidate_on"] is None
    assert entry.data["after"]["became_candidate_on"] == "2024-04-03"


def test_a_day_is_forgotten_again_by_leaving_it_empty(campaign: Campaign) -> None:
    set_days(campaign, became_candidate_on=date(2024, 4, 3))

    assert set_days(campaign).became_candidate_on is None


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"became_candidate_on": date(2024, 5, 2)}, "day_far_from_poll"),
        ({"became_candidate_on": date(1, 1, 1)}, "day_far_from_poll"),
        ({"period_opened_on": date(2024, 3, 30)}, "no_such_day"),
        ({"result_declared_on": date(2024, 5, 1)}, "result_far_from_poll"),
        ({"result_declared_on": date(2024, 5, 4)}, "day_to_come"),
    ],
    ids=str,
)
def test_days_that_cannot_be_of_this_poll_are_refused(
    campaign: Campaign, days: dict[str, date], code: str
) -> None:
    with pytest.raises(RegulatedDaysRefused) as refused:
        set_days(campaign, **days)

    assert refused.value.code == code


def test_a_parliament_is_not_dissolved_before_it_met(
    organisation: Organisation,
) -> None:
    election = Election.objects.create(
        slug="parl.dunmere.2015-05-07",
        kind="parl",
        name="Dunmere",
        poll_on=date(2015, 5, 7),
        voting_system=VotingSystem.FPTP,
    )
    seat = make_campaign(organisation, election)

    with pytest.raises(RegulatedDaysRefused) as refused:
        set_days(
            seat,
            period_opened_on=date(2010, 5, 18),
            parliament_met_on=date(2010, 5, 18),
        )

    assert refused.value.code == "days_out_of_order"
