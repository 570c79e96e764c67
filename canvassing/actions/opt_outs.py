"""File many wishes not to be contacted, as a list or a tool has them, each once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from campaigns.access import Actor
from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_context import electors_of
from canvassing.actions.do_not_contact import ONE_AT_A_TIME, Wish, keep_away
from canvassing.models import DoNotContact
from canvassing.reports.household_wishes import has_not_lapsed
from canvassing.rules.contacts import Answer, ElectorFacts, Verdict, storable
from canvassing.rules.opt_outs import (
    HOUSEHOLD,
    PERSON,
    REASONS,
    OptOut,
    reason_not_to_file,
)

LONGEST_SOURCE: Final = 100


class OptOutsRefused(Refusal):
    """A sender who may not record wishes here."""


class _Key(NamedTuple):
    """What makes two wishes the same: whose, by which channel, for how long."""

    elector_id: int | None
    address_id: int | None
    channel: str
    campaign_id: int | None


@transaction.atomic
def file_opt_outs(
    items: Sequence[OptOut], *, by: Actor, at: datetime, campaign: Campaign
) -> list[Verdict]:
    """Record each wish once, in a constant number of queries.

    Returns a verdict for each in their order: `filed`, `already_filed` where the same
    wish stands, or `held`, which is for the caller to say, also where it was taken back
    later than it was said. Refused as a whole: a sender who sees no electors of the
    campaign. Audit verb: `do_not_contact.recorded`, one row a call.
    """
    if not by.can(
        Capability.SEE_ELECTORS,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise OptOutsRefused("not_allowed", "You may not record wishes here.")
    if not items:
        return []
    _one_list_at_a_time(campaign)
    reach = by.ward_ids(Capability.SEE_ELECTORS, campaign=campaign)
    electors = electors_of(
        sorted({item.elector_id for item in items}), campaign, lock=False
    )
    today = day_of(at)
    reasons = [_reason(item, electors, reach, today) for item in items]
    fit = {
        n: _wish(item, electors[item.elector_id], campaign, at=at)
        for n, (item, reason) in enumerate(zip(items, reasons, strict=True))
        if not reason
    }
    answers = _keep(fit, by=by, at=at, campaign=campaign) | {
        n: reason for n, reason in enumerate(reasons) if reason
    }
    return [_verdict(item, answers[n]) for n, item in enumerate(items)]


def _one_list_at_a_time(campaign: Campaign) -> None:
    """Two lists at once would each miss what the other is about to write."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"opt-outs {campaign.organisation_id}"])


def _reason(
    item: OptOut,
    electors: Mapping[int, ElectorFacts],
    reach: frozenset[int] | None,
    today: date,
) -> str:
    elector = electors.get(item.elector_id)
    if elector is None or (reach is not None and elector.ward_id not in reach):
        return "not_yours"
    if elector.is_anonymous:
        return "anonymous_entry"
    if item.scope == HOUSEHOLD and elector.address_id is None:
        return "no_address"
    return reason_not_to_file(item, today=today)


def _wish(
    item: OptOut, elector: ElectorFacts, campaign: Campaign, *, at: datetime
) -> Wish:
    is_home = item.scope == HOUSEHOLD
    return Wish(
        said_at=item.said_at(at),
        elector_id=None if is_home else elector.elector_id,
        address_id=elector.address_id if is_home else None,
        channel=item.channel,
        campaign=None if item.for_good else campaign,
        source=storable(item.source).strip()[:LONGEST_SOURCE],
    )


def _key(wish: Wish) -> _Key:
    return _Key(
        wish.elector_id,
        wish.address_id,
        wish.channel,
        wish.campaign.pk if wish.campaign else None,
    )


def _keep(
    fit: Mapping[int, Wish], *, by: Actor, at: datetime, campaign: Campaign
) -> dict[int, str]:
    """What became of each, by its place: an `Answer`, or the reason why not."""
    standing, lifted = _on_file(list(fit.values()), campaign.organisation_id)
    answers: dict[int, str] = {}
    new: dict[int, Wish] = {}
    for n, wish in fit.items():
        key = _key(wish)
        taken_back = lifted.get(key)
        if key in standing:
            answers[n] = Answer.ALREADY_FILED
        elif taken_back and (wish.said_at <= taken_back or wish.said_at == at):
            answers[n] = "lifted"
        else:
            new[n] = wish
            standing.add(key)
    kept = keep_away(
        list(new.values()), organisation_id=campaign.organisation_id, by=by, at=at
    )
    for n, is_kept in zip(new, kept, strict=True):
        answers[n] = Answer.FILED if is_kept else "nobody_there"
    return answers


def _on_file(
    wishes: Sequence[Wish], organisation_id: int
) -> tuple[set[_Key], dict[_Key, datetime]]:
    """Which of the same stand, and when others were taken back last. The wish of a
    household that has lapsed does not stand."""
    homes = {wish.address_id for wish in wishes if wish.address_id}
    people = {wish.elector_id for wish in wishes if wish.elector_id}
    rows = DoNotContact.objects.of(organisation_id).filter(
        Q(elector__in=people, scope=PERSON) | Q(address__in=homes)
    )
    rows = rows.annotate(is_lived_in=has_not_lapsed())
    standing: set[_Key] = set()
    lifted: dict[_Key, datetime] = {}
    for row in rows.order_by("lifted_at"):
        is_home = row.address_id is not None
        key = _Key(
            None if is_home else row.elector_id,
            row.address_id,
            row.channel,
            row.campaign_id,
        )
        if row.lifted_at is not None:
            lifted[key] = row.lifted_at
        elif not is_home or row.is_lived_in:
            standing.add(key)
    return standing, lifted


def _verdict(item: OptOut, answer: str) -> Verdict:
    if answer in REASONS:
        return Verdict(item.uuid, Answer.HELD, answer, REASONS[answer])
    return Verdict(item.uuid, Answer(answer))
