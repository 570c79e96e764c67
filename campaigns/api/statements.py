"""Lines of bank and card statements, and what they were."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.statement_matches import (
    Part,
    match_line,
    set_line_aside,
    undo_match,
)
from campaigns.actions.statement_refunds import refund_line
from campaigns.api.base import CampaignResource
from campaigns.api.parsing import Strict, WhySerializer, id_of, names, past_the_limit
from campaigns.models import Invoice, StatementAccount, StatementLine, StatementMatch
from campaigns.reports.statement_proposals import OpenThings
from campaigns.reports.statements import STATES, statement_lines
from campaigns.roles import Capability
from campaigns.rules.statement_matching import Kind, Proposal

MOST_PARTS = 40
FILTERS = [
    OpenApiParameter("state", enum=[state for state, _ in STATES]),
    OpenApiParameter("account", int, description="An account's id."),
]


class MatchSerializer(serializers.ModelSerializer[StatementMatch]):
    """A part of a line that is a payment, a donation, a credit note whose money came
    back, or (`aside`) not ours.

    `made`: the match filed the payment or the credit note, which is voided with it, or
    the promised donation came by it.
    """

    class Meta:
        model = StatementMatch
        fields = (
            "id",
            "amount",
            "payment",
            "donation",
            "credit_note",
            "aside",
            "made",
            "matched_at",
            "voided_at",
            "void_reason",
        )


class AccountSerializer(serializers.ModelSerializer[StatementAccount]):
    class Meta:
        model = StatementAccount
        fields = ("id", "name", "kind")


class LineSerializer(serializers.ModelSerializer[StatementLine]):
    """Money out is below nought; `left` is what is still to be said of it."""

    account = AccountSerializer()
    left = serializers.DecimalField(max_digits=12, decimal_places=2)
    matches = MatchSerializer(many=True)

    class Meta:
        model = StatementLine
        fields = (
            "id",
            "account",
            "day",
            "description",
            "amount",
            "balance",
            "left",
            "matches",
        )


class PartSerializer(Strict):
    """So many pounds of the line are this invoice, payment, donation or credit note.
    `invoice_in_full` is an invoice paid without what was credited: that is due back."""

    kind = serializers.ChoiceField([(kind.value, kind.name) for kind in Kind])
    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)


class NewMatchSerializer(Strict):
    parts = serializers.ListField(
        child=PartSerializer(), min_length=1, max_length=MOST_PARTS
    )


class ReasonSerializer(Strict):
    reason = serializers.CharField(max_length=300)


class RefundSerializer(Strict):
    """The credit note of an `invoice` that is made from money that came back."""

    invoice = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    number = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=500)
    is_favour = serializers.BooleanField(default=False)
    over_limit_reason = past_the_limit()


class UndoneSerializer(WhySerializer):
    """Why; and where a credit note goes with it, the expense may count more."""

    over_limit_reason = past_the_limit()


class ProposedPartSerializer(PartSerializer):
    name = serializers.CharField()


class ProposalSerializer(serializers.Serializer[Proposal]):
    """What a line may have been: send its parts back to accept it.

    `strength` is 3 where it is sure, 2 likely, 1 possible.
    """

    strength = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())
    parts = serializers.SerializerMethodField()

    @extend_schema_field(ProposedPartSerializer(many=True))
    def get_parts(self, proposal: Proposal) -> list[dict[str, Any]]:
        return [
            {
                "kind": part.candidate.kind.value,
                "id": part.candidate.id,
                "amount": f"{part.amount:.2f}",
                "name": part.candidate.name,
            }
            for part in proposal.parts
        ]


class StatementLines(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """Lines of the campaign's statements."""

    capability = Capability.SEE_MONEY
    write_capability = Capability.RECORD_PAYMENTS
    serializer_class = LineSerializer
    queryset = StatementLine.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"
    questions = names(FILTERS)

    def get_queryset(self) -> QuerySet[StatementLine]:
        if self.is_described:
            return StatementLine.objects.none()
        asked = self.request.query_params
        state = asked.get("state", "")
        if state and state not in dict(STATES):
            raise ValidationError({"state": "waiting, matched or aside."})
        lines = statement_lines(self.campaign, state=state)
        if "account" in asked:
            lines = lines.filter(account_id=id_of(asked["account"], "account"))
        return lines.prefetch_related("matches")

    @extend_schema(parameters=FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=ProposalSerializer(many=True))
    @action(detail=True, pagination_class=None, questions=frozenset())
    def proposals(self, request: Request, **kwargs: Any) -> Response:
        """What the line may have been, the strongest first; nothing is written."""
        found = OpenThings(self.campaign).proposals(self._line())
        return Response([ProposalSerializer(one).data for one in found])

    @extend_schema(request=NewMatchSerializer, responses={201: LineSerializer})
    @action(detail=True, methods=["post"], questions=frozenset())
    def match(self, request: Request, **kwargs: Any) -> Response:
        """Say what the line was, wholly or for a part of it."""
        line = self._line()
        sent = self.read(NewMatchSerializer)
        parts = [Part(**part) for part in sent["parts"]]
        return self._once(lambda said: match_line(line=line, parts=parts, **said))

    @extend_schema(request=ReasonSerializer, responses={201: LineSerializer})
    @action(detail=True, methods=["post"], url_path="set-aside", questions=frozenset())
    def set_aside(self, request: Request, **kwargs: Any) -> Response:
        """What is left of the line is no money of the campaign's."""
        line = self._line()
        sent = self.read(ReasonSerializer)
        return self._once(lambda said: set_line_aside(line=line, **sent, **said))

    @extend_schema(request=RefundSerializer, responses={201: LineSerializer})
    @action(detail=True, methods=["post"], questions=frozenset())
    def refund(self, request: Request, **kwargs: Any) -> Response:
        """What is left of the line came back of an invoice: file its credit note."""
        line = self._line()
        told = self.read(RefundSerializer)
        bills = Invoice.objects.filter(expense__campaign=self.campaign)
        bill = get_object_or_404(bills, pk=told.pop("invoice"))
        return self._once(
            lambda said: refund_line(line=line, invoice=bill, **told, **said)
        )

    def _once(self, act: Callable[[dict[str, Any]], object]) -> Response:
        def make() -> Response:
            act(self.written)
            return Response(LineSerializer(self._line()).data, status.HTTP_201_CREATED)

        return self.once(make)

    def _line(self) -> StatementLine:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])


class StatementMatches(CampaignResource):
    """What lines were said to be; each can be undone."""

    write_capability = Capability.RECORD_PAYMENTS
    serializer_class = MatchSerializer
    queryset = StatementMatch.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    @extend_schema(request=UndoneSerializer, responses=MatchSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, **kwargs: Any) -> Response:
        """Take it back, with what the match itself made."""
        match = get_object_or_404(
            StatementMatch.objects.select_related("line"),
            organisation_id=self.campaign.organisation_id,
            line__campaign=self.campaign,
            pk=kwargs["pk"],
        )
        return self.once(partial(self._undo, match))

    def _undo(self, match: StatementMatch) -> Response:
        undone = undo_match(match, **self.read(UndoneSerializer), **self.written)
        return Response(MatchSerializer(undone).data)
