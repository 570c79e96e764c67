"""Short ways to have electors with numbers, and a phone bank that calls them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from campaigns.access import Actor, system
from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Elector, Ward
from canvassing.actions.call_claims import Live, claim_next_call
from canvassing.actions.call_outcomes import CallSaid, file_call
from canvassing.actions.codes import default_codes
from canvassing.actions.phone_banks import let_caller_in, make_phone_bank, open_bank
from canvassing.models import CallClaim, PhoneBank, PhoneNumber, WhomToSee
from canvassing.rules.contact_details import ContactDetailItem
from canvassing.rules.contacts import Verdict
from tests.canvassing.list_helpers import stand
from tests.cast import NOW, make_address, make_district
from volunteers.models import Volunteer

TODAY = NOW.date()


def give_number(elector: Elector, number: str, **fields: Any) -> PhoneNumber:
    """Screened a week ago and not listed, unless told otherwise."""
    screening = {"screened_on": TODAY - timedelta(days=7), "is_listed": False}
    return PhoneNumber.objects.create(
        organisation_id=elector.organisation_id,
        elector=elector,
        number=number,
        source="sign-up form",
        obtained_on=date(2024, 3, 1),
        by_kind="system",
        by_label="Committee Room",
        **{**screening, **fields},
    )


def stand_with_number(
    campaign: Campaign, ward: Ward, number: str, **standing: Any
) -> Elector:
    elector = stand(campaign, ward, **standing)
    give_number(elector, number)
    return elector


def household(
    campaign: Campaign, ward: Ward, *, people: int = 2, **number: Any
) -> list[Elector]:
    """Who live at one address and share a number, the first of `numbers`."""
    address = make_address(make_district(campaign.organisation, ward))
    electors = [stand(campaign, ward, address=address) for _ in range(people)]
    for elector in electors:
        give_number(elector, *numbers(1), **number)
    return electors


def numbers(count: int) -> list[str]:
    """Of those that Ofcom keeps free for stories."""
    return [f"+4477009{n:05}" for n in range(count)]


def bank_of(campaign: Campaign, *, at: datetime = NOW, **fields: Any) -> PhoneBank:
    """Open all day, and calling everybody."""
    by = system(campaign.organisation)
    default_codes(campaign=campaign, by=by, at=NOW)
    wanted: dict[str, Any] = {
        "name": "Tuesday evening",
        "starts_at": at - timedelta(days=1),
        "calls_from": time(9),
        "calls_until": time(20, 30),
        "whom_to_call": WhomToSee.ALL,
    }
    bank = make_phone_bank(campaign=campaign, by=by, at=at, **{**wanted, **fields})
    run_here(open_bank(bank, by=by, at=at))
    bank.refresh_from_db()
    return bank


def one_to_call(
    campaign: Campaign, ward: Ward, **fields: Any
) -> tuple[PhoneBank, Volunteer]:
    """A bank that has one elector to call, and its caller."""
    stand_with_number(campaign, ward, *numbers(1))
    bank = bank_of(campaign, **fields)
    return bank, caller_for(bank)


def caller_for(bank: PhoneBank, name: str = "Jo Finch") -> Volunteer:
    volunteer = Volunteer.objects.create(
        organisation_id=bank.organisation_id, name=name, joined_on=TODAY
    )
    let_caller_in(bank, volunteer, at=NOW)
    return volunteer


def claim(bank: PhoneBank, caller: Volunteer, *, at: datetime = NOW) -> Live | None:
    return claim_next_call(bank, caller_id=caller.pk, at=at)


def claimed(bank: PhoneBank, caller: Volunteer, *, at: datetime = NOW) -> CallClaim:
    live = claim(bank, caller, at=at)
    assert live is not None
    return live.claim


def say(
    uuid: UUID,
    outcome: str,
    *,
    bank: PhoneBank,
    caller: Volunteer,
    at: datetime = NOW,
    by: Actor | None = None,
    **said: Any,
) -> Verdict:
    return file_call(
        uuid,
        CallSaid(outcome, **said),
        bank=bank,
        caller_id=caller.pk,
        by=by or system(bank.organisation),
        at=at,
    )


def run_out(claims: Iterable[CallClaim]) -> None:
    """Their leases end now, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE canvassing_callclaim SET expires_at = now() - interval '1 second'"
            " WHERE id = ANY(%s)",
            [[one.pk for one in claims]],
        )


def detail(elector: Elector, value: str, **fields: Any) -> ContactDetailItem:
    """A number, or an address where there is an @ in it, as somebody gave it today."""
    fields.setdefault("what", "email" if "@" in value else "phone")
    fields.setdefault("source", "at the door")
    fields.setdefault("obtained_on", TODAY)
    fields.setdefault("said_at", NOW)
    if fields.get("channels"):
        fields.setdefault("wording", "May we call you about the election?")
    return ContactDetailItem(uuid=uuid4(), elector_id=elector.pk, value=value, **fields)
