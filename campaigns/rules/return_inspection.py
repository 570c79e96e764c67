"""What a copy of a return leaves out where anybody may look at it.

Returns are kept two years and are open to inspection; the addresses of donors who are
individuals are left out (Electoral Commission guidance). Worked example:
docs/rules/return-inspection.md.
"""

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.permissible_donations import DonorKind

GUIDANCE = Source("Electoral Commission, guidance on returns (its page was not noted)")
BY_WHOM = (
    "Who leaves them out, the agent or the returning officer, was not read: the full "
    "return goes to the returning officer, and this copy takes the place of nothing."
)
NOT_READ = (
    "Whether the addresses of suppliers and of authorised persons who are individuals "
    "are left out too was not read: they stand here. Ask the returning officer before "
    "anybody sees it."
)
TOPIC = "The return, open to inspection"
FIGURES = (
    Figure(
        TOPIC, "How long it is kept and open, free", "two years", Mark.READ, GUIDANCE
    ),
    Figure(TOPIC, "Price of a copy", "£0.20 a side", Mark.READ, GUIDANCE),
    Figure(
        TOPIC,
        "Left out of it",
        "the addresses of individual donors",
        Mark.READ,
        GUIDANCE,
        caution=BY_WHOM,
    ),
)
# No person stands behind these: where they are may be seen by anybody.
BODIES = frozenset(
    (
        DonorKind.PARTY,
        DonorKind.COMPANY,
        DonorKind.TRADE_UNION,
        DonorKind.BUILDING_SOCIETY,
        DonorKind.PARTNERSHIP,
        DonorKind.FRIENDLY_SOCIETY,
        DonorKind.ASSOCIATION,
        DonorKind.TRUST,
    )
)


def leaves_out_address(donor: DonorKind | None) -> bool:
    """Whether this donor's address is left out: of an individual, and of whoever may
    be one, such as a bequest, a giver not known, or a kind that is not known (None)."""
    return donor not in BODIES
