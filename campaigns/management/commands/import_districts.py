"""Load which ward each polling district of a council lies in."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.actions.organisations import council_by_code
from campaigns.clock import now
from campaigns.importers.districts import import_districts
from campaigns.management.base import JsonCommand, readable_file
from campaigns.management.lookups import organisation_named


class Command(JsonCommand):
    help = "Load a table of polling districts and their wards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--council", required=True, help="its GSS code")

    def answer(
        self, *, file: Path, organisation: str, council: str
    ) -> Mapping[str, Any]:
        owner = organisation_named(organisation)
        read = import_districts(
            file,
            organisation=owner,
            council=council_by_code(council),
            by=system(owner),
            at=now(owner),
        )
        return asdict(read)
