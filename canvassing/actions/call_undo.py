"""A caller takes back what they said last of a call, as if they had not said it."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.actions import audit
from canvassing.actions.call_claims import Live, claim_again, end_claims, live_claim
from canvassing.actions.call_outcomes import locked_claim
from canvassing.actions.call_queue import alone_in_queue
from canvassing.actions.contact_details import unmark_wrong
from canvassing.actions.contact_filing import take_back_held
from canvassing.actions.corrections import withdraw_contact
from canvassing.actions.do_not_contact import lift_do_not_contact
from canvassing.actions.phone_banks import calling_hours
from canvassing.actions.standing import lock_standing
from canvassing.models import (
    BankCaller,
    CallClaim,
    CallOutcome,
    ClaimEnd,
    Contact,
    DoNotContact,
    PhoneBank,
    QueuedCall,
    QueueState,
)
from canvassing.models.phone_banks import GIVES_UP_THE_NUMBER
from canvassing.reports.call_queue import last_filed
from canvassing.rules.calls import CallRefused, can_be_undone

A_SLIP = "The caller undid it at once: a slip."


@transaction.atomic
def undo_call(
    uuid: UUID, *, caller: BankCaller, by: Actor, at: datetime
) -> Live | None:
    """Take back the outcome of this caller's last call, and have the elector on the
    line again; another call that they have meanwhile goes back.

    The contact is corrected, or held no longer; the call, the number and the wish are
    as they were before. Done again, it does nothing. None: nobody is called now, or not
    on that number.
    Refused: a call that is not theirs, was not filed, is too long ago or not their
    last, a caller who may not call, and what somebody else has acted on since. Audit
    verbs: `call.undone`, and those of the contact and the wish.
    """
    bank, caller_id = caller.bank, caller.volunteer_id
    alone_in_queue(bank)
    claim = locked_claim(uuid, bank=bank, caller_id=caller_id)
    if claim.closed_because == ClaimEnd.UNDONE:
        return live_claim(bank, caller_id=caller_id)
    _refuse(claim, caller, at=at)
    queued, wish = _as_it_was_left(claim), _wish_of(claim)
    if not take_back_held(claim.uuid, campaign=bank.campaign, reason=A_SLIP, at=at):
        uuid = uuid5(claim.uuid, ClaimEnd.UNDONE)
        withdraw_contact(_contact_of(claim), by=by, at=at, uuid=uuid)
    if wish:
        lift_do_not_contact(wish, reason=A_SLIP, by=by, at=at)
    if claim.outcome == CallOutcome.WRONG_NUMBER and claim.called_at:
        unmark_wrong(
            queued.number,
            organisation_id=claim.organisation_id,
            marked_at=claim.called_at,
        )
    _put_back(claim, queued, at=at)
    audit.record(
        "call.undone",
        by=by,
        at=at,
        organisation_id=claim.organisation_id,
        campaign_id=claim.campaign_id,
        target=claim,
        outcome=claim.outcome,
    )
    return _serve(queued, bank, caller_id, at=at)


def _refuse(claim: CallClaim, caller: BankCaller, *, at: datetime) -> None:
    if caller.shut_out_because:
        raise CallRefused("shut_out", _("You cannot call here: ask the organiser."))
    if claim.closed_because != ClaimEnd.FILED:
        raise CallRefused("nothing_filed", _("There is nothing to take back."))
    if not can_be_undone(claim.called_at, at=at):
        raise CallRefused(
            "too_late", _("That is too long ago: ask an organiser to take it back.")
        )
    if last_filed(caller.bank, caller_id=caller.volunteer_id) != claim:
        raise CallRefused(
            "not_last",
            _("You have noted another call since: ask an organiser to take it back."),
        )


def _as_it_was_left(claim: CallClaim) -> QueuedCall:
    """Locked, so that nobody claims it meanwhile; whoever shares the number and has
    not been called leaves the queue again. Refused: somebody else has had them, or who
    came in their place."""
    calls = QueuedCall.objects.of(claim.organisation_id).filter(bank=claim.bank_id)
    queued = calls.select_for_update().filter(pk=claim.queued_id).first()
    if queued is None:
        raise _acted_on()
    instead = calls.filter(number=queued.number).exclude(pk=queued.pk)
    instead = instead.exclude(state__in=GIVES_UP_THE_NUMBER).select_for_update()
    heirs = [heir.pk for heir in instead]
    since = CallClaim.objects.of(claim.organisation_id).filter(
        Q(campaign=claim.campaign_id, elector=claim.elector_id) | Q(queued__in=heirs),
        pk__gt=claim.pk,
    )
    if since.exists():
        raise _acted_on()
    _out_of_the_queue(calls.filter(pk__in=heirs))
    return queued


def _out_of_the_queue(heirs: QuerySet[QueuedCall]) -> None:
    """As they were: not there or, where they had been on the line before, dropped."""
    had = CallClaim.objects.filter(queued=OuterRef("pk"))
    heirs.filter(~Exists(had)).delete()
    heirs.update(state=QueueState.DROPPED)


def _contact_of(claim: CallClaim) -> Contact:
    """Refused: an organiser has filed it in their own way, or put it right."""
    contacts = Contact.objects.of(claim.organisation_id)
    contact = contacts.filter(uuid=claim.uuid).first()
    if contact is None or contacts.filter(corrects=claim.uuid).exists():
        raise _acted_on()
    return contact


def _wish_of(claim: CallClaim) -> DoNotContact | None:
    """Refused: one that somebody has lifted."""
    if claim.wish_id is None:
        return None
    lock_standing(organisation_id=claim.organisation_id, electors=[claim.elector_id])
    standing = DoNotContact.objects.select_for_update().filter(lifted_at=None)
    wish = standing.filter(pk=claim.wish_id).first()
    if wish is None:
        raise _acted_on()
    return wish


def _acted_on() -> CallRefused:
    return CallRefused(
        "acted_on",
        _("Somebody else has acted on that call since: ask an organiser about it."),
    )


def _put_back(claim: CallClaim, queued: QueuedCall, *, at: datetime) -> None:
    QueuedCall.objects.of(queued.organisation_id).filter(pk=queued.pk).update(
        tries=F("tries") - 1,
        state=QueueState.WAITING,
        due_at=at,
        promised_to=claim.promised_before_id,
    )
    CallClaim.objects.of(claim.organisation_id).filter(pk=claim.pk).update(
        closed_because=ClaimEnd.UNDONE, outcome="", wish=None
    )


def _serve(
    queued: QueuedCall, bank: PhoneBank, caller_id: int, *, at: datetime
) -> Live | None:
    if not calling_hours(bank).is_open(at):
        return None
    end_claims(bank, because=ClaimEnd.GIVEN_BACK, at=at, caller_id=caller_id)
    return claim_again(queued, bank=bank, caller_id=caller_id, at=at)
