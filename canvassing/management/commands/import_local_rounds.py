"""Load a local party's own rounds."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.management.base import JsonCommand, readable_file
from campaigns.management.lookups import council_named, organisation_named
from canvassing.importers.local_rounds import import_local_rounds


class Command(JsonCommand):
    help = "Load a local party's own rounds: round, street, side, from, to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--council", required=True, help="its GSS code")

    def answer(
        self, *, file: Path, organisation: str, council: str
    ) -> Mapping[str, Any]:
        owner = organisation_named(organisation)
        read = import_local_rounds(
            file,
            organisation=owner,
            council=council_named(council),
            by=system(owner),
            at=now(owner),
        )
        return asdict(read)

    def say(self, answer: Mapping[str, Any]) -> None:
        unknown = answer["unknown_streets"]
        super().say({key: answer[key] for key in answer if key != "unknown_streets"})
        for one in unknown:
            perhaps = f"; perhaps {one['perhaps']}" if one["perhaps"] else ""
            self.stdout.write(
                f"line {one['line']}: no street {one['street']} is known{perhaps}"
            )
