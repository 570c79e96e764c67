"""What the demo prints: whom to sign in as, and links to follow."""

import os
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from campaigns.models import StoredFile
from canvassing.models import GotvList, LetterRun, PhoneBank
from config.demo import cast
from config.demo.field import volunteers_link
from config.demo.papers import DOORS
from config.demo.rounds import deliverers_link
from config.demo.stall import stalls_link


def sign_ins() -> list[dict[str, str]]:
    names = {contest.slug: contest.name for contest in cast.CONTESTS}
    return [
        {
            "role": helper.role.label,
            "email": helper.email,
            "password": settings.DEMO_PASSWORD,
            "campaign": names.get(helper.campaign, "every campaign"),
        }
        for helper in cast.HELPERS
    ]


def tour(folder: Path) -> list[dict[str, str]]:
    """Links in the mayor's campaign for an organiser, and one for a phone."""
    samples = os.path.relpath(folder / "samples")
    wards = GotvList.objects.filter(campaign__slug=cast.MAYOR, name=DOORS).latest("pk")
    stops = [
        ("What needs you today", page("today")),
        ("A list of wards that reconciles to the last elector", page("list", wards.pk)),
        (f"Drop two files of {samples} on Sandwell", page("register")),
        ("Can I afford £8,000 of leaflets?", page("afford") + "?amount=8000"),
        ("The letters, as they go to the printer", letters()),
        ("A phone bank, with the link and code to call for it", phone_bank()),
        ("The API, ready to try", reverse("api-docs")),
    ]
    if link := volunteers_link():
        stops.append(
            (f"A volunteer's phone: any name and mobile, code {link.code}", link.path)
        )
    if stall := stalls_link():
        stops.append(
            (f"A street stall: any name and mobile, code {stall.code}", stall.path)
        )
    if leaflets := deliverers_link():
        code = leaflets.code
        stops.append(
            (f"Leaflets to deliver: any name and mobile, code {code}", leaflets.path)
        )
    return [{"title": title, "path": path} for title, path in stops]


def page(name: str, *args: object) -> str:
    return reverse(name, args=[cast.MAYOR, *args])


def letters() -> str:
    """The PDF of the first ward whose letters are printed."""
    run = LetterRun.objects.filter(gotv_list__campaign__slug=cast.MAYOR)
    printed = run.exclude(job=None).latest("pk")
    files = StoredFile.objects.filter(job=printed.job, name__endswith=".pdf")
    return reverse("file", args=[files.order_by("name")[0].pk])


def phone_bank() -> str:
    """The page of the bank that is open."""
    banks = PhoneBank.objects.filter(campaign__slug=cast.MAYOR)
    return page("phone-bank", banks.earliest("pk").pk)
