"""What candidates for councils and parishes may spend."""

from datetime import date
from decimal import Decimal

from campaigns.rules.marks import Mark
from campaigns.rules.spending_rates import days, sources
from campaigns.rules.spending_rates.rate import Rate

LOCAL = "local"

# Pounds, and pence for each elector.
FIRST, SECOND = (Decimal(600), Decimal(5)), (Decimal(740), Decimal(6))
THIRD, FOURTH = (Decimal(806), Decimal(7)), (Decimal(960), Decimal(8))

COUNCIL_RATES: tuple[Rate, ...] = (
    Rate(
        LOCAL,
        "ENG",
        days.START_OF_2005,
        days.UPRATED_2014,
        *FIRST,
        Mark.READ,
        sources.LIMITS_2014,
        sure_from=days.START_OF_2006,
    ),
    Rate(
        LOCAL,
        "WLS",
        days.START_OF_2005,
        days.UPRATED_2014,
        *FIRST,
        Mark.READ,
        sources.LIMITS_2014,
        sure_from=days.START_OF_2006,
    ),
    Rate(
        LOCAL,
        "ENG",
        days.UPRATED_2014,
        days.MAY_2021_POLLS,
        *SECOND,
        Mark.READ,
        sources.LIMITS_2014,
    ),
    Rate(
        LOCAL,
        "ENG",
        date(2021, 1, 1),
        days.UPRATED_2023,
        *THIRD,
        Mark.SECONDARY,
        sources.LOCAL_2021,
    ),
    Rate(
        LOCAL,
        "ENG",
        days.UPRATED_2023,
        None,
        *FOURTH,
        Mark.READ,
        sources.COMMISSION_LOCAL,
        sure_from=days.SURE_AFTER_2023,
    ),
    Rate(
        LOCAL,
        "WLS",
        days.UPRATED_2014,
        days.LAW_LAST_READ,
        *SECOND,
        Mark.READ,
        sources.LIMITS_2014,
    ),
    # The same figures as England's of 2021, so no older than they are.
    Rate(LOCAL, "WLS", date(2021, 1, 1), None, *THIRD, Mark.READ, sources.SECTION_76),
    Rate(
        LOCAL,
        "SCT",
        date(2005, 4, 1),
        date(2022, 1, 1),
        *FIRST,
        Mark.READ,
        sources.SCOTTISH_LOCAL_2005,
    ),
    Rate(
        LOCAL,
        "SCT",
        date(2005, 4, 2),
        date(2022, 1, 1),
        Decimal(705),
        Decimal(6),
        Mark.GENERAL,
        sources.NOT_READ,
    ),
    Rate(
        LOCAL,
        "SCT",
        date(2022, 1, 1),
        None,
        *THIRD,
        Mark.SECONDARY,
        sources.WEST_LOTHIAN_2022,
    ),
    Rate(
        LOCAL,
        "NIR",
        days.START_OF_2005,
        None,
        *FIRST,
        Mark.READ,
        sources.NI_ACT_1962,
        sure_from=days.START_OF_2006,
    ),
    Rate(
        "parish",
        "ENG",
        days.UPRATED_2023,
        None,
        *FOURTH,
        Mark.GENERAL,
        sources.COMMISSION_LOCAL,
        sure_from=days.SURE_AFTER_2023,
        caution="Taken from the figure for local elections; "
        "not read on a page about parishes.",
    ),
)
