"""Load the demo, or take it to a later moment."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from campaigns.clock import UK
from campaigns.management.base import JsonCommand
from config.demo.load import load_demo
from config.demo.tour import sign_ins, tour

FOLDER = settings.BASE_DIR / ".local" / "demo"


def moment(text: str) -> datetime:
    """The type of --now: `2024-05-02T17:40`, in the United Kingdom."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a moment written like 2024-05-02T17:40"
        raise argparse.ArgumentTypeError(message) from error
    return found if found.tzinfo else found.replace(tzinfo=UK)


class Command(JsonCommand):
    help = "Load an invented region and three campaigns fought over it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--electors", type=int, help="25000 unless said")
        parser.add_argument(
            "--now", type=moment, help="where the demo's clock starts: 2024-05-02T17:40"
        )
        parser.add_argument(
            "--folder", type=Path, default=FOLDER, help="for the files of the demo"
        )

    def answer(
        self, *, electors: int | None, now: datetime | str | None, folder: Path
    ) -> Mapping[str, Any]:
        load_demo(
            electors=electors,
            now=moment(now) if isinstance(now, str) else now,
            folder=folder,
            progress=self.stderr.write,
        )
        return {"sign_ins": sign_ins(), "tour": tour(folder)}

    def say(self, answer: Mapping[str, Any]) -> None:
        self.stdout.write("Sign in as")
        for row in answer["sign_ins"]:
            self.stdout.write(f"  {row['role']}: {row['email']}, {row['password']}")
        self.stdout.write("A tour in five minutes")
        for row in answer["tour"]:
            self.stdout.write(f"  {row['title']}: {row['path']}")
