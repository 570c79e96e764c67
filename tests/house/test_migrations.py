"""Migrations are complete, named, and need no extension of PostgreSQL."""

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.source import APPS, ROOT


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def migrations() -> list[Path]:
    return [
        file
        for app in APPS
        for file in sorted((ROOT / app / "migrations").glob("[0-9]*.py"))
    ]


@pytest.mark.parametrize("file", migrations(), ids=lambda f: f"{f.parts[-3]}-{f.stem}")
def test_a_migration_says_its_one_idea_and_inserts_no_rows(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert "_auto_" not in file.name
    assert "CREATE EXTENSION" not in text.upper()
    assert "INSERT INTO" not in text.upper()
