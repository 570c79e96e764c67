"""From an empty database to an exported register, by commands alone."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from campaigns.models import ExportRecord, Organisation, PollingDistrict, Ward
from tests.campaigns.registers import Line, written

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    call_command(*arguments, "--json")
    answer: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stopped:
        call_command(*arguments, "--json")
    assert stopped.value.code == 1
    code: str = json.loads(capsys.readouterr().out)["error"]["code"]
    return code


def test_an_organisation_loads_and_exports_a_register(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ward: Ward
) -> None:
    made = run(capsys, "create_organisation", "Alder Party", "--slug", "alder")
    assert made["slug"] == "alder"
    campaign = ["create_campaign", "--organisation", "alder", "--slug", "mayor"]
    campaign += ["--election", "mayor.west-midlands.2024-05-02"]
    assert run(capsys, *campaign, "--councils", "E08000031")["slug"] == "mayor"

    path = tmp_path / "register.csv"
    people = [Line("1", "Ash", "Ada"), Line("2", "=cmd()", "Ben", markers="G")]
    path.write_bytes(written("eros_full", people))
    load = ["import_register", str(path), "--organisation", "alder"]
    load += ["--council", "E08000031", "--published", "2023-12-01"]
    assert run(capsys, *load, "--dry-run")["edition"] is None
    outcome = run(capsys, *load)
    assert (outcome["layout"], outcome["electors"]) == ("eros_full", 2)
    assert outcome["published_on"] == "2023-12-01"
    assert refused(capsys, *load) == "loaded_before"

    PollingDistrict.objects.update(ward=ward)
    out = tmp_path / "out.csv"
    export = ["export_register", "--organisation", "alder", "--out", str(out)]
    export += ["--edition", str(outcome["edition"])]
    assert refused(capsys, *export, "--reason", " ") == "reason"
    assert run(capsys, *export, "--reason", "To check it")["electors"] == 2
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [row["elector_number"] for row in rows] == ["AAA-1", "AAA-2"]
    assert (rows[0]["ward"], rows[0]["postcode"]) == (ward.gss, "WV1 1AA")
    assert rows[1]["surname"] == "'=cmd()"
    assert ExportRecord.objects.get(what__startswith="Register").electors == 2

    assert run(capsys, "check_integrity")["broken"] == 0


def test_a_campaign_fights_the_wards_in_force_on_polling_day(
    capsys: pytest.CaptureFixture[str], organisation: Organisation, ward: Ward
) -> None:
    options = ["--organisation", "alder", "--councils", "E08000031"]
    options += ["--election", "mayor.west-midlands.2024-05-02", "--slug", "mayor"]

    assert (
        refused(capsys, "create_campaign", *options, "--wards", "E05999999")
        == "unknown_ward"
    )
    run(capsys, "create_campaign", *options)

    assert list(ward.campaign_set.values_list("slug", flat=True)) == ["mayor"]
    assert refused(capsys, "create_campaign", *options) == "slug_taken"


def test_an_unknown_council_is_made_by_its_code(
    capsys: pytest.CaptureFixture[str], organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(written("xpress_full", [Line("1", "Ash", "Ada")]))
    options = ["--organisation", "alder", "--council", "E08000099"]

    assert run(capsys, "import_register", str(path), *options)["published_assumed"]


def test_an_organisation_nobody_knows_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"x")
    options = ["--organisation", "nobody", "--council", "E08000031"]

    assert refused(capsys, "import_register", str(path), *options) == "no_organisation"
