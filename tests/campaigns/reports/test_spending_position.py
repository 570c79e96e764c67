"""Where a campaign stands against its limit."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.actions.expense_checks import PartInside, Share
from campaigns.actions.expense_payments import record_invoice
from campaigns.actions.expenses import void_expense
from campaigns.models import Campaign, Election, Expense, Organisation, Ward
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.counted_expenses import counted_expenses
from campaigns.reports.spending_position import SpendingPosition, spending_position
from tests.campaigns.purchases import clerk, commit, notice, propose, undone
from tests.cast import (
    NOW,
    POLL_ON,
    make_campaign,
    make_district,
    make_elector,
)

pytestmark = pytest.mark.django_db
BEFORE = date(2024, 3, 20)
QueryBudget = Callable[[int], object]


def position_of(campaign: Campaign) -> SpendingPosition:
    return spending_position(campaign, at=NOW)


def codes(position: SpendingPosition) -> set[str]:
    return {warning.code for warning in position.warnings}


def bill(expense: Expense, amount: str, *, is_last: bool) -> None:
    record_invoice(
        expense=expense,
        number=amount,
        amount=Decimal(amount),
        dated_on=date(2024, 4, 12),
        received_on=date(2024, 4, 14),
        is_last=is_last,
        by=clerk(expense.campaign),
        at=NOW,
    )


def test_the_limit_comes_from_the_official_notice_with_its_working(
    campaign: Campaign,
) -> None:
    notice(campaign, is_official=False, document="last year's count")
    notice(campaign, electors=2_018_546)
    notice(campaign, is_official=False, document="a later guess", electors=5)

    position = position_of(campaign)

    assert position.limit == Decimal("182763.68")
    assert position.basis.basis == (
        "official notice of 28 March 2024, letter of the returning officer"
    )
    assert position.basis.limit is not None
    assert [str(step) for step in position.basis.limit.working] == [
        "7 councils × £3,040.00 = £21,280.00",
        "2,018,546 electors × 8p = £161,483.68",
        "Together £182,763.68",
    ]
    assert position.basis.electors_loaded is None
    assert "estimate" not in codes(position)
    assert "figure" in codes(position)  # 2024's figure was worked out, not read


def test_a_typed_estimate_says_so_and_shows_the_electors_loaded_beside_it(
    campaign: Campaign, ward: Ward
) -> None:
    make_elector(make_district(campaign.organisation, ward))
    notice(campaign, is_official=False, electors=1_000, document="last year's count")

    position = position_of(campaign)

    assert position.limit == Decimal("21360.00")
    assert position.basis.basis.startswith("estimate, not the official figure")
    assert position.basis.electors_loaded == 1
    (message,) = [w.message for w in position.warnings if w.code == "estimate"]
    assert "1,000 electors; 1 are loaded" in message


def test_with_no_number_at_all_the_electors_loaded_are_used_and_named(
    campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    for _ in range(50):
        make_elector(district)

    position = position_of(campaign)

    assert position.limit == Decimal("3044.00")  # one council and 50 × 8p
    assert "worked from the electors loaded" in position.basis.basis
    assert "estimate" in codes(position)


def test_with_nothing_loaded_there_is_no_limit_and_it_says_why(
    campaign: Campaign,
) -> None:
    propose(campaign)

    position = position_of(campaign)

    assert position.limit is position.left is position.percent is None
    assert "no_limit" in codes(position)
    assert position.proposed == Decimal("100.00")


def test_counted_ordered_proposed_and_left(campaign: Campaign) -> None:
    notice(campaign)
    leaflets = commit(campaign, "900.00")
    bill(leaflets, "300.00", is_last=False)
    hall = commit(campaign, "250.00", category="meetings")
    bill(hall, "200.00", is_last=True)
    propose(campaign, "75.00", category="meetings")
    void_expense(commit(campaign), reason="Not wanted", by=clerk(campaign), at=NOW)

    position = position_of(campaign)

    assert position.counted == Decimal("1100.00")
    assert position.ordered == Decimal("600.00")
    assert position.invoiced == Decimal("500.00")
    assert position.proposed == Decimal("75.00")
    assert position.left == Decimal("180180.00")
    assert position.percent == Decimal("0.6")
    heads = {row.category: row for row in position.by_category}
    assert heads["unsolicited"].counted == Decimal("900.00")
    assert heads["meetings"].counted == Decimal("200.00")
    assert heads["meetings"].proposed == Decimal("75.00")
    assert sum(row.counted for row in position.by_category) == position.counted


def test_use_before_the_period_counts_by_days_or_by_a_part_with_its_reason(
    campaign: Campaign,
) -> None:
    # The period of 2 May 2024 begins on 27 March: five of ten days lie inside.
    half = {"used_from": date(2024, 3, 22), "used_until": date(2024, 3, 31)}
    notice(campaign)
    commit(campaign, "100.01", **half)
    commit(campaign, "1000.00", used_from=BEFORE, used_until=BEFORE)
    commit(
        campaign, "90.00", inside=PartInside(1, 3, "One box of three was left"), **half
    )

    position = position_of(campaign)

    assert position.period.first_on == date(2024, 3, 27)
    assert position.counted == Decimal("80.01")
    assert position.outside == Decimal("1110.00")


def test_a_gift_counts_at_its_value_and_awaits_no_invoice(campaign: Campaign) -> None:
    notice(campaign)
    commit(campaign, "0.00", kind="notional", market_value=Decimal("600.00"))
    commit(campaign, "55.00", kind="notional", market_value=Decimal("100.00"))

    position = position_of(campaign)

    assert position.counted == Decimal("655.00")  # £45 off is not over £50
    assert position.ordered == Decimal("55.00")


def test_personal_expenses_stand_apart(campaign: Campaign) -> None:
    notice(campaign)
    commit(campaign, "312.40", kind="personal", category="transport")

    position = position_of(campaign)

    assert position.counted == position.ordered == Decimal("0.00")
    assert position.personal == Decimal("312.40")
    assert {row.counted for row in position.by_category} == {Decimal("0.00")}


def test_a_share_counts_in_the_campaign_that_bears_it_and_loses_no_penny(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(campaign)
    notice(other_campaign, electors=8_000, councils=1)
    commit(
        campaign,
        "100.00",
        shares=[
            Share(1, 3, "A panel of three", campaign=other_campaign),
            Share(1, 3, "A panel of three", bearer="Alder Party"),
        ],
    )

    ours, theirs = position_of(campaign), position_of(other_campaign)

    assert ours.counted == Decimal("33.34")
    assert theirs.counted == Decimal("33.33")
    assert ours.borne_by_others == Decimal("66.66")
    assert theirs.borne_by_others == theirs.outside == Decimal("0.00")


def test_joint_candidates_have_a_quarter_less_each(
    organisation: Organisation, ward: Ward
) -> None:
    election = Election.objects.create(
        slug="local.wolverhampton.penn.by.2024-05-02",
        kind="local",
        name="Penn by-election",
        poll_on=POLL_ON,
        voting_system="fptp",
    )
    campaign = make_campaign(organisation, election, ward, joint_candidates=2)
    notice(campaign, electors=7_500, councils=1)

    assert position_of(campaign).limit == Decimal("1170.00")


@pytest.mark.parametrize(
    ("slug", "electors", "councils", "limit", "is_confirmed"),
    [
        ("mayor.west-midlands.2017-05-04", 1_953_400, 7, "131784.60", True),
        ("mayor.west-midlands.2021-05-06", 2_005_059, 7, "134832.48", True),
        ("mayor.west-midlands.2024-05-02", 2_018_546, 7, "182763.68", False),
        (
            "mayor.cambridgeshire-and-peterborough.2021-05-06",
            604_960,
            6,
            "49864.64",
            True,
        ),
    ],
)
def test_mayoral_limits_are_those_worked_in_the_law(
    organisation: Organisation,
    ward: Ward,
    slug: str,
    electors: int,
    councils: int,
    limit: str,
    is_confirmed: bool,
) -> None:
    election = Election.objects.create(
        slug=slug,
        kind="cam_mayor",
        name=slug,
        poll_on=date.fromisoformat(slug[-10:]),
        voting_system="sv",
    )
    campaign = make_campaign(organisation, election, ward)
    notice(campaign, electors=electors, councils=councils)

    position = position_of(campaign)

    assert position.limit == Decimal(limit)
    assert ("figure" in codes(position)) is not is_confirmed


@pytest.mark.parametrize(
    ("spent", "code"),
    [
        ("145023.99", None),
        ("145024.00", "reached_80"),
        ("163152.00", "reached_90"),
        ("181279.99", "reached_90"),
        ("181280.00", "reached_100"),
    ],
)
def test_it_warns_at_80_90_and_100_percent(
    campaign: Campaign, spent: str, code: str | None
) -> None:
    notice(campaign)
    commit(campaign, spent)

    reached = {c for c in codes(position_of(campaign)) if c.startswith("reached")}

    assert reached == ({code} if code else set())


def test_past_the_limit_it_says_by_how_much_and_that_it_was_known(
    campaign: Campaign,
) -> None:
    notice(campaign)
    commit(campaign, "181280.50", over_limit_reason="The court allowed it")

    position = position_of(campaign)

    assert position.left == Decimal("-0.50")
    assert position.percent == Decimal("100.0")
    assert {"over_limit", "committed_over_limit"} <= codes(position)


def test_the_forecast_ends_on_polling_day_with_everything(campaign: Campaign) -> None:
    notice(campaign)
    commit(campaign, "1000.01")
    commit(campaign, "99.99", used_from=date(2024, 3, 27), used_until=date(2024, 3, 27))
    propose(campaign, "50.00", used_from=POLL_ON, used_until=POLL_ON)

    weeks = position_of(campaign).weeks

    assert [week.ends_on for week in weeks][-2:] == [date(2024, 4, 25), POLL_ON]
    assert weeks[0].booked == Decimal("99.99")
    assert weeks[-1].booked == Decimal("1100.00")
    assert weeks[-1].with_proposed == Decimal("1150.00")
    assert weeks[-2].with_proposed == weeks[-2].booked


def test_another_organisations_money_is_never_seen(
    campaign: Campaign, foreign_campaign: Campaign
) -> None:
    notice(foreign_campaign)
    commit(foreign_campaign, "500.00")

    assert position_of(campaign).counted == Decimal("0.00")


def test_the_number_of_queries_does_not_grow(
    campaign: Campaign, django_assert_num_queries: QueryBudget
) -> None:
    """Notice, expenses, shares, invoices, credit notes, donations, others, papers."""
    notice(campaign)
    for _ in range(2):
        bill(commit(campaign), "10.00", is_last=False)
    campaign = Campaign.objects.select_related("election").get(pk=campaign.pk)
    with django_assert_num_queries(10):
        position_of(campaign)
    for _ in range(10):
        bill(commit(campaign), "10.00", is_last=False)
    with django_assert_num_queries(10):
        position_of(campaign)


PENCE = st.integers(1, 500_000).map(lambda pence: Decimal(pence) / 100)
DAYS = st.dates(date(2024, 3, 1), POLL_ON)


@st.composite
def purchases(draw: st.DrawFn) -> dict[str, object]:
    used_from, used_until = sorted((draw(DAYS), draw(DAYS)))
    of_parts = draw(st.integers(1, 9))
    others = draw(st.integers(0, min(3, of_parts)))
    return {
        "amount": str(draw(PENCE)),
        "used_from": used_from,
        "used_until": used_until,
        "shares": [
            Share(1, of_parts, "Panels", bearer=f"Bearer {n}") for n in range(others)
        ],
    }


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(bought=st.lists(purchases(), min_size=1, max_size=5), dice=st.randoms())
def test_the_report_never_depends_on_the_order_of_entry_and_loses_no_penny(
    campaign: Campaign, bought: list[dict[str, object]], dice: random.Random
) -> None:
    notice(campaign)
    answers = []
    for _ in range(2):
        with undone():
            for purchase in bought:
                commit(campaign, **dict(purchase))
            position = position_of(campaign)
            answers.append(
                (position.counted, position.ordered, position.outside, position.weeks)
            )
            whole = sum(Decimal(str(purchase["amount"])) for purchase in bought)
            parts = position.counted + position.outside + position.borne_by_others
            assert parts == whole
            assert position.weeks[-1].booked == position.counted
            lines = counted_expenses(campaign, campaign_periods(campaign))
            assert sum(line.counted for line in lines) == position.counted
        dice.shuffle(bought)

    assert answers[0] == answers[1]


def test_the_deadlines_are_counted_from_the_result_once_it_is_known(
    campaign: Campaign,
) -> None:
    before = position_of(campaign).deadlines
    campaign.result_declared_on = date(2024, 5, 4)

    after = position_of(campaign).deadlines

    assert before.days[1].code == "bills_received"
    assert before.days[1].day == date(2024, 5, 23)
    assert "As if the result were declared on polling day" in before.basis
    # A bank holiday on 27 May moves the first of them to Tuesday 28 May.
    assert [due.day for due in after.days[1:]] == [
        date(2024, 5, 28),
        date(2024, 5, 28),
        date(2024, 6, 3),
        date(2024, 6, 10),
        date(2024, 6, 19),
    ]
    assert "not read for combined authority mayors" in after.caution
