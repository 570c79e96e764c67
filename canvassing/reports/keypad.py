"""The keypad: whose number was typed, what the codes are, and what was typed last."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.reports.elector_numbers import holders_of
from campaigns.rules.elector_numbers import NumberRefused, parse_roll
from canvassing.models import (
    Channel,
    Contact,
    DoNotContact,
    DoNotContactScope,
    ElectorStanding,
    OutcomeCode,
    OutcomeKind,
    ViewsObjection,
)
from canvassing.reports.codes import answers_in_use, codes_of
from canvassing.reports.elector_search import reachable_electors
from canvassing.rules.keypad import (
    AGREED,
    FOR_HOUSEHOLD,
    HOUSEHOLD,
    OF_ONE,
    SAID_AGREED,
    SAID_SENT,
    PaperWish,
    asked_for,
    sent_code,
    shortcuts,
)
from canvassing.rules.opinions import CONSENT_NOW, consent_text, needs_consent

LAST = 8


@dataclass(frozen=True)
class KeypadCode:
    """What to type, and what it means; `is_spoken` where an answer says it too, and
    `is_answer` where it says how they vote."""

    typed: str
    label: str
    is_spoken: bool = False
    is_answer: bool = False


def elector_numbered(
    district: str, roll: str, *, council_id: int, by: Actor, campaign: Campaign
) -> ElectorStanding | None:
    """Whose `roll` (`4`, or `4/1`) it is in a district, if they are within reach."""
    try:
        number = parse_roll(district.strip().upper(), roll.strip())
    except NumberRefused:
        return None
    return (
        reachable_electors(by=by, campaign=campaign)
        .filter(
            elector__in=holders_of(
                number,
                organisation_id=campaign.organisation_id,
                council_ids=[council_id],
            )
        )
        .first()
    )


def codes_to_type(campaign: Campaign) -> list[KeypadCode]:
    """Every code that may be typed today, answers first."""
    intentions = list(answers_in_use(campaign))
    outcomes = {
        outcome.code: outcome
        for outcome in _in_use(OutcomeCode.objects.filter(campaign=campaign))
    }
    short = shortcuts(outcomes, [code.code for code in intentions])
    ways = {outcome: typed for typed, outcome in short.items()}
    answers = [KeypadCode(one.code, one.label, is_answer=True) for one in intentions]
    return answers + [
        KeypadCode(
            ways.get(code, code), outcome.label, outcome.kind == OutcomeKind.SPOKEN
        )
        for code, outcome in outcomes.items()
    ]


def sent_to_type(campaign: Campaign) -> list[KeypadCode]:
    """That a postal vote is sent back; nothing while nobody is asked."""
    if campaign.packs_go_out_on is None:
        return []
    return [KeypadCode(sent_code_of(campaign), SAID_SENT)]


def sent_code_of(campaign: Campaign) -> str:
    codes = codes_of(campaign)
    return sent_code((*codes.outcomes, *codes.intentions))


def wishes_to_type() -> list[KeypadCode]:
    """What may be written behind a code, or alone."""
    wishes = [KeypadCode(wish.value, words) for wish, words in OF_ONE.items()]
    return [*wishes, KeypadCode(HOUSEHOLD, FOR_HOUSEHOLD)]


def consent_to_type(campaign: Campaign) -> list[KeypadCode]:
    """That they agreed to our keeping their views, with the words to be read out; none
    for a party, which needs no consent."""
    if not (words := consent_words(campaign)):
        return []
    return [KeypadCode(AGREED, f"{SAID_AGREED}: “{words}”")]


def consent_words(campaign: Campaign) -> str:
    """What is agreed to where views are kept by consent alone; else empty."""
    organisation = campaign.organisation
    if not needs_consent(organisation.controller_kind):
        return ""
    return consent_text(CONSENT_NOW, organisation=organisation.name)


def everything_to_type(campaign: Campaign) -> list[KeypadCode]:
    """What the help beside a keypad or a card's returns says."""
    return [
        *codes_to_type(campaign),
        *sent_to_type(campaign),
        *consent_to_type(campaign),
        *wishes_to_type(),
    ]


def card_codes(campaign: Campaign) -> list[KeypadCode]:
    """The boxes of a canvass card: every code but that somebody was spoken to, which
    each answer says."""
    return [code for code in codes_to_type(campaign) if not code.is_spoken]


def typed_last(*, by: Actor, campaign: Campaign) -> QuerySet[Contact]:
    """The typist's latest contacts that still count, newest first."""
    mine = Contact.objects.of(campaign.organisation_id).filter(
        campaign=campaign, channel=Channel.PAPER, by_kind=by.kind, by_id=by.id
    )
    replaced = (
        Contact.objects.of(campaign.organisation_id)
        .filter(corrects__isnull=False, by_kind=by.kind, by_id=by.id)
        .values("corrects")
    )
    return (
        mine.filter(outcome__isnull=False)
        .exclude(uuid__in=replaced)
        .select_related("elector__address", "intention", "outcome")
        .order_by("-id")[:LAST]
    )


def asked_with(contacts: Iterable[Contact]) -> dict[UUID, str]:
    """What was asked of us with each of these lines, as it stands, in words. Two
    queries."""
    lines = {contact.uuid: contact for contact in contacts}
    with_them: dict[str, Any] = {
        "organisation__in": {one.organisation_id for one in lines.values()},
        "came_with__in": lines,
        "lifted_at": None,
    }
    away = DoNotContact.objects.filter(**with_them)
    found = [(one.came_with, _written_as(one)) for one in away.order_by("pk")]
    objections = ViewsObjection.objects.filter(**with_them)
    found += [
        (uuid, PaperWish.NO_VIEWS)
        for uuid in objections.values_list("came_with", flat=True)
    ]
    wishes: dict[UUID, list[PaperWish]] = {}
    for uuid, wish in found:
        if uuid:
            wishes.setdefault(uuid, []).append(wish)
    return {uuid: asked_for(those) for uuid, those in wishes.items()}


def _written_as(wish: DoNotContact) -> PaperWish:
    return PaperWish.of(
        wish.channel,
        is_now=wish.campaign_id is not None,
        of_household=wish.scope == DoNotContactScope.HOUSEHOLD,
    )


def _in_use(codes: "QuerySet[Any]") -> "QuerySet[Any]":
    return codes.filter(retired_at=None).order_by("position", "code")


def spoken_code(campaign: Campaign) -> str:
    """The outcome that stands with an answer; empty where the campaign has none."""
    spoken = _in_use(
        OutcomeCode.objects.filter(campaign=campaign, kind=OutcomeKind.SPOKEN)
    )
    code: str = spoken.values_list("code", flat=True).first() or ""
    return code
