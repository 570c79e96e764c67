"""Many callers at once: nobody is called by two, and nobody waits for another."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection, transaction

from campaigns.access import system
from campaigns.models import Campaign, Ward
from canvassing.actions.call_claims import claim_next_call, end_claims
from canvassing.actions.call_queue import alone_in_queue
from canvassing.actions.call_undo import undo_call
from canvassing.actions.phone_banks import block_caller
from canvassing.models import (
    BankCaller,
    CallClaim,
    ClaimEnd,
    Contact,
    PhoneBank,
    QueuedCall,
)
from canvassing.rules.calls import CallRefused
from tests.canvassing.actions.test_standing_race import (
    in_another_session,
    wait_until_it_waits,
)
from tests.canvassing.list_helpers import stand
from tests.canvassing.phone_helpers import (
    bank_of,
    caller_for,
    claim,
    give_number,
    household,
    numbers,
    run_out,
    say,
    stand_with_number,
)
from tests.cast import NOW, make_address, make_district
from volunteers.models import Volunteer

CALLERS = 50
pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(bank: PhoneBank, callers: list[Volunteer], *, calls: int) -> list[int]:
    """The electors that each got, in so many calls one after the other."""
    together = Barrier(len(callers))

    def work(caller: Volunteer) -> list[int]:
        got = []
        together.wait()
        try:
            for _ in range(calls):
                live = claim_next_call(bank, caller_id=caller.pk, at=NOW)
                if live is None:
                    break
                got.append(live.claim.elector_id)
                say(live.claim.uuid, "spoken", bank=bank, caller=caller)
        finally:
            connection.close()
        return got

    with ThreadPoolExecutor(len(callers)) as phones:
        return [one for got in phones.map(work, callers) for one in got]


def test_fifty_callers_racing_call_each_elector_once(
    campaign: Campaign, ward: Ward
) -> None:
    electors = [stand_with_number(campaign, ward, n) for n in numbers(120)]
    bank = bank_of(campaign, most_callers=CALLERS)
    callers = [caller_for(bank, f"Caller {n}") for n in range(CALLERS)]

    called = all_at_once(bank, callers, calls=4)

    assert Counter(called) == Counter(elector.pk for elector in electors)
    assert not CallClaim.objects.filter(closed_at=None).exists()


def test_callers_of_two_banks_never_have_one_number_on_the_line(
    campaign: Campaign, other_campaign: Campaign, ward: Ward
) -> None:
    """Each bank has one of each household; a number is free again after its call."""
    address = make_address(make_district(campaign.organisation, ward))
    for number in numbers(4):
        for one in (campaign, other_campaign):
            give_number(stand(one, ward, address=address), number)
    banks = [bank_of(campaign), bank_of(other_campaign)]
    callers = [
        (bank, caller_for(bank, f"Caller {n}")) for bank in banks for n in range(8)
    ]
    together = Barrier(len(callers))

    def take(pair: tuple[PhoneBank, Volunteer]) -> bool:
        together.wait()
        try:
            return claim(*pair) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(callers)) as phones:
        served = sum(phones.map(take, callers))

    live = CallClaim.objects.filter(closed_at=None).values_list("number", flat=True)
    assert served == 4
    assert sorted(live) == numbers(4)


def test_claims_that_ran_out_are_taken_up_by_one_caller_each(
    campaign: Campaign, ward: Ward
) -> None:
    for number in numbers(10):
        stand_with_number(campaign, ward, number)
    bank = bank_of(campaign, most_callers=CALLERS)
    first = [caller_for(bank, f"Gone {n}") for n in range(10)]
    gone = [live.claim for caller in first if (live := claim(bank, caller))]
    run_out(gone)
    QueuedCall.objects.update(due_at=NOW)
    callers = [caller_for(bank, f"Here {n}") for n in range(20)]

    called = all_at_once(bank, callers, calls=1)

    assert sorted(called) == sorted(one.elector_id for one in gone)
    ended = CallClaim.objects.filter(closed_because="expired")
    assert ended.count() == len(gone) == 10


def test_whoever_is_blocked_while_they_ask_has_no_call_left(
    campaign: Campaign, ward: Ward
) -> None:
    for number in numbers(30):
        stand_with_number(campaign, ward, number)
    bank = bank_of(campaign)
    caller = caller_for(bank)
    together = Barrier(2)

    def ask() -> None:
        together.wait()
        try:
            for _ in range(15):
                live = claim(bank, caller)
                if live:
                    say(live.claim.uuid, "no_answer", bank=bank, caller=caller)
        finally:
            connection.close()

    def block() -> None:
        together.wait()
        try:
            row = BankCaller.objects.get(volunteer=caller)
            block_caller(row, by=system(campaign.organisation), at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        for done in (both.submit(ask), both.submit(block)):
            done.result()

    assert not CallClaim.objects.filter(closed_at=None).exists()
    assert claim(bank, caller) is None


def test_a_late_outcome_waits_for_whoever_claims_the_call_at_that_moment(
    campaign: Campaign, ward: Ward
) -> None:
    """And is held: they have the elector on the line."""
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    jo, ann = caller_for(bank), caller_for(bank, "Ann Reed")
    late = claim(bank, jo)
    assert late is not None
    end_claims(bank, because=ClaimEnd.EXPIRED, at=NOW)
    verdicts = []

    with transaction.atomic():
        assert claim(bank, ann) is not None
        saying = in_another_session(
            lambda: verdicts.append(
                say(late.claim.uuid, "spoken", bank=bank, caller=jo)
            )
        )
        wait_until_it_waits(saying)
    saying.join()

    assert [one.code for one in verdicts] == ["claimed_since"]
    assert QueuedCall.objects.get().state == "waiting"


def test_an_undo_races_with_whoever_claims_the_call_and_one_of_them_has_it(
    campaign: Campaign, ward: Ward
) -> None:
    """Each time the call is on one line, and a refused undo has changed nothing."""
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign, engaged_minutes=0)
    jo, kit = caller_for(bank), caller_for(bank, "Kit")
    hers = BankCaller.objects.select_related(
        "volunteer", "bank__session", "bank__campaign__organisation"
    ).get(volunteer=jo)
    together = Barrier(2)

    def undo(uuid: UUID) -> str:
        together.wait()
        try:
            undo_call(uuid, caller=hers, by=system(campaign.organisation), at=NOW)
        except CallRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    def take() -> bool:
        together.wait()
        try:
            return claim(bank, kit) is not None
        finally:
            connection.close()

    for _ in range(12):
        call = claim(bank, jo)
        assert call is not None
        say(call.claim.uuid, "engaged", bank=bank, caller=jo)
        with ThreadPoolExecutor(2) as both:
            undone, took = both.submit(undo, call.claim.uuid), both.submit(take)
            refused, taken = undone.result(), took.result()

        [live] = CallClaim.objects.filter(closed_at=None)
        assert (refused, taken) in {("", False), ("acted_on", True)}
        assert live.caller_id == (kit.pk if taken else jo.pk)
        corrected = Contact.objects.filter(corrects=call.claim.uuid).count()
        assert corrected == (0 if taken else 1)
        end_claims(bank, because=ClaimEnd.GIVEN_BACK, at=NOW)
        QueuedCall.objects.update(tries=0, state="waiting")


def test_a_call_that_gives_up_its_number_waits_for_a_filling_with_no_call_locked(
    campaign: Campaign, ward: Ward
) -> None:
    """And so does the undo. Otherwise one would wait for the other."""
    household(campaign, ward)
    bank = bank_of(campaign)
    jo = caller_for(bank)
    call = claim(bank, jo)
    assert call is not None
    uuid = call.claim.uuid
    hers = BankCaller.objects.select_related(
        "volunteer", "bank__session", "bank__campaign__organisation"
    ).get(volunteer=jo)
    by = system(campaign.organisation)

    for work in (
        lambda: say(uuid, "moved", bank=bank, caller=jo),
        lambda: undo_call(uuid, caller=hers, by=by, at=NOW),
    ):
        with transaction.atomic():
            alone_in_queue(bank)
            other = in_another_session(work)
            wait_until_it_waits(other)
            assert other.is_alive()
            assert list(QueuedCall.objects.select_for_update(nowait=True))
        other.join()
        assert QueuedCall.objects.filter(state="waiting").count() == 1
    assert CallClaim.objects.get(closed_at=None).elector_id == call.claim.elector_id
