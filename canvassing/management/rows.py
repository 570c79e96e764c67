"""What commands share that load rows about electors."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.management.base import JsonCommand, readable_file
from campaigns.management.lookups import campaign_named, council_named, edition_numbered
from campaigns.models import Campaign, Council
from campaigns.rules.refusals import Refusal
from canvassing.importers.row_batches import RowsImported


class RowsCommand(JsonCommand):
    """Loads a file into a campaign; a person is told each problem on a line."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument(
            "--source", required=True, help="where it is from, as people say it"
        )
        parser.add_argument(
            "--council", help="its GSS code; needed where the campaign has several"
        )
        parser.add_argument(
            "--edition", type=int, help="whose elector numbers they are; else today's"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what it would do, do nothing"
        )

    @abstractmethod
    def load(self, *args: Any, **told: Any) -> RowsImported:
        """By one importer, from a file and its source: `told` is what the importer
        takes, and what the command asks besides."""

    def answer(
        self,
        *,
        file: Path,
        campaign: str,
        council: str | None,
        edition: int | None,
        dry_run: bool,
        **said: Any,
    ) -> Mapping[str, Any]:
        ours = campaign_named(campaign)
        area = council_named(council) if council else only_council_of(ours)
        imported = self.load(
            file,
            by=system(ours.organisation),
            clock=partial(now, ours.organisation),
            campaign=ours,
            council=area,
            edition=edition_numbered(edition, council=area, of=ours.organisation)
            if edition
            else None,
            only_check=dry_run,
            **said,
        )
        return asdict(imported)

    def say(self, answer: Mapping[str, object]) -> None:
        problems = answer["problems"]
        super().say({key: answer[key] for key in answer if key != "problems"})
        for line, reason in problems if isinstance(problems, list) else []:
            self.stdout.write(f"line {line}: {reason}")


def only_council_of(campaign: Campaign) -> Council:
    """Refused: a campaign of several councils, or of none."""
    councils = list(campaign.councils.all()[:2])
    if len(councils) != 1:
        raise Refusal(
            "which_council", f"{campaign.name} has several councils: name one."
        )
    return councils[0]
