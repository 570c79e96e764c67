"""Receipts: the numbered files that prove the accounts."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.documents import attach_document, void_document
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import PlainJson, Strict, WhySerializer
from campaigns.models import MoneyDocument
from campaigns.models.documents import RECEIPT_OF, Row
from campaigns.reports.documents import documents_of, what_it_proves
from campaigns.roles import Capability
from campaigns.views.files import file_answer
from campaigns.views.receipts import MOST_BYTES

# By way of what each belongs to its campaign.
OURS = {
    "expense": "campaign",
    "order": "campaign",
    "invoice": "expense__campaign",
    "credit_note": "invoice__expense__campaign",
    "payment": "invoice__expense__campaign",
    "donation": "campaign",
}


class ReceiptSerializer(serializers.ModelSerializer[MoneyDocument]):
    """`number` has no gap in its campaign; `proves` says of which row it is.

    An `order` is the expense that was ordered.

    `sha256` is of the file as it was sent; an image is kept written anew. `voided_at`
    is null while it stands.
    """

    proves = serializers.SerializerMethodField()
    content_type = serializers.CharField(source="file.content_type", read_only=True)
    size = serializers.IntegerField(source="file.size", read_only=True)

    class Meta:
        model = MoneyDocument
        fields = (
            "id",
            "number",
            *RECEIPT_OF,
            "proves",
            "name",
            "content_type",
            "size",
            "pages",
            "sha256",
            "attached_at",
            "voided_at",
            "void_reason",
        )

    def get_proves(self, document: MoneyDocument) -> str:
        return what_it_proves(document)


class IdField(serializers.IntegerField):
    """The id of a row, where one is named."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, min_value=1, max_value=2**63 - 1, **options)


class NewReceiptSerializer(Strict):
    """A PDF, JPEG or PNG, and the id of the one row that it proves."""

    file = serializers.FileField(allow_empty_file=True)
    expense = IdField()
    order = IdField()
    invoice = IdField()
    credit_note = IdField()
    payment = IdField()
    donation = IdField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs.keys() & set(RECEIPT_OF)) != 1:
            raise ValidationError(f"Send the id of one of: {', '.join(RECEIPT_OF)}.")
        return attrs


class Receipts(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Receipts of the campaign. Whoever may write a row attaches its receipts."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.SEE_MONEY
    serializer_class = ReceiptSerializer
    parser_classes = (MultiPartParser,)
    queryset = MoneyDocument.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"
    most_bytes = MOST_BYTES

    def get_queryset(self) -> QuerySet[MoneyDocument]:
        if self.is_described:
            return MoneyDocument.objects.none()
        return documents_of(self.campaign)

    @extend_schema(
        request={"multipart/form-data": NewReceiptSerializer},
        responses={201: ReceiptSerializer},
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Attach a receipt, under the next number. What is here already is refused."""
        return self.once(self._attach)

    def _attach(self) -> Response:
        sent = self.read(NewReceiptSerializer)
        file = sent["file"]
        document = attach_document(
            to=self._row(sent),
            source=file.file,
            name=file.name,
            **self.written,
        )
        return Response(ReceiptSerializer(document).data, status.HTTP_201_CREATED)

    @extend_schema(request=WhySerializer, responses=ReceiptSerializer)
    @action(
        detail=True, methods=["post"], url_name="voided", parser_classes=[PlainJson]
    )
    def void(self, request: Request, **kwargs: Any) -> Response:
        """Strike it out: the number, the file and the reason stay."""
        found = self.get_object()

        def make() -> Response:
            void_document(found, **self.written, **self.read(WhySerializer))
            return Response(ReceiptSerializer(self.get_object()).data)

        return self.once(make)

    def _row(self, sent: dict[str, Any]) -> Row:
        """The row that was named; one of another campaign is not there."""
        [name] = sent.keys() & set(RECEIPT_OF)
        ours = {OURS[name]: self.campaign, "pk": sent[name]}
        return cast(Row, get_object_or_404(RECEIPT_OF[name], **ours))

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def download(self, request: Request, **kwargs: Any) -> FileResponse:
        """The file itself; that it was taken is written down."""
        return file_answer(self.get_object().file, by=self.actor)
