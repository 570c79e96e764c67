"""Register editions: what may be loaded after what, and under which terms."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from campaigns.models import (
    Campaign,
    Council,
    Organisation,
    RegisterEdition,
    SuppliedTo,
)
from campaigns.rules.refusals import Refusal


class EditionRefused(Refusal):
    """This file may not be loaded now."""


@dataclass(frozen=True)
class Supply:
    """The terms a copy came under; a candidate's names that candidate's campaign."""

    supplied_to: str = SuppliedTo.PARTY
    supplied_by: str = ""
    supplied_on: date | None = None
    permitted_use: str = ""
    campaign: Campaign | None = None
    destroy_by: date | None = None


def lock_council(*, organisation: Organisation, council: Council) -> None:
    """One file of a council at a time: another waits here until this one is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [organisation.pk, council.pk]
        )


def refuse_terms(supply: Supply, *, organisation: Organisation) -> None:
    """Refused: a candidate's copy of no campaign, or of somebody else's."""
    if supply.supplied_to == SuppliedTo.CANDIDATE and supply.campaign is None:
        raise EditionRefused(
            "no_campaign",
            "A candidate's copy serves that candidate's campaign only: name it.",
        )
    if supply.campaign and supply.campaign.organisation_id != organisation.pk:
        raise EditionRefused(
            "other_organisation",
            f"{supply.campaign} is not a campaign of {organisation}.",
        )


def refuse_if_loaded(
    *, organisation: Organisation, council: Council, sha256: str
) -> None:
    """Refused: the same file again, while the copy is not destroyed."""
    before = RegisterEdition.objects.filter(
        organisation=organisation,
        council=council,
        file_sha256=sha256,
        destroyed_at__isnull=True,
    ).first()
    if before:
        raise EditionRefused(
            "loaded_before",
            f"This file was loaded before, on {before.loaded_at:%-d %B %Y}.",
        )


def refuse_out_of_turn(
    *,
    organisation: Organisation,
    council: Council,
    kind: str,
    published_on: date,
    assumed: bool,
) -> None:
    """Refused: older than what is loaded, or an update to nothing.

    An assumed date says nothing about which of two files is older.
    """
    latest = latest_edition(organisation=organisation, council=council)
    if latest is None:
        if kind == "update":
            raise EditionRefused(
                "no_full_register",
                f"Load a full register of {council} before its updates.",
            )
        return
    stated = (
        RegisterEdition.objects.filter(
            organisation=organisation, council=council, published_assumed=False
        )
        .order_by("-published_on")
        .first()
    )
    if stated and not assumed and published_on < stated.published_on:
        raise EditionRefused(
            "older",
            f"This file is of {published_on:%-d %B %Y}, older than what is loaded "
            f"for {council}, of {stated.published_on:%-d %B %Y}.",
        )


def refuse_part_of_register(
    *, organisation: Organisation, council: Council, lines: int
) -> None:
    """Refused: a full register that would end more than half of a large one."""
    latest = latest_edition(organisation=organisation, council=council)
    loaded = int(latest.counts.get("electors", 0)) if latest else 0
    if loaded >= 1_000 and lines * 2 < loaded:
        raise EditionRefused(
            "part_of_register",
            f"This file has {lines:,} electors where {loaded:,} are loaded for "
            f"{council}: it is not a whole register.",
        )


def latest_edition(
    *, organisation: Organisation, council: Council
) -> RegisterEdition | None:
    """The edition loaded last."""
    return (
        RegisterEdition.objects.filter(organisation=organisation, council=council)
        .order_by("-id")
        .first()
    )
