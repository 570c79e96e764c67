"""The return's schedules of whoever else may spend, by written authority."""

from collections.abc import Iterator, Mapping, Sequence

from campaigns.clock import day_of
from campaigns.models import AuthorityKind, SpendingAuthority
from campaigns.reports.counted_expenses import NOTHING
from campaigns.reports.others_campaigns import permitted_sum
from campaigns.reports.return_form import (
    DAY,
    POUNDS,
    Column,
    Line,
    Section,
    numbered,
)
from campaigns.reports.return_items import Item
from campaigns.reports.spending_authorities import (
    AuthorityStanding,
    authority_standings,
)
from campaigns.reports.spending_position import SpendingPosition
from campaigns.rules.money import pounds

AUTHORISED = (
    Column("number", "No."),
    Column("who", "Authorised person"),
    Column("address", "Address", under="who"),
    Column("what", "What for"),
    Column("paper", "Paper", under="what"),
    Column("written", "Written", DAY),
    Column("until", "Until", DAY, under="written"),
    Column("revoked", "Revoked", DAY, under="written"),
    Column("items", "Items of this return"),
    Column("cap", "Up to", POUNDS),
)
SPENT = Column("used", "Spent", POUNDS, is_summed=True)
ENTERED = Column("used", "Spent under it", POUNDS, is_summed=True)
COUNTED = Column("counted", "In this return", POUNDS, is_summed=True)
PAID = Column("paid", "Paid by them", POUNDS, is_summed=True)
OTHERS_SPEND = (
    "{permitted} Above it they spend only by the agent’s written authority, and it "
    "counts here. They pay for it, so that it is no claim here, and make a return of "
    "their own within 21 days of the result (Representation of the People Act 1983, "
    "s.75)."
)
UNDER_THE_HEADS = "What was so spent stands under the heads with everything else."
# Whose, the code and letter of the schedule, its title, its sums, its note.
SCHEDULES = (
    (
        AuthorityKind.CAMPAIGNER,
        "campaigners",
        "K",
        "Authorised local campaigners, of no party",
        (SPENT, COUNTED),
        OTHERS_SPEND,
    ),
    (
        AuthorityKind.PETTY,
        "petty",
        "T",
        "Petty expenses by written authority",
        (ENTERED, PAID),
        UNDER_THE_HEADS,
    ),
    (
        AuthorityKind.COMMIT,
        "deputies",
        "W",
        "Persons authorised to commit expenses for the agent",
        (SPENT, COUNTED),
        UNDER_THE_HEADS,
    ),
)


def authority_sections(
    position: SpendingPosition, items: Sequence[Item], numbers: Mapping[str, str]
) -> Iterator[Section]:
    """Local campaigners, petty expenses, and whoever commits for the agent; `numbers`
    are those of the items by their rows. One query."""
    standings = authority_standings(position.campaign)
    permitted = permitted_sum(position.campaign, position.basis).sentence
    for kind, code, letter, title, sums, note in SCHEDULES:
        lines = [
            _line(standing, items, numbers)
            for standing in standings
            if standing.authority.kind == kind
        ]
        yield Section(
            code,
            title,
            (*AUTHORISED, *sums),
            numbered(letter, lines, by="written"),
            note.format(permitted=permitted),
        )


def _line(
    standing: AuthorityStanding, items: Sequence[Item], numbers: Mapping[str, str]
) -> Line:
    paper = standing.authority
    found = {item.rows[0]: item for item in items if _is_under(paper, item)}
    spent = (one for one in found.values() if one.line.expense.authority_id == paper.pk)
    paid = (payment for one in found.values() for payment in one.payments)
    values = {
        "who": paper.holder,
        "address": paper.address,
        "what": paper.purpose,
        "paper": paper.document,
        "written": paper.written_on.isoformat(),
        "until": paper.until_on.isoformat() if paper.until_on else "",
        "revoked": day_of(paper.revoked_at).isoformat() if paper.revoked_at else "",
        "items": "; ".join(
            f"{number} {pounds(found[row].line.cut.value)}"
            for row, number in numbers.items()
            if row in found
        ),
        "cap": str(paper.cap),
        "used": str(standing.committed),
        "counted": str(sum((one.line.counted for one in spent), NOTHING)),
        "paid": str(
            sum((one.amount for one in paid if one.authority_id == paper.pk), NOTHING)
        ),
    }
    key = f"authority:{paper.pk}"
    return Line(key, values, (key, *found))


def _is_under(paper: SpendingAuthority, item: Item) -> bool:
    """Spent, or a petty payment made, by this paper."""
    return item.line.expense.authority_id == paper.pk or any(
        payment.authority_id == paper.pk for payment in item.payments
    )
