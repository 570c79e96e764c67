"""What the lines of statements may have been: the open things that fit each."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from campaigns.models import (
    Campaign,
    CreditNote,
    Donation,
    ExpenseState,
    Invoice,
    Payment,
    Refund,
    StatementLine,
    StatementMatch,
)
from campaigns.reports.statements import LIVE, payments_left, sum_of
from campaigns.rules.statement_matching import (
    Candidate,
    Kind,
    Proposal,
    Wanted,
    proposals,
)


class OpenThings:
    """All that a campaign's lines may be: six queries, however many lines."""

    def __init__(self, campaign: Campaign) -> None:
        """Of the sibling campaigns nothing: their money is on their own statements."""
        self.out = [
            *_payments(campaign),
            *_invoices(payable_invoices(campaign)),
            *_donations(campaign, is_out=True),
        ]
        self.disputed = list(_invoices(payable_invoices(campaign, disputed=True)))
        self.into = [*_refunds(campaign), *_donations(campaign, is_out=False)]

    def of(self, line: StatementLine) -> list[Candidate]:
        return self.out if line.is_out else self.into

    def proposals(self, line: StatementLine) -> tuple[Proposal, ...]:
        """The strongest first; none where nothing is left of the line."""
        return _that_fit(line, self.of(line))

    def disputes(self, line: StatementLine) -> tuple[Proposal, ...]:
        """The disputed bills that a line would pay: none is paid while it is disputed,
        so that none is proposed."""
        return _that_fit(line, self.disputed) if line.is_out else ()


def _that_fit(line: StatementLine, things: Sequence[Candidate]) -> tuple[Proposal, ...]:
    left: Decimal = line.left  # type: ignore[attr-defined]
    if left <= 0:
        return ()
    return proposals(Wanted(left, line.day, line.description), things)


def with_proposals(
    lines: Iterable[StatementLine], things: OpenThings
) -> list[tuple[StatementLine, tuple[Proposal, ...], tuple[Proposal, ...]]]:
    """Each with what it may have been, and the disputed bills that it fits."""
    return [(line, things.proposals(line), things.disputes(line)) for line in lines]


def _payments(campaign: Campaign) -> Iterable[Candidate]:
    for payment in payments_left(campaign):
        invoice = payment.invoice
        yield Candidate(
            Kind.PAYMENT,
            payment.pk,
            payment.left,  # type: ignore[attr-defined]
            payment.paid_on,
            invoice.expense.supplier,
            (invoice.number,),
        )


def _invoices(unpaid: QuerySet[Any, Any]) -> Iterable[Candidate]:
    """Each as it is owed, and, where it was credited, as it may have been paid."""
    for invoice in unpaid:
        sums = {Kind.INVOICE: invoice.left} if invoice.left > 0 else {}
        if invoice.creditable and not invoice.disputed:
            sums[Kind.INVOICE_IN_FULL] = invoice.left + invoice.creditable
        for kind, left in sums.items():
            yield Candidate(
                kind,
                invoice.pk,
                left,
                invoice.dated_on,
                invoice.expense.supplier,
                (invoice.number,),
            )


def _refunds(campaign: Campaign) -> Iterable[Candidate]:
    """Credit notes whose money came back, or is due, as far as no line shows it."""
    came = Refund.objects.filter(LIVE, credit_note=OuterRef("pk")).order_by("-came_on")
    shown = StatementMatch.objects.filter(LIVE, credit_note=OuterRef("pk"))
    notes = (
        CreditNote.objects.filter(
            LIVE,
            organisation_id=campaign.organisation_id,
            invoice__expense__campaign=campaign,
        )
        .select_related("invoice__expense")
        .annotate(
            left=F("refunded") - sum_of(shown, "credit_note"),
            last_on=Subquery(came.values("came_on")[:1]),
        )
        .filter(left__gt=0)
        .order_by("last_on", "pk")
    )
    for note in notes:
        yield Candidate(
            Kind.CREDIT_NOTE,
            note.pk,
            note.left,
            None if note.due else note.last_on,
            note.invoice.expense.supplier,
            (note.number, note.invoice.number),
        )


def paid_invoices(campaign: Campaign) -> QuerySet[Invoice]:
    """Live invoices of which money was paid and has not come back, the newest first."""
    paid = Payment.objects.filter(LIVE, invoice=OuterRef("pk"))
    notes = CreditNote.objects.filter(LIVE, invoice=OuterRef("pk"))
    return (
        Invoice.objects.filter(
            LIVE,
            organisation_id=campaign.organisation_id,
            expense__campaign=campaign,
        )
        .select_related("expense")
        .annotate(
            paid=sum_of(paid, "invoice") - sum_of(notes, "invoice", column="refunded")
        )
        .filter(paid__gt=0)
        .order_by("-dated_on", "-pk")
    )


def unpaid_invoices(campaign: Campaign) -> QuerySet[Invoice]:
    """Live and disputed by nobody, with what is `left` to pay."""
    return _with_what_is_left(campaign, disputed=False).filter(left__gt=0)


def payable_invoices(
    campaign: Campaign, *, disputed: bool = False
) -> QuerySet[Invoice]:
    """Live, with what is `left` to pay or with what was taken off by credit notes and
    may have been paid all the same (`creditable`); either those that nobody disputes or
    those that are disputed."""
    found = _with_what_is_left(campaign, disputed=disputed)
    return found.filter(Q(left__gt=0) | Q(creditable__gt=0))


def _with_what_is_left(campaign: Campaign, *, disputed: bool) -> QuerySet[Any, Any]:
    paid = Payment.objects.filter(LIVE, invoice=OuterRef("pk"))
    notes = CreditNote.objects.filter(LIVE, invoice=OuterRef("pk"))
    claim = Coalesce("settled_amount", "amount")
    return (
        Invoice.objects.filter(
            LIVE,
            organisation_id=campaign.organisation_id,
            expense__campaign=campaign,
            expense__state=ExpenseState.COMMITTED,
            disputed=disputed,
        )
        .select_related("expense")
        .annotate(
            left=claim
            - sum_of(notes, "invoice")
            - sum_of(paid, "invoice")
            + sum_of(notes, "invoice", column="refunded"),
            creditable=sum_of(notes, "invoice")
            - sum_of(notes, "invoice", column="refunded"),
        )
        .order_by("dated_on", "pk")
    )


def _donations(campaign: Campaign, *, is_out: bool) -> Iterable[Candidate]:
    """In, those received or promised; out, those given back."""
    way = Q(line__amount__lt=0) if is_out else Q(line__amount__gt=0)
    shown = StatementMatch.objects.filter(LIVE, way, donation=OuterRef("pk"))
    given = (
        Donation.objects.filter(
            LIVE,
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            in_kind="",
        )
        .annotate(left=F("amount") - sum_of(shown, "donation"))
        .filter(left__gt=0)
        .order_by("received_on", "pk")
    )
    if is_out:
        given = given.filter(returned_on__isnull=False)
    for donation in given:
        day: date | None = donation.returned_on if is_out else donation.received_on
        yield Candidate(Kind.DONATION, donation.pk, donation.left, day, donation.donor)
