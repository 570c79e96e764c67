"""What the agent and the candidate declare of a return, in which words.

Both declare that it is complete and correct to the best of their knowledge and belief;
knowingly to declare what is false is an offence (Electoral Commission guidance). The
exact words of the official forms were not read, so the words here say so. Worked
example: docs/rules/return.md.
"""

from dataclasses import dataclass
from datetime import date

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source

GUIDANCE = Source(
    "Electoral Commission, combined authority mayors: completing your return,"
    " 12 April 2024"
)
NOT_THE_FORM = (
    "What is declared was read in guidance, the exact words of the official form were "
    "not: sign the returning officer's form too where its words differ."
)
FIGURES = (
    Figure(
        "The return",
        "Words of the agent's and the candidate's declarations",
        "complete and correct to the best of knowledge and belief",
        Mark.GENERAL,
        GUIDANCE,
        caution=NOT_THE_FORM,
        read_on=date(2024, 4, 12),
    ),
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """The words that somebody signs, where they come from, and how sure that is."""

    text: str
    source: Source = GUIDANCE
    mark: Mark = Mark.GENERAL
    caution: str = NOT_THE_FORM


def agents_declaration(*, candidate: str, election: str, mark: str) -> Declaration:
    """`mark` is the identification mark that the return and both declarations bear.

    It holds the declaration of the value of what came free or at a discount.
    """
    return Declaration(
        f"I am the election agent of {candidate} at the election {election}. I have "
        f"examined the return of election expenses {mark}. To the best of my knowledge "
        "and belief it is complete and correct, and the values given in it for what "
        f"came free or at a discount are true. {_OFFENCE}"
    )


def candidates_declaration(*, candidate: str, election: str, mark: str) -> Declaration:
    """The candidate's own, of the same return by its identification mark."""
    return Declaration(
        f"I, {candidate}, was a candidate at the election {election}. I have examined "
        f"the return of election expenses {mark} of my election agent. To the best of "
        f"my knowledge and belief it is complete and correct. {_OFFENCE}"
    )


_OFFENCE = "I know that it is an offence knowingly to make a false declaration."
