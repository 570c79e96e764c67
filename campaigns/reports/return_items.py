"""What a return lists: committed expenses with their bills, payments and papers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch

from campaigns.models import (
    Campaign,
    CreditNote,
    Donation,
    Invoice,
    MoneyDocument,
    Order,
    Payer,
    Payment,
)
from campaigns.reports.counted_expenses import NOTHING, CountedExpense
from campaigns.reports.documents import account_of, missing_of, number_for, proved_by
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.purchase_orders import order_reference
from campaigns.reports.return_form import in_words
from campaigns.reports.spending_position import SpendingPosition
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.money import pounds
from campaigns.rules.payments import needs_bill

NO_RECEIPT = "none yet"
AGENT = "the agent"
CANDIDATE_EARLY = "the candidate, before an agent was appointed"


@dataclass(frozen=True)
class Item:
    """A committed expense that belongs in the return of `campaign`, with its live bills
    and the papers that stand for it, by their numbers."""

    campaign: Campaign
    line: CountedExpense
    bills: tuple[Invoice, ...]
    papers: tuple[MoneyDocument, ...] = ()

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        paid = (one for bill in self.bills for one in live_payments(bill))
        return tuple(sorted(paid, key=lambda one: (one.paid_on, one.amount, one.pk)))

    @property
    def price(self) -> Decimal:
        """What was billed, once the last bill has come; until then, the order. Less
        what was credited."""
        if any(bill.is_last for bill in self.bills):
            return self.billed
        credited = sum((bill.claim - bill.owed for bill in self.bills), NOTHING)
        return self.line.expense.amount - credited

    @property
    def billed(self) -> Decimal:
        return sum((bill.owed for bill in self.bills), NOTHING)

    @property
    def to_be_billed(self) -> Decimal:
        return self.price - self.billed

    @property
    def unpaid(self) -> Decimal:
        return self.to_be_billed + sum(map(unpaid_of, self.bills), NOTHING)

    @property
    def due_back(self) -> Decimal:
        """What was paid above what is owed, and has not come back: no spending."""
        return sum((note.due for note in self.credits), NOTHING)

    @property
    def payer(self) -> str:
        """Who paid, where that was not the agent alone."""
        if self.is_theirs and not self.payments:
            return self.spent_by
        who = {self._payer(one) for one in self.payments}
        if who <= {AGENT}:
            return ""
        if len(who) == 1:
            return who.pop()
        return "; ".join(
            f"{pounds(one.amount)} {self._payer(one)}" for one in self.payments
        )

    def _payer(self, payment: Payment) -> str:
        if payment.authority:
            return payment.authority.holder
        if payment.paid_by == Payer.AGENT:
            return AGENT
        return "the candidate" if self.line.is_personal else CANDIDATE_EARLY

    @property
    def spent_by(self) -> str:
        """Who spent it by the agent's written authority."""
        paper = None if self.line.is_borne else self.line.expense.authority
        return paper.holder if paper else ""

    @property
    def is_theirs(self) -> bool:
        return self.line.expense.is_campaigners

    @property
    def credits(self) -> list[CreditNote]:
        return [note for bill in self.bills for note in bill.credits]

    @property
    def rows(self) -> tuple[str, ...]:
        expense = self.line.expense
        return (
            f"expense:{expense.pk}",
            *(f"share:{share.pk}" for share, _ in self.line.borne),
            *(f"invoice:{bill.pk}" for bill in self.bills),
            *(f"creditnote:{note.pk}" for note in self.credits),
            *(f"payment:{paid.pk}" for paid in self.payments),
            *(f"moneydocument:{paper.pk}" for paper in self.papers),
        )

    @property
    def receipts(self) -> str:
        """The numbers of its invoices and receipts, under which they are attached, and
        which are still missing."""
        expense = self.line.expense
        paid = (one for one in self.papers if one.proves_a_payment)
        proofs, missing = self._numbers(paid), ", ".join(self._unproved)
        if proofs and missing:
            return f"{proofs}; {NO_RECEIPT} of: {missing}"
        if missing and self.line.is_borne:
            return f"{NO_RECEIPT} with {expense.campaign}"
        return proofs or (NO_RECEIPT if missing else "")

    def _numbers(self, papers: Iterable[MoneyDocument]) -> str:
        return ", ".join(number_for(self.campaign, paper) for paper in papers)

    def _where(self, papers: Iterable[MoneyDocument]) -> str:
        found = self._numbers(papers)
        return f" (receipt {found})" if found else ""

    @property
    def _unproved(self) -> list[str]:
        """What of it was or is to be paid and lacks an invoice or receipt."""
        expense = self.line.expense
        kind = parse_election_id(self.campaign.election.slug).kind
        return [
            missing.what
            for missing in missing_of(expense, self.bills, proved_by(self.papers))
            if needs_bill(missing.amount, kind=kind)
        ]

    @property
    def order(self) -> str:
        """`mayor-2024/0007 (receipt 3)`: its number, and the papers of it."""
        expense = self.line.expense
        if not expense.order_number:
            return ""
        papers = (one for one in self.papers if isinstance(one.row, Order))
        reference = order_reference(expense.campaign, expense.order_number)
        return f"{reference}{self._where(papers)}"

    @property
    def settled(self) -> str:
        """`PP-7 at £45.00 instead of £50.00, 2 May 2024: Half the glue came off`."""
        return "; ".join(
            f"{bill.number} at {pounds(bill.settled_amount)} instead of "
            f"{pounds(bill.amount)}, {in_words(bill.dispute_ended_on)}: "
            f"{bill.dispute_end_reason}"
            for bill in self.bills
            if bill.settled_amount is not None and bill.dispute_ended_on
        )

    @property
    def credited(self) -> str:
        """`£30.00, C-1 of 20 April 2024: A box was missing (receipt 5)`."""
        notes = sorted(self.credits, key=lambda note: (note.dated_on, note.number))
        return "; ".join(
            f"{pounds(note.amount)}, {note.number} of {in_words(note.dated_on)}: "
            f"{note.reason}{self._where(one for one in self.papers if one.row == note)}"
            f"{_due(note)}"
            for note in notes
        )


def _due(note: CreditNote) -> str:
    if not note.due:
        return ""
    return f"; {pounds(note.due)} of it was paid all the same, and is due back"


def live_payments(bill: Invoice) -> list[Payment]:
    return [paid for paid in bill.payments.all() if paid.voided_at is None]


def unpaid_of(bill: Invoice) -> Decimal:
    return standing_of_invoice(bill).unpaid


def items_of(
    position: SpendingPosition, documents: Sequence[MoneyDocument]
) -> list[Item]:
    """What is committed and counts in a period, or is the candidate's own, each with
    its own of the `documents` for the return. Five queries."""
    declared = [line for line in position.lines if _is_declared(line)]
    paid = Payment.objects.select_related("authority__user").order_by("paid_on", "pk")
    bills: dict[int, list[Invoice]] = defaultdict(list)
    for bill in (
        Invoice.objects.filter(
            organisation_id=position.campaign.organisation_id,
            expense__in=[line.expense.pk for line in declared],
            voided_at__isnull=True,
        )
        .prefetch_related(Prefetch("payments", paid), "credit_notes", "leaves")
        .order_by("dated_on", "number", "pk")
    ):
        bills[bill.expense_id].append(bill)
    papers: dict[int, list[MoneyDocument]] = defaultdict(list)
    for one in documents:
        account = account_of(one.row)
        if not isinstance(account, Donation):
            papers[account.pk].append(one)
    return [
        Item(position.campaign, line, tuple(bills[key]), tuple(papers[key]))
        for line in declared
        for key in (line.expense.pk,)
    ]


def _is_declared(line: CountedExpense) -> bool:
    counts = line.counted or (line.long and line.long.counted)
    return line.is_committed and bool(counts or line.is_personal)
