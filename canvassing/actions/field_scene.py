"""What the items of one batch rest on, gathered in two queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.planned import planned_cursor
from campaigns.roles import Capability
from canvassing.access import OUT, state_now
from canvassing.actions.contact_context import electors_of
from canvassing.models import FieldPhone, RoundIssue
from canvassing.models.round_issues import GIVEN_BACK
from canvassing.rules.contact_times import effective_time
from canvassing.rules.contacts import ElectorFacts, Ours
from canvassing.rules.field_items import Kind, Sent, Unreadable

ROUND: Final = """
SELECT c.closed_at IS NOT NULL,
       CASE WHEN v.stood_down_at IS NOT NULL OR i.closed_because = 'revoked'
            THEN 'revoked' ELSE p.closed_because END,
       i.expires_at, p.joined_at, p.closed_at,
       ARRAY(SELECT d.address_id FROM canvassing_rounddoor d
             WHERE d.organisation_id = p.organisation_id AND d.round_id = i.round_id),
       ARRAY(SELECT k.uuid FROM canvassing_roundknocker k
             WHERE k.issue_id = i.id ORDER BY k.id),
       ARRAY(SELECT k.volunteer_id FROM canvassing_roundknocker k
             WHERE k.issue_id = i.id ORDER BY k.id)
FROM canvassing_fieldphone p
JOIN canvassing_roundissue i ON i.id = p.issue_id
JOIN volunteers_volunteer v ON v.id = p.volunteer_id
JOIN campaigns_campaign c ON c.id = p.campaign_id
WHERE p.id = %s::bigint
"""


@dataclass(frozen=True, slots=True)
class RoundNow:
    """A phone's round as it stands: why nothing of it may be filed (empty: it may), its
    doors, and the volunteers of its knockers by uuid. `had_doors` is from when until
    when the phone had them, where it or its round was given back: what was surely said
    meanwhile may still be filed."""

    closed: str
    had_doors: tuple[datetime, datetime] | None
    doors: frozenset[int]
    knockers: dict[UUID, int]


def round_now(phone: FieldPhone, *, at: datetime) -> RoundNow:
    with planned_cursor() as cursor:
        cursor.execute(ROUND, [phone.pk])
        campaign_closed, because, *times, doors, uuids, ids = cursor.fetchone()
    expires_at, joined_at, closed_at = times
    state = state_now(because, expires_at, at=at)
    closed = "campaign_closed" if campaign_closed else "" if state == OUT else state
    had_doors = (joined_at, closed_at) if closed in GIVEN_BACK else None
    knockers = dict(zip(uuids, ids, strict=True))
    return RoundNow(closed, had_doors, frozenset(doors), knockers)


@dataclass(frozen=True, slots=True)
class FieldScene:
    """The phone and its round; `by` is who files: the phone's actor, or an organiser.

    `electors` are those whom items other than contacts name, by the id they use;
    `knockers` the volunteers of the round's knockers by uuid, to which those who join
    in the batch are added, and `joins` when these did, by volunteer.
    """

    phone: FieldPhone
    by: Actor
    at: datetime
    clock_offset: timedelta
    doors: frozenset[int]
    electors: Mapping[int, ElectorFacts]
    knockers: dict[UUID, int] = field(default_factory=dict)
    joins: dict[int, list[datetime]] = field(default_factory=dict)

    @property
    def issue(self) -> RoundIssue:
        return self.phone.issue

    @property
    def campaign(self) -> Campaign:
        return self.phone.campaign

    @property
    def organisation_id(self) -> int:
        return self.phone.organisation_id

    @property
    def ours(self) -> Ours:
        """What a contact may name: the round's session, and whoever knocks there."""
        knock = {self.phone.volunteer_id, *self.knockers.values()}
        session = self.issue.session_id
        return Ours({session} if session else (), knock)

    def when(self, sent: Sent) -> datetime:
        """The phone's word, put right by how wrong its clock is."""
        return effective_time(
            sent.said_at,
            received_at=self.at,
            clock_offset=self.clock_offset,
            channel="door",
        ).at

    def elector(self, sent: Sent) -> ElectorFacts | None:
        """Whom the item names, if they live behind one of the round's doors."""
        found = self.electors.get(sent.integer("elector"))
        return found if found and found.address_id in self.doors else None

    def door(self, sent: Sent) -> int | None:
        """The address the item names, if it is one of the round's doors."""
        address = sent.integer("address")
        return address if address in self.doors else None


def scene_of(
    phone: FieldPhone,
    sent: Collection[Sent],
    stands: RoundNow,
    *,
    by: Actor,
    at: datetime,
    clock_offset: timedelta,
) -> FieldScene:
    named = _named(sent)
    doors = by.address_ids(Capability.RECORD_CONTACTS, campaign=phone.campaign)
    return FieldScene(
        phone,
        by,
        at,
        clock_offset,
        stands.doors if doors is None else doors,
        electors_of(named, phone.campaign, lock=False) if named else {},
        stands.knockers,
    )


def _named(sent: Collection[Sent]) -> list[int]:
    """Whom items other than contacts name, in the order of their ids."""
    found = set()
    for item in sent:
        if item.kind != Kind.CONTACT and "elector" in item.values:
            try:
                found.add(item.integer("elector"))
            except Unreadable:
                continue
    return sorted(found)
