"""Export a register as it stood at one edition."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.exporters.register_extract import export_register
from campaigns.management.base import JsonCommand, writable_file
from campaigns.management.lookups import NotFoundRefused, organisation_named
from campaigns.models import RegisterEdition


class Command(JsonCommand):
    help = "Write the register of an edition as CSV; the reason goes into the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--edition", type=int, required=True, help="its id")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--out", type=writable_file, required=True)

    def answer(
        self, *, organisation: str, edition: int, reason: str, out: Path
    ) -> Mapping[str, Any]:
        owner = organisation_named(organisation)
        copy = RegisterEdition.objects.of(owner).filter(pk=edition).first()
        if copy is None:
            raise NotFoundRefused("no_edition", f"There is no edition {edition}.")
        electors = export_register(
            copy, out=out, reason=reason, by=system(owner), at=now(owner)
        )
        return {"edition": copy.pk, "electors": electors, "file": str(out)}
