"""What the agent has to know of the expenses that are committed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.models import Election
from campaigns.reports.counted_expenses import CountedExpense, gift_in
from campaigns.rules.exclusions import exclusion_caution
from campaigns.rules.expenses import may_be_personal
from campaigns.rules.paid_work import given_calls_caution


@dataclass(frozen=True, slots=True)
class SpendingWarning:
    """Something the agent has to know; `stop` is the graver of the two levels."""

    code: str
    message: str
    level: str = "caution"


@dataclass(frozen=True, slots=True)
class ToKnow:
    """Warnings for a page: the grave ones, then the rest."""

    stops: tuple[str, ...]
    cautions: tuple[str, ...]


def to_know(warnings: Iterable[SpendingWarning]) -> ToKnow:
    """What is said more than once about one thing, such as a figure, is one sentence
    after another; nothing is left out."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for warning in warnings:
        found = said[warning.level, warning.code]
        if warning.message not in found:
            found.append(warning.message)
    told = [(level, " ".join(messages)) for (level, _), messages in said.items()]
    return ToKnow(
        tuple(message for level, message in told if level == "stop"),
        tuple(message for level, message in told if level != "stop"),
    )


def about_the_lines(
    committed: list[CountedExpense], election: Election
) -> Iterable[SpendingWarning]:
    """Of the committed expenses themselves, whatever they come to."""
    knowingly = sum(1 for line in committed if line.expense.over_limit_reason)
    if knowingly:
        yield SpendingWarning(
            "committed_over_limit",
            f"{_some(knowingly)} committed past the limit, with the agent's reason.",
            "stop",
        )
    unknown = sum(
        1
        for line in committed
        if not line.expense.supplier_address and not line.is_personal
    )
    if unknown:
        yield SpendingWarning(
            "no_supplier_address",
            f"{_some(unknown)} committed without the supplier's address, which the "
            "return needs.",
        )
    undeclared = sum(1 for line in committed if awaits_declaration(line))
    if undeclared:
        yield SpendingWarning(
            "value_not_declared",
            f"{_some(undeclared)} committed as a gift or discount whose value the "
            "agent has not declared.",
        )
    yield from _about_personal(committed)
    yield from _about_exclusions(committed, election)
    yield from _about_given_calls(committed)


def cautions_of(line: CountedExpense, election: Election) -> list[SpendingWarning]:
    """Of one expense, committed or not: whether its kind fits, how sure its rule is,
    and who is paid."""
    return [
        *_about_personal([line]),
        *_about_exclusions([line], election),
        *_about_given_calls([line]),
    ]


def _about_personal(lines: list[CountedExpense]) -> Iterable[SpendingWarning]:
    """Entered before it was asked under which heads these fall."""
    wrong = sum(
        1
        for line in lines
        if line.is_personal
        and not line.is_borne
        and not may_be_personal(line.expense.category, stock=line.expense.stock)
    )
    if wrong:
        yield SpendingWarning(
            "not_personal",
            f"{_some(wrong)} entered as personal, so that nothing counts, but personal "
            "is only the candidate's own travel and living, under Transport or "
            "Accommodation: void it and enter it anew.",
            "stop",
        )


def awaits_declaration(line: CountedExpense) -> bool:
    """A gift, discount or favour that counts for more than its price, and whose value
    the agent has not declared."""
    is_declared = line.expense.value_declared_at is not None
    return not (is_declared or line.is_borne) and bool(gift_in(line.expense))


def _about_exclusions(
    committed: list[CountedExpense], election: Election
) -> Iterable[SpendingWarning]:
    used = sorted({line.exclusion for line in committed if line.exclusion})
    for exclusion in used:
        caution = exclusion_caution(
            exclusion, nation=election.nation, poll_on=election.poll_on
        )
        if caution:
            yield SpendingWarning("exclusion", f"{exclusion}. {caution}")


def _about_given_calls(committed: list[CountedExpense]) -> Iterable[SpendingWarning]:
    cautions = {given_calls_caution(line.expense.staff_duty) for line in committed}
    for caution in filter(None, cautions):
        yield SpendingWarning("given_calls", caution)


def _some(number: int) -> str:
    return "1 expense was" if number == 1 else f"{number} expenses were"
