"""Statements of bank and card by REST: looked at, told of their columns, loaded."""

from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.actions.money_mappings import ToldColumns
from campaigns.api.money_files import MoneyFiles, ToldColumnsSerializer, only_one
from campaigns.api.parsing import Strict
from campaigns.api.receipts import IdField
from campaigns.clock import now
from campaigns.importers.statement_jobs import (
    STATEMENT_FILES,
    start_statement_check,
    what_would_be_filed,
)
from campaigns.importers.statements import COLUMNS, ReadLine
from campaigns.models import AccountKind, Job

MOST_LINES = 100


class NewStatementSerializer(Strict):
    """A CSV or Excel table with a row for each movement, and the account it is of:
    `account` by id, or the name of a new one and its kind."""

    file = serializers.FileField(allow_empty_file=True)
    account = IdField()
    account_name = serializers.CharField(required=False, max_length=60)
    account_kind = serializers.ChoiceField(
        AccountKind.choices, default=AccountKind.BANK, help_text="of a new account"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sentence = "Send the id of an account or the name of a new one."
        only_one(attrs, "account", "account_name", sentence)
        return attrs


class StatementColumnsSerializer(ToldColumnsSerializer):
    """`is_reversed`: money out is written without a minus, as some cards do."""

    known = COLUMNS
    columns = serializers.DictField(child=serializers.CharField(max_length=500))
    is_reversed = serializers.BooleanField(default=False)


class ReadLineSerializer(serializers.Serializer[ReadLine]):
    """A line of the file as it would be filed; money out is below nought."""

    line = serializers.IntegerField(source="line_number")
    day = serializers.DateField()
    description = serializers.CharField()
    amount = serializers.DecimalField(12, 2)
    balance = serializers.DecimalField(12, 2, allow_null=True)


class StatementFileSerializer(serializers.ModelSerializer[Job]):
    """A file that is looked at or loaded. `result` says its columns, what is `missing`,
    its `problems`, and how many lines are `new`; `lines` are the first hundred."""

    lines = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = ("id", "kind", "state", "message", "result", "lines")

    @extend_schema_field(ReadLineSerializer(many=True))
    def get_lines(self, job: Job) -> list[dict[str, Any]]:
        """Of a check alone: what was loaded is under `statement-lines`."""
        if not STATEMENT_FILES.is_readable(job, at=now(job.organisation)):
            return []
        shown = what_would_be_filed(job, most=MOST_LINES)
        return [ReadLineSerializer(line).data for line in shown.lines]


class StatementFiles(MoneyFiles):
    """Statements, from the upload until they are loaded."""

    serializer_class = StatementFileSerializer
    files = STATEMENT_FILES

    @extend_schema(
        request={"multipart/form-data": NewStatementSerializer},
        responses={201: StatementFileSerializer},
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Have a statement looked at; no line is filed."""
        return self.look_at(NewStatementSerializer, start_statement_check)

    @extend_schema(
        request=StatementColumnsSerializer, responses={201: StatementFileSerializer}
    )
    @action(detail=True, methods=["post"], url_path="look-again")
    def look_again(self, request: Request, **kwargs: Any) -> Response:
        """Say what the columns mean, and look at the file again."""
        check = self.get_object()
        told = ToldColumns(**self.read(StatementColumnsSerializer))
        return self.start(partial(self.files.look_again, check, columns=told))

    @extend_schema(request=None, responses={201: StatementFileSerializer})
    @action(detail=True, methods=["post"])
    def load(self, request: Request, **kwargs: Any) -> Response:
        """Load the statement as it was looked at. What is there already stays once."""
        return self.start(partial(self.files.load, self.get_object()))
