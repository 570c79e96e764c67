"""Every figure of the law that money is reckoned with, in one list.

The figures stand where they are used: the dated rates in `spending_rates`, the others
beside their rule. Adding next year's order is one dated row there, with its source and
a worked example in the tests; nothing is added here.
"""

from collections.abc import Iterator
from decimal import Decimal

from campaigns.rules import (
    donor_evidence,
    election_timetable,
    exclusions,
    expenses,
    imprints,
    late_claims,
    notional_value,
    paid_work,
    payments,
    permissible_donations,
    regulated_periods,
    return_deadlines,
    return_declarations,
    return_inspection,
    spending_limits,
)
from campaigns.rules.figures import Figure
from campaigns.rules.money import pounds
from campaigns.rules.spending_rates import RATES, Rate


def figures() -> Iterator[Figure]:
    """The limits first, then periods, what counts, payments, donations, deadlines,
    declarations, inspection, imprints, the agent."""
    yield from map(_of_rate, RATES)
    yield from spending_limits.FIGURES
    yield from regulated_periods.FIGURES
    yield from expenses.FIGURES
    yield from notional_value.FIGURES
    yield from exclusions.FIGURES
    yield from paid_work.FIGURES
    yield from payments.FIGURES
    yield from permissible_donations.FIGURES
    yield from donor_evidence.FIGURES
    yield from return_deadlines.FIGURES
    yield from late_claims.FIGURES
    yield from return_declarations.FIGURES
    yield from return_inspection.FIGURES
    yield from imprints.FIGURES
    yield from election_timetable.FIGURES


def _of_rate(rate: Rate) -> Figure:
    where = f"{rate.nation}, {rate.area}" if rate.area else rate.nation
    return Figure(
        "Spending limits",
        f"{rate.kind} ({where})",
        _sum_of(rate),
        rate.mark,
        rate.source,
        rate.effective_from,
        rate.effective_to,
        rate.not_usable or rate.caution,
    )


def _sum_of(rate: Rate) -> str:
    parts = [
        pounds(rate.fixed) if rate.fixed else "",
        f"{pounds(rate.per_council)} a council" if rate.per_council else "",
        f"{_pence(rate.pence_per_elector)}p an elector"
        if rate.pence_per_elector
        else "",
    ]
    return " + ".join(filter(None, parts)) or "not known"


def _pence(pence: Decimal) -> str:
    return f"{pence.normalize():f}"
