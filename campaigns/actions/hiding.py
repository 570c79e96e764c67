"""Hide a person from every page, list and answer at once; show them again; erase."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet

from campaigns.actions import audit
from campaigns.actions.districts import tell_electors
from campaigns.models import Elector
from campaigns.registry import registry
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor


class HidingRefused(Refusal):
    """There is no reason given, or nobody to hide."""


def hide_elector(elector: Elector, *, reason: str, by: "Actor", at: datetime) -> None:
    """Take somebody off everything at once, lists already frozen included.

    The register's facts stay, so that the next edition still knows them. Refused: no
    reason. Hiding again changes nothing. Audit verb: `elector.hidden`.
    """
    if not reason.strip():
        raise HidingRefused("no_reason", "Say why this person is to be hidden.")
    with transaction.atomic():
        hidden = (
            _rows(elector)
            .filter(hidden_at__isnull=True)
            .update(hidden_at=at, changed_at=at)
        )
        if hidden:
            tell_electors(_rows(elector), organisation=elector.organisation_id)
            _record("elector.hidden", elector, by=by, at=at, reason=reason.strip())


def show_elector(elector: Elector, *, reason: str, by: "Actor", at: datetime) -> None:
    """Let a hidden person be seen again. Audit verb: `elector.shown`."""
    if not reason.strip():
        raise HidingRefused("no_reason", "Say why this person is to be shown again.")
    with transaction.atomic():
        shown = (
            _rows(elector)
            .filter(hidden_at__isnull=False)
            .update(hidden_at=None, changed_at=at)
        )
        if shown:
            tell_electors(_rows(elector), organisation=elector.organisation_id)
            _record("elector.shown", elector, by=by, at=at, reason=reason.strip())


def erase_elector(elector: Elector, *, reason: str, by: "Actor", at: datetime) -> int:
    """Hide them, and remove what was recorded about them; returns how many rows.

    The register's own facts rest on the copy they came with and go when that is
    destroyed. Audit verb: `elector.erased`.
    """
    with transaction.atomic():
        hide_elector(elector, reason=reason, by=by, at=at)
        erased = sum(
            eraser(elector=elector, by=by, at=at) for eraser in registry.erasers
        )
        _record(
            "elector.erased", elector, by=by, at=at, reason=reason.strip(), rows=erased
        )
    return erased


def _rows(elector: Elector) -> QuerySet[Elector]:
    return Elector.objects.of(elector.organisation_id).filter(pk=elector.pk)


def _record(
    verb: str, elector: Elector, *, by: "Actor", at: datetime, **data: Any
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=elector.organisation_id,
        target=elector,
        **data,
    )
