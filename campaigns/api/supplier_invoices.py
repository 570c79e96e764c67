"""Suppliers' files of invoices by REST: looked at, decided, loaded, and what waits."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.money_mappings import ToldColumns
from campaigns.actions.supplier_invoice_plan import LEAVE_OUT, PROPOSE_IT, PlannedRow
from campaigns.actions.supplier_invoices import settle_row
from campaigns.api.base import CampaignResource
from campaigns.api.money_files import MoneyFiles, ToldColumnsSerializer, only_one
from campaigns.api.parsing import Strict, id_of, names
from campaigns.api.receipts import IdField
from campaigns.clock import now
from campaigns.forms.supplier_invoices import HEADS
from campaigns.importers.supplier_invoice_jobs import (
    SUPPLIER_FILES,
    look_at_invoices_again,
    start_invoices_check,
    what_would_be_loaded,
)
from campaigns.importers.supplier_invoices import COLUMNS, MOST_INVOICES
from campaigns.models import (
    Expense,
    ExpenseCategory,
    InvoiceFileRow,
    InvoiceSupplier,
    Job,
)
from campaigns.reports.supplier_invoices import STATES, invoice_rows
from campaigns.roles import Capability

FILTERS = [
    OpenApiParameter("state", enum=[state for state, _ in STATES]),
    OpenApiParameter("supplier", int, description="A supplier's id."),
]


WHERE_NOT_TOLD = "of what is proposed, where the file tells none"


class SupplierSerializer(serializers.ModelSerializer[InvoiceSupplier]):
    class Meta:
        model = InvoiceSupplier
        fields = ("id", "name")


class InvoiceRowSerializer(serializers.ModelSerializer[InvoiceFileRow]):
    """A row of a file: an `invoice` or `credit_note` that was filed, an `expense` that
    waits, or set `aside` for that reason. A credit is below nought."""

    supplier = SupplierSerializer()
    state = serializers.ChoiceField(STATES)

    class Meta:
        model = InvoiceFileRow
        fields = (
            "id",
            "supplier",
            "line_number",
            "number",
            "dated_on",
            "description",
            "amount",
            "state",
            "invoice",
            "credit_note",
            "expense",
            "aside",
        )


class NewFileSerializer(Strict):
    """A CSV or Excel table with a row for each invoice, and whose they are: `supplier`
    by id, or the name of a new one."""

    file = serializers.FileField(allow_empty_file=True)
    supplier = IdField()
    supplier_name = serializers.CharField(required=False, max_length=200)
    received_on = serializers.DateField()
    category = serializers.ChoiceField(ExpenseCategory.choices)
    used_from = serializers.DateField(required=False, help_text=WHERE_NOT_TOLD)
    used_until = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sentence = "Send the id of a supplier or the name of a new one."
        only_one(attrs, "supplier", "supplier_name", sentence)
        return attrs


class ChoiceSerializer(Strict):
    """What is chosen for a line: the `expense` with an order, or a `way`, to propose it
    under a `category` of its own."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    expense = IdField()
    way = serializers.ChoiceField([PROPOSE_IT, LEAVE_OUT], required=False)
    category = serializers.ChoiceField(HEADS, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        only_one(attrs, "expense", "way", "Send an expense or a way.")
        if "category" in attrs and attrs.get("way") != PROPOSE_IT:
            raise ValidationError("Only what is proposed has a category.")
        return attrs


class LookAgainSerializer(ToldColumnsSerializer):
    """Our names of columns to the file's, choices for single lines, or both days of use
    of what is proposed; what is left out stays as it was told before."""

    known = COLUMNS
    used_from = serializers.DateField(required=False, help_text=WHERE_NOT_TOLD)
    used_until = serializers.DateField(required=False)
    choices = serializers.ListField(
        child=ChoiceSerializer(), max_length=MOST_INVOICES, required=False
    )


class PlannedRowSerializer(serializers.Serializer[PlannedRow]):
    """A line of the file and what would become of it, and `why`."""

    line = serializers.IntegerField(source="read.line_number")
    number = serializers.CharField(source="read.number")
    dated_on = serializers.DateField(source="read.dated_on")
    description = serializers.CharField(source="read.description")
    amount = serializers.DecimalField(12, 2, source="read.amount")
    order = serializers.CharField(source="read.order")
    outcome = serializers.CharField()
    category = serializers.CharField(
        source="head", help_text="The head that it is proposed under."
    )
    expense = serializers.IntegerField(source="expense.pk", default=None)
    why = serializers.CharField()


class FileSerializer(serializers.ModelSerializer[Job]):
    """A file that is looked at or loaded. `result` says its columns, what is `missing`,
    its `problems`, and how many rows become what; `rows` what each would become."""

    rows = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = ("id", "kind", "state", "message", "result", "rows")

    @extend_schema_field(PlannedRowSerializer(many=True))
    def get_rows(self, job: Job) -> list[dict[str, Any]]:
        """Of a check alone: what was loaded is under `supplier-invoices`."""
        if not SUPPLIER_FILES.is_readable(job, at=now(job.organisation)):
            return []
        rows = what_would_be_loaded(job).rows
        return [PlannedRowSerializer(row).data for row in rows]


class SupplierFiles(MoneyFiles):
    """Suppliers' files of invoices, from the upload until they are loaded."""

    serializer_class = FileSerializer
    files = SUPPLIER_FILES

    @extend_schema(
        request={"multipart/form-data": NewFileSerializer},
        responses={201: FileSerializer},
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Have a file looked at; nothing is filed."""
        return self.look_at(NewFileSerializer, start_invoices_check)

    @extend_schema(request=LookAgainSerializer, responses={201: FileSerializer})
    @action(detail=True, methods=["post"], url_path="look-again")
    def look_again(self, request: Request, **kwargs: Any) -> Response:
        """Look at the file again with what was told of it."""
        check = self.get_object()
        told = self.read(LookAgainSerializer)
        columns = ToldColumns(told["columns"]) if "columns" in told else None
        choices = dict(map(_choice, told["choices"])) if "choices" in told else None
        days = told.get("used_from"), told.get("used_until")
        return self.start(
            partial(
                look_at_invoices_again,
                check,
                columns=columns,
                choices=choices,
                days=days if any(days) else None,
            )
        )

    @extend_schema(request=None, responses={201: FileSerializer})
    @action(detail=True, methods=["post"])
    def load(self, request: Request, **kwargs: Any) -> Response:
        """Load the file as it was looked at."""
        return self.start(partial(self.files.load, self.get_object()))


def _choice(sent: dict[str, Any]) -> tuple[int, str]:
    way = ":".join(sent[name] for name in ("way", "category") if name in sent)
    return sent["line"], str(sent.get("expense") or way)


class SettleSerializer(Strict):
    """The committed expense that it is filed on, where it is not the proposed one."""

    expense = IdField()


class SupplierInvoices(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Rows of suppliers' files, and what each became."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.RECORD_PAYMENTS
    serializer_class = InvoiceRowSerializer
    queryset = InvoiceFileRow.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"
    questions = names(FILTERS)

    def get_queryset(self) -> QuerySet[InvoiceFileRow]:
        if self.is_described:
            return InvoiceFileRow.objects.none()
        asked = self.request.query_params
        state = asked.get("state", "")
        if state and state not in dict(STATES):
            raise ValidationError({"state": f"One of {', '.join(dict(STATES))}."})
        rows = invoice_rows(self.campaign, state=state)
        if "supplier" in asked:
            rows = rows.filter(supplier_id=id_of(asked["supplier"], "supplier"))
        return rows

    @extend_schema(parameters=FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(request=SettleSerializer, responses=InvoiceRowSerializer)
    @action(detail=True, methods=["post"], url_path="file", questions=frozenset())
    def settle(self, request: Request, **kwargs: Any) -> Response:
        """File what waited."""
        return self.once(partial(self._settle, kwargs["pk"]))

    def _settle(self, row: str) -> Response:
        waits = get_object_or_404(self.get_queryset(), pk=row)
        sent = self.read(SettleSerializer)
        expense = None
        if "expense" in sent:
            ours = Expense.objects.filter(campaign=self.campaign)
            expense = get_object_or_404(ours, pk=sent["expense"])
        settle_row(waits, expense=expense, **self.written)
        found = self.get_queryset().get(pk=waits.pk)
        return Response(InvoiceRowSerializer(found).data)
