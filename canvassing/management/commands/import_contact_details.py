"""Load phone numbers and e-mail addresses of electors."""

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
from canvassing.importers.contact_details_csv import Terms, import_contact_details
from canvassing.management.rows import RowsCommand, only_council_of


class Command(RowsCommand):
    help = "Load phone numbers and e-mail addresses of electors from CSV or Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument("--source", required=True, help="where they are from")
        parser.add_argument(
            "--council", help="its GSS code; needed where the campaign has several"
        )
        parser.add_argument(
            "--edition", type=int, help="whose elector numbers they are; else today's"
        )
        parser.add_argument(
            "--notice", default="", help="the privacy notice that people were given"
        )
        parser.add_argument(
            "--check", action="store_true", help="say what it would do, and do nothing"
        )

    def answer(
        self,
        *,
        file: Path,
        campaign: str,
        source: str,
        council: str | None,
        edition: int | None,
        notice: str,
        check: bool,
    ) -> Mapping[str, Any]:
        ours = campaign_named(campaign)
        area = council_named(council) if council else only_council_of(ours)
        imported = import_contact_details(
            file,
            terms=Terms(source, notice),
            by=system(ours.organisation),
            clock=partial(now, ours.organisation),
            campaign=ours,
            council=area,
            edition=edition_numbered(edition, council=area, of=ours.organisation)
            if edition
            else None,
            only_check=check,
        )
        return asdict(imported)
