"""What came of a call: filed with the contacts, and the queue goes on from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation
from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.models import Campaign, Elector
from canvassing.actions.call_claims import end_claims
from canvassing.actions.call_queue import alone_in_queue, pass_on
from canvassing.actions.contact_details import mark_wrong
from canvassing.actions.contact_filing import hold_contacts, said_before
from canvassing.actions.contacts import NO_OFFSET, record_contacts
from canvassing.actions.do_not_contact import keep_away_once, one_wish_at_a_time
from canvassing.actions.phone_banks import calling_hours, is_on
from canvassing.models import (
    BankCaller,
    CallClaim,
    CallOutcome,
    Channel,
    ClaimEnd,
    DoNotContact,
    PhoneBank,
    QueuedCall,
)
from canvassing.reports.codes import outcome_of_kind
from canvassing.rules.calls import (
    BANK_OVER,
    CALLER_LEFT,
    CLAIMED_SINCE,
    CONTACT_KINDS,
    DONE,
    GONE,
    HELD_REASONS,
    LEAVES_THE_NUMBER,
    TAKEN_BACK,
    AfterCall,
    CallRefused,
    RetryRules,
    after_call,
)
from canvassing.rules.contacts import Answer, ContactItem, Verdict, answers_given


@dataclass(frozen=True, slots=True)
class CallSaid:
    """What a caller says came of a call. `intention`, `last_time` are codes of the
    campaign; `call_back_at` goes with an outcome of call back alone, and
    `by_any_channel` with one of do not call, which is for good."""

    outcome: str
    intention: str = ""
    pledge: bool | None = None
    second_preference_id: int | None = None
    last_time: str = ""
    note: str = ""
    call_back_at: datetime | None = None
    by_any_channel: bool = False
    # Whether they said that their postal vote was sent back.
    posted: bool | None = None
    # By key of the script's question, the codes that were chosen.
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def file_call(
    uuid: UUID,
    said: CallSaid,
    *,
    bank: PhoneBank,
    caller_id: int,
    by: Actor,
    at: datetime,
) -> Verdict:
    """File the outcome of a caller's claim, once, and say what becomes of its call.

    After the lease it is filed if nobody else has had the elector since, else held, as
    is what a caller says whose claim was taken back, who was shut out or has signed
    out, and a call back for which the bank will be over; a wish, and that the number is
    wrong, bind us all the same. Refused: a claim that is not theirs, an outcome that is
    none, a call back at no time. Audit verb: `contacts.recorded`, and those of the
    wish.
    """
    if said.outcome not in CallOutcome.values:
        raise CallRefused("outcome", _("Say what came of the call."))
    if said.outcome in LEAVES_THE_NUMBER:
        alone_in_queue(bank)
    claim = locked_claim(uuid, bank=bank, caller_id=caller_id)
    item = _item(claim, said, bank=bank, at=at)
    if claim.closed_because == ClaimEnd.FILED:
        return Verdict(uuid, Answer.ALREADY_FILED)
    if claim.closed_because == ClaimEnd.UNDONE:
        raise CallRefused(
            "undone", _("You took this call back: say what came of it once more.")
        )
    if said.outcome == CallOutcome.DO_NOT_CALL:
        one_wish_at_a_time(claim.elector_id)
    # Locked before it is asked who had it since: whoever claims it at this moment is
    # seen there, or finds it gone.
    calls = QueuedCall.objects.of(bank.organisation_id).select_for_update()
    queued = calls.filter(pk=claim.queued_id).first()
    # Without it, they were erased meanwhile.
    reason = _reason_to_hold(claim) if queued else TAKEN_BACK
    calls_back = said.outcome == CallOutcome.CALL_BACK
    if not reason and calls_back and not is_on(bank, at=at):
        reason = BANK_OVER
        end_claims(bank, because=ClaimEnd.GIVEN_BACK, at=at, claim_id=claim.pk)
    if queued is None or reason:
        number = queued.number if queued else ""
        _mind(claim, number, said, bank=bank, by=by, at=at)
        return _hold(
            item, reason, said.call_back_at, by=by, at=at, campaign=bank.campaign
        )
    return _file(claim, queued, said, item, bank=bank, by=by, at=at)


def _file(
    claim: CallClaim,
    queued: QueuedCall,
    said: CallSaid,
    item: ContactItem,
    *,
    bank: PhoneBank,
    by: Actor,
    at: datetime,
) -> Verdict:
    after = after_call(
        said.outcome,
        tries=queued.tries + 1,
        at=at,
        rules=retry_rules(bank),
        hours=calling_hours(bank),
        call_back_at=said.call_back_at,
    )
    [verdict] = record_contacts([item], by=by, at=at, campaign=bank.campaign)
    if verdict.answer is Answer.HELD:
        after = AfterCall(DONE)
    wish = _mind(claim, queued.number, said, bank=bank, by=by, at=at)
    _close(claim, queued, said.outcome, wish=wish, at=at)
    _go_on(queued, after, caller_id=claim.caller_id, at=at)
    if after.state == GONE:
        pass_on(bank, numbers=[queued.number], at=at)
    return verdict


def _hold(
    item: ContactItem,
    reason: str,
    call_back_at: datetime | None,
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> Verdict:
    """Once, however often it is tapped: it was said when it was held first. Beside it
    stands when they are to be called back, for whoever decides."""
    said_at = said_before(item.uuid, campaign=campaign) or item.said_at
    verdict = Verdict(item.uuid, Answer.HELD, reason, HELD_REASONS[reason])
    # For the desk, which reads English whatever the caller reads.
    with translation.override("en-gb"):
        when = call_back_at and date_format(localtime(call_back_at), "j F Y, g.i a")
    asked = f" They asked to be called back on {when}." if when else ""
    hold_contacts(
        [replace(item, said_at=said_at)],
        [replace(verdict, reason=verdict.reason + asked)],
        by=by,
        at=at,
        campaign=campaign,
        clock_offset=NO_OFFSET,
    )
    return verdict


def locked_claim(uuid: UUID, *, bank: PhoneBank, caller_id: int) -> CallClaim:
    claims = CallClaim.objects.of(bank.organisation_id).select_for_update()
    claim = claims.filter(uuid=uuid, bank=bank, caller=caller_id).first()
    if claim is None:
        raise CallRefused("not_yours", _("This call is not yours."))
    return claim


def _reason_to_hold(claim: CallClaim) -> str:
    if claim.closed_because == ClaimEnd.TAKEN_BACK:
        return TAKEN_BACK
    callers = BankCaller.objects.filter(bank=claim.bank_id, volunteer=claim.caller_id)
    caller = callers.select_related("volunteer", "bank__campaign").get()
    if reason := caller.shut_out_because:
        return reason
    if caller.left_at is not None:
        return CALLER_LEFT
    since = CallClaim.objects.of(claim.organisation_id).filter(
        campaign=claim.campaign_id, elector=claim.elector_id, pk__gt=claim.pk
    )
    return CLAIMED_SINCE if since.exists() else ""


def _item(
    claim: CallClaim, said: CallSaid, *, bank: PhoneBank, at: datetime
) -> ContactItem:
    """The claim's id is the contact's: the same call is never filed twice."""
    spoken = said.outcome == CallOutcome.SPOKEN
    return ContactItem(
        uuid=claim.uuid,
        elector_id=claim.elector_id,
        outcome=outcome_of_kind(
            CONTACT_KINDS[said.outcome], campaign_id=bank.campaign_id
        ),
        channel=Channel.PHONE,
        said_at=at,
        intention=said.intention if spoken else "",
        pledge=said.pledge if spoken else None,
        second_preference_id=said.second_preference_id if spoken else None,
        voted_last_time=said.last_time if spoken else "",
        note=said.note,
        session_id=bank.session_id,
        spoke_id=claim.caller_id,
        posted=said.posted if spoken else None,
        script_id=bank.session.script_id if said.answers else None,
        answers=answers_given(said.answers),
    )


def _close(
    claim: CallClaim,
    queued: QueuedCall,
    outcome: str,
    *,
    wish: DoNotContact | None,
    at: datetime,
) -> None:
    CallClaim.objects.of(claim.organisation_id).filter(pk=claim.pk).update(
        closed_at=Now(),
        closed_because=ClaimEnd.FILED,
        number="",
        outcome=outcome,
        called_at=at,
        promised_before=queued.promised_to_id,
        wish=wish,
    )


def _go_on(
    queued: QueuedCall, after: AfterCall, *, caller_id: int, at: datetime
) -> None:
    QueuedCall.objects.of(queued.organisation_id).filter(pk=queued.pk).update(
        tries=F("tries") + 1,
        state=after.state,
        due_at=after.due_at or at,
        promised_to=caller_id if after.is_promised else None,
    )


def _mind(
    claim: CallClaim,
    number: str,
    said: CallSaid,
    *,
    bank: PhoneBank,
    by: Actor,
    at: datetime,
) -> DoNotContact | None:
    """What the outcome asks of us beyond the contact; the wish, where it is one."""
    if said.outcome == CallOutcome.WRONG_NUMBER and number:
        mark_wrong(number, organisation_id=bank.organisation_id, at=at)
    if said.outcome != CallOutcome.DO_NOT_CALL:
        return None
    return keep_away_once(
        Elector.objects.get(pk=claim.elector_id),
        by=by,
        at=at,
        channel="" if said.by_any_channel else Channel.PHONE,
        came_with=claim.uuid,
    )


def retry_rules(bank: PhoneBank) -> RetryRules:
    return RetryRules(
        no_answer=timedelta(hours=bank.no_answer_hours),
        engaged=timedelta(minutes=bank.engaged_minutes),
        most_tries=bank.most_tries,
    )
