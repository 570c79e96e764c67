"""Load a list of postal and proxy voters for one poll."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.actions.organisations import council_by_code
from campaigns.clock import now
from campaigns.importers.absent_voters import import_absent_voters
from campaigns.management.base import JsonCommand, day, readable_file
from campaigns.management.lookups import campaign_named
from campaigns.models import AbsentVoteKind


class Command(JsonCommand):
    help = "Load an absent voters' list; it replaces the one before it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument("--council", required=True, help="its GSS code")
        parser.add_argument(
            "--kind",
            choices=AbsentVoteKind.values,
            default=AbsentVoteKind.POSTAL,
            help="of a list that has no column for it",
        )
        parser.add_argument("--dated", type=day, help="the day of the list")

    def answer(
        self,
        *,
        file: Path,
        campaign: str,
        council: str,
        kind: str,
        dated: date | None,
    ) -> Mapping[str, Any]:
        fight = campaign_named(campaign)
        read = import_absent_voters(
            file,
            campaign=fight,
            council=council_by_code(council),
            kind=kind,
            dated_on=dated,
            by=system(fight.organisation),
            at=now(fight.organisation),
        )
        return asdict(read)
