"""Record contacts from another tool's file."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.management.base import JsonCommand, readable_file
from campaigns.management.lookups import (
    campaign_named,
    council_named,
    edition_numbered,
)
from canvassing.importers.contacts_csv import import_contacts
from canvassing.rules.contact_rows import COLUMNS


def pair(text: str) -> tuple[str, str]:
    """The type of --map: THEIRS=OURS."""
    theirs, equals, ours = text.partition("=")
    if not equals or not theirs.strip() or not ours.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not written like L=P1")
    return theirs.strip(), ours.strip()


def column(text: str) -> tuple[str, str]:
    """The type of --column: ours=Theirs."""
    ours, theirs = pair(text)
    if ours not in COLUMNS:
        known = ", ".join(COLUMNS)
        raise argparse.ArgumentTypeError(f"{ours!r} is none of {known}")
    return ours, theirs


class Command(JsonCommand):
    help = "Record contacts from another tool's CSV or Excel file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument("--council", required=True, help="its GSS code")
        parser.add_argument(
            "--edition", type=int, help="whose elector numbers they are; else today's"
        )
        parser.add_argument(
            "--map", type=pair, action="append", default=[], help="a code, as L=P1"
        )
        parser.add_argument(
            "--column",
            type=column,
            action="append",
            default=[],
            help='a column, as said_at="Date of Note 1"',
        )

    def answer(
        self,
        *,
        file: Path,
        campaign: str,
        council: str,
        edition: int | None,
        map: list[tuple[str, str]],
        column: list[tuple[str, str]],
    ) -> Mapping[str, Any]:
        ours = campaign_named(campaign)
        area = council_named(council)
        imported = import_contacts(
            file,
            by=system(ours.organisation),
            clock=partial(now, ours.organisation),
            campaign=ours,
            council=area,
            edition=edition_numbered(edition, council=area, of=ours.organisation)
            if edition
            else None,
            codes=dict(map),
            columns=dict(column),
        )
        return asdict(imported)
