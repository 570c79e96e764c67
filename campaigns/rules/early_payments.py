"""What a candidate may pay before there is an election agent.

Police and Crime Commissioner Elections Order 2012, art 32(2): election expenses, beside
personal ones, whose payment falls before the day on which an agent is appointed, or is
deemed to be. Worked examples: docs/rules/payments.md.
"""

from datetime import date

from campaigns.rules.election_kinds import PollKind
from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source

NOT_READ_HERE = (
    "For this kind of poll it was not read: ask the returning officer or the "
    "Commission."
)
LONDON = Source(
    "Electoral Commission, London elections: incurring and making payments",
    "https://www.electoralcommission.org.uk/guidance-candidates-and-agents-greater-"
    "london-authority-elections-new/candidate-spending/incurring-and-making-payments-"
    "candidate-spending",
)
READ_IN = {
    PollKind.POLICE_COMMISSIONER: Source(
        "Police and Crime Commissioner Elections Order 2012, art 32(2), as drafted",
        "https://www.legislation.gov.uk/ukdsi/2012/9780111525302/article/32",
    ),
    PollKind.SENEDD: Source(
        "SI 2007/937, art 39(2)",
        "https://legislation.gov.uk/uksi/2007/937/article/39/made/data.xht",
    ),
    PollKind.LONDON_MAYOR: LONDON,
    PollKind.LONDON_CONSTITUENCY: LONDON,
    PollKind.LONDON_LIST: LONDON,
}
# Its s.73(5) lets the candidate pay by s.74(1B), whose own words were not read.
ELSEWHERE = Source(
    "Representation of the People Act 1983, s.73(5)",
    "https://legislation.gov.uk/ukpga/1983/2/part/II/crossheading/election-expenses/"
    "2012-04-30/data.html",
)


def _figure(polls: str, mark: Mark, source: Source, caution: str = "") -> Figure:
    return Figure(
        "Payments",
        f"A candidate may pay before an agent is appointed ({polls})",
        "any election expense",
        mark,
        source,
        caution=caution,
    )


READ_FIGURES = {
    kind: _figure(kind, Mark.READ, source) for kind, source in READ_IN.items()
}
OTHER_FIGURE = _figure("other polls", Mark.DERIVED, ELSEWHERE, NOT_READ_HERE)
FIGURES = (*READ_FIGURES.values(), OTHER_FIGURE)


def is_before_the_agent(paid_on: date, appointed_on: date | None) -> bool:
    """Is it the candidate's to pay, whatever it is for? Up to the day before the
    appointment; never while that day is not told."""
    return appointed_on is not None and paid_on < appointed_on


def early_caution(kind: PollKind | str, *, poll_on: date) -> str:
    """What is not sure of that for a poll on this day, or nothing."""
    figure = READ_FIGURES.get(PollKind(kind), OTHER_FIGURE)
    caution = figure.caution_on(poll_on)
    return f"Before an agent is appointed a candidate may pay. {caution}".rstrip()
