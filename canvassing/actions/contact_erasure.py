"""Erase what we hold of a person's views: of somebody erased, or who objected."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from campaigns.access import Actor
from campaigns.models import Elector
from canvassing.actions.standing import (
    lock_standing,
    refresh_answers_everywhere,
    refresh_some,
)
from canvassing.models import (
    Answer,
    BuildingNote,
    CallClaim,
    ClaimEnd,
    Contact,
    EmailAddress,
    GotvEntry,
    HeldItem,
    OpinionConsent,
    PhoneNumber,
    QueuedCall,
    VotedMark,
)

# What is deleted whole of somebody who is erased.
ERASED: Final = (
    VotedMark,
    GotvEntry,
    OpinionConsent,
    PhoneNumber,
    EmailAddress,
    QueuedCall,
)


def erase_contacts(*, elector: Elector, by: Actor, at: datetime) -> int:
    """Blank the contacts, drop marks, list entries, held items, numbers, addresses,
    calls to be made and notes on their building; returns how many.

    That somebody called, and when, stays, and so do a wish not to be contacted and an
    objection to our keeping views: without them the next register would bring the
    letters and the questions back.
    """
    organisation = elector.organisation_id
    theirs = Contact.objects.of(organisation).filter(elector=elector)
    uuids = list(theirs.values_list("uuid", flat=True))
    # As it was sent, before somebody filed it for them, it waited under the same id, or
    # says under which it was filed.
    held = HeldItem.objects.of(organisation).filter(
        Q(payload__elector_id=elector.pk)
        | Q(uuid__in=uuids)
        | Q(payload__filed_as__in=[str(uuid) for uuid in uuids])
    )
    erased = held.exclude(payload={}).update(
        payload={}, reason="", resolved_at=at, resolution="Erased."
    )
    erased += _end_call(elector) + _drop_building_notes(elector)
    for model in ERASED:
        erased += model.objects.of(organisation).filter(elector=elector).delete()[0]
    erased += erase_views([elector.pk], organisation_id=organisation, at=at)
    refresh_some(organisation_id=organisation, electors=[elector.pk])
    return erased


@transaction.atomic
def erase_views(
    electors: Collection[int], *, organisation_id: int, at: datetime
) -> int:
    """Blank what their contacts say and drop their answers; returns how many of both.
    That somebody called, and when, stays."""
    lock_standing(organisation_id=organisation_id, electors=electors)
    contacts = Contact.objects.of(organisation_id).filter(
        elector__in=electors, erased_at=None
    )
    erased = contacts.update(
        intention=None,
        pledge=None,
        second_preference=None,
        voted_last_time=None,
        posted=None,
        note="",
        content_hash="",
        erased_at=at,
    )
    answers = Answer.objects.of(organisation_id).filter(elector__in=electors)
    erased += answers.delete()[0]
    refresh_answers_everywhere(organisation_id=organisation_id, electors=list(electors))
    return erased


def _end_call(elector: Elector) -> int:
    """Whoever has them on the line does not see the number any more."""
    claims = CallClaim.objects.of(elector.organisation_id).filter(elector=elector)
    return claims.filter(closed_at=None).update(
        closed_at=Now(), closed_because=ClaimEnd.TAKEN_BACK, number=""
    )


def _drop_building_notes(elector: Elector) -> int:
    """What somebody wrote about a door may be about them; who knocks next writes it
    again."""
    home = elector.address
    if home is None:
        return 0
    notes = BuildingNote.objects.of(elector.organisation_id).filter(
        council=home.council_id, building_key=home.building_key
    )
    return notes.delete()[0]
