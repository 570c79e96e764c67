"""Load phone numbers and e-mail addresses of electors."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from canvassing.importers.contact_details_csv import Terms, import_contact_details
from canvassing.importers.row_batches import RowsImported
from canvassing.management.rows import RowsCommand


class Command(RowsCommand):
    help = "Load phone numbers and e-mail addresses of electors from CSV or Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--notice", default="", help="the privacy notice that people were given"
        )

    def load(
        self, file: Path, *, source: str, notice: str, **told: Any
    ) -> RowsImported:
        return import_contact_details(file, terms=Terms(source, notice), **told)
