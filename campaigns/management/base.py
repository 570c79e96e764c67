"""What every management command of ours has in common."""

import argparse
import json
import sys
from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from campaigns.rules.refusals import Refusal

DJANGOS_OWN_OPTIONS = frozenset(
    (
        "settings",
        "pythonpath",
        "traceback",
        "verbosity",
        "no_color",
        "force_color",
        "skip_checks",
        "stdout",
        "stderr",
    )
)


class JsonCommand(BaseCommand):
    """A command with one answer, for a person or, with `--json`, for a program.

    A subclass says in `answer` what was done, taking its own options as keyword
    arguments, and may say it better to a person in `say`. With `--json` the last line
    printed is one JSON object. Exit status: 0 done, 1 refused, 2 wrong arguments.
    """

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument(
            "--json",
            action="store_true",
            help="Print one JSON object as the last line.",
        )
        return parser

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        own = {k: v for k, v in options.items() if k not in DJANGOS_OWN_OPTIONS}
        try:
            answer = self.answer(**own)
        except Refusal as refusal:
            self.refuse(refusal, as_json=json)
        except OSError as error:
            self.refuse(file_refused(error), as_json=json)
        if json:
            self.print_json(answer)
        else:
            self.say(answer)

    @abstractmethod
    def answer(self, *args: Any, **options: Any) -> Mapping[str, object]:
        """Do it and return what the JSON object holds. Refused with a `Refusal`."""

    def say(self, answer: Mapping[str, object]) -> None:
        """Tell a person; here one line for each key."""
        for key, value in answer.items():
            self.stdout.write(f"{key.replace('_', ' ')}: {value}")

    def print_json(self, content: Mapping[str, object]) -> None:
        self.stdout.write(json.dumps(content, cls=DjangoJSONEncoder))

    def refuse(self, refusal: Refusal, *, as_json: bool) -> NoReturn:
        if as_json:
            error = {"code": refusal.code, "message": refusal.message}
            self.print_json({"error": error})
        else:
            self.stderr.write(refusal.message)
        sys.exit(1)


def file_refused(error: OSError) -> Refusal:
    """What the machine says of a file or folder that it will not read or write."""
    return Refusal("file", f"{error.filename or 'A file'}: {error.strerror or error}.")


def day(text: str) -> date:
    """The type of a command's date options: `2024-05-02`, else wrong arguments."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a day written like 2024-05-02"
        raise argparse.ArgumentTypeError(message) from error


def codes(text: str) -> list[str]:
    """The type of options that list codes with commas between them."""
    return [code for code in text.replace(" ", "").split(",") if code]


def readable_file(text: str) -> Path:
    """The type of a command's input file."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


def writable_file(text: str) -> Path:
    """The type of a command's output file: new, or one that it replaces."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"no file can be written at {text}")
    return path


def writable_folder(text: str) -> Path:
    """The type of a command's output folder, made where it is not there."""
    path = Path(text)
    if any(one.exists() and not one.is_dir() for one in (path, *path.parents)):
        raise argparse.ArgumentTypeError(f"no folder can be made at {text}")
    return path
