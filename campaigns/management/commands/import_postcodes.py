"""Load where postcodes lie."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.importers.postcodes import import_postcodes
from campaigns.management.base import JsonCommand, readable_file


class Command(JsonCommand):
    help = "Load a table of postcodes with their latitude, longitude and ward."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def answer(self, *, file: Path) -> Mapping[str, Any]:
        return asdict(import_postcodes(file))
