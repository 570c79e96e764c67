"""Phone banks: made, opened, closed; who calls for them, and who may no longer."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.keys import derived_key, hash_of, new_key
from campaigns.models import Campaign, Job, Ward
from campaigns.rules.refusals import Refusal
from canvassing.access import adults_calling, may_call_now
from canvassing.actions.call_claims import end_claims
from canvassing.actions.queue_jobs import fill_queue
from canvassing.models import (
    BankCaller,
    CanvassSession,
    Channel,
    ClaimEnd,
    GotvList,
    ListState,
    PhoneBank,
    Script,
)
from canvassing.rules.calls import CallingHours
from canvassing.rules.short_codes import new_short_code
from canvassing.rules.under_18 import REFUSED, is_said
from volunteers.models import Affiliate, Volunteer

SEED_LENGTH: Final = 32
# How long a link of a bank without an end may be opened.
LONGEST: Final = timedelta(days=90)


class PhoneBankRefused(Refusal):
    """A phone bank that could call nobody, at no time, or is not open."""


def link_secret(bank: PhoneBank) -> str:
    """What follows `#` in the link of a phone bank, to be shown on its page."""
    return _secret(bank.link_seed)


def _secret(seed: str) -> str:
    return derived_key("canvassing.phone_bank_link", seed)


def calling_hours(bank: PhoneBank) -> CallingHours:
    session = bank.session
    return CallingHours(
        bank.calls_from, bank.calls_until, session.starts_at, session.ends_at
    )


def expires_at(bank: PhoneBank) -> datetime:
    return bank.session.ends_at or bank.made_at + LONGEST


def is_on(bank: PhoneBank, *, at: datetime) -> bool:
    """Whether it makes calls, if not at this hour."""
    return bank.is_open and at < expires_at(bank)


@transaction.atomic
def make_phone_bank(
    *,
    campaign: Campaign,
    name: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    calls_from: time,
    calls_until: time,
    gotv_list: GotvList | None = None,
    whom_to_call: str = "",
    ward: Ward | None = None,
    script: Script | None = None,
    affiliate: Affiliate | None = None,
    no_answer_hours: int = 3,
    engaged_minutes: int = 20,
    most_tries: int = 3,
    most_callers: int = 20,
    by: Actor,
    at: datetime,
) -> PhoneBank:
    """A session of calls, not open yet, whose queue a job begins to fill.

    Refused: neither a list nor a rule, or both; a list that is not ready; an end that
    is not after the beginning; calling hours that are none. Audit verb:
    `phone_bank.made`.
    """
    _refuse_bad_hours(calls_from, calls_until, starts_at, ends_at)
    if (gotv_list is None) == (not whom_to_call):
        raise PhoneBankRefused("whom", "Choose a list or a rule of whom to call.")
    if gotv_list is not None and gotv_list.state != ListState.READY:
        raise PhoneBankRefused("list_not_ready", "This list is not ready yet.")
    session = _session(
        campaign, name, script=script, ward=ward, starts_at=starts_at, ends_at=ends_at
    )
    seed = new_key()[:SEED_LENGTH]
    bank = PhoneBank(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        session=session,
        gotv_list=gotv_list,
        whom_to_call=whom_to_call,
        affiliate=affiliate,
        calls_from=calls_from,
        calls_until=calls_until,
        no_answer_hours=no_answer_hours,
        engaged_minutes=engaged_minutes,
        most_tries=most_tries,
        most_callers=most_callers,
        link_seed=seed,
        secret_hash=hash_of(_secret(seed)),
        made_at=at,
    )
    bank.recorded_by(by)
    bank.save(force_insert=True)
    _record("phone_bank.made", bank, by=by, at=at)
    fill_queue(bank, by=by, at=at)
    return bank


def _session(campaign: Campaign, name: str, **fields: Any) -> CanvassSession:
    return CanvassSession.objects.create(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        channel=Channel.PHONE,
        name=name.strip() or "Phone bank",
        short_code=new_short_code(),
        **fields,
    )


def _refuse_bad_hours(
    calls_from: time, calls_until: time, starts_at: datetime, ends_at: datetime | None
) -> None:
    if calls_until <= calls_from:
        raise PhoneBankRefused("hours", "Calls end after they begin, on the same day.")
    if ends_at is not None and ends_at <= starts_at:
        raise PhoneBankRefused("end", "The phone bank ends after it begins.")


def open_bank(bank: PhoneBank, *, by: Actor, at: datetime) -> Job:
    """Bring the queue up to date, in a job, at whose end callers are let in. Of one
    that is open it only does the former."""
    return fill_queue(bank, opens=not bank.is_open, by=by, at=at)


@transaction.atomic
def close_bank(bank: PhoneBank, *, by: Actor, at: datetime) -> None:
    """No more calls: whoever has one may still say what came of it for as long as it is
    theirs. Audit verb: `phone_bank.closed`."""
    rows = PhoneBank.objects.filter(pk=bank.pk, opened_at__isnull=False, closed_at=None)
    if not rows.update(closed_at=at):
        raise PhoneBankRefused("not_open", "This phone bank is not open.")
    bank.refresh_from_db(fields=["closed_at"])
    _record("phone_bank.closed", bank, by=by, at=at)


@transaction.atomic
def let_caller_in(
    bank: PhoneBank, volunteer: Volunteer, *, joined_as: str = "", at: datetime
) -> str:
    """Count somebody among the callers, and give them a key, which is said this once;
    an earlier one of theirs opens nothing any more. `joined_as` is the name that was
    typed, where we hold another for their number.

    Refused: a bank that is not open, somebody who was blocked, somebody under 18 where
    no adult calls, one more than may call. Audit verb: `caller.joined`.
    """
    locked = PhoneBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    if not locked.is_open:
        raise PhoneBankRefused("not_open", _("This phone bank is not open."))
    callers = BankCaller.objects.filter(bank=bank)
    if callers.filter(volunteer=volunteer, blocked_at__isnull=False).exists():
        raise PhoneBankRefused("blocked", _("You cannot call here: ask the organiser."))
    if not may_call_now(locked, volunteer, at=at):
        alone = REFUSED["phones"]
        raise PhoneBankRefused("under_18", _(alone))
    others = callers.filter(left_at=None, blocked_at=None).exclude(volunteer=volunteer)
    if others.count() >= locked.most_callers:
        raise PhoneBankRefused(
            "full", _("This phone bank has all the callers it takes.")
        )
    key = new_key()
    BankCaller.objects.update_or_create(
        bank=bank,
        volunteer=volunteer,
        defaults={
            "key_hash": hash_of(key),
            "organisation_id": bank.organisation_id,
            "joined_as": joined_as,
            "joined_at": at,
            "left_at": None,
        },
    )
    by = Actor("link", None, f"Link to {bank}"[:200])
    _record("caller.joined", bank, by=by, at=at, volunteer=volunteer.pk)
    return key


@transaction.atomic
def leave_bank(caller: BankCaller, *, by: Actor, at: datetime) -> None:
    """They sign out: their key opens nothing any more, what it still sends is held, and
    a call they have goes back. Audit verb: `caller.left`."""
    _forget_company(caller)
    BankCaller.objects.filter(pk=caller.pk).update(left_at=at)
    bank = caller.bank
    end_claims(bank, because=ClaimEnd.GIVEN_BACK, at=at, caller_id=caller.volunteer_id)
    _record("caller.left", bank, by=by, at=at, volunteer=caller.volunteer_id)


@transaction.atomic
def block_caller(caller: BankCaller, *, by: Actor, at: datetime) -> None:
    """They get no more numbers, and the one they have goes back into the queue.

    Audit verb: `caller.blocked`.
    """
    _forget_company(caller)
    rows = BankCaller.objects.filter(pk=caller.pk, blocked_at=None)
    if not rows.update(blocked_at=at):
        raise PhoneBankRefused("blocked_before", "They are blocked already.")
    bank = caller.bank
    end_claims(bank, because=ClaimEnd.TAKEN_BACK, at=at, caller_id=caller.volunteer_id)
    _record("caller.blocked", bank, by=by, at=at, volunteer=caller.volunteer_id)


@transaction.atomic
def let_caller_back(caller: BankCaller, *, by: Actor, at: datetime) -> None:
    """They may call again. Audit verb: `caller.let_back`."""
    rows = BankCaller.objects.filter(pk=caller.pk, blocked_at__isnull=False)
    if not rows.update(blocked_at=None):
        raise PhoneBankRefused("not_blocked", "They are not blocked.")
    _record("caller.let_back", caller.bank, by=by, at=at, volunteer=caller.volunteer_id)


@transaction.atomic
def say_callers_accompanied(bank: PhoneBank, *, by: Actor, at: datetime) -> None:
    """An organiser knows that an adult is with the callers under 18, who need not have
    joined: they are let in and shown whom to call, for twelve hours or until somebody
    of age leaves.

    Said again meanwhile, it stands as it did. Refused: a bank that is not open, one
    where somebody of age calls. Audit verb: `phone_bank.accompanied`.
    """
    locked = PhoneBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    if locked.closed_at is not None:
        raise PhoneBankRefused("not_open", "This phone bank is not open.")
    if is_said(locked.accompanied_at, at=at):
        return
    if adults_calling(locked, at=at).exists():
        raise PhoneBankRefused("adult_there", "Somebody of 18 calls here already.")
    PhoneBank.objects.filter(pk=bank.pk).update(accompanied_at=at)
    _record("phone_bank.accompanied", bank, by=by, at=at)


def _forget_company(caller: BankCaller) -> None:
    """Once somebody of age has gone, an organiser has to say anew who is with the
    others. It takes the bank before the caller, as joining does."""
    if not caller.volunteer.is_under_18:
        PhoneBank.objects.filter(pk=caller.bank_id).update(accompanied_at=None)


def _record(
    verb: str, bank: PhoneBank, *, by: Actor, at: datetime, **data: int
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=bank.organisation_id,
        campaign_id=bank.campaign_id,
        target=bank,
        **data,
    )
