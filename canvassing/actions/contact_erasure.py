"""Erase what we hold of a person's views, when the data officer erases the person."""

from datetime import datetime

from campaigns.access import Actor
from campaigns.models import Elector
from canvassing.actions.standing import refresh_answers_everywhere, refresh_some
from canvassing.models import Contact, GotvEntry, HeldItem, VotedMark


def erase_contacts(*, elector: Elector, by: Actor, at: datetime) -> int:
    """Blank the contacts, drop marks, list entries and held items; returns how many.

    That somebody called, and when, stays, and so does a wish not to be contacted:
    without it the next register would bring the letters back.
    """
    organisation = elector.organisation_id
    blanked = Contact.objects.of(organisation).filter(elector=elector, erased_at=None)
    erased = blanked.update(
        intention=None,
        pledge=None,
        second_preference=None,
        voted_last_time=None,
        note="",
        content_hash="",
        erased_at=at,
    )
    held = HeldItem.objects.of(organisation).filter(payload__elector_id=elector.pk)
    erased += held.update(payload={}, resolved_at=at, resolution="Erased.")
    for model in (VotedMark, GotvEntry):
        erased += model.objects.of(organisation).filter(elector=elector).delete()[0]
    refresh_some(organisation_id=organisation, electors=[elector.pk])
    refresh_answers_everywhere(organisation_id=organisation, electors=[elector.pk])
    return erased
