"""Load councils and wards."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.importers.boundaries import import_boundaries
from campaigns.management.base import JsonCommand, day, readable_file


class Command(JsonCommand):
    help = "Load councils and wards from GeoJSON or CSV files of the ONS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument(
            "--in-force-from", type=day, help="else 1 January of the file's vintage"
        )

    def answer(self, *, file: Path, in_force_from: date | None) -> Mapping[str, Any]:
        return asdict(import_boundaries(file, in_force_from=in_force_from))
