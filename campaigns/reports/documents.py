"""The receipts of a campaign: which there are, of what, and which are still missing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from campaigns.models import (
    Campaign,
    CreditNote,
    Donation,
    Expense,
    ExpenseShare,
    ExpenseState,
    Invoice,
    MoneyDocument,
    Order,
    Payment,
)
from campaigns.models.documents import Row
from campaigns.reports.counted_expenses import NOTHING
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.reports.purchase_orders import order_reference
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.figures import Figure
from campaigns.rules.money import pounds
from campaigns.rules.payments import bill_figure, needs_bill

# Neither voided nor of a row that is.
LIVE = (
    Q(voided_at__isnull=True)
    & ~Q(expense__state=ExpenseState.VOIDED)
    & ~Q(order__state=ExpenseState.VOIDED)
    & ~Q(invoice__expense__state=ExpenseState.VOIDED)
    & Q(invoice__voided_at__isnull=True)
    & Q(credit_note__voided_at__isnull=True)
    & Q(payment__voided_at__isnull=True)
    & Q(donation__voided_at__isnull=True)
)


def documents_of(campaign: Campaign) -> QuerySet[MoneyDocument]:
    """All of a campaign by their numbers, the voided ones too. One query."""
    return all_documents(campaign.organisation_id).filter(campaign=campaign)


def all_documents(organisation_id: int) -> QuerySet[MoneyDocument]:
    """Those of all campaigns of an organisation."""
    return (
        MoneyDocument.objects.of(organisation_id)
        .select_related(
            "campaign",
            "file",
            "expense",
            "order",
            "invoice__expense",
            "credit_note__invoice__expense",
            "payment__invoice__expense",
            "donation",
        )
        .order_by("number")
    )


def live_documents(campaign: Campaign) -> QuerySet[MoneyDocument]:
    """Those that prove something which still stands, by their numbers."""
    return documents_of(campaign).filter(LIVE)


def documents_of_expense(expense: Expense) -> QuerySet[MoneyDocument]:
    """Those of an expense and its order, of its invoices, and of what is filed with
    them."""
    return documents_of(expense.campaign).filter(_of_expenses([expense.pk]))


def documents_for_return(campaign: Campaign) -> list[MoneyDocument]:
    """What its return is handed in with: its own that still prove something, and those
    of other campaigns' expenses of which it bears a share. One query."""
    borne = ExpenseShare.objects.filter(
        organisation_id=campaign.organisation_id, bearer_campaign=campaign
    )
    found = all_documents(campaign.organisation_id).filter(
        LIVE, Q(campaign=campaign) | _of_expenses(borne.values("expense"))
    )
    return in_order_for(campaign, found)


def in_order_for(
    campaign: Campaign, documents: Iterable[MoneyDocument]
) -> list[MoneyDocument]:
    """The campaign's own by their numbers, then those of each other one."""
    return sorted(
        documents,
        key=lambda one: (one.campaign_id != campaign.pk, str(one.campaign), one.number),
    )


def number_for(campaign: Campaign, document: MoneyDocument) -> str:
    """`3`; in the return of another that bears a share, `3 of Ash in Bilston`."""
    if document.campaign_id == campaign.pk:
        return str(document.number)
    return f"{document.number} of {document.campaign}"


def _of_expenses(expenses: Sequence[int] | QuerySet[Any]) -> Q:
    return (
        Q(expense__in=expenses)
        | Q(order__in=expenses)
        | Q(invoice__expense__in=expenses)
        | Q(credit_note__invoice__expense__in=expenses)
        | Q(payment__invoice__expense__in=expenses)
    )


def what_it_proves(document: MoneyDocument) -> str:
    """`Invoice INV-1 of 3 April 2024, £900.00: Leaflets, from Plover Press`."""
    row = document.row
    if isinstance(row, Order):
        order = order_reference(document.campaign, row.order_number)
        return f"Order {order}, {pounds(row.amount)}: {_bought(row)}"
    return in_words(row)


def in_words(row: Row) -> str:
    """Any row but an order, which is known by its campaign's numbers."""
    if isinstance(row, Donation):
        return f"Donation of {pounds(row.amount)} from {row.donor}"
    if isinstance(row, Expense):
        return f"Expense of {pounds(row.amount)}: {_bought(row)}"
    if isinstance(row, Invoice):
        return f"{_bill(row)}, {pounds(row.amount)}: {_bought(row.expense)}"
    if isinstance(row, CreditNote):
        bill = row.invoice
        return (
            f"Credit note {row.number} of {row.dated_on:%-d %B %Y}, "
            f"{pounds(row.amount)}, to invoice {bill.number}: {_bought(bill.expense)}"
        )
    day = f"{row.paid_on:%-d %B %Y}"
    bill = row.invoice
    return (
        f"Payment of {pounds(row.amount)} on {day} for invoice {bill.number}: "
        f"{_bought(bill.expense)}"
    )


def account_of(row: Row) -> Expense | Donation:
    """The expense that a bill, or what is filed with it, belongs to; else the row
    itself."""
    if isinstance(row, Payment | CreditNote):
        row = row.invoice
    return row.expense if isinstance(row, Invoice) else row


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A receipt as it goes into a file of them: its `number` there, `proves` in the
    words that go with it, `item` the number of its line in a return, `since` what has
    become of it."""

    document: MoneyDocument
    number: str
    proves: str
    item: str = ""
    since: str = ""


def live_papers(campaign: Campaign) -> list[NumberedPaper]:
    """All that prove something which still stands, by their numbers. One query."""
    return [
        NumberedPaper(one, str(one.number), what_it_proves(one))
        for one in live_documents(campaign)
    ]


def _bought(expense: Expense) -> str:
    return f"{expense.description}, from {expense.supplier}"


def _bill(invoice: Invoice) -> str:
    return f"Invoice {invoice.number} of {invoice.dated_on:%-d %B %Y}"


@dataclass(frozen=True, slots=True)
class MissingReceipt:
    """Something that the return needs an invoice or a receipt for, and that has none.

    `what` is the paper to look for, `amount` in pounds; `is_paid` where money went out.
    `row` is what such a paper would prove.
    """

    expense: Expense
    row: Expense | Invoice | Payment
    what: str
    amount: Decimal
    is_paid: bool


@dataclass(frozen=True, slots=True)
class ReceiptsDue:
    """What is missing, by the expense's day, and the figure that asks for it."""

    missing: tuple[MissingReceipt, ...]
    figure: Figure

    @property
    def amount(self) -> Decimal:
        return sum((one.amount for one in self.missing), NOTHING)


def receipts_due(campaign: Campaign) -> ReceiptsDue:
    """Committed expenses of the campaign that lack an invoice or receipt.

    One of the expense itself serves for all of it, one of an invoice for its payments.
    Of a gift only what was paid for it needs one; what the law excludes is in no
    return. Five queries.
    """
    kind = parse_election_id(campaign.election.slug).kind
    paid = Payment.objects.order_by("paid_on", "pk")
    billed = Invoice.objects.filter(voided_at__isnull=True).order_by("dated_on", "pk")
    expenses = (
        Expense.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, state=ExpenseState.COMMITTED, excluded="")
        .prefetch_related(
            Prefetch(
                "invoices",
                billed.prefetch_related(Prefetch("payments", paid), "credit_notes"),
            )
        )
        .order_by("incurred_on", "pk")
    )
    proved = proved_by(live_documents(campaign))
    return ReceiptsDue(
        tuple(
            missing
            for expense in expenses
            for missing in missing_of(expense, expense.invoices.all(), proved)
            if needs_bill(missing.amount, kind=kind)
        ),
        bill_figure(kind),
    )


def proved_by(documents: Iterable[MoneyDocument]) -> set[Row]:
    """The rows of which these are an invoice or a receipt."""
    return {one.row for one in documents if one.proves_a_payment}


def missing_of(
    expense: Expense, bills: Iterable[Invoice], proved: Collection[Row]
) -> Iterator[MissingReceipt]:
    """What of one expense and its standing bills is not among the rows that are
    proved."""
    if expense in proved:
        return
    if not bills:
        yield MissingReceipt(
            expense, expense, "Invoice or receipt", expense.amount, False
        )
    for bill in bills:
        if bill in proved:
            continue
        for paid in bill.payments.all():
            if paid.voided_at is None and paid not in proved:
                what = f"{_bill(bill)}, paid on {paid.paid_on:%-d %B %Y}"
                yield MissingReceipt(expense, paid, what, paid.amount, True)
        if unpaid := standing_of_invoice(bill).unpaid:
            yield MissingReceipt(expense, bill, _bill(bill), unpaid, False)
