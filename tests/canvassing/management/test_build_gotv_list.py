"""The command that makes a list and its files."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from campaigns.models import Campaign, ExportRecord, Ward
from tests.canvassing.list_helpers import stand

pytestmark = pytest.mark.django_db


def build(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    call_command("build_gotv_list", *options, "--json")
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_it_writes_a_file_for_each_ward_and_reconciles(
    campaign: Campaign,
    ward: Ward,
    other_ward: Ward,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stand(campaign, ward)
    stand(campaign, ward, pledged=False)

    answer = build(
        capsys,
        *("--campaign", campaign.slug),
        *("--reason", "evening round"),
        *("--out", str(tmp_path / "lists")),
    )

    assert answer["wards"] == [
        {"gss": ward.gss, "electors": 2, "listed": 1, "excluded": {"no_pledge": 1}},
        {"gss": other_ward.gss, "electors": 0, "listed": 0, "excluded": {}},
    ]
    first, _ = map(Path, answer["files"])  # type: ignore[arg-type]
    assert len(list(csv.DictReader(first.open()))) == 1
    assert ExportRecord.objects.count() == 2


def test_it_takes_a_rule_some_wards_and_several_formats(
    campaign: Campaign, ward: Ward, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand(campaign, ward, strength=3)

    answer = build(
        capsys,
        *("--campaign", campaign.slug, "--ward", ward.gss),
        *("--rule", "pledges; strength=2", "--channel", "phone"),
        *("--format", "csv", "xlsx", "walk_sheets"),
        *("--reason", "evening round", "--out", str(tmp_path)),
    )

    assert answer["wards"][0]["excluded"] == {"too_weak": 1}  # type: ignore[index]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [
        ".csv",
        ".pdf",
        ".xlsx",
    ]


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--campaign", "nowhere", "no_campaign"),
        ("--ward", "E05999999", "no_ward"),
        ("--rule", "colour=red", "rule"),
        ("--reason", " ", "reason"),
    ],
)
def test_it_refuses_in_one_sentence_and_writes_nothing(
    campaign: Campaign,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: str,
    value: str,
    code: str,
) -> None:
    options = {
        "--campaign": campaign.slug,
        "--reason": "test",
        "--out": str(tmp_path / "lists"),
        option: value,
    }

    with pytest.raises(SystemExit) as ended:
        build(capsys, *(word for pair in options.items() for word in pair))

    assert ended.value.code == 1
    error = json.loads(capsys.readouterr().out.splitlines()[-1])["error"]
    assert error["code"] == code
    assert not (tmp_path / "lists").exists()
