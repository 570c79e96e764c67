"""Load who asked not to be contacted."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.management.base import readable_file
from campaigns.management.lookups import campaign_named, council_named, edition_numbered
from canvassing.importers.opt_outs_csv import Terms, import_opt_outs
from canvassing.management.rows import RowsCommand, only_council_of


class Command(RowsCommand):
    help = "Load who asked not to be contacted, from CSV or Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument(
            "--source", required=True, help="where the list is from, as people say it"
        )
        parser.add_argument(
            "--council", help="its GSS code; needed where the campaign has several"
        )
        parser.add_argument(
            "--edition", type=int, help="whose elector numbers they are; else today's"
        )
        parser.add_argument(
            "--this-election",
            action="store_true",
            help="their wishes are for this election only, and not for good",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what it would do, do nothing"
        )

    def answer(
        self,
        *,
        file: Path,
        campaign: str,
        source: str,
        council: str | None,
        edition: int | None,
        this_election: bool,
        dry_run: bool,
    ) -> Mapping[str, Any]:
        ours = campaign_named(campaign)
        area = council_named(council) if council else only_council_of(ours)
        imported = import_opt_outs(
            file,
            terms=Terms(source, for_good=not this_election),
            by=system(ours.organisation),
            clock=partial(now, ours.organisation),
            campaign=ours,
            council=area,
            edition=edition_numbered(edition, council=area, of=ours.organisation)
            if edition
            else None,
            only_check=dry_run,
        )
        return asdict(imported)
