"""What came of a call: filed once, and the queue goes on from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from campaigns.access import system
from campaigns.models import Campaign, Ward
from canvassing.actions.contact_erasure import erase_contacts
from canvassing.actions.held_items import try_held_items
from canvassing.actions.phone_banks import block_caller
from canvassing.models import (
    BankCaller,
    CallClaim,
    Contact,
    DoNotContact,
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
    numbers,
    one_to_call,
    run_out,
    say,
    stand_with_number,
)
from tests.cast import NOW
from volunteers.models import Volunteer

HOUR = timedelta(hours=1)


def test_an_answer_is_a_contact_by_phone_of_the_session(
    campaign: Campaign, ward: Ward
) -> None:
    elector = stand_with_number(campaign, ward, *numbers(1), pledged=False)
    bank = bank_of(campaign)
    caller = caller_for(bank)
    call = claimed(bank, caller)

    verdict = say(
        call.uuid, "spoken", bank=bank, caller=caller, intention="P1", note="Buses."
    )

    contact = Contact.objects.get()
    assert verdict.answer == "filed"
    assert (contact.uuid, contact.channel) == (call.uuid, "phone")
    assert (contact.session_id, contact.spoke_id) == (bank.session_id, caller.pk)
    assert standing(campaign, elector).pledged
    assert differences(campaign) <= 1
    call.refresh_from_db()
    assert (call.outcome, call.number, call.called_at) == ("spoken", "", NOW)
    assert claim(bank, caller) is None


def test_the_same_outcome_sent_twice_is_filed_once(
    campaign: Campaign, ward: Ward
) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)

    answers = [
        say(call.uuid, "no_answer", bank=bank, caller=caller).answer for _ in range(2)
    ]

    assert answers == ["filed", "already_filed"]
    assert QueuedCall.objects.get().tries == 1


def test_no_answer_is_tried_again_later_and_not_for_ever(
    campaign: Campaign, ward: Ward
) -> None:
    bank, caller = one_to_call(campaign, ward, no_answer_hours=2, most_tries=2)
    say(claimed(bank, caller).uuid, "no_answer", bank=bank, caller=caller)

    assert claim(bank, caller, at=NOW + HOUR) is None
    again = claimed(bank, caller, at=NOW + 2 * HOUR)
    say(again.uuid, "no_answer", bank=bank, caller=caller, at=NOW + 2 * HOUR)

    assert QueuedCall.objects.get().state == "tried_out"
    assert claim(bank, caller, at=NOW + timedelta(days=3)) is None


def test_a_wrong_number_is_never_called_again_in_any_bank(
    campaign: Campaign, ward: Ward
) -> None:
    bank, caller = one_to_call(campaign, ward)

    say(claimed(bank, caller).uuid, "wrong_number", bank=bank, caller=caller)

    assert PhoneNumber.objects.get().wrong_at == NOW
    bank_of(campaign, name="Wednesday")
    assert QueuedCall.objects.count() == 1


@pytest.mark.parametrize("by_any_channel", [False, True])
def test_do_not_call_again_is_a_wish_and_holds_at_once(
    campaign: Campaign, ward: Ward, by_any_channel: bool
) -> None:
    elector = stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    caller = caller_for(bank)

    say(
        claimed(bank, caller).uuid,
        "do_not_call",
        bank=bank,
        caller=caller,
        by_any_channel=by_any_channel,
    )

    wish = DoNotContact.objects.get()
    assert wish.elector == elector
    assert wish.channel == ("" if by_any_channel else "phone")
    assert wish.campaign is None
    assert not QueuedCall.objects.filter(state="waiting").exists()


def test_an_outcome_after_the_lease_is_filed_if_nobody_else_has_had_the_call(
    campaign: Campaign, ward: Ward
) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)
    run_out([call])

    verdict = say(call.uuid, "spoken", bank=bank, caller=caller, at=NOW + HOUR)

    assert verdict.answer == "filed"
    assert QueuedCall.objects.get().state == "done"


def test_an_outcome_after_somebody_else_had_the_call_is_held(
    campaign: Campaign, ward: Ward
) -> None:
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    jo, kit = caller_for(bank), caller_for(bank, "Kit")
    late = claimed(bank, jo)
    run_out([late])
    claimed(bank, kit, at=NOW + HOUR)

    verdict = say(late.uuid, "spoken", bank=bank, caller=jo, at=NOW + HOUR)

    assert (verdict.answer, verdict.code) == ("held", "claimed_since")
    assert HeldItem.objects.get().payload["elector_id"] == late.elector_id
    assert not Contact.objects.exists()
    assert QueuedCall.objects.get().state == "waiting"


def test_what_a_blocked_caller_says_is_held(campaign: Campaign, ward: Ward) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)
    row = BankCaller.objects.get()
    block_caller(row, by=system(campaign.organisation), at=NOW)

    verdict = say(call.uuid, "spoken", bank=bank, caller=caller)

    assert (verdict.answer, verdict.code) == ("held", "taken_back")
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "said", "code"),
    [
        ("", {}, "outcome"),
        ("gone_fishing", {}, "outcome"),
        ("call_back", {}, "no_time"),
        ("call_back", {"call_back_at": NOW - HOUR}, "past"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(
    campaign: Campaign, ward: Ward, outcome: str, said: dict[str, object], code: str
) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)

    with pytest.raises(CallRefused) as refused:
        say(call.uuid, outcome, bank=bank, caller=caller, **said)

    assert refused.value.code == code
    assert CallClaim.objects.get().closed_at is None
    assert not Contact.objects.exists()


def test_nobody_files_the_call_of_another(campaign: Campaign, ward: Ward) -> None:
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    call = claimed(bank, caller_for(bank))
    with pytest.raises(CallRefused) as refused:
        say(call.uuid, "spoken", bank=bank, caller=caller_for(bank, "Kit"))
    assert refused.value.code == "not_yours"


def test_what_a_blocked_caller_says_of_an_earlier_call_is_held(
    campaign: Campaign, ward: Ward
) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)
    run_out([call])
    by = system(campaign.organisation)
    block_caller(BankCaller.objects.get(), by=by, at=NOW)
    CallClaim.objects.update(closed_because="expired")

    verdict = say(call.uuid, "refused", bank=bank, caller=caller)

    assert (verdict.answer, verdict.code) == ("held", "blocked")
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("happened", "code"),
    [("stood down", "had_stood_down"), ("closed", "campaign_closed")],
)
def test_what_is_said_after_its_caller_stood_down_or_all_is_over_is_held(
    campaign: Campaign, ward: Ward, happened: str, code: str
) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)
    if happened == "closed":
        Campaign.objects.update(closed_at=NOW)
    else:
        Volunteer.objects.update(stood_down_at=NOW)
    bank = PhoneBank.objects.select_related("session", "campaign").get()

    verdict = say(call.uuid, "refused", bank=bank, caller=caller)

    assert (verdict.answer, verdict.code) == ("held", code)
    assert not Contact.objects.exists()


SHUT_OUT = [
    (Volunteer, {"stood_down_at": NOW}, "had_stood_down"),
    (BankCaller, {"blocked_at": NOW}, "blocked"),
    (
        CallClaim,
        {"closed_because": "taken_back", "closed_at": NOW, "number": ""},
        "taken_back",
    ),
]


@pytest.mark.parametrize(("model", "changed", "code"), SHUT_OUT)
def test_a_wish_binds_us_whoever_heard_it_and_is_held_and_accepted_once(
    model: Any, changed: dict[str, Any], code: str, campaign: Campaign, ward: Ward
) -> None:
    elector = stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    caller = caller_for(bank)
    call = claimed(bank, caller)
    model.objects.update(**changed)

    told: dict[str, Any] = {"bank": bank, "caller": caller, "by_any_channel": True}
    later = NOW + timedelta(seconds=1)
    first, second = (
        say(call.uuid, "do_not_call", at=at, **told) for at in (NOW, later)
    )

    assert (first.answer, first.code, second.code) == ("held", code, code)
    assert DoNotContact.objects.get().elector == elector
    by = system(campaign.organisation)
    waiting = HeldItem.objects.all()
    counts = try_held_items(waiting, by=by, at=later, campaign=campaign)
    assert counts == {"filed": 1}
    assert not HeldItem.objects.filter(resolved_at=None).exists()


def test_a_wrong_number_is_one_whoever_rang_it(campaign: Campaign, ward: Ward) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)
    Volunteer.objects.update(stood_down_at=NOW)

    say(call.uuid, "wrong_number", bank=bank, caller=caller)

    assert PhoneNumber.objects.get().wrong_at == NOW


def test_no_call_back_is_promised_for_an_hour_without_calls(
    campaign: Campaign, ward: Ward
) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)
    night = NOW.replace(hour=23)

    with pytest.raises(CallRefused) as refused:
        say(call.uuid, "call_back", bank=bank, caller=caller, call_back_at=night)

    assert refused.value.code == "closed_then"
    assert not Contact.objects.exists()


def test_a_wish_of_somebody_who_was_erased_meanwhile_is_kept_and_the_rest_is_held(
    campaign: Campaign, ward: Ward
) -> None:
    elector = stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    caller = caller_for(bank)
    call = claimed(bank, caller)
    erase_contacts(elector=elector, by=system(campaign.organisation), at=NOW)

    verdicts = [say(call.uuid, "do_not_call", bank=bank, caller=caller) for _ in "ab"]

    assert {one.code for one in verdicts} == {"taken_back"}
    assert HeldItem.objects.count() == 1
    assert DoNotContact.objects.get().elector == elector


def test_a_call_back_that_comes_too_late_leaves_the_callers_other_call_alone(
    campaign: Campaign, ward: Ward
) -> None:
    for number in numbers(2):
        stand_with_number(campaign, ward, number)
    bank = bank_of(campaign)
    caller = caller_for(bank)
    old = claimed(bank, caller)
    run_out([old])
    taken_back = {"closed_because": "taken_back", "closed_at": NOW, "number": ""}
    CallClaim.objects.update(**taken_back)
    live = claimed(bank, caller)
    assert live.pk != old.pk
    PhoneBank.objects.update(closed_at=NOW)
    bank = PhoneBank.objects.select_related("session", "campaign").get()

    back_at = NOW + HOUR
    verdict = say(old.uuid, "call_back", bank=bank, caller=caller, call_back_at=back_at)

    assert (verdict.answer, verdict.code) == ("held", "taken_back")
    live.refresh_from_db()
    assert live.closed_at is None


def test_the_desk_reads_in_english_when_a_welsh_caller_is_to_call_back(
    campaign: Campaign, ward: Ward
) -> None:
    bank, caller = one_to_call(campaign, ward)
    call = claimed(bank, caller)
    PhoneBank.objects.update(closed_at=NOW)
    bank = PhoneBank.objects.select_related("session", "campaign").get()
    back_at = NOW.replace(month=5, day=5)

    with translation.override("cy"):
        say(call.uuid, "call_back", bank=bank, caller=caller, call_back_at=back_at)

    assert "5 May" in HeldItem.objects.get().reason
