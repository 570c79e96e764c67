"""The report is the same whatever was entered first."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.actions.expense_checks import Share
from campaigns.models import Campaign
from campaigns.reports.spending_position import spending_position
from tests.campaigns.purchases import commit, notice, undone
from tests.cast import NOW

pytestmark = pytest.mark.django_db
PURCHASES = st.tuples(
    st.integers(1, 50_000).map(lambda pence: Decimal(pence) / 100),
    st.sampled_from(("plain", "shared", "gift", "excluded", "early", "staff")),
    st.integers(1, 9),
    st.dates(date(2024, 3, 1), date(2024, 5, 2)),
)


def kind_of(what: str, number: int, other: Campaign) -> dict[str, Any]:
    return {
        "plain": {},
        "shared": {
            "shares": [
                Share(number, 30, "Copies", campaign=other, basis="copies"),
                Share(1, 3, "A third", "Alder Party", basis="area"),
            ]
        },
        "gift": {"kind": "notional", "market_value": Decimal(600 + number)},
        "excluded": {"excluded": "security", "excluded_reason": "A threat"},
        "early": {"used_from": date(2024, 3, 1)},
        "staff": {"category": "staff", "staff_duty": "driver"},
    }[what]


BEARERS = ("Alder Party", "Birch Union", "Cedar Residents", "Damson Party")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pence=st.integers(1, 5_000),
    parts=st.lists(st.integers(1, 3), min_size=3, max_size=4),
    shared_from=st.dates(date(2024, 3, 1), date(2024, 5, 2)),
)
def test_no_penny_moves_with_the_order_in_which_shares_are_entered(
    campaign: Campaign,
    other_campaign: Campaign,
    pence: int,
    parts: list[int],
    shared_from: date,
) -> None:
    ours = Share(1, 15, "Ours too", campaign=other_campaign)
    shares = [
        ours,
        *(
            Share(part, 15, "Alike", bearer)
            for bearer, part in zip(BEARERS, parts, strict=False)
        ),
    ]
    seen = set()
    for order in (shares, shares[::-1], sorted(shares, key=lambda one: one.parts)):
        with undone():
            notice(campaign)
            notice(other_campaign, electors=200_000)
            made = commit(
                campaign,
                str(Decimal(pence) / 100),
                shares=order,
                used_from=shared_from,
            )
            position = spending_position(campaign, at=NOW)
            (line,) = [one for one in position.lines if one.expense == made]
            seen.add(
                (
                    position.counted,
                    spending_position(other_campaign, at=NOW).counted,
                    tuple((share.bearer, amount) for share, amount in line.borne),
                )
            )

    assert len(seen) == 1


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(purchases=st.lists(PURCHASES, min_size=3, max_size=3))
def test_the_report_never_depends_on_the_order_of_entry(
    campaign: Campaign, other_campaign: Campaign, purchases: list[Any]
) -> None:
    seen = set()
    for order in permutations(purchases):
        with undone():
            notice(campaign)
            notice(other_campaign, electors=200_000)
            for amount, what, number, day in order:
                commit(
                    campaign,
                    str(amount),
                    **{
                        "incurred_on": day,
                        "used_from": day,
                        "used_until": day + timedelta(days=number),
                    }
                    | kind_of(what, number, other_campaign),
                )
            position = spending_position(campaign, at=NOW)
            seen.add(
                (
                    position.counted,
                    position.ordered,
                    position.outside,
                    position.excluded,
                    position.borne_by_others,
                    tuple(row.counted for row in position.by_category),
                    tuple(week.booked for week in position.weeks),
                    tuple(warning.message for warning in position.warnings),
                    spending_position(other_campaign, at=NOW).counted,
                )
            )

    assert len(seen) == 1
