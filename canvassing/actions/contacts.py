"""Record contacts: from a phone, a form, the API or a file; one is a batch of one."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_answers import file_answers, file_consents
from canvassing.actions.contact_context import context_of
from canvassing.actions.contact_filing import (
    file_contacts,
    filed_hashes,
    hold_contacts,
)
from canvassing.actions.standing_answers import refresh_answers
from canvassing.rules.contacts import (
    Answer,
    ContactContext,
    ContactItem,
    Ours,
    Verdict,
    reason_to_hold,
    verdict_on_the_rest,
)

NO_OFFSET = timedelta(0)


class ContactsRefused(Refusal):
    """The campaign is closed, the sender may not record contacts in it, or what is
    noted alone would be held."""


def record_contacts(
    items: Sequence[ContactItem],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    clock_offset: timedelta = NO_OFFSET,
    ours: Ours | None = None,
) -> list[Verdict]:
    """File each item once, hold what cannot be filed, and move the standing.

    Returns one verdict for each item, in their order. An item that comes again with the
    same content is answered `already_filed`. `clock_offset` is the server's clock less
    the sender's, measured when the batch was sent; `ours` the sessions and volunteers
    that may be named, where the caller knows them. Refused as a whole: a closed
    campaign, a sender who may not record contacts in it. Audit verb:
    `contacts.recorded`, one row a call.
    """
    refuse_strangers(by=by, campaign=campaign)
    if not items:
        return []
    # Nothing is refused from here on: within a transaction it needs no savepoint.
    with transaction.atomic(savepoint=False):
        return _record(
            items, by=by, at=at, campaign=campaign, clock_offset=clock_offset, ours=ours
        )


def _record(
    items: Sequence[ContactItem],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    clock_offset: timedelta,
    ours: Ours | None,
) -> list[Verdict]:
    context = context_of(items, by=by, campaign=campaign, ours=ours)
    reasons = [reason_to_hold(item, context) for item in items]
    fit: dict[UUID, int] = {}
    for place, reason in enumerate(reasons):
        if not reason:
            fit.setdefault(items[place].uuid, place)
    filed = file_contacts(
        {place: items[place] for place in fit.values()},
        context=context,
        by=by,
        at=at,
        campaign=campaign,
        clock_offset=clock_offset,
    )
    new = [items[place] for place in filed]
    file_answers(new, context=context, campaign=campaign)
    file_consents(new, context=context, by=by, campaign=campaign)
    verdicts = _verdicts(items, reasons, filed, campaign)
    hold_contacts(
        items, verdicts, by=by, at=at, campaign=campaign, clock_offset=clock_offset
    )
    if corrected := {item.corrects for item in new if item.corrects}:
        concerned = _electors_of(new, corrected, context)
        refresh_answers(campaign, codes=context.codes, electors=concerned)
    _audit(verdicts, by=by, at=at, campaign=campaign)
    return verdicts


@transaction.atomic
def note_contact(
    item: ContactItem,
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    clock_offset: timedelta = NO_OFFSET,
) -> None:
    """File one contact, of whoever is there to put it right. Refused: what would be
    held, saying why; nothing is kept of it. Audit as above."""
    [verdict] = record_contacts(
        [item], by=by, at=at, campaign=campaign, clock_offset=clock_offset
    )
    if verdict.answer is Answer.HELD:
        raise ContactsRefused(verdict.code, verdict.reason)


def _verdicts(
    items: Sequence[ContactItem],
    reasons: Sequence[str],
    filed: set[int],
    campaign: Campaign,
) -> list[Verdict]:
    """One for each item; `filed` are the places of those that are new."""
    rest = [item.uuid for place, item in enumerate(items) if place not in filed]
    before = filed_hashes(rest, campaign=campaign)
    return [
        Verdict(item.uuid, Answer.FILED)
        if place in filed
        else verdict_on_the_rest(item, reasons[place], before)
        for place, item in enumerate(items)
    ]


def refuse_strangers(*, by: Actor, campaign: Campaign) -> None:
    """Refused: a closed campaign, or one in which `by` may not record contacts."""
    if not by.can(
        Capability.RECORD_CONTACTS,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise ContactsRefused("not_allowed", "You may not record contacts here.")
    if campaign.closed_at:
        raise ContactsRefused("campaign_closed", f"{campaign.name} is closed.")


def _electors_of(
    new: Sequence[ContactItem], corrected: set[UUID], context: ContactContext
) -> set[int]:
    """Everybody whose standing corrections among `new` may move: whom they name, and
    whom what they correct named, be it on file or in the same batch."""
    originals = (context.originals.get(uuid) for uuid in corrected)
    return {
        context.electors[item.elector_id].elector_id
        for item in new
        if item.corrects or item.uuid in corrected
    } | {original.elector_id for original in originals if original}


def _audit(
    verdicts: list[Verdict], *, by: Actor, at: datetime, campaign: Campaign
) -> None:
    counts = Counter(verdict.answer.value for verdict in verdicts)
    audit.record(
        "contacts.recorded",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        **counts,
    )
