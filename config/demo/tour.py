"""What the demo prints: whom to sign in as, and six links to follow."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse

from config.demo import cast


def sign_ins() -> list[dict[str, str]]:
    return [
        {
            "role": helper.role.label,
            "email": helper.email,
            "password": settings.DEMO_PASSWORD,
        }
        for helper in cast.HELPERS
    ]


def tour(folder: Path) -> list[dict[str, str]]:
    samples = folder / "samples"
    return [
        {"title": "What needs you", "path": reverse("today", args=[cast.MAYOR])},
    ]
