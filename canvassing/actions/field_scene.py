"""What the items of one batch rest on, gathered in three queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.roles import Capability
from canvassing.access import doors_of
from canvassing.actions.contact_context import electors_of
from canvassing.models import FieldPhone, RoundIssue, RoundKnocker
from canvassing.rules.contact_times import effective_time
from canvassing.rules.contacts import ElectorFacts
from canvassing.rules.field_items import Kind, Sent, Unreadable


@dataclass(frozen=True, slots=True)
class FieldScene:
    """The phone and its round; `by` is who files: the phone's actor, or an organiser.

    `electors` are those whom items other than contacts name, by the id they use;
    `knockers` the volunteers of the round's knockers by uuid, to which those who join
    in the batch are added.
    """

    phone: FieldPhone
    by: Actor
    at: datetime
    clock_offset: timedelta
    doors: frozenset[int]
    electors: Mapping[int, ElectorFacts]
    knockers: dict[UUID, int] = field(default_factory=dict)

    @property
    def issue(self) -> RoundIssue:
        return self.phone.issue

    @property
    def campaign(self) -> Campaign:
        return self.phone.campaign

    @property
    def organisation_id(self) -> int:
        return self.phone.organisation_id

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
    *,
    by: Actor,
    at: datetime,
    clock_offset: timedelta,
) -> FieldScene:
    named = _named(sent)
    doors = by.address_ids(Capability.RECORD_CONTACTS, campaign=phone.campaign)
    knockers = RoundKnocker.objects.filter(issue=phone.issue_id)
    return FieldScene(
        phone,
        by,
        at,
        clock_offset,
        doors_of(phone) if doors is None else doors,
        electors_of(named, phone.campaign, lock=False) if named else {},
        dict(knockers.values_list("uuid", "volunteer_id")),
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
