"""The command `spending_limit`."""

import io
import json

import pytest
from django.core.management import call_command


def run(*arguments: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("spending_limit", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_a_program_gets_limit_working_mark_and_source():
    answer = run(
        "--type", "cam_mayor", "--poll", "2021-05-06",
        "--electors", "604960", "--councils", "6",
    )  # fmt: skip

    assert answer["limit"] == "49864.64"
    assert answer["working"] == [
        "6 councils × £2,362.00 = £14,172.00",
        "604,960 electors × 5.9p = £35,692.64",
        "Together £49,864.64",
    ]
    assert answer["mark"] == "R"
    assert "SI 2017/67" in answer["source"]
    assert answer["warnings"] == []


def test_joint_candidates_and_police_areas_are_options():
    joint = ("--electors", "7500", "--joint", "2")
    area = ("--area", "Bedfordshire")

    assert run("--type", "local", "--poll", "2024-05-02", *joint)["limit"] == "1170.00"
    assert run("--type", "pcc", "--poll", "2024-05-02", *area)["limit"] == "114570.00"


def test_a_person_reads_the_working_and_the_warnings():
    out = io.StringIO()

    call_command(
        "spending_limit", "--type", "mayor_london", "--poll", "2024-05-02", stdout=out
    )

    assert "Limit: £760,410.00" in out.getvalue()
    assert "Warning: The figure is not confirmed (R2" in out.getvalue()


def test_what_is_not_known_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("spending_limit", "--type", "senate", "--poll", "2024-05-02")

    assert ended.value.code == 1
