"""The description of the REST API is current: a change of it is a visible change."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command

SNAPSHOT = Path(__file__).with_name("openapi.json")


def test_the_snapshot_of_the_api_is_current() -> None:
    """Made anew by `manage.py spectacular --format openapi-json --file <snapshot>`."""
    out = StringIO()
    call_command(
        "spectacular",
        "--validate",
        "--fail-on-warn",
        "--format=openapi-json",
        stdout=out,
    )

    assert json.loads(out.getvalue()) == json.loads(SNAPSHOT.read_text("utf-8"))
