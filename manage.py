#!/usr/bin/env python
"""Django's commands, on the embedded servers unless the environment names others."""

import os
import sys

import django
from django.core.management import execute_from_command_line

from config import embedded

SCHEMA_COMMANDS = {"migrate", "makemigrations", "squashmigrations", "showmigrations"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    try:
        place = embedded.start("local")
    except embedded.ServersRefused as refusal:
        sys.exit(str(refusal))
    if place:
        os.environ.setdefault("SECRET_KEY", place.secret())
    if place and not SCHEMA_COMMANDS.intersection(sys.argv[1:2]):
        django.setup()
        from config import schema  # once Django is set up

        schema.bring_up_to_date(place.folder)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
