"""Work out a candidate's spending limit, with the working and the source."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser

from campaigns.management.base import JsonCommand, day
from campaigns.rules.money import pounds
from campaigns.rules.spending_limits import limit
from campaigns.rules.spending_rate_lookup import NATIONS


class Command(JsonCommand):
    help = "Work out a candidate's spending limit, with the working and the source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--type", required=True, help="such as cam_mayor or local")
        parser.add_argument("--poll", required=True, type=day, help="polling day")
        parser.add_argument("--electors", type=int, help="from the officer's notice")
        parser.add_argument("--councils", type=int, help="constituent councils")
        parser.add_argument("--joint", type=int, default=1, help="joint candidates")
        parser.add_argument("--area", help="police area")
        parser.add_argument("--nation", choices=sorted(NATIONS))
        parser.add_argument("--month", type=int, help="of dissolution: 56 to 60")

    def answer(
        self,
        *,
        type: str,
        poll: date,
        electors: int | None,
        councils: int | None,
        joint: int,
        area: str | None,
        nation: str | None,
        month: int | None,
    ) -> Mapping[str, object]:
        found = limit(
            kind=type,
            poll_on=poll,
            electors=electors,
            councils=councils,
            joint=joint,
            area=area,
            nation=nation,
            month=month,
        )
        return {
            "limit": f"{found.amount:.2f}",
            "working": [step.sentence for step in found.working],
            "mark": found.mark,
            "source": str(found.source),
            "is_confirmed": found.is_confirmed,
            "note": found.note,
            "warnings": found.warnings,
        }

    def say(self, answer: Mapping[str, Any]) -> None:
        for sentence in answer["working"]:
            self.stdout.write(sentence)
        self.stdout.write(f"Limit: {pounds(Decimal(answer['limit']))}")
        self.stdout.write(f"Source: {answer['source']} ({answer['mark']})")
        if answer["note"]:
            self.stdout.write(f"Note: {answer['note']}")
        for warning in answer["warnings"]:
            self.stdout.write(f"Warning: {warning}")
