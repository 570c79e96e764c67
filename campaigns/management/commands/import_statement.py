"""Load the statement of a bank account or card."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from campaigns.access import system
from campaigns.actions.statements import keep_account
from campaigns.clock import now
from campaigns.importers.statement_jobs import import_statement
from campaigns.management.base import JsonCommand, readable_file
from campaigns.management.lookups import campaign_named
from campaigns.models import AccountKind


class Command(JsonCommand):
    help = "Load the lines of a bank or card statement that are not known yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument(
            "--account", required=True, help="its name; a new one opens"
        )
        parser.add_argument(
            "--kind", choices=AccountKind.values, default=AccountKind.BANK
        )

    @transaction.atomic
    def answer(
        self, *, file: Path, campaign: str, account: str, kind: str
    ) -> Mapping[str, Any]:
        fight = campaign_named(campaign)
        by, at = system(fight.organisation), now(fight.organisation)
        kept = keep_account(campaign=fight, name=account, kind=kind, by=by, at=at)
        return asdict(import_statement(file, account=kept, by=by, at=at))
