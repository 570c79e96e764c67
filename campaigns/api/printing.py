"""What a side printed at the committee room costs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.printing import set_printing_price
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict
from campaigns.models import Campaign
from campaigns.roles import Capability


class PrintingPriceSerializer(Strict):
    """Pounds a printed side, VAT included, and who supplies paper and toner."""

    price = serializers.DecimalField(
        source="printed_side_price",
        max_digits=6,
        decimal_places=4,
        allow_null=True,
        help_text="null: prints propose nothing",
    )
    supplier = serializers.CharField(
        source="printing_supplier",
        max_length=200,
        allow_blank=True,
        help_text="not empty where there is a price",
    )
    supplier_address = serializers.CharField(
        source="printing_supplier_address",
        max_length=300,
        allow_blank=True,
        help_text="the return needs it; it can be added later",
    )


class PrintingPrice(CampaignResource):
    """What a printed side costs, which each print then proposes to the agent."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.PROPOSE_EXPENSE
    serializer_class = PrintingPriceSerializer

    @extend_schema(responses=PrintingPriceSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self._told(self.campaign)

    @extend_schema(request=PrintingPriceSerializer, responses=PrintingPriceSerializer)
    def update(self, request: Request, **kwargs: Any) -> Response:
        """Set all of it anew; what was proposed stays as it is."""
        sent = self.read(PrintingPriceSerializer)
        return self._told(
            set_printing_price(
                campaign=self.campaign,
                price=sent["printed_side_price"],
                supplier=sent["printing_supplier"],
                supplier_address=sent["printing_supplier_address"],
                **self.written,
            )
        )

    @staticmethod
    def _told(campaign: Campaign) -> Response:
        return Response(PrintingPriceSerializer(campaign).data)
