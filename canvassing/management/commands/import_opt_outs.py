"""Load who asked not to be contacted."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from canvassing.importers.opt_outs_csv import Terms, import_opt_outs
from canvassing.importers.row_batches import RowsImported
from canvassing.management.rows import RowsCommand


class Command(RowsCommand):
    help = "Load who asked not to be contacted, from CSV or Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--this-election",
            action="store_true",
            help="their wishes are for this election only, and not for good",
        )

    def load(
        self, file: Path, *, source: str, this_election: bool, **told: Any
    ) -> RowsImported:
        terms = Terms(source, for_good=not this_election)
        return import_opt_outs(file, terms=terms, **told)
