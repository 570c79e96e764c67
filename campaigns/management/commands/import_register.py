"""Load a register file, or show what it would do."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.actions.organisations import council_by_code
from campaigns.actions.register_editions import Supply
from campaigns.clock import now
from campaigns.importers.register import import_register
from campaigns.management.base import JsonCommand, day, readable_file
from campaigns.management.lookups import campaign_named, organisation_named
from campaigns.models import RegisterKind, SuppliedTo


def columns(text: str) -> dict[str, object]:
    """The type of --columns: one JSON object."""
    try:
        told = json.loads(text)
    except json.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        raise argparse.ArgumentTypeError("not a JSON object of fields and headers")
    return told


class Command(JsonCommand):
    help = "Load a full register or a monthly update of one council."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--council", required=True, help="its GSS code")
        parser.add_argument("--kind", choices=RegisterKind.values)
        parser.add_argument("--published", type=day, help="the day the register is of")
        parser.add_argument(
            "--supplied-to", choices=SuppliedTo.values, default=SuppliedTo.PARTY
        )
        parser.add_argument("--supplied-by", default="")
        parser.add_argument("--supplied-on", type=day)
        parser.add_argument("--permitted-use", default="")
        parser.add_argument("--campaign", help="whose candidate a copy was supplied to")
        parser.add_argument("--destroy-by", type=day)
        parser.add_argument(
            "--columns", type=columns, help='such as {"number": "Roll"}; remembered'
        )
        parser.add_argument("--dry-run", action="store_true")

    def answer(
        self,
        *,
        file: Path,
        organisation: str,
        council: str,
        kind: str | None,
        published: date | None,
        campaign: str | None,
        columns: Mapping[str, object] | None,
        dry_run: bool,
        **terms: Any,
    ) -> Mapping[str, Any]:
        owner = organisation_named(organisation)
        supply = Supply(
            campaign=campaign_named(campaign) if campaign else None, **terms
        )
        outcome = import_register(
            file,
            organisation=owner,
            council=council_by_code(council),
            kind=kind,
            published_on=published,
            supply=supply,
            columns=columns,
            by=system(owner),
            at=now(owner),
            clock=partial(now, owner),
            dry_run=dry_run,
        )
        return asdict(outcome)

    def say(self, answer: Mapping[str, object]) -> None:
        problems = answer["problems"]
        super().say({k: v for k, v in answer.items() if k != "problems"})
        for problem in problems:  # type: ignore[attr-defined]
            self.stdout.write(f"line {problem['line']}: {problem['message']}")
