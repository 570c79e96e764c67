"""Who may pay for what, which payments need a bill, and what others may spend.

Electoral Commission guidance for candidates and agents, and Representation of the
People Act 1983, s.75. A sum that was not read is never guessed: what is spent or paid
is entered, with a warning that it could not be checked.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from campaigns.rules.early_payments import FIGURES as EARLY_FIGURES
from campaigns.rules.early_payments import is_before_the_agent
from campaigns.rules.election_kinds import PollKind
from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.money import down_to_the_penny, pounds
from campaigns.rules.refusals import Refusal
from campaigns.rules.spending_rate_lookup import area_key

BILL_NEEDED_FROM = Decimal(20)
BILL_NEEDED_FROM_IN_PARISHES = Decimal(10)
DONATION_OVER = Decimal(50)

CANDIDATE_MAY_PAY = {
    PollKind.UK_PARLIAMENT: Decimal(600),
    PollKind.POLICE_COMMISSIONER: Decimal(5000),
    PollKind.SENEDD: Decimal(900),
}
OTHERS_IN_UK_PARLIAMENT = Decimal(700)
OTHERS_IN_LOCAL_POLLS = Decimal(50)
OTHERS_PER_ELECTOR = Decimal("0.005")
# By police area; of the table only this row was read.
OTHERS_BY_POLICE_AREA = {"West Midlands": Decimal(10_080)}

RETURN = Source(
    "Electoral Commission, combined authority mayors: completing your return,"
    " 12 April 2024"
)
CANDIDATES = Source("Electoral Commission, candidates' personal expenses")
PCC_ORDER = Source("Police and Crime Commissioner Elections Order 2012, art 32")
PARISHES = Source("Electoral Commission, parish councils: your return")
SECTION_75 = Source("Representation of the People Act 1983, s.75")
POLICE_AREAS = Source(
    "Electoral Commission, police and crime commissioner elections: local campaigning",
    "https://www.electoralcommission.org.uk/guidance-candidates-and-agents-police-and-"
    "crime-commissioner-elections/candidate-spending/local-campaigning",
)
RETURN_READ_ON = date(2024, 4, 12)  # of the page RETURN
NOT_READ = Source("Not read")
NOT_GIVEN = "No sum is given: ask the returning officer or the Commission."
CANDIDATES_SUM_NOT_READ = (
    "What a candidate may pay personally was not read for this kind of poll, so it is "
    "not checked: ask the returning officer or the Commission. The agent pays what is "
    "above it, or pays the candidate back."
)
BILL_FIGURE = Figure(
    "Payments",
    "The return holds a bill for each payment from",
    pounds(BILL_NEEDED_FROM),
    Mark.READ,
    RETURN,
    read_on=RETURN_READ_ON,
)
BILL_FIGURE_IN_PARISHES = Figure(
    "Payments",
    "The same, in a parish",
    pounds(BILL_NEEDED_FROM_IN_PARISHES),
    Mark.READ,
    PARISHES,
)
CANDIDATES_FIGURES = {
    kind: Figure(
        "Payments",
        f"A candidate may pay personally ({kind})",
        pounds(sum_),
        Mark.READ,
        PCC_ORDER if kind is PollKind.POLICE_COMMISSIONER else CANDIDATES,
    )
    for kind, sum_ in CANDIDATE_MAY_PAY.items()
}
OTHERS_FIGURE_IN_UK_PARLIAMENT = Figure(
    "Others' campaigns",
    "Without the agent's authority, for the UK Parliament",
    pounds(OTHERS_IN_UK_PARLIAMENT),
    Mark.READ,
    SECTION_75,
    caution="Earlier it was £500.00 (general knowledge, not checked).",
)
OTHERS_FIGURE_IN_LOCAL_POLLS = Figure(
    "Others' campaigns",
    "Without the agent's authority, in a local poll",
    f"{pounds(OTHERS_IN_LOCAL_POLLS)} + 0.5p an elector",
    Mark.READ,
    SECTION_75,
)
OTHERS_FIGURES_BY_POLICE_AREA = {
    area_key(area): Figure(
        "Others' campaigns",
        f"Without the agent's authority, for the commissioner of {area}",
        pounds(sum_),
        Mark.READ,
        POLICE_AREAS,
    )
    for area, sum_ in OTHERS_BY_POLICE_AREA.items()
}
FIGURES = (
    BILL_FIGURE,
    BILL_FIGURE_IN_PARISHES,
    Figure(
        "Payments",
        "A payment by somebody else, not paid back, is a donation over",
        pounds(DONATION_OVER),
        Mark.READ,
        Source("Electoral Commission, London elections: payments"),
    ),
    *EARLY_FIGURES,
    *CANDIDATES_FIGURES.values(),
    Figure(
        "Payments",
        "A candidate may pay personally (other polls)",
        "not known",
        Mark.GENERAL,
        NOT_READ,
        caution=NOT_GIVEN,
    ),
    Figure(
        "Payments",
        "Petty expenses, by whoever the agent authorised in writing, up to",
        "the sum named in the authority",
        Mark.READ,
        Source("Electoral Commission, London elections: payments"),
    ),
    Figure(
        "Others' campaigns",
        "Whoever was authorised makes a return of their own within",
        "21 days of the result",
        Mark.READ,
        SECTION_75,
    ),
    OTHERS_FIGURE_IN_UK_PARLIAMENT,
    Figure(
        "Others' campaigns",
        "The same, earlier",
        pounds(Decimal(500)),
        Mark.GENERAL,
        NOT_READ,
        caution="Until which day it held was not read; no sum is worked from it.",
    ),
    OTHERS_FIGURE_IN_LOCAL_POLLS,
    *OTHERS_FIGURES_BY_POLICE_AREA.values(),
    Figure(
        "Others' campaigns",
        "Without the agent's authority, in other polls and police areas",
        "not known",
        Mark.GENERAL,
        NOT_READ,
        caution=NOT_GIVEN,
    ),
)


class Payer(StrEnum):
    """Who may pay for election expenses."""

    AGENT = "agent"
    CANDIDATE = "candidate"
    PETTY = "petty"
    CAMPAIGNER = "campaigner"


class PayerRefused(Refusal):
    """Somebody who may not pay this."""


class SumRefused(Refusal):
    """The sum was not read for this kind of poll."""


def needs_bill(amount: Decimal, *, kind: PollKind | str) -> bool:
    """Must the return hold an invoice or receipt for this payment? From £20; in
    parishes from £10."""
    is_parish = PollKind(kind) is PollKind.PARISH
    return amount >= (BILL_NEEDED_FROM_IN_PARISHES if is_parish else BILL_NEEDED_FROM)


def bill_figure(kind: PollKind | str) -> Figure:
    """The sum from which a bill is needed, with its source and mark."""
    is_parish = PollKind(kind) is PollKind.PARISH
    return BILL_FIGURE_IN_PARISHES if is_parish else BILL_FIGURE


def candidate_may_pay(kind: PollKind | str) -> Decimal | None:
    """What a candidate may pay personally for personal expenses; more goes through
    the agent. None where it was not read (`CANDIDATES_SUM_NOT_READ`)."""
    return CANDIDATE_MAY_PAY.get(PollKind(kind))


def candidates_sum_caution(kind: PollKind | str, *, poll_on: date) -> str:
    """What is not sure of the candidate's sum for a poll on that day, or nothing."""
    figure = CANDIDATES_FIGURES.get(PollKind(kind))
    if figure is None:
        return CANDIDATES_SUM_NOT_READ
    caution = figure.caution_on(poll_on)
    return (
        f"A candidate may pay {figure.value} personally. {caution}" if caution else ""
    )


def is_donation_by_payer(amount: Decimal, *, is_reimbursed: bool) -> bool:
    """Is a payment by somebody not entitled to make it a donation? Over £50 and not
    paid back, it is."""
    return not is_reimbursed and amount > DONATION_OVER


def _unless_paid_back(amount: Decimal) -> str:
    if is_donation_by_payer(amount, is_reimbursed=False):
        return (
            f"Pay back the {pounds(amount)}, or enter it as a donation: it is over "
            f"{pounds(DONATION_OVER)}."
        )
    return (
        f"Pay back the {pounds(amount)}; kept, it is no donation, for it is not over "
        f"{pounds(DONATION_OVER)}."
    )


@dataclass(frozen=True, slots=True)
class Permitted:
    """What others may spend in pounds, and what of it is not sure, or nothing."""

    amount: Decimal
    caution: str


def permitted_for_others(
    kind: PollKind | str, *, poll_on: date, electors: int | None = None, area: str = ""
) -> Permitted:
    """What others may spend for or against a candidate without written authority.

    £700 for the UK Parliament; £50 and half a penny for each elector in local polls; a
    sum for each police `area` for its commissioner. Refused: whatever was not read.
    """
    kind = PollKind(kind)
    if kind is PollKind.UK_PARLIAMENT:
        caution = OTHERS_FIGURE_IN_UK_PARLIAMENT.caution_on(poll_on)
        return Permitted(OTHERS_IN_UK_PARLIAMENT, caution)
    if kind is PollKind.LOCAL and electors is not None:
        return Permitted(
            down_to_the_penny(OTHERS_IN_LOCAL_POLLS + electors * OTHERS_PER_ELECTOR),
            OTHERS_FIGURE_IN_LOCAL_POLLS.caution_on(poll_on),
        )
    if kind is PollKind.POLICE_COMMISSIONER:
        for name, sum_ in OTHERS_BY_POLICE_AREA.items():
            if area_key(name) == area_key(area):
                figure = OTHERS_FIGURES_BY_POLICE_AREA[area_key(area)]
                return Permitted(sum_, figure.caution_on(poll_on))
    raise SumRefused(
        "sum_not_known",
        "What others may spend without authority was not read for this poll, or needs "
        "the number of electors.",
    )


def refuse_payer(
    payer: Payer | str,
    amount: Decimal,
    *,
    poll: PollKind | str,
    is_personal: bool,
    paid_on: date,
    agent_from: date | None,
    paid_before: Decimal,
    cap: Decimal | None = None,
) -> None:
    """Say no to a payment that somebody may not make.

    The agent pays everything, from the appointment on `agent_from` (None while that is
    not told). The candidate alone pays what is due before that day, and after it their
    own personal expenses, up to the sum for this kind of poll. Whoever the agent
    authorised in writing pays petty expenses, or campaigns and pays for it
    (s.75), up to the `cap` of the paper (None where there is none). `paid_before` is
    what the same person paid so, of the candidate for personal expenses alone. Where
    the candidate's sum was not read, none is too much.
    """
    payer = Payer(payer)
    if payer is not Payer.CANDIDATE:
        _refuse_without_an_agent(payer, paid_on, agent_from)
    if payer is Payer.AGENT:
        return
    most: Decimal | None
    if payer is not Payer.CANDIDATE:
        if cap is None:
            raise PayerRefused(
                "no_authority", "Anybody else pays only by written authority."
            )
        most, who = cap, "By this authority"
    elif not is_personal:
        _refuse_with_an_agent(amount, paid_on, agent_from)
        return
    else:
        most, who = candidate_may_pay(poll), "The candidate"
    if most is not None and paid_before + amount > most:
        raise PayerRefused(
            "over_the_sum",
            f"{who} may pay {pounds(most)} in all, and {pounds(paid_before)} was paid: "
            "the agent pays the rest.",
        )


def _refuse_without_an_agent(
    payer: Payer, paid_on: date, agent_from: date | None
) -> None:
    if agent_from is None or not is_before_the_agent(paid_on, agent_from):
        return
    day = f"{agent_from:%-d %B %Y}"
    raise PayerRefused(
        "no_agent_yet",
        f"The agent was appointed on {day} and pays from that day on: say that the "
        "candidate paid."
        if payer is Payer.AGENT
        else f"Before {day}, the day of the appointment, no agent could authorise "
        "anybody in writing to pay.",
    )


def _refuse_with_an_agent(
    amount: Decimal, paid_on: date, agent_from: date | None
) -> None:
    if is_before_the_agent(paid_on, agent_from):
        return
    if agent_from is None:
        raise PayerRefused(
            "no_appointment",
            "A candidate pays only their own personal expenses, and what is due before "
            "an agent is appointed. If it was paid before, enter the day of the "
            "appointment under Days that count first. If it was paid since: "
            f"{_unless_paid_back(amount)}",
        )
    raise PayerRefused(
        "agent_pays",
        f"From {agent_from:%-d %B %Y} on, the day of the appointment, the agent pays, "
        "and a candidate only their own personal expenses. "
        f"{_unless_paid_back(amount)}",
    )
