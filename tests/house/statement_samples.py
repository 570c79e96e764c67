"""A statement that was looked at and one that is loaded, as samples."""

from datetime import date
from decimal import Decimal
from typing import Any

from campaigns.actions.statement_matches import set_line_aside
from campaigns.actions.statements import file_statement
from campaigns.importers.money_columns import Problems
from campaigns.importers.statement_jobs import STATEMENT_FILES
from campaigns.importers.statements import ReadLine, ReadStatement
from campaigns.models import Campaign, Job, StatementAccount, StatementLine
from tests.campaigns.purchases import clerk
from tests.campaigns.statement_helpers import account_of
from tests.cast import NOW

BY_FILE = ("detail", "look-again", "load")
BY_LINE = ("detail", "proposals", "match", "set-aside", "refund")


def statement_samples(campaign: Campaign) -> dict[str, Any]:
    account = account_of(campaign)
    book(account, "HALL", "-100.00", "-25.00", "100.00")
    line = StatementLine.objects.filter(account=account, amount=-25).get()
    match = set_line_aside(line=line, reason="The party's", by=clerk(campaign), at=NOW)
    check = looked_at(
        campaign,
        STATEMENT_FILES.check_kind,
        told={"account": account.pk},
        header=["Date", "Name", "Amount"],
        columns={},
        is_reversed=False,
        missing="Say which column holds the day.",
        problems=[],
    )
    return {
        "statement-check.job": check.pk,
        "statement-load.job": check.pk,
        **{f"statementfile-{name}.pk": check.pk for name in BY_FILE},
        "line": line.pk,
        "statement-undo.match": match.pk,
        **{f"statementline-{name}.pk": line.pk for name in BY_LINE},
        "statementmatch-undo.pk": match.pk,
    }


def book(account: StatementAccount, description: str, *amounts: str) -> None:
    """One line for each amount, all of one day."""
    lines = [
        ReadLine(place, date(2024, 4, 20), description, Decimal(amount), None, 1)
        for place, amount in enumerate(amounts)
    ]
    file_statement(
        ReadStatement("0" * 64, lines, problems=Problems()),
        account=account,
        file_name="april.csv",
        by=clerk(account.campaign),
        at=NOW,
    )


def looked_at(
    campaign: Campaign, kind: str, *, told: dict[str, Any], **result: Any
) -> Job:
    return Job.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind=kind,
        title="Look at april.csv",
        state="done",
        parameters={"file": 0, "name": "april.csv", **told},
        result=result,
        asked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
