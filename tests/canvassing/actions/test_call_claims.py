"""The next call: who is served, in which order, and for how long."""

from datetime import timedelta
from typing import Any

import pytest

from campaigns.access import system
from campaigns.actions.hiding import hide_elector
from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Elector, Ward
from canvassing.actions.call_claims import live_claim, renew_call
from canvassing.actions.codes import default_codes
from canvassing.actions.corrections import withdraw_contact
from canvassing.actions.do_not_contact import (
    keep_away_from_household,
    keep_away_from_person,
)
from canvassing.actions.phone_banks import block_caller, let_caller_back, open_bank
from canvassing.actions.voted_marks import mark_voted
from canvassing.models import (
    BankCaller,
    CallClaim,
    Contact,
    ElectorStanding,
    PhoneNumber,
    QueuedCall,
    QueueState,
)
from canvassing.rules.contacts import ContactItem
from tests.canvassing.contact_helpers import record
from tests.canvassing.contact_helpers import said as told_of
from tests.canvassing.list_helpers import stand
from tests.canvassing.phone_helpers import (
    bank_of,
    caller_for,
    claim,
    claimed,
    give_number,
    household,
    numbers,
    one_to_call,
    run_out,
    say,
    stand_with_number,
)
from tests.cast import NOW
from volunteers.models import Volunteer

HOUR = timedelta(hours=1)


def told(elector: Elector, outcome: str, **fields: Any) -> ContactItem:
    return told_of(elector, outcome=outcome, **fields)


def test_each_caller_gets_somebody_else_in_the_order_of_the_walk(
    campaign: Campaign, ward: Ward
) -> None:
    electors = [stand_with_number(campaign, ward, n) for n in numbers(3)]
    bank = bank_of(campaign)

    served = [claimed(bank, caller_for(bank, name)) for name in ("Jo", "Kit", "Lou")]

    assert [one.elector_id for one in served] == [e.pk for e in electors]
    assert claim(bank, caller_for(bank, "Max")) is None


def test_whoever_asks_again_still_has_the_same_call(
    campaign: Campaign, ward: Ward
) -> None:
    for number in numbers(2):
        stand_with_number(campaign, ward, number)
    bank = bank_of(campaign)
    caller = caller_for(bank)

    first, again = claimed(bank, caller), claimed(bank, caller)

    assert again == first
    assert CallClaim.objects.count() == 1


def test_a_claim_that_ran_out_goes_back_and_its_number_is_forgotten(
    campaign: Campaign, ward: Ward
) -> None:
    elector = stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    caller, other = caller_for(bank), caller_for(bank, "Kit")
    first = claimed(bank, caller)
    run_out([first])

    assert live_claim(bank, caller_id=caller.pk) is None
    assert claim(bank, other) is None, "its call is due when the lease is over"
    later = claimed(bank, other, at=NOW + HOUR)

    first.refresh_from_db()
    assert later.elector_id == elector.pk
    assert (first.closed_because, first.number) == ("expired", "")


def test_a_claim_is_kept_for_as_long_as_its_page_is_open(
    campaign: Campaign, ward: Ward
) -> None:
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    caller, other = caller_for(bank), caller_for(bank, "Kit")
    first = claimed(bank, caller)

    terms = {"bank": bank, "at": NOW + HOUR}
    assert renew_call(first.uuid, caller_id=caller.pk, **terms) == 600
    assert renew_call(first.uuid, caller_id=other.pk, **terms) is None
    assert claim(bank, other, at=NOW + HOUR) is None
    run_out([first])
    assert renew_call(first.uuid, caller_id=caller.pk, **terms) is None


def test_a_number_of_a_household_is_called_once(campaign: Campaign, ward: Ward) -> None:
    ivy, _ben = household(campaign, ward)
    bank_of(campaign)

    assert QueuedCall.objects.get().elector_id == ivy.pk


@pytest.mark.parametrize("why", ["moved", "deceased", "voted"])
def test_the_next_who_shares_a_number_is_called_in_the_place_of_who_may_not_be(
    campaign: Campaign, ward: Ward, why: str
) -> None:
    ivy, ben = household(campaign, ward)
    bank = bank_of(campaign)
    caller = caller_for(bank)
    place = QueuedCall.objects.get().position
    if why == "voted":
        by = system(campaign.organisation)
        mark_voted([ivy.pk], campaign=campaign, by=by, at=NOW)
    else:
        say(claimed(bank, caller).uuid, why, bank=bank, caller=caller)

    call = claimed(bank, caller)

    assert (call.elector_id, call.number) == (ben.pk, numbers(1)[0])
    queued = QueuedCall.objects.order_by("pk").values_list("elector", "position")
    assert list(queued) == [(ivy.pk, place), (ben.pk, place)]
    say(call.uuid, why if why != "voted" else "spoken", bank=bank, caller=caller)
    assert claim(bank, caller) is None


def test_nobody_is_called_on_a_number_that_one_of_a_household_objected_to(
    campaign: Campaign, ward: Ward
) -> None:
    household(campaign, ward)
    bank = bank_of(campaign)
    caller = caller_for(bank)

    say(claimed(bank, caller).uuid, "do_not_call", bank=bank, caller=caller)

    assert claim(bank, caller) is None
    assert QueuedCall.objects.count() == 1


def test_a_queue_brought_up_to_date_has_each_number_once(
    campaign: Campaign, ward: Ward
) -> None:
    """Also where two who gave it up may be called again, or one while another is."""
    electors = household(campaign, ward, people=3)
    bank = bank_of(campaign)
    by = system(campaign.organisation)
    caller = caller_for(bank)
    standing = ElectorStanding.objects.all()
    standing.update(is_anonymous=True)
    assert claim(bank, caller) is None
    standing.filter(elector=electors[1]).update(is_anonymous=False)
    run_here(open_bank(bank, by=by, at=NOW))
    standing.update(is_anonymous=False)
    run_here(open_bank(bank, by=by, at=NOW))

    states = dict(QueuedCall.objects.values_list("elector", "state"))
    assert states == {electors[0].pk: "dropped", electors[1].pk: "waiting"}


def test_nobody_else_of_a_household_is_served_on_its_number_in_another_bank(
    campaign: Campaign, other_campaign: Campaign, ward: Ward
) -> None:
    ivy = stand_with_number(campaign, ward, "+441902496001")
    bank = bank_of(campaign)
    claimed(bank, caller_for(bank))
    ben = stand_with_number(other_campaign, ward, "+441902496001")
    other = bank_of(other_campaign)

    assert claim(other, caller_for(other, "Kit")) is None
    assert ben.pk != ivy.pk
    run_out(CallClaim.objects.all())
    assert claimed(other, caller_for(other, "Lou")).elector_id == ben.pk


@pytest.mark.parametrize(
    "why",
    ["voted", "opted_out", "by_phone", "household", "hidden", "left", "anonymous"],
)
def test_whoever_may_not_be_called_any_more_drops_out_when_it_is_their_turn(
    campaign: Campaign, ward: Ward, why: str
) -> None:
    ivy, ben = (stand_with_number(campaign, ward, n) for n in numbers(2))
    bank = bank_of(campaign)
    by = system(campaign.organisation)
    row = ElectorStanding.objects.filter(elector=ivy)
    match why:
        case "voted":
            mark_voted([ivy.pk], campaign=campaign, by=by, at=NOW)
        case "opted_out":
            keep_away_from_person(ivy, by=by, at=NOW)
        case "by_phone":
            keep_away_from_person(ivy, by=by, at=NOW, channel="phone")
        case "household":
            assert ivy.address is not None
            keep_away_from_household(ivy.address, by=by, at=NOW)
        case "hidden":
            hide_elector(ivy, reason="In danger", by=by, at=NOW)
        case "left":
            row.update(is_current=False)
        case "anonymous":
            row.update(is_anonymous=True)

    assert claimed(bank, caller_for(bank)).elector_id == ben.pk
    assert QueuedCall.objects.get(elector=ivy).state == QueueState.DROPPED


@pytest.mark.parametrize("outcome", ["moved", "deceased"])
@pytest.mark.parametrize("channel", ["door", "stall", "paper", "phone"])
def test_who_moved_or_died_is_called_no_more_whoever_said_so_and_the_number_passes_on(
    campaign: Campaign, ward: Ward, channel: str, outcome: str
) -> None:
    ivy, ben = household(campaign, ward)
    bank = bank_of(campaign)
    record(campaign, told(ivy, outcome, channel=channel))
    record(campaign, told(ivy, "not_in"))

    assert claimed(bank, caller_for(bank)).elector_id == ben.pk
    assert QueuedCall.objects.get(elector=ivy).state == QueueState.DROPPED


def test_who_moved_or_died_is_not_queued_until_somebody_puts_it_right(
    campaign: Campaign, ward: Ward
) -> None:
    ivy, ben, una = (stand_with_number(campaign, ward, n) for n in numbers(3))
    by = system(campaign.organisation)
    default_codes(campaign=campaign, by=by, at=NOW)
    for elector in (ivy, ben, una):
        record(campaign, told(elector, "moved"))
    record(campaign, told(ivy, "spoken", said_at=NOW))
    bank = bank_of(campaign)
    assert [one.elector_id for one in QueuedCall.objects.all()] == [ivy.pk]

    withdraw_contact(Contact.objects.get(elector=ben), by=by, at=NOW)
    run_here(open_bank(bank, by=by, at=NOW))

    assert {one.elector_id for one in QueuedCall.objects.all()} == {ivy.pk, ben.pk}


@pytest.mark.parametrize(
    "changed",
    [
        {"calls_withdrawn_at": NOW},
        {"wrong_at": NOW},
        {"number": "+441902496999"},
    ],
    ids=["withdrawn", "wrong", "another"],
)
def test_a_number_that_serves_no_more_is_not_called_from_that_moment(
    campaign: Campaign, ward: Ward, changed: dict[str, Any]
) -> None:
    agreed = {"calls_given_at": NOW, "screened_on": None, "is_listed": None}
    give_number(stand(campaign, ward), *numbers(1), **agreed)
    bank = bank_of(campaign)
    PhoneNumber.objects.update(**changed)

    assert claim(bank, caller_for(bank)) is None
    assert QueuedCall.objects.get().state == QueueState.DROPPED


def test_a_line_is_not_called_for_one_where_another_asked_us_not_to(
    campaign: Campaign, ward: Ward
) -> None:
    _ivy, ben = household(campaign, ward, calls_given_at=NOW)
    keep_away_from_person(
        ben, by=system(campaign.organisation), at=NOW, channel="phone"
    )

    bank = bank_of(campaign)

    assert not QueuedCall.objects.exists()
    assert claim(bank, caller_for(bank)) is None


def test_a_call_back_comes_first_for_whoever_promised_it(
    campaign: Campaign, ward: Ward
) -> None:
    for number in numbers(3):
        stand_with_number(campaign, ward, number)
    bank = bank_of(campaign)
    jo, kit = caller_for(bank), caller_for(bank, "Kit")
    promised = claimed(bank, jo)
    say(promised.uuid, "call_back", bank=bank, caller=jo, call_back_at=NOW + HOUR)
    first = claimed(bank, kit)
    say(first.uuid, "spoken", bank=bank, caller=kit)
    at = NOW + HOUR

    assert claimed(bank, kit, at=at).elector_id != promised.elector_id
    assert claimed(bank, jo, at=at).elector_id == promised.elector_id


def test_a_promise_that_is_not_kept_in_time_is_anybodys(
    campaign: Campaign, ward: Ward
) -> None:
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    jo, kit = caller_for(bank), caller_for(bank, "Kit")
    promised = claimed(bank, jo)
    say(promised.uuid, "call_back", bank=bank, caller=jo, call_back_at=NOW + HOUR)

    assert claim(bank, kit, at=NOW + HOUR) is None
    late = claimed(bank, kit, at=NOW + timedelta(minutes=90))
    assert late.elector_id == promised.elector_id


def test_whoever_stood_down_gets_no_number(campaign: Campaign, ward: Ward) -> None:
    bank, jo = one_to_call(campaign, ward)
    Volunteer.objects.filter(pk=jo.pk).update(stood_down_at=NOW)

    assert claim(bank, jo) is None


def test_nobody_gets_a_number_once_the_campaign_is_closed(
    campaign: Campaign, ward: Ward
) -> None:
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    Campaign.objects.update(closed_at=NOW)

    assert claim(bank, caller_for(bank)) is None


def test_a_blocked_caller_gets_no_number_and_loses_the_one_they_have(
    campaign: Campaign, ward: Ward
) -> None:
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign)
    jo, kit = caller_for(bank), caller_for(bank, "Kit")
    first = claimed(bank, jo)
    row = BankCaller.objects.get(volunteer=jo)
    by = system(campaign.organisation)

    block_caller(row, by=by, at=NOW)

    assert claim(bank, jo) is None
    assert claimed(bank, kit).elector_id == first.elector_id
    first.refresh_from_db()
    assert (first.closed_because, first.number) == ("taken_back", "")
    run_out(CallClaim.objects.all())
    let_caller_back(row, by=by, at=NOW)
    assert claim(bank, jo, at=NOW + HOUR) is not None
