"""Law as data: each rate has a worked example, and a new order is one more row.

The steps are docs/rules/next-years-order.md.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from campaigns.rules import law, spending_rate_lookup
from campaigns.rules.law import figures
from campaigns.rules.marks import Mark, Source
from campaigns.rules.spending_limits import limit
from campaigns.rules.spending_rate_lookup import LimitRefused, rate_for
from campaigns.rules.spending_rates import RATES, Rate
from tests.campaigns.rules.test_spending_limits import VECTORS

# Kind, nation, polling day, and what 10,000 electors make. Long campaigns are those
# of a parliament dissolved in its 60th month: all of the sum.
EXAMPLES = [
    ("la_mayor", "WLS", "2024-05-02", "2952.00"),
    ("local", "ENG", "2010-05-06", "1100.00"),
    ("local", "ENG", "2019-05-02", "1340.00"),
    ("local", "WLS", "2012-05-03", "1100.00"),
    ("local", "WLS", "2017-05-04", "1340.00"),
    ("local", "WLS", "2027-05-06", "1506.00"),
    ("local", "SCT", "2005-04-01", "1100.00"),
    ("local", "SCT", "2022-05-05", "1506.00"),
    ("local", "NIR", "2023-05-18", "1100.00"),
    ("ukpge_short_county", None, "2010-05-06", "7850.00"),
    ("ukpge_short_county", None, "2019-12-12", "9600.00"),
    ("ukpge_short_county", None, "2024-07-04", "12590.00"),
    ("ukpge_short_borough", None, "2010-05-06", "7650.00"),
    ("ukpge_short_borough", None, "2019-12-12", "9300.00"),
    ("ukpge_long_county", None, "2010-05-06", "25700.00"),
    ("ukpge_long_county", None, "2015-05-07", "31600.00"),
    ("ukpge_long_county", None, "2024-12-12", "41420.00"),
    ("ukpge_long_borough", None, "2010-05-06", "25500.00"),
    ("ukpge_long_borough", None, "2015-05-07", "31300.00"),
    ("ukpge_long_borough", None, "2024-12-12", "41020.00"),
    ("gla_constituency", None, "2016-05-05", "35000.00"),
    ("gla_list", None, "2016-05-05", "330000.00"),
    ("nia_borough", None, "2011-05-05", "7650.00"),
]
# An invented order, as next year's might be: nobody has made it.
NEW_ON = date(2029, 2, 1)
ORDER = Source("An invented order of 2029")
NEW = Rate(
    "cam_mayor",
    "ENG",
    NEW_ON,
    None,
    Decimal(0),
    Decimal("9.5"),
    Mark.READ,
    ORDER,
    per_council=Decimal(3500),
)


@pytest.mark.parametrize(("kind", "nation", "poll", "amount"), EXAMPLES)
def test_each_rate_gives_what_its_figures_say(
    kind: str, nation: str | None, poll: str, amount: str
) -> None:
    found = limit(
        kind=kind,
        nation=nation,
        poll_on=date.fromisoformat(poll),
        electors=10_000,
        month=60,
    )

    assert found.amount == Decimal(amount)


def test_no_rate_that_can_apply_is_without_a_worked_example() -> None:
    """Commissioners' areas apart: each is one sum, in one table."""
    shown = {
        id(rate_for(kind=kind, nation=nation, poll_on=date.fromisoformat(poll)))
        for kind, nation, poll in [
            *((row[1], None, row[2]) for row in VECTORS),
            *(row[:3] for row in EXAMPLES),
        ]
    }
    bare = [
        rate
        for rate in RATES
        if rate.kind != "pcc" and id(rate) not in shown and _can_apply(rate)
    ]

    assert bare == []


def _can_apply(rate: Rate) -> bool:
    """On some day it alone fits."""
    edges = {
        day + step
        for other in RATES
        for day in (other.effective_from, other.effective_to)
        if day
        for step in (timedelta(-1), timedelta(0))
    }
    for day in edges:
        try:
            if rate_for(kind=rate.kind, nation=rate.nation, poll_on=day) is rate:
                return True
        except LimitRefused:
            continue
    return False


@pytest.fixture
def with_the_new_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is added, and the one before it gets its end."""
    before = rate_for(kind="cam_mayor", poll_on=NEW_ON)
    rates = [
        replace(rate, effective_to=NEW_ON) if rate is before else rate for rate in RATES
    ]
    for module in (law, spending_rate_lookup):
        monkeypatch.setattr(module, "RATES", (*rates, NEW))


@pytest.mark.usefixtures("with_the_new_order")
def test_a_new_order_is_one_row_with_its_source_and_nothing_else() -> None:
    def worked(poll_on: date) -> str:
        found = limit(kind="cam_mayor", poll_on=poll_on, electors=1_000, councils=7)
        return f"{found.amount} {found.mark}"

    assert worked(NEW_ON - timedelta(days=1)) == "21360.00 D"  # 7 x 3,040 + 80
    assert worked(NEW_ON) == "24595.00 R"  # 7 x 3,500 + 95
    [printed] = [figure for figure in figures() if figure.source == ORDER]
    assert printed.value == "£3,500.00 a council + 9.5p an elector"
    assert printed.effective_from == NEW_ON


def test_a_row_without_an_end_to_the_one_before_gives_no_limit_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spending_rate_lookup, "RATES", (*RATES, NEW))

    with pytest.raises(LimitRefused, match=r"£3,040.*or £3,500.*"):
        limit(kind="cam_mayor", poll_on=NEW_ON, electors=1_000, councils=7)
