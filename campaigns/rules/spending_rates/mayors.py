"""What candidates for mayor may spend, London apart."""

from datetime import date
from decimal import Decimal

from campaigns.rules.marks import Mark
from campaigns.rules.spending_rates import days, sources
from campaigns.rules.spending_rates.rate import NOUGHT, Rate

COUNCILS_NOTE = (
    "Councils as counted by the returning officer: a county council whose electors "
    "are those of its districts may be left out."
)


BEFORE_2024 = (Decimal(2362), Decimal("5.9"))  # pounds a council, pence an elector
SINCE_2024 = (Decimal(3040), Decimal(8))

MAYORAL_RATES: tuple[Rate, ...] = (
    Rate(
        "cam_mayor",
        "ENG",
        date(2017, 1, 27),
        days.UPRATED_2024,
        NOUGHT,
        BEFORE_2024[1],
        Mark.READ,
        sources.CAM_ORDER_2017,
        per_council=BEFORE_2024[0],
        sure_from=date(2017, 2, 1),
        note=COUNCILS_NOTE,
    ),
    Rate(
        "cam_mayor",
        "ENG",
        days.UPRATED_2024,
        None,
        NOUGHT,
        SINCE_2024[1],
        Mark.DERIVED,
        sources.CAM_ORDER_2024,
        per_council=SINCE_2024[0],
        sure_from=days.SURE_AFTER_2024,
        note=COUNCILS_NOTE,
        caution="£3,040 and 8p are the figures another order says it aligns with; "
        "the combined authorities' own order was not seen in text.",
    ),
    Rate(
        "la_mayor",
        "ENG",
        date(2017, 1, 1),
        days.AFTER_MARCH_2024,
        BEFORE_2024[0],
        BEFORE_2024[1],
        Mark.DERIVED,
        sources.LA_MAYORS_2024,
    ),
    Rate(
        "la_mayor",
        "ENG",
        days.APPROVED_2024,
        None,
        SINCE_2024[0],
        SINCE_2024[1],
        Mark.READ,
        sources.LA_MAYORS_2024,
    ),
    Rate(
        "la_mayor",
        "WLS",
        None,
        None,
        BEFORE_2024[0],
        BEFORE_2024[1],
        Mark.READ,
        sources.LA_MAYORS_2024,
        sure_from=days.AFTER_MARCH_2024,
    ),
)
