"""Whether the money lasts: promises and gifts in kind are no cash."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.actions.budgets import Planned, plan_budget
from campaigns.actions.donations import accept_donation, record_donation
from campaigns.actions.expense_payments import record_invoice, record_payment
from campaigns.models import Campaign
from campaigns.reports.funding_position import funding_position, this_week
from tests.campaigns.purchases import clerk, commit, notice, propose, undone
from tests.cast import NOW

pytestmark = pytest.mark.django_db
CAME = date(2024, 4, 2)


def give(
    campaign: Campaign, amount: str, in_kind: str = "", *, keep: bool = True
) -> None:
    """Gifts of £50 or less need no evidence."""
    written = {"by": clerk(campaign), "at": NOW}
    gift = record_donation(
        campaign=campaign,
        donor="Dorothy Penhallow",
        donor_kind="individual",
        amount=Decimal(amount),
        in_kind=in_kind,
        received_on=CAME,
        **written,
    )
    if keep:
        accept_donation(gift, accepted_on=CAME, **written)


def promise(campaign: Campaign, amount: Decimal) -> None:
    record_donation(
        campaign=campaign,
        donor="Desmond Pinnock",
        donor_kind="individual",
        amount=amount,
        by=clerk(campaign),
        at=NOW,
    )


def pay(campaign: Campaign, amount: str) -> None:
    today, written = NOW.date(), {"by": clerk(campaign), "at": NOW}
    bill = record_invoice(
        expense=commit(campaign, amount),
        number="1",
        amount=Decimal(amount),
        dated_on=today,
        received_on=today,
        **written,
    )
    record_payment(
        invoice=bill, amount=Decimal(amount), paid_on=today, method="Bank", **written
    )


def test_cash_is_what_was_accepted_in_money_less_what_was_paid(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(campaign)
    give(campaign, "50.00")
    give(campaign, "40.00", "The loan of a van")
    give(campaign, "30.00", keep=False)
    give(other_campaign, "45.00")
    promise(campaign, Decimal("10000.00"))
    pay(campaign, "20.00")
    commit(campaign, "25.00")
    propose(campaign, "900.00")

    found = funding_position(campaign, at=NOW)

    assert found.cash == Decimal("30.00")
    assert found.unpaid == Decimal("25.00")
    assert found.donations.promised == Decimal("10000.00")
    assert found.donations.undecided == Decimal("30.00")
    assert this_week(found).week_on == date(2024, 4, 22)
    assert found.answer == (
        "The money accepted lasts for all that is ordered and planned: "
        "£5.00 would be left."
    )


def test_the_week_in_which_the_plan_passes_the_cash_is_said(campaign: Campaign) -> None:
    give(campaign, "50.00")
    promise(campaign, Decimal("10000.00"))
    weeks = (date(2024, 4, 8), date(2024, 4, 15), date(2024, 4, 22))
    plan_budget(
        campaign=campaign,
        planned=[Planned("staff", week, inside=Decimal("20.00")) for week in weeks],
        by=clerk(campaign),
        at=NOW,
    )

    found = funding_position(campaign, at=NOW)

    assert found.answer == (
        "The money runs out in the week of 22 April 2024: £10.00 would be missing by "
        "its end, £10.00 by polling day."
    )


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    promised=st.lists(
        st.integers(1, 10**9).map(lambda pence: Decimal(pence) / 100), max_size=5
    )
)
def test_no_promise_ever_enters_the_weeks(
    campaign: Campaign, promised: list[Decimal]
) -> None:
    with undone():
        give(campaign, "50.00")
        before = funding_position(campaign, at=NOW).weeks
        for amount in promised:
            promise(campaign, amount)
        found = funding_position(campaign, at=NOW)

    without = [replace(week, promised=Decimal(0)) for week in found.weeks]
    assert without == list(before)
    assert found.donations.promised == sum(promised, Decimal(0))


def test_a_promise_stands_beside_the_weeks_from_the_day_it_was_entered(
    campaign: Campaign,
) -> None:
    promise(campaign, Decimal("10000.00"))

    weeks = funding_position(campaign, at=NOW).weeks

    assert {week.promised for week in weeks[:-2]} == {Decimal(0)}
    assert {week.promised for week in weeks[-2:]} == {Decimal("10000.00")}


def test_fares_that_the_agent_paid_are_not_covered_by_an_order(
    campaign: Campaign,
) -> None:
    notice(campaign)
    give(campaign, "50.00")
    today, written = NOW.date(), {"by": clerk(campaign), "at": NOW}
    commit(campaign, "45.00", category="transport")
    fares = commit(campaign, "10.00", category="transport", kind="personal")
    bill = record_invoice(
        expense=fares,
        number="F1",
        amount=Decimal("10.00"),
        dated_on=today,
        received_on=today,
        **written,
    )
    record_payment(
        invoice=bill, amount=Decimal("10.00"), paid_on=today, method="Bank", **written
    )

    found = funding_position(campaign, at=NOW)

    assert found.cash == Decimal("40.00")
    assert found.unpaid == Decimal("45.00")
    assert this_week(found).left == Decimal("-5.00")


def test_each_week_says_the_limit_of_the_period_it_counts_in(
    campaign: Campaign,
) -> None:
    notice(campaign)

    weeks = funding_position(campaign, at=NOW).weeks

    limits = {week.week_on: week.limit for week in weeks}
    assert limits[date(2024, 3, 18)] is None
    assert limits[date(2024, 3, 25)] == Decimal("181280.00")
    assert limits[date(2024, 4, 29)] == Decimal("181280.00")


def test_a_week_that_was_short_before_the_money_came_is_over(
    campaign: Campaign,
) -> None:
    give(campaign, "50.00")
    plan_budget(
        campaign=campaign,
        planned=[Planned("staff", date(2024, 3, 4), before=Decimal("40.00"))],
        by=clerk(campaign),
        at=NOW,
    )

    found = funding_position(campaign, at=NOW)

    assert any(week.left < 0 for week in found.weeks)
    assert found.short_week is None
    assert "£10.00 would be left" in found.answer


def test_what_its_giver_may_never_give_is_no_cash_however_long_it_is_kept(
    campaign: Campaign,
) -> None:
    for donor_kind, amount in (("anonymous", "60.00"), ("individual", "70.00")):
        record_donation(
            campaign=campaign,
            donor="An envelope",
            donor_kind=donor_kind,
            amount=Decimal(amount),
            received_on=CAME,
            by=clerk(campaign),
            at=NOW,
        )

    found = funding_position(campaign, at=NOW + timedelta(days=30))

    assert found.donations.accepted == Decimal("130.00")
    assert found.cash == Decimal("70.00")
