"""What a stall's helper files of somebody: answers, wishes, a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.models import Elector
from canvassing.access import state_of_helper
from canvassing.actions.contact_filing import hold_contacts, said_before
from canvassing.actions.contacts import NO_OFFSET, record_contacts
from canvassing.actions.corrections import withdraw_contact
from canvassing.actions.do_not_contact import keep_away_once, lift_do_not_contact
from canvassing.actions.opinions import (
    Objection,
    lift_objection,
    note_consent,
    object_to_views,
)
from canvassing.actions.stall_finds import Visit
from canvassing.actions.stalls import GivenDetails, StallRefused, note_given
from canvassing.models import Channel, DoNotContact, Script, StallHelper
from canvassing.reports.heard_by import with_helper
from canvassing.reports.stall_person import (
    filed_of,
    standing_at_stall,
    was_taken_back,
    wishes_heard,
)
from canvassing.rules.contacts import Answer, ContactItem, Verdict, answers_given
from canvassing.rules.keypad import AWAY, PaperWish
from canvassing.rules.stalls import HELD_REASONS, OPEN, OVER, can_be_undone

A_SLIP: Final = "The stall's helper undid it at once: a slip."


@dataclass(frozen=True, slots=True)
class StallSaid:
    """What came of a talk: `outcome` and the other codes are the campaign's; `answers`
    by key of the question of `script`, the codes that were chosen."""

    outcome: str
    intention: str = ""
    last_time: str = ""
    second_preference_id: int | None = None
    posted: bool | None = None
    note: str = ""
    script: Script | None = None
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def file_at_stall(
    visit: Visit, said: StallSaid, *, helper: StallHelper, by: Actor, at: datetime
) -> Verdict:
    """File what somebody said, once for each visit; where that was taken back, as the
    visit anew: the verdict has its id.

    Held for an organiser, never dropped: what could not be filed, and what comes from a
    helper who was shut out or has left, or after the stall. Audit verb:
    `contacts.recorded`.
    """
    campaign = helper.link.session.campaign
    # One tap after another: the second finds what the first has filed or held.
    StallHelper.objects.select_for_update(no_key=True).get(pk=helper.pk)
    visit = visit_now(visit, helper)
    said_at = said_before(visit.uuid, campaign=campaign) or at
    item = _item(visit, said, helper, said_at=said_at)
    reason = state_of_helper(helper, at=at)
    if not reason:
        [verdict] = record_contacts([item], by=by, at=at, campaign=campaign)
        return verdict
    verdict = Verdict(item.uuid, Answer.HELD, reason, HELD_REASONS[reason])
    hold_contacts(
        [item], [verdict], by=by, at=at, campaign=campaign, clock_offset=NO_OFFSET
    )
    return verdict


def visit_now(visit: Visit, helper: StallHelper) -> Visit:
    """The visit, or, where what was filed of it was taken back, the visit anew."""
    while was_taken_back(visit.uuid, helper):
        visit = visit.again()
    return visit


@transaction.atomic
def undo_at_stall(
    visit: Visit, *, helper: StallHelper, by: Actor, at: datetime
) -> None:
    """Take back what this helper filed of the visit. Done again, it does nothing.

    Refused: what was never filed, was put right since or is too long ago, or from a
    helper who may not help any more. Audit verb: `contacts.recorded`, of the
    correction.
    """
    _refuse_shut_out(helper, at)
    if was_taken_back(visit.uuid, helper):
        return
    contact = filed_of(visit.uuid, helper)
    if contact is None:
        raise StallRefused("nothing_filed", _("There is nothing to take back."))
    if contact.uuid != visit.uuid:
        raise StallRefused(
            "put_right",
            _("Somebody has put this right since: ask an organiser about it."),
        )
    _refuse_late(contact.received_at, at)
    withdraw_contact(contact, by=by, at=at, uuid=uuid5(visit.uuid, "undo"))


@transaction.atomic
def note_consent_at_stall(
    visit: Visit, *, helper: StallHelper, by: Actor, at: datetime
) -> None:
    """They agree to the wording of now, once each visit. Refused: somebody who is not
    to be seen here any more, a helper who was shut out or has left. Audit verb:
    `opinion_consent.given`."""
    note_consent(
        _seen(visit, helper, by, at),
        channel=Channel.STALL,
        by=by,
        at=at,
        campaign=helper.link.session.campaign,
        came_with=visit_now(visit, helper).uuid,
    )


@transaction.atomic
def keep_wish_at_stall(
    visit: Visit, wish: PaperWish, *, helper: StallHelper, by: Actor, at: datetime
) -> None:
    """What they ask of us binds us whoever heard it, and whatever became of them since.
    Said again to the same helper, it stands as it did. Audit verbs:
    `do_not_contact.recorded`, `views.objected`."""
    elector = _whoever(visit, helper)
    came_with = with_helper(elector.pk, helper.pk)
    if wish is PaperWish.NO_VIEWS:
        objection = Objection(elector.pk, at, came_with)
        organisation_id = helper.organisation_id
        object_to_views([objection], organisation_id=organisation_id, by=by, at=at)
        return
    away = AWAY[wish]
    keep_away_once(
        elector,
        by=by,
        at=at,
        channel=away.channel,
        campaign=helper.link.session.campaign if away.is_now else None,
        came_with=came_with,
    )


@transaction.atomic
def undo_wish_at_stall(
    visit: Visit, wish: PaperWish, *, helper: StallHelper, by: Actor, at: datetime
) -> None:
    """Take back a wish that this helper tapped; what others heard stands. Done again,
    it does nothing.

    Refused: one of too long ago, a helper who may not help any more. Audit verbs:
    `do_not_contact.lifted`, `views.allowed`.
    """
    _refuse_shut_out(helper, at)
    for heard, row in wishes_heard(_whoever(visit, helper).pk, helper):
        if heard is not wish:
            continue
        _refuse_late(row.said_at, at)
        if isinstance(row, DoNotContact):
            lift_do_not_contact(row, reason=A_SLIP, by=by, at=at)
        else:
            lift_objection(row, reason=A_SLIP, by=by, at=at)


@transaction.atomic
def keep_details_at_stall(
    visit: Visit, given: GivenDetails, *, helper: StallHelper, by: Actor, at: datetime
) -> None:
    """Keep a number or an address that they give with consent. Also after the stall.

    Refused as in `note_given`; somebody who is not to be seen here any more, a helper
    who was shut out or has left. Audit verb: `contact_details.recorded`."""
    elector = _seen(visit, helper, by, at)
    campaign = helper.link.session.campaign
    note_given(given, elector.pk, visit.uuid, by=by, at=at, campaign=campaign)


def _item(
    visit: Visit, said: StallSaid, helper: StallHelper, *, said_at: datetime
) -> ContactItem:
    return ContactItem(
        uuid=visit.uuid,
        elector_id=visit.elector_id,
        outcome=said.outcome,
        channel=Channel.STALL,
        said_at=said_at,
        intention=said.intention,
        voted_last_time=said.last_time,
        second_preference_id=said.second_preference_id,
        posted=said.posted,
        note=said.note,
        session_id=helper.link.session_id,
        spoke_id=helper.volunteer_id,
        script_id=said.script.pk if said.script and said.answers else None,
        answers=answers_given(said.answers),
    )


def _whoever(visit: Visit, helper: StallHelper) -> Elector:
    """Whom the helper found, on the register or not; the one into whom they were
    merged."""
    electors = Elector.objects.of(helper.organisation_id).select_related("merged_into")
    found = electors.get(pk=visit.elector_id)
    kept: Elector = found.merged_into or found
    return kept


def _seen(visit: Visit, helper: StallHelper, by: Actor, at: datetime) -> Elector:
    """Somebody who may still be seen, by who may still see them, or might until the
    stall was over."""
    _refuse_shut_out(helper, at, unless=OVER)
    standing = standing_at_stall(visit.elector_id, helper=helper, by=by)
    if standing is None:
        raise StallRefused(
            "not_here", _("They are no longer on the register for these wards.")
        )
    elector: Elector = standing.elector
    return elector


def _refuse_late(recorded_at: datetime, at: datetime) -> None:
    if not can_be_undone(recorded_at, at=at):
        raise StallRefused(
            "too_late", _("That is too long ago: ask an organiser to take it back.")
        )


def _refuse_shut_out(helper: StallHelper, at: datetime, *, unless: str = OPEN) -> None:
    if state_of_helper(helper, at=at) not in (OPEN, unless):
        raise StallRefused(
            "shut_out", _("You cannot record here any more: ask the organiser.")
        )
