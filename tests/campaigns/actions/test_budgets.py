"""The plan: typed in, corrected, refused, and added up."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.actions.budgets import BudgetRefused, Planned, plan_budget
from campaigns.models import AuditEntry, BudgetLine, Campaign
from campaigns.reports.budget import Budget, budget
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.spending_position import spending_position
from campaigns.rules.budget_weeks import plan_weeks
from tests.campaigns.purchases import clerk, commit, notice, propose, undone
from tests.cast import NOW

pytestmark = pytest.mark.django_db
INSIDE_WEEK, BEFORE_WEEK = date(2024, 4, 8), date(2024, 3, 4)
WEEKS = plan_weeks(first_on=date(2024, 3, 27), last_on=date(2024, 5, 2))


def plan(campaign: Campaign, *lines: Planned) -> int:
    return plan_budget(campaign=campaign, planned=lines, by=clerk(campaign), at=NOW)


def planned(campaign: Campaign) -> Budget:
    return budget(spending_position(campaign, at=NOW))


def test_what_is_committed_stands_in_the_weeks_in_which_it_is_used(
    campaign: Campaign,
) -> None:
    """Six days in the first week and two in the next."""
    notice(campaign)
    tuesday, next_tuesday = date(2024, 4, 9), date(2024, 4, 16)
    commit(campaign, "80.00", used_from=tuesday, used_until=next_tuesday)
    propose(campaign, "500.00", used_from=tuesday, used_until=tuesday)
    plan(campaign, Planned("unsolicited", date(2024, 4, 8), inside=Decimal("100.00")))

    found = planned(campaign)

    committed = {week.key: week.committed for week in found.weeks if week.committed}
    assert committed == {"2024-04-08": Decimal(60), "2024-04-15": Decimal(20)}
    (first,) = (week for week in found.weeks if week.key == "2024-04-08")
    assert first.left == Decimal(40)
    assert sum(week.committed for week in found.weeks) == found.total.committed


def test_a_plan_is_kept_and_corrected_by_head_and_week(campaign: Campaign) -> None:
    plan(
        campaign,
        Planned("staff", INSIDE_WEEK, inside=Decimal("400.00")),
        Planned("staff", BEFORE_WEEK, before=Decimal("250.50")),
    )
    plan(campaign, Planned("staff", INSIDE_WEEK, inside=Decimal("300.00")))

    staff = next(head for head in planned(campaign).heads if head.key == "staff")
    assert (staff.before, staff.inside) == (Decimal("250.50"), Decimal("300.00"))
    assert BudgetLine.objects.count() == 2
    assert AuditEntry.objects.filter(verb="budget.planned").count() == 2


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("unknown_head", {"category": "beer"}),
        ("not_a_week", {"week_on": date(2024, 4, 9)}),
        ("not_a_week", {"week_on": date(2030, 1, 7)}),
        ("bad_amount", {"inside": Decimal("-1.00")}),
        ("bad_amount", {"inside": Decimal("0.001")}),
        ("bad_amount", {"inside": Decimal("1e12")}),
        ("week_counts", {"before": Decimal("1.00")}),
        ("week_does_not_count", {"week_on": BEFORE_WEEK, "inside": Decimal("1.00")}),
    ],
)
def test_an_unclear_plan_is_refused(
    campaign: Campaign, code: str, fields: dict[str, Any]
) -> None:
    line = Planned(**{"category": "staff", "week_on": INSIDE_WEEK, **fields})

    with pytest.raises(BudgetRefused) as refused:
        plan(campaign, line)

    assert refused.value.code == code
    assert not BudgetLine.objects.exists()


def test_nothing_and_the_same_twice_are_refused(campaign: Campaign) -> None:
    line = Planned("staff", INSIDE_WEEK, inside=Decimal("1.00"))

    with pytest.raises(BudgetRefused) as nothing:
        plan(campaign)
    with pytest.raises(BudgetRefused) as twice:
        plan(campaign, line, line)

    assert nothing.value.code == "nothing_planned"
    assert twice.value.code == "planned_twice"


def test_a_plan_that_passes_the_limit_warns(campaign: Campaign) -> None:
    notice(campaign)
    commit(campaign, "100.00")
    plan(campaign, Planned("unsolicited", INSIDE_WEEK, inside=Decimal("181281.00")))

    found = planned(campaign)

    assert [warning.message for warning in found.warnings] == [
        "The plan passes the limit by £1.00."
    ]
    leaflets = next(head for head in found.heads if head.key == "unsolicited")
    assert leaflets.committed == Decimal("100.00")
    assert leaflets.left == Decimal("181181.00")


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_heads_and_weeks_add_up_to_the_penny_in_any_order(
    campaign: Campaign, data: st.DataObject
) -> None:
    first_on = campaign_periods(campaign).short.first_on
    weeks = [week for week in WEEKS if week >= first_on]
    lines = data.draw(
        st.lists(
            st.builds(
                Planned,
                st.sampled_from(["staff", "meetings", "transport"]),
                st.sampled_from(weeks),
                inside=st.integers(0, 10**8).map(lambda pence: Decimal(pence) / 100),
            ),
            min_size=1,
            unique_by=lambda line: (line.category, line.week_on),
        )
    )
    total = sum(line.inside for line in lines)
    seen = []
    for order in (lines, data.draw(st.permutations(lines))):
        with undone():
            for line in order:
                plan(campaign, line)
            seen.append(planned(campaign))

    assert seen[0].heads == seen[1].heads
    assert seen[0].weeks == seen[1].weeks
    assert sum(head.inside for head in seen[0].heads) == total
    assert sum(week.inside for week in seen[0].weeks) == total
    assert sum(part.planned for part in seen[0].periods) == total
