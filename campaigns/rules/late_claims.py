"""Which claims may be paid only with the leave of a court.

A claim that comes after the last day for claims is barred, and none may be paid after
the last day for payment, unless a court gives leave (Representation of the People Act
1983, s.78). Worked examples: docs/rules/late-claims.md.
"""

from datetime import date

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.payments import NOT_READ

SECTION_78 = Source("Representation of the People Act 1983, s.78")
CAMPAIGNERS_NOT_READ = (
    "Whether what a local campaigner pays late needs the leave of a court was not "
    "read, so it is not checked: ask the returning officer or the Commission."
)
FIGURES = (
    Figure(
        "Deadlines",
        "A claim received, or to be paid, after its last day",
        "only with the leave of a court",
        Mark.READ,
        SECTION_78,
    ),
    Figure(
        "Deadlines",
        "What a local campaigner spent by authority, paid late",
        "not known",
        Mark.GENERAL,
        NOT_READ,
        caution=CAMPAIGNERS_NOT_READ,
    ),
)


def reasons_for_leave(
    *, received_on: date, paid_on: date, claims_by: date, payments_by: date
) -> tuple[str, ...]:
    """Why a payment needs leave, a sentence for each reason; none where it needs none.

    The last day itself is in time.
    """
    reasons = []
    if received_on > claims_by:
        reasons.append(
            f"It came on {_day(received_on)}, after {_day(claims_by)}, the last day "
            "for claims."
        )
    if paid_on > payments_by:
        reasons.append(
            f"{_day(paid_on)} is after {_day(payments_by)}, the last day for payment."
        )
    return tuple(reasons)


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
