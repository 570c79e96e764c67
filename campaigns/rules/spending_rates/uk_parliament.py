"""What candidates for the UK Parliament may spend.

A long campaign's figures are the most it may come to: the month of the parliament in
which it is dissolved says how much of them applies.
"""

from datetime import date
from decimal import Decimal

from campaigns.rules.marks import Mark, Source
from campaigns.rules.spending_rates import days, sources
from campaigns.rules.spending_rates.rate import NOUGHT, Rate

LONG_FROM, LONG_SURE = date(2010, 1, 1), date(2011, 1, 1)

# From, sure from, until, pounds, pence for a county and for a borough constituency.
SHORT = (
    (days.START_OF_2005, days.START_OF_2006, days.UPRATED_2014, 7150, 7, 5),
    (days.UPRATED_2014, None, days.UPRATED_2023, 8700, 9, 6),
    (days.UPRATED_2023, days.SURE_AFTER_2023, None, 11390, 12, 8),
)
LONG = (
    (LONG_FROM, LONG_SURE, days.UPRATED_2014, 25000, 7, 5),
    (days.UPRATED_2014, None, days.UPRATED_2023, 30700, 9, 6),
    (days.UPRATED_2023, days.SURE_AFTER_2023, None, 40220, 12, 8),
)


def _general_election_rates(
    campaign: str,
    newest: Source,
    start: date,
    sure: date | None,
    end: date | None,
    fixed: int,
    county: int,
    borough: int,
) -> tuple[Rate, ...]:
    return tuple(
        Rate(
            f"ukpge_{campaign}_{area}",
            "UK",
            start,
            end,
            Decimal(fixed),
            Decimal(pence),
            Mark.READ if end else Mark.SECONDARY,
            sources.LIMITS_2014 if end else newest,
            sure_from=sure,
        )
        for area, pence in (("county", county), ("borough", borough))
    )


UK_PARLIAMENT_RATES: tuple[Rate, ...] = (
    *(
        rate
        for row in SHORT
        for rate in _general_election_rates("short", sources.HOUNSLOW_2024, *row)
    ),
    *(
        rate
        for row in LONG
        for rate in _general_election_rates("long", sources.IFG_2024, *row)
    ),
    Rate(
        "uk_byelection",
        "UK",
        date(2001, 1, 1),
        days.UPRATED_2023,
        Decimal(100_000),
        NOUGHT,
        Mark.SECONDARY,
        sources.ERSKINE_MAY,
        sure_from=date(2002, 1, 1),
    ),
    Rate(
        "uk_byelection",
        "UK",
        days.UPRATED_2023,
        None,
        Decimal(180_050),
        NOUGHT,
        Mark.GENERAL,
        sources.UPRATING_2023,
        sure_from=days.SURE_AFTER_2023,
        caution="The figure is not known: £180,050 and £180,060 both fit the "
        "uprating that was read, and neither was read itself. The lower is shown.",
    ),
)
