"""Print every figure of the law that money is reckoned with, with source and mark."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from campaigns.management.base import JsonCommand, day
from campaigns.rules.figures import Figure
from campaigns.rules.law import figures
from campaigns.rules.marks import Mark


class Command(JsonCommand):
    help = "Print every figure of the law that money is reckoned with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=day, help="only what holds on this day")
        parser.add_argument(
            "--unconfirmed",
            action="store_true",
            help="only what was not read in the law or official guidance",
        )

    def answer(self, *, on: date | None, unconfirmed: bool) -> Mapping[str, object]:
        found = [
            figure
            for figure in figures()
            if (on is None or _holds(figure, on))
            and not (unconfirmed and figure.mark.is_confirmed)
        ]
        return {
            "figures": [
                {
                    "topic": figure.topic,
                    "what": figure.what,
                    "value": figure.value,
                    "effective_from": figure.effective_from,
                    "effective_to": figure.effective_to,
                    "mark": figure.mark,
                    "source": str(figure.source),
                    "caution": figure.caution_on(on),
                }
                for figure in found
            ],
            "marks": {mark.value: mark.meaning for mark in Mark},
        }

    def say(self, answer: Mapping[str, Any]) -> None:
        topic = ""
        for figure in answer["figures"]:
            if figure["topic"] != topic:
                topic = figure["topic"]
                self.stdout.write(f"\n{topic}")
            days = _days(figure["effective_from"], figure["effective_to"])
            self.stdout.write(
                f"  {figure['what']}: {figure['value']}{days} [{figure['mark']}]"
            )
            self.stdout.write(f"      {figure['source']}")
            if figure["caution"]:
                self.stdout.write(f"      Caution: {figure['caution']}")
        self.stdout.write("\nMarks")
        for mark, meaning in answer["marks"].items():
            self.stdout.write(f"  {mark}: {meaning}")


def _holds(figure: Figure, on: date) -> bool:
    begun = figure.effective_from is None or figure.effective_from <= on
    return begun and (figure.effective_to is None or on < figure.effective_to)


def _days(first: date | None, until: date | None) -> str:
    if first and until:
        return f", from {_day(first)} until before {_day(until)}"
    if first:
        return f", from {_day(first)}"
    return f", until before {_day(until)}" if until else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
