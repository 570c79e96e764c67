"""What candidates in London and for the devolved parliaments may spend."""

from datetime import date
from decimal import Decimal

from campaigns.rules.marks import Mark
from campaigns.rules.spending_rates import days, sources
from campaigns.rules.spending_rates.rate import NOUGHT, Rate

PROPOSED_FOR_LONDON = "London Elects calls this figure proposed; the made law not read."


LONDON_FIGURES = (
    ("mayor_london", 420_000, 760_410),
    ("gla_constituency", 35_000, 63_360),
    ("gla_list", 330_000, 597_460),
)


def _london_rates(kind: str, old: int, new: int) -> tuple[Rate, Rate]:
    return (
        Rate(
            kind,
            "ENG",
            date(2000, 1, 1),
            days.AFTER_MARCH_2024,
            Decimal(old),
            NOUGHT,
            Mark.SECONDARY,
            sources.LONDON_ELECTS,
            sure_from=date(2001, 1, 1),
        ),
        Rate(
            kind,
            "ENG",
            date(2024, 3, 1),
            None,
            Decimal(new),
            NOUGHT,
            Mark.SECONDARY,
            sources.LONDON_ELECTS,
            caution=PROPOSED_FOR_LONDON,
        ),
    )


LONDON_RATES: tuple[Rate, ...] = tuple(
    rate for row in LONDON_FIGURES for rate in _london_rates(*row)
)

SINCE, LAW_CHANGED = date(2016, 1, 1), date(2026, 5, 7)
NIA_FROM, NIA_TO = date(2011, 1, 1), date(2012, 1, 1)

DEVOLVED_RATES: tuple[Rate, ...] = (
    Rate(
        "sp_short_county",
        "SCT",
        SINCE,
        None,
        Decimal(8700),
        Decimal(9),
        Mark.READ,
        sources.SCOTTISH_PARLIAMENT_2015,
        sure_until=LAW_CHANGED,
    ),
    Rate(
        "sp_short_burgh",
        "SCT",
        SINCE,
        None,
        Decimal(8700),
        Decimal(6),
        Mark.READ,
        sources.SCOTTISH_PARLIAMENT_2015,
        sure_until=LAW_CHANGED,
    ),
    Rate(
        "sp_byelection",
        "SCT",
        date(2010, 1, 1),
        None,
        Decimal(100_000),
        NOUGHT,
        Mark.READ,
        sources.SCOTTISH_PARLIAMENT_2015,
        sure_from=date(2011, 1, 1),
        sure_until=LAW_CHANGED,
    ),
    Rate(
        "sp_long",
        "SCT",
        SINCE,
        None,
        NOUGHT,
        NOUGHT,
        Mark.GENERAL,
        sources.SCOTTISH_PARLIAMENT_2015,
        not_usable="The amounts for the long campaign before a Scottish Parliament "
        "poll were cut off in the text that was read, so no limit can be given.",
    ),
    Rate(
        "senedd_individual",
        "WLS",
        date(2026, 1, 1),
        None,
        Decimal(52_500),
        NOUGHT,
        Mark.SECONDARY,
        sources.SENEDD_2026,
        caution="Proposed in April 2025; the Order as made was not read.",
    ),
    Rate(
        "nia_county",
        "NIR",
        NIA_FROM,
        NIA_TO,
        Decimal(7150),
        Decimal(7),
        Mark.SECONDARY,
        sources.NIA_2011,
    ),
    Rate(
        "nia_borough",
        "NIR",
        NIA_FROM,
        NIA_TO,
        Decimal(7150),
        Decimal(5),
        Mark.SECONDARY,
        sources.NIA_2011,
    ),
)
