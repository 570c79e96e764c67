"""The command that loads a statement."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from campaigns.models import Campaign, StatementAccount
from tests.campaigns.statement_helpers import APRIL, written

pytestmark = pytest.mark.django_db


def run(path: Path, *more: str) -> dict[str, int]:
    out = StringIO()
    named = ("--campaign", "mayor-2024", "--account", "Main", "--json", *more)
    call_command("import_statement", str(path), *named, stdout=out)
    answer: dict[str, int] = json.loads(out.getvalue().splitlines()[-1])
    return answer


def test_a_statement_is_loaded_once(campaign: Campaign, tmp_path: Path) -> None:
    path = written(tmp_path, APRIL)

    assert [run(path)["new"], run(path)["new"]] == [4, 0]


def test_a_bad_row_is_refused(campaign: Campaign, tmp_path: Path) -> None:
    path = written(tmp_path, f"{APRIL}soon,HALL,1.00,,\n")

    with pytest.raises(SystemExit):
        run(path)
    assert not StatementAccount.objects.exists()
