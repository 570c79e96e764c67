"""A caller's slip of the finger: undone, everything is as it was before."""

from datetime import datetime, timedelta

import pytest

from campaigns.access import system
from campaigns.clock import UK
from campaigns.models import AuditEntry, Campaign, Ward
from canvassing.actions.call_claims import Live, end_claims
from canvassing.actions.call_queue import bring_back, pass_on
from canvassing.actions.call_undo import undo_call
from canvassing.actions.corrections import correct_contact
from canvassing.actions.do_not_contact import lift_do_not_contact
from canvassing.actions.phone_banks import block_caller
from canvassing.models import (
    BankCaller,
    CallClaim,
    ClaimEnd,
    Contact,
    DoNotContact,
    ElectorStanding,
    HeldItem,
    PhoneBank,
    PhoneNumber,
    QueuedCall,
)
from canvassing.rules.calls import CallRefused
from tests.canvassing.contact_helpers import differences, standing
from tests.canvassing.phone_helpers import (
    bank_of,
    caller_for,
    claim,
    claimed,
    household,
    numbers,
    run_out,
    say,
    stand_with_number,
)
from tests.cast import NOW
from volunteers.models import Volunteer

SOON = NOW + timedelta(minutes=2)
FINAL = ("wrong_number", "moved", "deceased", "do_not_call", "refused", "no_answer")


@pytest.fixture
def bank(campaign: Campaign, ward: Ward) -> PhoneBank:
    stand_with_number(campaign, ward, *numbers(1))
    return bank_of(campaign)


@pytest.fixture
def jo(bank: PhoneBank) -> Volunteer:
    return caller_for(bank)


def undo(call: CallClaim, jo: Volunteer, *, at: datetime = SOON) -> Live | None:
    caller = BankCaller.objects.select_related(
        "volunteer", "bank__session", "bank__campaign__organisation"
    ).get(volunteer=jo)
    by = system(jo.organisation)
    return undo_call(call.uuid, caller=caller, by=by, at=at)


def noted(bank: PhoneBank, jo: Volunteer, outcome: str) -> CallClaim:
    call = claimed(bank, jo)
    say(call.uuid, outcome, bank=bank, caller=jo)
    return call


@pytest.mark.parametrize("outcome", FINAL)
def test_whatever_was_said_is_taken_back_and_they_are_served_to_the_caller_again(
    campaign: Campaign, bank: PhoneBank, jo: Volunteer, outcome: str
) -> None:
    before = QueuedCall.objects.values("tries", "state", "promised_to").get()
    call = noted(bank, jo, outcome)

    live = undo(call, jo)

    assert live is not None
    assert live.claim.elector_id == call.elector_id
    assert live.claim.number == numbers(1)[0]
    after = QueuedCall.objects.values("tries", "state", "promised_to").get()
    assert after == before
    assert PhoneNumber.objects.get().wrong_at is None
    assert not DoNotContact.objects.filter(lifted_at=None).exists()
    withdrawn = Contact.objects.get(corrects=call.uuid)
    assert withdrawn.outcome is None
    assert Contact.objects.count() == 2
    assert standing(campaign, live.claim.elector).last_contact_id is None
    assert differences(campaign) == 0
    call.refresh_from_db()
    assert (call.closed_because, call.outcome) == ("undone", "")
    assert AuditEntry.objects.filter(verb="call.undone").count() == 1


def test_what_is_said_after_an_undo_is_filed_and_what_was_undone_is_not(
    bank: PhoneBank, jo: Volunteer
) -> None:
    call = noted(bank, jo, "wrong_number")
    live = undo(call, jo)
    assert live is not None

    with pytest.raises(CallRefused) as refused:
        say(call.uuid, "wrong_number", bank=bank, caller=jo, at=SOON)
    verdict = say(live.claim.uuid, "spoken", bank=bank, caller=jo, at=SOON)

    assert refused.value.code == "undone"
    assert verdict.answer == "filed"
    assert QueuedCall.objects.get().tries == 1
    assert PhoneNumber.objects.get().wrong_at is None


def test_an_undo_sent_twice_is_one(bank: PhoneBank, jo: Volunteer) -> None:
    call = noted(bank, jo, "do_not_call")

    first, second = undo(call, jo), undo(call, jo)

    assert first is not None
    assert second is not None
    assert first.claim == second.claim
    assert QueuedCall.objects.get().tries == 0
    assert Contact.objects.count() == 2


def test_a_promise_that_they_kept_is_a_promise_again(
    bank: PhoneBank, jo: Volunteer
) -> None:
    call = claimed(bank, jo)
    later = NOW + timedelta(hours=1)
    say(call.uuid, "call_back", bank=bank, caller=jo, call_back_at=later)
    kept = claimed(bank, jo, at=later)
    say(kept.uuid, "no_answer", bank=bank, caller=jo, at=later)
    assert QueuedCall.objects.get().promised_to is None

    undo(kept, jo, at=later)

    assert QueuedCall.objects.get().promised_to == jo
    assert QueuedCall.objects.get().tries == 1


def test_the_call_that_they_have_meanwhile_goes_back(
    campaign: Campaign, ward: Ward
) -> None:
    for number in numbers(2):
        stand_with_number(campaign, ward, number)
    bank = bank_of(campaign)
    jo = caller_for(bank)
    call = noted(bank, jo, "moved")
    other = claimed(bank, jo)

    live = undo(call, jo)

    assert live is not None
    assert live.claim.elector_id == call.elector_id
    other.refresh_from_db()
    assert other.closed_because == "given_back"


def test_after_the_hours_of_calling_it_is_undone_and_nobody_is_served(
    bank: PhoneBank, jo: Volunteer
) -> None:
    call = noted(bank, jo, "wrong_number")
    PhoneBank.objects.update(calls_until=NOW.astimezone(UK).time())

    assert undo(call, jo) is None

    assert QueuedCall.objects.get().state == "waiting"
    assert PhoneNumber.objects.get().wrong_at is None


@pytest.mark.parametrize(
    ("minutes", "code"), [(5, ""), (6, "too_late")], ids=["in time", "too late"]
)
def test_an_undo_is_for_five_minutes(
    bank: PhoneBank, jo: Volunteer, minutes: int, code: str
) -> None:
    call = noted(bank, jo, "deceased")

    refused = refusal(call, jo, at=NOW + timedelta(minutes=minutes))

    assert refused == code
    assert (QueuedCall.objects.get().state == "waiting") is (code == "")


def test_only_the_last_call_is_undone(campaign: Campaign, ward: Ward) -> None:
    for number in numbers(2):
        stand_with_number(campaign, ward, number)
    bank = bank_of(campaign)
    jo = caller_for(bank)
    first, last = noted(bank, jo, "moved"), noted(bank, jo, "refused")

    assert refusal(first, jo) == "not_last"
    assert refusal(last, jo) == ""


def test_what_somebody_else_has_acted_on_stays(
    campaign: Campaign, bank: PhoneBank, jo: Volunteer
) -> None:
    """They have had the elector on the line, corrected the contact, or lifted the
    wish."""
    by = system(campaign.organisation)
    call = noted(bank, jo, "no_answer")
    QueuedCall.objects.update(due_at=NOW)
    kit = caller_for(bank, "Kit")
    theirs = claimed(bank, kit)
    assert refusal(call, jo) == "acted_on"
    run_out([theirs])

    again = claimed(bank, jo, at=SOON + timedelta(hours=3))
    later = SOON + timedelta(hours=3)
    say(again.uuid, "do_not_call", bank=bank, caller=jo, at=later)
    lift_do_not_contact(DoNotContact.objects.get(), reason="No.", by=by, at=later)
    assert refusal(again, jo, at=later) == "acted_on"

    contact = Contact.objects.get(uuid=again.uuid)
    correct_contact(contact, by=by, at=later, outcome="moved")
    assert refusal(again, jo, at=later) == "acted_on"
    assert QueuedCall.objects.get().state == "done"
    assert Contact.objects.filter(corrects=again.uuid).count() == 1


def test_whoever_was_blocked_undoes_nothing(bank: PhoneBank, jo: Volunteer) -> None:
    call = noted(bank, jo, "wrong_number")
    block_caller(BankCaller.objects.get(), by=system(bank.organisation), at=NOW)

    assert refusal(call, jo) == "shut_out"
    assert PhoneNumber.objects.get().wrong_at == NOW


def test_a_call_of_another_or_that_was_not_filed_is_not_undone(
    bank: PhoneBank, jo: Volunteer
) -> None:
    kit = caller_for(bank, "Kit")
    call = claimed(bank, jo)

    assert refusal(call, jo) == "nothing_filed"
    say(call.uuid, "refused", bank=bank, caller=jo)
    assert refusal(call, kit) == "not_yours"


def test_the_next_of_the_household_leaves_the_queue_again_unless_they_were_called(
    campaign: Campaign, ward: Ward
) -> None:
    household(campaign, ward)
    bank = bank_of(campaign)
    jo = caller_for(bank)
    call = noted(bank, jo, "moved")
    assert QueuedCall.objects.filter(state="waiting").count() == 1

    live = undo(call, jo)
    assert live is not None
    assert live.claim.elector_id == call.elector_id
    assert QueuedCall.objects.get().elector_id == call.elector_id

    say(live.claim.uuid, "moved", bank=bank, caller=jo, at=SOON)
    kit = caller_for(bank, "Kit")
    heir = claim(bank, kit, at=SOON)
    assert heir is not None
    assert heir.claim.elector_id != call.elector_id
    assert refusal(live.claim, jo) == "acted_on"


def test_an_heir_who_was_on_the_line_before_is_out_of_the_queue_again_and_kept(
    campaign: Campaign, ward: Ward
) -> None:
    household(campaign, ward)
    bank = bank_of(campaign)
    jo = caller_for(bank)
    before = claimed(bank, jo)
    end_claims(bank, because=ClaimEnd.GIVEN_BACK, at=NOW)
    QueuedCall.objects.update(state="dropped")
    pass_on(bank, numbers=numbers(1), at=NOW)
    call = noted(bank, jo, "moved")
    bring_back(bank, at=NOW)
    assert QueuedCall.objects.get(state="waiting").pk == before.queued_id

    live = undo(call, jo)

    assert live is not None
    assert live.claim.elector_id == call.elector_id != before.elector_id
    assert QueuedCall.objects.get(pk=before.queued_id).state == "dropped"


def test_what_was_held_is_taken_back_too(
    campaign: Campaign, bank: PhoneBank, jo: Volunteer
) -> None:
    call = claimed(bank, jo)
    ElectorStanding.objects.update(is_current=False)
    say(call.uuid, "wrong_number", bank=bank, caller=jo)
    assert HeldItem.objects.get().resolved_at is None

    undo(call, jo)

    assert HeldItem.objects.get().resolved_at == SOON
    assert PhoneNumber.objects.get().wrong_at is None
    assert QueuedCall.objects.get().state == "waiting"
    assert not Contact.objects.exists()


def refusal(call: CallClaim, jo: Volunteer, *, at: datetime = SOON) -> str:
    """The code with which an undo is refused; empty where it is not."""
    try:
        undo(call, jo, at=at)
    except CallRefused as refused:
        return refused.code
    return ""
