"""Numbers that some electors gave, and a phone bank that calls them since yesterday."""

from datetime import datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from campaigns.access import system
from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Organisation
from canvassing.access import actor_of_caller
from canvassing.actions.call_claims import claim_next_call
from canvassing.actions.call_outcomes import CallSaid, file_call
from canvassing.actions.contact_details import file_contact_details
from canvassing.actions.phone_banks import (
    let_caller_in,
    make_phone_bank,
    open_bank,
)
from canvassing.actions.screening import file_screening, take_numbers_to_screen
from canvassing.models import BankCaller, CallOutcome, ElectorStanding, PhoneBank
from canvassing.rules.contact_details import (
    CALLS,
    CONSENT,
    EMAIL,
    EMAILS,
    PHONE,
    ContactDetailItem,
)
from config.demo import cast
from config.demo.calendar import SHOWN
from config.demo.helpers import actor_of
from config.demo.talk import Speaker
from volunteers.models import Volunteer

NAME = "Tuesday and Wednesday phone bank"
SOURCE = "The pledge card on our website"
NOTICE = "Privacy notice of January 2024, on the card"
SOME = 260  # who gave a number; Ofcom keeps 1,000 of them free for stories
CALLERS, CALLS_EACH = 3, 8
# Typed by whoever joined first, with a number that we hold under another name.
ANOTHER_NAME = "Rae Elm"
HEARD = (
    *[CallOutcome.NO_ANSWER] * 5,
    *[CallOutcome.SPOKEN] * 6,
    CallOutcome.ENGAGED,
    CallOutcome.REFUSED,
    CallOutcome.WRONG_NUMBER,
)


def open_phone_bank(organisation: Organisation, *, now: datetime) -> None:
    """Once: numbers, their screening, the bank, and the calls of its first evening."""
    if PhoneBank.objects.of(organisation).exists():
        return
    campaign = Campaign.objects.select_related("organisation").get(slug=cast.MAYOR)
    opened = (now - timedelta(days=1)).replace(hour=17, minute=30)
    _give_numbers(campaign, at=opened - timedelta(days=5))
    by = actor_of(cast.ORGANISER, at=opened)
    bank = make_phone_bank(
        campaign=campaign,
        name=NAME,
        starts_at=opened,
        ends_at=opened + timedelta(days=9),
        calls_from=time(9),
        calls_until=time(20, 30),
        whom_to_call="all",
        by=by,
        at=opened,
    )
    run_here(open_bank(bank, by=by, at=opened))
    bank.refresh_from_db()
    _call(bank, opened, Speaker(campaign))


def _give_numbers(campaign: Campaign, *, at: datetime) -> None:
    """One in five agreed to calls; of the others a few are listed."""
    people = (
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, ward__gss__in=SHOWN)
        .filter(is_current=True, is_anonymous=False, eligible=1)
        .order_by("polling_district_id", "walk_position", "elector_id")
    )
    chosen = list(people.values_list("elector_id", flat=True)[: SOME * 3 : 3])
    by = system(campaign.organisation)
    file_contact_details(
        [one for nth, who in enumerate(chosen) for one in _given(nth, who, at=at)],
        by=by,
        at=at,
        campaign=campaign,
    )
    taken = take_numbers_to_screen(
        campaign=campaign, reason="To be screened", by=by, at=at
    )
    file_screening(
        [(number, nth % 9 == 4) for nth, number in enumerate(taken)],
        screened_on=at.date(),
        campaign=campaign,
        by=by,
        at=at,
    )


def _given(nth: int, elector_id: int, *, at: datetime) -> list[ContactDetailItem]:
    details = [(PHONE, f"07700 900{nth:03}", {CALLS} if nth % 5 == 0 else set())]
    if nth % 3 == 0:
        details.append((EMAIL, f"elector{nth}@example.org", {EMAILS}))
    return [
        ContactDetailItem(
            uuid=uuid5(NAMESPACE_URL, f"detail/{what}/{nth}"),
            elector_id=elector_id,
            what=what,
            value=value,
            source=SOURCE,
            obtained_on=at.date() - timedelta(days=20),
            said_at=at - timedelta(days=20),
            channels=frozenset(channels),
            wording=CONSENT.text,
            notice=NOTICE,
            notice_given_on=at.date() - timedelta(days=20),
        )
        for what, value, channels in details
    ]


def _call(bank: PhoneBank, opened: datetime, speaker: Speaker) -> None:
    dice = Random("calls")  # noqa: S311 - must repeat
    volunteers = Volunteer.objects.of(bank.organisation_id).order_by("pk")
    for nth, volunteer in enumerate(volunteers[:CALLERS]):
        joined_as = "" if nth else ANOTHER_NAME
        let_caller_in(bank, volunteer, joined_as=joined_as, at=opened)
        caller = BankCaller.objects.select_related("bank__campaign", "volunteer").get(
            bank=bank, volunteer=volunteer
        )
        for call in range(CALLS_EACH + 2 * nth):
            at = opened + timedelta(minutes=2 * nth + 6 * call)
            live = claim_next_call(bank, caller_id=volunteer.pk, at=at)
            if live is None:
                return
            file_call(
                live.claim.uuid,
                _heard(dice, speaker),
                bank=bank,
                caller_id=volunteer.pk,
                by=actor_of_caller(caller),
                at=at + timedelta(minutes=4),
            )


def _heard(dice: Random, speaker: Speaker) -> CallSaid:
    outcome = dice.choice(HEARD)
    answers = [speaker.pledged, speaker.pledged, speaker.leaning, "U"]
    spoken = outcome == CallOutcome.SPOKEN
    return CallSaid(outcome, intention=dice.choice(answers) if spoken else "")
