"""Invoices by REST, with what is filed on them: payments, disputes, a court's leave."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.court_leaves import record_court_leave, void_court_leave
from campaigns.actions.credit_notes import record_credit_note, void_credit_note
from campaigns.actions.expense_payments import (
    record_invoice,
    record_payment,
    void_invoice,
    void_payment,
)
from campaigns.actions.invoice_disputes import dispute_invoice, end_dispute
from campaigns.actions.refunds_due import receive_refund, void_refund
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict, id_of, money, names, past_the_limit
from campaigns.models import (
    CourtLeave,
    CreditNote,
    DisputeOutcome,
    Expense,
    Invoice,
    Payer,
    Payment,
    Refund,
    SpendingAuthority,
)
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.roles import Capability

# What can be voided, by what it is filed with an invoice, and how.
STRIKES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "payment": (Payment, "invoice", void_payment),
    "credit_note": (CreditNote, "invoice", void_credit_note),
    "refund": (Refund, "credit_note__invoice", void_refund),
    "leave": (CourtLeave, "invoice", void_court_leave),
}

MAY_COUNT_MORE = ("invoice", "credit_note")


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    class Meta:
        model = Payment
        fields = (
            "id",
            "amount",
            "paid_on",
            "method",
            "paid_by",
            "authority",
            "void_reason",
        )


class PaidBackSerializer(serializers.ModelSerializer[Refund]):
    """Money that came back by a credit note."""

    class Meta:
        model = Refund
        fields = ("id", "amount", "came_on", "void_reason")


class CreditNoteSerializer(serializers.ModelSerializer[CreditNote]):
    """What the supplier took back; `refunded` of it was paid all the same, of which
    `came` came back by the `refunds` that stand, and the rest is due back."""

    refunds = PaidBackSerializer(many=True, read_only=True)

    class Meta:
        model = CreditNote
        fields = (
            "id",
            "number",
            "amount",
            "dated_on",
            "reason",
            "is_favour",
            "refunded",
            "came",
            "refunds",
            "void_reason",
        )


class CourtLeaveSerializer(serializers.ModelSerializer[CourtLeave]):
    """A court's order that lets a late claim be paid."""

    class Meta:
        model = CourtLeave
        fields = ("id", "court", "ordered_on", "note", "void_reason")


class InvoiceSerializer(serializers.ModelSerializer[Invoice]):
    """`amount` is the paper's, `owed` what is due for it in all, `unpaid` the rest, and
    `refund_due` what was paid above it and has not come back."""

    payments = PaymentSerializer(many=True, read_only=True)
    credit_notes = CreditNoteSerializer(many=True, read_only=True)
    leaves = CourtLeaveSerializer(many=True, read_only=True)
    owed = serializers.SerializerMethodField()
    unpaid = serializers.SerializerMethodField()
    refund_due = serializers.SerializerMethodField()

    class Meta:
        model = Invoice
        fields = (
            "id",
            "expense",
            "number",
            "amount",
            "dated_on",
            "received_on",
            "is_last",
            "disputed",
            "dispute_reason",
            "dispute_outcome",
            "dispute_ended_on",
            "dispute_end_reason",
            "settled_amount",
            "owed",
            "unpaid",
            "refund_due",
            "payments",
            "credit_notes",
            "leaves",
            "void_reason",
        )

    def get_owed(self, invoice: Invoice) -> str:
        return str(standing_of_invoice(invoice).owed)

    def get_unpaid(self, invoice: Invoice) -> str:
        return str(standing_of_invoice(invoice).unpaid)

    def get_refund_due(self, invoice: Invoice) -> str:
        return str(standing_of_invoice(invoice).refund_due)


class NewInvoiceSerializer(Strict):
    """A supplier's claim for a committed expense."""

    expense = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    number = serializers.CharField(max_length=60)
    amount = money()
    dated_on = serializers.DateField()
    received_on = serializers.DateField()
    is_last = serializers.BooleanField(default=True)
    dispute_reason = serializers.CharField(max_length=500, default="", allow_blank=True)
    over_limit_reason = past_the_limit()


class NewPaymentSerializer(Strict):
    amount = money()
    paid_on = serializers.DateField()
    method = serializers.CharField(max_length=60)
    paid_by = serializers.ChoiceField(
        Payer.choices,
        default=Payer.AGENT,
        help_text="a candidate pays personal expenses, and what is due before an agent "
        "is appointed (`agent_appointed_on` of the days that count)",
    )
    authority = serializers.IntegerField(
        default=None,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="id of the authority under which a petty expense was paid, or that "
        "by which the campaigner who paid spent it",
    )


class NewDisputeSerializer(Strict):
    reason = serializers.CharField(max_length=500)


class DisputeEndSerializer(Strict):
    """`amount` is what was settled on, before credit notes, which come off it; null
    where it was not settled."""

    outcome = serializers.ChoiceField(DisputeOutcome.choices)
    amount = money(default=None, allow_null=True)
    ended_on = serializers.DateField()
    reason = serializers.CharField(max_length=500)
    over_limit_reason = past_the_limit()


class NewCreditNoteSerializer(Strict):
    """`refunded_on` is when money came back, where it was paid already; without it
    that is due back."""

    number = serializers.CharField(max_length=60)
    amount = money()
    dated_on = serializers.DateField()
    reason = serializers.CharField(max_length=500)
    is_favour = serializers.BooleanField(default=False)
    refunded_on = serializers.DateField(default=None, allow_null=True)
    over_limit_reason = past_the_limit()


def id_of_paper(**options: Any) -> serializers.IntegerField:
    """The id of what is filed with the invoice."""
    return serializers.IntegerField(min_value=1, max_value=2**63 - 1, **options)


class NewRefundSerializer(Strict):
    """`credit_note` is the id of that by which it was due back."""

    credit_note = id_of_paper()
    amount = money()
    came_on = serializers.DateField()


class StrikeOutSerializer(Strict):
    """What is voided: the invoice itself, or what is filed with it, by its id. Without
    an invoice or a credit note the expense may count more."""

    what = serializers.ChoiceField(["invoice", *STRIKES], default="invoice")
    id = id_of_paper(default=None, allow_null=True)
    reason = serializers.CharField(max_length=500)
    over_limit_reason = past_the_limit()


class NewCourtLeaveSerializer(Strict):
    court = serializers.CharField(max_length=200)
    ordered_on = serializers.DateField()
    note = serializers.CharField(max_length=500, default="", allow_blank=True)


FILTERS = [OpenApiParameter("expense", int, description="id of an expense")]


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class Invoices(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Invoices of the campaign's expenses, with what was filed on each."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.RECORD_PAYMENTS
    questions = names(FILTERS)
    serializer_class = InvoiceSerializer
    queryset = Invoice.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Invoice]:
        if self.is_described:
            return Invoice.objects.none()
        found = Invoice.objects.filter(
            organisation=self.campaign.organisation_id, expense__campaign=self.campaign
        )
        if expense := self.request.query_params.get("expense"):
            found = found.filter(expense=id_of(expense, "expense"))
        return found.select_related("expense").prefetch_related(
            "payments", "credit_notes__refunds", "leaves"
        )

    @extend_schema(request=NewInvoiceSerializer, responses={201: InvoiceSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """File a supplier's claim for a committed expense."""
        return self.once(self._file)

    def _file(self) -> Response:
        typed = self.read(NewInvoiceSerializer)
        expense = Expense.objects.filter(
            organisation=self.campaign.organisation_id,
            campaign=self.campaign,
            pk=typed.pop("expense"),
        ).first()
        if expense is None:
            raise ValidationError({"expense": "There is no such expense here."})
        made = record_invoice(expense=expense, **self.written, **typed)
        return self._told(made.pk)

    @extend_schema(request=NewPaymentSerializer, responses={201: InvoiceSerializer})
    @action(detail=True, methods=["post"], questions=frozenset())
    def payments(self, request: Request, **kwargs: Any) -> Response:
        """Enter a payment of the invoice."""
        return self._do_for_good(self._pay, NewPaymentSerializer)

    def _pay(self, *, authority: int | None, **typed: Any) -> None:
        papers = SpendingAuthority.objects.of(self.campaign.organisation_id)
        paper = papers.filter(campaign=self.campaign, pk=authority or 0).first()
        if authority and paper is None:
            raise ValidationError({"authority": "There is no such authority here."})
        record_payment(authority=paper, **typed)

    @extend_schema(request=NewDisputeSerializer, responses={201: InvoiceSerializer})
    @action(detail=True, methods=["post"], questions=frozenset())
    def dispute(self, request: Request, **kwargs: Any) -> Response:
        """Dispute the invoice: until that ends it may not be paid."""
        return self._do(dispute_invoice, NewDisputeSerializer)

    @extend_schema(request=DisputeEndSerializer, responses={201: InvoiceSerializer})
    @action(
        detail=True, methods=["post"], url_path="dispute/end", questions=frozenset()
    )
    def dispute_end(self, request: Request, **kwargs: Any) -> Response:
        """Settle the dispute at a sum, or let the invoice stand as it came."""
        return self._do(end_dispute, DisputeEndSerializer)

    @extend_schema(request=NewCourtLeaveSerializer, responses={201: InvoiceSerializer})
    @action(detail=True, methods=["post"], questions=frozenset())
    def leave(self, request: Request, **kwargs: Any) -> Response:
        """File a court's leave to pay a late claim."""
        return self._do(record_court_leave, NewCourtLeaveSerializer)

    @extend_schema(request=NewCreditNoteSerializer, responses={201: InvoiceSerializer})
    @action(
        detail=True, methods=["post"], url_path="credit-notes", questions=frozenset()
    )
    def credit_notes(self, request: Request, **kwargs: Any) -> Response:
        """File what the supplier takes back of the invoice."""
        return self._do(record_credit_note, NewCreditNoteSerializer)

    @extend_schema(request=NewRefundSerializer, responses={201: InvoiceSerializer})
    @action(detail=True, methods=["post"], questions=frozenset())
    def refunds(self, request: Request, **kwargs: Any) -> Response:
        """Enter money that came back, all that is due by a credit note or a part."""
        return self._do_for_good(_receive, NewRefundSerializer)

    @extend_schema(request=StrikeOutSerializer, responses={201: InvoiceSerializer})
    @action(detail=True, methods=["post"], questions=frozenset())
    def void(self, request: Request, **kwargs: Any) -> Response:
        """Strike out the invoice, or something that was filed with it."""
        return self._do(_strike_out, StrikeOutSerializer)

    def _do(self, act: Callable[..., Any], sent: type[Strict]) -> Response:
        """Do one thing with the invoice of the address, once for each key."""
        return self.once(self._done(act, sent))

    def _do_for_good(self, act: Callable[..., Any], sent: type[Strict]) -> Response:
        """The same with what could be done again, such as a second part: the row that
        is made keeps its source."""
        make = self._done(act, sent)
        return self.once_for_good(lambda source: make(source=source))

    def _done(
        self, act: Callable[..., Any], sent: type[Strict]
    ) -> Callable[..., Response]:
        invoice = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

        def make(**kept: str | None) -> Response:
            act(invoice=invoice, **kept, **self.written, **self.read(sent))
            return self._told(invoice.pk)

        return make

    def _told(self, invoice: int) -> Response:
        found = self.get_queryset().get(pk=invoice)
        return Response(InvoiceSerializer(found).data, status.HTTP_201_CREATED)


def _receive(*, invoice: Invoice, credit_note: int, **said: Any) -> None:
    """Refused: a credit note that is not filed with this invoice."""
    note = invoice.credit_notes.filter(pk=credit_note).first()
    if note is None:
        raise ValidationError(
            {"credit_note": "There is no such credit note with this invoice."}
        )
    receive_refund(note, **said)


def _strike_out(
    *, invoice: Invoice, what: str, id: int | None, over_limit_reason: str, **said: Any
) -> None:
    """Refused: an id that is not filed with this invoice."""
    if what in MAY_COUNT_MORE:
        said["over_limit_reason"] = over_limit_reason
    if what == "invoice":
        void_invoice(invoice, **said)
        return
    model, of_bill, act = STRIKES[what]
    paper = model.objects.filter(**{of_bill: invoice}, pk=id).first()
    if paper is None:
        raise ValidationError({"id": "There is no such paper with this invoice."})
    act(paper, **said)
