"""Load where the electors of a council vote in a campaign's election."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.importers.polling_stations import import_polling_stations
from campaigns.management.base import JsonCommand, readable_file
from campaigns.management.lookups import campaign_named, council_named


class Command(JsonCommand):
    help = "Load a council's polling stations for the election of a campaign."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument("--council", required=True, help="its GSS code")

    def answer(self, *, file: Path, campaign: str, council: str) -> Mapping[str, Any]:
        found = campaign_named(campaign)
        read = import_polling_stations(
            file,
            organisation=found.organisation,
            election=found.election,
            council=council_named(council),
            by=system(found.organisation),
            at=now(found.organisation),
        )
        return asdict(read)
