"""Contacts put right and taken back, with what came with them: what stands is what was
said last and not taken back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from campaigns.access import Actor
from canvassing.actions.corrections import (
    correct_contact,
    say_again,
    withdraw_contact,
)
from canvassing.actions.do_not_contact import (
    lift_do_not_contact,
    living_at_each,
    one_wish_at_a_time,
    wish_again,
)
from canvassing.actions.opinions import (
    lift_objection,
    object_again,
    withdraw_consent,
)
from canvassing.actions.standing import lock_standing
from canvassing.models import Contact, DoNotContact
from canvassing.reports.came_with import (
    NOT_ASKED,
    Wish,
    came_with_all,
    goes_with,
    stands_again,
    within_reach,
)
from canvassing.reports.contact_past import Past, past_of, taken_back_id
from canvassing.reports.opinions import objections_of

TAKEN_BACK: Final = "Recorded by mistake: what it came with was taken back."
# What may not be said of whoever objects to our keeping their views, as it is unsaid.
VIEWS: Final[dict[str, Any]] = {
    "intention": "",
    "pledge": None,
    "second_preference_id": None,
    "voted_last_time": "",
    "note": "",
    "script_id": None,
    "answers": (),
}


@transaction.atomic
def put_right(
    contact: Contact,
    *,
    not_asked: Collection[str] = (),
    by: Actor,
    at: datetime,
    **said: Any,
) -> Contact:
    """Correct a contact, and lift those of the wishes that came with it which were
    `not_asked` (by their names in `CameWith.wishes`); the others, whatever came from
    elsewhere, and those of electors whom `by` does not reach, stand.

    `said` as in `correct_contact`. A consent stays: it is withdrawn for itself, as that
    erases views. Refused as in `correct_contact`; audit verbs those of the contact and
    the wishes.
    """
    past = _locked(contact, by)
    within = within_reach(past, by)
    for name, wish in came_with_all(past, within=within).wishes.items():
        if name in not_asked:
            _lift(wish, NOT_ASKED, by=by, at=at)
    return correct_contact(contact, by=by, at=at, **said)


@transaction.atomic
def take_back_contact(contact: Contact, *, by: Actor, at: datetime) -> Contact | None:
    """It was never said: what it had put right stands again, which is returned, with
    the wishes that it lifted; the first contact goes altogether. With it go the wishes
    and consents that came with it, and none from elsewhere. Done again, nothing.

    Refused: what somebody has put right since, what was moved from somebody whom `by`
    does not reach, and as in `withdraw_contact`; audit verbs those of the contact, the
    wishes and the consents.
    """
    past, uuid = _locked(contact, by), taken_back_id(contact.uuid)
    before = past.before
    ours = Contact.objects.of(contact.organisation_id)
    if ours.filter(uuid=uuid, corrects=contact.uuid).exists():
        return before
    goes = goes_with(past, within=within_reach(past, by))
    # First, for what stands again is held where somebody objects.
    for wish in goes.wishes.values():
        _lift(wish, TAKEN_BACK, by=by, at=at)
    if before is None:
        withdraw_contact(contact, by=by, at=at, uuid=uuid)
    else:
        _let_stand_again(past, by=by, at=at)
        unsaid = VIEWS if objections_of(before.elector).exists() else {}
        say_again(contact, before, by=by, at=at, uuid=uuid, **unsaid)
    for consent in goes.consents:
        withdraw_consent(consent, by=by, at=at)
    return before


def _locked(contact: Contact, by: Actor) -> Past:
    """Of two taps the second finds what the first has done. First the standing of all
    concerned at once, as a phone that sends has it: one wish is lifted after another.
    """
    past = past_of(contact)
    for elector in sorted({one.elector_id for one in past.chain}):
        one_wish_at_a_time(elector)
    concerned = _concerned(past, by)
    lock_standing(organisation_id=contact.organisation_id, electors=concerned)
    return past_of(Contact.objects.select_for_update(no_key=True).get(pk=contact.pk))


def _concerned(past: Past, by: Actor) -> set[int]:
    wishes = came_with_all(past, within=within_reach(past, by)) + stands_again(past)
    homes = {wish.address_id for wish in wishes.away if wish.address_id}
    living = living_at_each(homes, past.chain[0].organisation_id)
    return {one.elector_id for one in past.chain}.union(
        *living.values(), *(wish.present for wish in wishes.away)
    )


def _lift(wish: Wish, reason: str, *, by: Actor, at: datetime) -> None:
    if isinstance(wish, DoNotContact):
        lift_do_not_contact(wish, reason=reason, by=by, at=at)
    else:
        lift_objection(wish, reason=reason, by=by, at=at)


def _let_stand_again(past: Past, *, by: Actor, at: datetime) -> None:
    wishes = stands_again(past)
    for wish in wishes.away:
        wish_again(wish, by=by, at=at)
    for objection in wishes.objections:
        object_again(objection, by=by, at=at)
