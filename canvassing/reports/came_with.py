"""What somebody asked of us, and agreed to, with a contact, as far as it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from campaigns.access import Actor
from campaigns.clock import day_of
from campaigns.roles import Capability
from canvassing.models import (
    Channel,
    Contact,
    DoNotContact,
    ElectorStanding,
    OpinionConsent,
    ViewsObjection,
)
from canvassing.reports.contact_past import Past
from canvassing.reports.heard_by import calls_with, with_helper, with_phone

LINK: Final = "link"
# Why a wish is lifted that a correction has not.
NOT_ASKED: Final = "Put right: they did not ask that."
TAKEN_BACK: Final = Exists(
    Contact.objects.filter(
        organisation=OuterRef("organisation"),
        corrects=OuterRef("uuid"),
        outcome__isnull=True,
    )
)

Wish = DoNotContact | ViewsObjection


@dataclass(frozen=True)
class CameWith:
    away: list[DoNotContact] = field(default_factory=list)
    objections: list[ViewsObjection] = field(default_factory=list)
    consents: list[OpinionConsent] = field(default_factory=list)

    def __add__(self, other: "CameWith") -> "CameWith":
        return CameWith(
            self.away + other.away,
            self.objections + other.objections,
            self.consents + other.consents,
        )

    @property
    def wishes(self) -> dict[str, Wish]:
        """What they asked of us, each by a name for a form."""
        away: dict[str, Wish] = {f"away-{one.pk}": one for one in self.away}
        return away | {f"views-{one.pk}": one for one in self.objections}

    @property
    def words(self) -> list[str]:
        asked = [words_of(one) for one in self.wishes.values()]
        agreed = ["They agreed that we keep what they think"] if self.consents else []
        return asked + agreed

    @property
    def erases_views(self) -> bool:
        """Whether somebody agrees no more once these consents are withdrawn. One
        query."""
        of = {one.elector_id for one in self.consents}
        others = OpinionConsent.objects.filter(
            organisation__in={one.organisation_id for one in self.consents},
            elector__in=of,
            withdrawn_at=None,
        ).exclude(pk__in=[one.pk for one in self.consents])
        return bool(of - set(others.values_list("elector_id", flat=True)))


def words_of(wish: Wish) -> str:
    """`Do not contact: this person, door, for good`"""
    if isinstance(wish, ViewsObjection):
        return "Do not record their views"
    whom = wish.get_scope_display().lower()
    how = wish.get_channel_display().lower() if wish.channel else "any channel"
    until = "this election" if wish.campaign_id else "for good"
    return f"Do not contact: {whom}, {how}, {until}"


def within_reach(past: Past, by: Actor) -> set[int]:
    """Those of its electors of whom `by` records contacts: with a contact that was
    moved to somebody of theirs, nothing of anybody else is shown or lifted. Two
    queries at the most."""
    campaign, of = past.chain[0].campaign, {one.elector_id for one in past.chain}
    reach = by.ward_ids(Capability.RECORD_CONTACTS, campaign=campaign)
    if reach is None:
        return of
    standing = ElectorStanding.objects.of(campaign.organisation_id).filter(
        campaign=campaign, elector__in=of, ward__in=reach
    )
    return set(standing.values_list("elector_id", flat=True))


def came_with_all(past: Past, *, within: Collection[int]) -> CameWith:
    """What came with a contact and with those that it took the place of, of the
    electors `within` reach. Eight queries at the most."""
    beside = past.chain[0].elector_id in within
    return _named_by(past.contacts, within) + (
        _heard_beside(past.chain) if beside else CameWith()
    )


def goes_with(past: Past, *, within: Collection[int]) -> CameWith:
    """What is taken back with a contact: all of it, or, where an earlier one stands
    again, what came with this one alone. Likewise."""
    if past.before is None:
        return came_with_all(past, within=within)
    return _named_by(past.last, within)


def stands_again(past: Past) -> CameWith:
    """The wishes that were lifted as the contact put another right, known by the
    moment: they stand again once it is taken back. Two queries."""
    electors = {one.elector for one in past.chain}
    of_them = Q(elector__in=electors)
    at_home = Q(address__in={one.address_id for one in electors if one.address_id})
    lifted: dict[str, Any] = {
        "organisation": past.chain[0].organisation_id,
        "lifted_at__in": [one.received_at for one in past.last],
        "lifted_reason": NOT_ASKED,
    }
    return CameWith(
        list(DoNotContact.objects.filter(of_them | at_home, **lifted).order_by("pk")),
        list(ViewsObjection.objects.filter(of_them, **lifted).order_by("pk")),
    )


def _named_by(named: Collection[Contact], within: Collection[int]) -> CameWith:
    contacts = [one for one in named if one.elector_id in within]
    of: dict[str, Any] = {
        "organisation__in": {one.organisation_id for one in contacts},
        "came_with__in": [one.uuid for one in contacts],
    }
    return CameWith(
        list(DoNotContact.objects.filter(**of, lifted_at=None).order_by("pk")),
        list(ViewsObjection.objects.filter(**of, lifted_at=None).order_by("pk")),
        list(OpinionConsent.objects.filter(**of, withdrawn_at=None).order_by("pk")),
    )


def _heard_beside(chain: Sequence[Contact]) -> CameWith:
    """A phone at the doors, a stall's helper and a caller send a wish beside what they
    file, and it names no contact that stands. What they heard of an elector, or of the
    household, on a day came with the talk of theirs on that day that is nearest. What
    says nothing of who heard it, others may have heard too."""
    heard = chain[0]
    if heard.by_kind != LINK:
        return CameWith()
    theirs = Q(
        organisation=heard.organisation_id,
        by_kind=LINK,
        by_id=heard.by_id,
        by_label=heard.by_label,
    )
    named = Contact.objects.filter(
        ~TAKEN_BACK, organisation=OuterRef("organisation"), uuid=OuterRef("came_with")
    )
    unnamed = theirs & ~Q(Exists(named)) & Q(came_with__isnull=False)
    person = unnamed & Q(elector=heard.elector_id)
    home = heard.elector.address_id
    household = unnamed & Q(address=home, address__isnull=False)
    talks = _Talks(heard, calls_with(heard), _others(chain, theirs))
    away = DoNotContact.objects.filter(person | household, lifted_at=None)
    objections = ViewsObjection.objects.filter(person, lifted_at=None)
    consents = OpinionConsent.objects.filter(person, withdrawn_at=None)
    return CameWith(
        [one for one in away if talks.had(one.came_with, one.said_at, one.elector_id)],
        [
            one
            for one in objections
            if talks.had(one.came_with, one.said_at, one.elector_id)
        ],
        [
            one
            for one in consents
            if talks.had(one.came_with, one.given_at, one.elector_id)
        ],
    )


class _Talks(NamedTuple):
    """What was `heard`, the caller's other `calls` there, and when the same hearer
    spoke to whom else there."""

    heard: Contact
    calls: set[UUID]
    others: list[tuple[int, datetime]]

    def had(
        self, came_with: UUID | None, said_at: datetime, elector_id: int | None
    ) -> bool:
        """Whether that was said to this hearer, and nearest to this talk: by that
        elector, or (None) of the household."""
        heard_by = {
            Channel.DOOR: with_phone(self.heard.by_id or 0, said_at),
            Channel.STALL: with_helper(elector_id or 0, self.heard.by_id or 0),
        }
        is_theirs = came_with == heard_by.get(Channel(self.heard.channel))
        return (is_theirs or came_with in self.calls) and self._is_nearest(
            said_at, elector_id
        )

    def _is_nearest(self, said_at: datetime, elector_id: int | None) -> bool:
        when = self.heard.effective_at
        far = abs(said_at - when)
        return day_of(said_at) == day_of(when) and all(
            far <= abs(said_at - other)
            for elector, other in self.others
            if elector_id in (None, elector)
        )


def _others(chain: Sequence[Contact], theirs: Q) -> list[tuple[int, datetime]]:
    """Not what was taken back, and no correction."""
    heard = chain[0]
    there = Q(elector=heard.elector_id) | Q(
        elector__address=heard.elector.address_id, elector__address__isnull=False
    )
    others = Contact.objects.filter(
        theirs,
        there,
        ~TAKEN_BACK,
        campaign=heard.campaign_id,
        channel=heard.channel,
        corrects=None,
    ).exclude(pk=heard.pk)
    return list(others.values_list("elector", "effective_at"))
