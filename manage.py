#!/usr/bin/env python
"""Django's commands, on the embedded servers unless the environment names others."""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command, execute_from_command_line

from config import embedded

SCHEMA_COMMANDS = {"migrate", "makemigrations", "squashmigrations", "showmigrations"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    try:
        place = embedded.start("local")
    except embedded.ServersRefused as refusal:
        sys.exit(str(refusal))
    if place and not SCHEMA_COMMANDS.intersection(sys.argv[1:2]):
        bring_schema_up_to_date(place.folder)
    execute_from_command_line(sys.argv)


def bring_schema_up_to_date(folder: Path) -> None:
    """Migrate, unless the migrations are those of the last time."""
    django.setup()
    names = sorted(
        f"{app.label}/{file.name}"
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("*.py")
    )
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()
    with embedded.lock.held(folder / "schema.lock"):
        seen = folder / "schema"
        if not seen.exists() or seen.read_text() != digest:
            call_command("migrate", verbosity=0)
            seen.write_text(digest)


if __name__ == "__main__":
    main()
