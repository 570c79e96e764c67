"""For which work nobody may be paid: asking people for their vote.

Representation of the People Act 1983, s.111, read on 5 May 2020: whoever engages a
canvasser for payment, and the canvasser, are guilty of illegal employment. Worked
examples: docs/rules/paid-work.md.
"""

from datetime import date
from decimal import Decimal

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source

SECTION_111 = Source(
    "Representation of the People Act 1983, s.111",
    "https://legislation.gov.uk/ukpga/1983/2/section/111/2020-05-05",
)
FIGURES = (
    Figure(
        "What counts",
        "Canvassers may be paid",
        "never",
        Mark.READ,
        SECTION_111,
        read_on=date(2020, 5, 5),
    ),
)
IN_PERSON = "canvassing"
BY_TELEPHONE = "phone_bank"
REFUSAL = (
    "Nobody may be paid to canvass for a candidate (Representation of the People Act "
    "1983, s.111): whoever pays and whoever is paid would be guilty of illegal "
    "employment. Volunteers ask for votes; other work may be paid."
)
GIVEN_CALLS = (
    "Callers who are paid to ask for votes may be paid canvassers, whoever pays them "
    "(RPA 1983, s.111): ask the Electoral Commission before the calls begin."
)


def paid_canvassing(duty: str, *, paid: Decimal) -> str:
    """The sentence that refuses it, or nothing.

    Asking for votes in person is refused whoever pays for it; by telephone, if we pay.
    What another body gives is let through with `given_calls_caution`.
    """
    is_ours = duty == BY_TELEPHONE and paid > 0
    return REFUSAL if duty == IN_PERSON or is_ours else ""


def given_calls_caution(duty: str) -> str:
    """What has to be said of a phone bank that somebody else pays for."""
    return GIVEN_CALLS if duty == BY_TELEPHONE else ""
