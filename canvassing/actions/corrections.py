"""Corrections: a new contact that takes the place of an earlier one."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from campaigns.access import Actor
from canvassing.actions.contacts import note_contact
from canvassing.models import Contact
from canvassing.reports.answers import answers_of
from canvassing.rules.contacts import ContactItem, answers_given


def correct_contact(
    contact: Contact, *, by: Actor, at: datetime, uuid: UUID | None = None, **said: Any
) -> Contact:
    """Record what was really said; the earlier one stays on file and counts no more.

    `said` are the fields of `ContactItem` that change, codes as the campaign writes
    them. It keeps its time unless `said_at` is given. Refused: whatever would be held,
    and a contact that has been corrected before.
    """
    return _take_its_place(contact, replace(as_item(contact), **said), by, at, uuid)


def withdraw_contact(
    contact: Contact, *, by: Actor, at: datetime, uuid: UUID | None = None
) -> Contact:
    """Take a contact back: it was never made, or of somebody else. Refused as above."""
    nothing = ContactItem(
        uuid=contact.uuid,
        elector_id=contact.elector_id,
        outcome="",
        channel=contact.channel,
        said_at=contact.effective_at,
    )
    return _take_its_place(contact, nothing, by, at, uuid)


def say_again(
    contact: Contact,
    before: Contact,
    *,
    by: Actor,
    at: datetime,
    uuid: UUID,
    **unsaid: Any,
) -> Contact:
    """What was said `before` somebody put it right stands again in the place of the
    contact, less what is `unsaid`. Refused as above."""
    return _take_its_place(contact, replace(as_item(before), **unsaid), by, at, uuid)


def _take_its_place(
    contact: Contact, item: ContactItem, by: Actor, at: datetime, uuid: UUID | None
) -> Contact:
    item = replace(item, uuid=uuid or uuid4(), corrects=contact.uuid)
    note_contact(item, by=by, at=at, campaign=contact.campaign)
    return Contact.objects.get(organisation=contact.organisation_id, uuid=item.uuid)


def as_item(contact: Contact) -> ContactItem:
    """The contact as it would be sent again."""
    script_id, answers = answers_of(contact)
    return ContactItem(
        uuid=contact.uuid,
        elector_id=contact.elector_id,
        outcome=contact.outcome.code if contact.outcome else "",
        channel=contact.channel,
        said_at=contact.effective_at,
        intention=contact.intention.code if contact.intention else "",
        pledge=contact.pledge,
        second_preference_id=contact.second_preference_id,
        voted_last_time=contact.voted_last_time.code if contact.voted_last_time else "",
        note=contact.note,
        session_id=contact.session_id,
        spoke_id=contact.spoke_id,
        posted=contact.posted,
        script_id=script_id,
        answers=answers_given(answers),
    )
