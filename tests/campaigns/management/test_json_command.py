"""What every command of ours promises to people and to programs."""

import io
import json
from argparse import ArgumentTypeError
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management.base import CommandParser

from campaigns.management.base import (
    JsonCommand,
    day,
    file_refused,
    writable_file,
    writable_folder,
)
from campaigns.rules.refusals import Refusal


class CountLeaflets(JsonCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--boxes", type=int, required=True)
        parser.add_argument("--on", type=day)

    def answer(self, *, boxes: int, on: date | None) -> Mapping[str, object]:
        if boxes < 0:
            raise Refusal("no_boxes", "There cannot be fewer than no boxes.")
        return {"leaflets": boxes * 500, "cost": Decimal("12.50"), "on": on}


@pytest.fixture
def run():
    """Run the command as the shell does; returns exit status, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        command = CountLeaflets(stdout=out, stderr=err, no_color=True)
        command.requires_system_checks = []
        try:
            command.run_from_argv(["manage.py", "count_leaflets", *arguments])
        except SystemExit as ended:
            return int(ended.code or 0), out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    return run


def test_a_program_gets_one_json_object_as_the_last_line(run):
    status, out, _ = run("--boxes", "2", "--on", "2024-05-02", "--json")

    assert status == 0
    assert json.loads(out.splitlines()[-1]) == {
        "leaflets": 1000,
        "cost": "12.50",
        "on": "2024-05-02",
    }


def test_a_person_gets_a_line_for_each_part_of_the_answer(run):
    status, out, _ = run("--boxes", "2")

    assert status == 0
    assert "leaflets: 1000" in out


def test_a_refusal_is_exit_status_1_with_code_and_message(run):
    status, out, err = run("--boxes", "-1", "--json")

    assert status == 1
    assert err == ""
    assert json.loads(out) == {
        "error": {
            "code": "no_boxes",
            "message": "There cannot be fewer than no boxes.",
        }
    }


def test_a_person_hears_a_refusal_as_one_sentence(run):
    status, out, err = run("--boxes", "-1")

    assert (status, out) == (1, "")
    assert err.strip() == "There cannot be fewer than no boxes."


@pytest.mark.parametrize(
    "arguments",
    [(), ("--boxes", "two"), ("--boxes", "2", "--on", "2024-02-30")],
    ids=["missing", "not a number", "not a day"],
)
def test_wrong_arguments_are_exit_status_2(run, arguments):
    status, out, _ = run(*arguments)

    assert (status, out) == (2, "")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (writable_file, "missing/register.csv"),
        (writable_file, "."),
        (writable_folder, "taken.csv/lists"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_a_wrong_argument(
    tmp_path: Path, kind: Callable[[str], Path], name: str
) -> None:
    (tmp_path / "taken.csv").touch()

    with pytest.raises(ArgumentTypeError):
        kind(str(tmp_path / name))


def test_a_file_that_the_machine_refuses_is_a_refusal() -> None:
    refusal = file_refused(PermissionError(13, "Permission denied", "/etc/list.csv"))

    assert refusal.code == "file"
    assert refusal.message == "/etc/list.csv: Permission denied."
