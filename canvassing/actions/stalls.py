"""A street stall: a session, and what somebody said and gave there."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_details import note_contact_detail
from canvassing.actions.contacts import note_contact
from canvassing.actions.paper_wishes import keep_wishes
from canvassing.models import CanvassSession, Channel
from canvassing.rules.contact_details import (
    CHANNELS,
    CONSENT,
    EMAIL,
    NOTICE,
    PHONE,
    ContactDetailItem,
)
from canvassing.rules.contacts import ContactItem
from canvassing.rules.keypad import PaperWish

AT_THE_STALL: Final = "At a street stall"


class StallRefused(Refusal):
    """A stall that cannot be opened or joined so, a look too many, or a detail without
    their consent."""


@dataclass(frozen=True, slots=True)
class GivenDetails:
    """A number and an e-mail address as they were given, either of them empty, and the
    channels that were agreed to."""

    phone: str = ""
    email: str = ""
    channels: frozenset[str] = field(default_factory=frozenset)


@transaction.atomic
def open_stall(
    *,
    campaign: Campaign,
    name: str,
    meeting_point: str = "",
    starts_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> CanvassSession:
    """A stall from now on, or from a later moment. Refused: whoever may not record
    contacts here, a moment that has passed. Audit verb: `stall.opened`."""
    if not by.can(
        Capability.RECORD_CONTACTS,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise StallRefused("not_allowed", "You may not record contacts here.")
    if starts_at is not None and starts_at < at:
        raise StallRefused("past", "That has passed: leave it empty to open it now.")
    stall = CanvassSession.objects.create(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        channel=Channel.STALL,
        name=name.strip() or "Street stall",
        meeting_point=meeting_point.strip(),
        starts_at=starts_at or at,
    )
    audit.record(
        "stall.opened",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=stall,
    )
    return stall


@transaction.atomic
def note_at_stall(
    item: ContactItem,
    given: GivenDetails,
    asked: Collection[PaperWish] = (),
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> None:
    """File what somebody said at a stall, what they asked of us, and the number and
    address that they gave.

    All or nothing. Refused: what would be held, a number or an address without consent
    to anything. Audit verbs: those of the three.
    """
    note_contact(item, by=by, at=at, campaign=campaign)
    note_given(given, item.elector_id, item.uuid, by=by, at=at, campaign=campaign)
    keep_wishes([(item, asked)], by=by, at=at, campaign=campaign)


@transaction.atomic
def note_given(
    given: GivenDetails,
    elector_id: int,
    uuid: UUID,
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> None:
    """Keep the number and the address that somebody gave; `uuid` is their visit's.

    Refused: one without consent to anything, what is no number and no address. Audit
    verb: `contact_details.recorded`.
    """
    for what, value in ((PHONE, given.phone), (EMAIL, given.email)):
        if not value.strip():
            continue
        channels = given.channels & CHANNELS[what]
        if not channels:
            raise StallRefused(
                "no_consent",
                _("Tick what they agreed to before you keep how to do it."),
            )
        detail = ContactDetailItem(
            uuid=uuid5(uuid, what),
            elector_id=elector_id,
            what=what,
            value=value,
            source=AT_THE_STALL,
            obtained_on=day_of(at),
            said_at=at,
            channels=channels,
            wording=CONSENT.text,
            notice=NOTICE,
            notice_given_on=day_of(at),
        )
        note_contact_detail(detail, by=by, at=at, campaign=campaign)
