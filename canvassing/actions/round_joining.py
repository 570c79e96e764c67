"""Joining a round that is out: a key for the phone, and a place among its knockers,
or the leaflets."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.keys import derived_key, hash_of, new_key
from campaigns.models import Campaign
from canvassing.access import may_join_round
from canvassing.actions.field_people import come_back
from canvassing.actions.invitations import (
    Admitted,
    JoinRefused,
    LinkTaken,
    unknown_link,
)
from canvassing.models import (
    FieldPhone,
    IssueKind,
    LeafletRound,
    RoundIssue,
    RoundKnocker,
)
from canvassing.rules.under_18 import REFUSED
from volunteers.models import Volunteer

# 128 bits, as a phone writes them. Nobody can guess a nonce, nor make the key from it
# without the site's own.
SHORTEST_NONCE: Final = 22


@dataclass(frozen=True, slots=True)
class RoundInvitation:
    """The link of one issue."""

    issue: RoundIssue

    @property
    def kind(self) -> str:
        return "leaflets" if self.issue.is_of_leaflets else "doors"

    @property
    def campaign(self) -> Campaign:
        return self.issue.campaign

    @property
    def expires_at(self) -> datetime:
        return self.issue.expires_at

    @property
    def short_code(self) -> str:
        return self.issue.code_asked

    @property
    def code(self) -> str:
        return self.issue.code_name

    @property
    def link(self) -> str:
        return f"round:{self.issue.pk}"

    @property
    def expected(self) -> Volunteer | None:
        own = self.issue.kind == IssueKind.VOLUNTEER
        return self.issue.volunteer if own else None

    @property
    def actor(self) -> Actor:
        return Actor("link", None, f"Link to {self.issue.what_is_out}"[:200])

    def admit(
        self, volunteer: Volunteer, *, joined_as: str, nonce: str, at: datetime
    ) -> Admitted:
        """Audit verb: `phone.joined`."""
        issue = RoundIssue.objects.select_for_update(no_key=True).get(pk=self.issue.pk)
        if issue.closed_at is not None:
            raise unknown_link()
        key = self._key(volunteer, nonce)
        if FieldPhone.objects.filter(issue=issue, key_hash=hash_of(key)).exists():
            return Admitted(key, issue.expires_at)
        if not may_join_round(issue, volunteer, at=at):
            alone = REFUSED[self.kind]
            raise JoinRefused("under_18", _(alone))
        phones = FieldPhone.objects.filter(issue=issue, closed_at=None)
        another = self.expected is not None and volunteer != self.expected
        if another or phones.count() >= issue.most_phones:
            raise LinkTaken("link_taken", self._taken())
        phone = FieldPhone.objects.create(
            organisation_id=issue.organisation_id,
            campaign_id=issue.campaign_id,
            issue=issue,
            volunteer=volunteer,
            key_hash=hash_of(key),
            joined_at=at,
            joined_as=joined_as,
            last_seen_at=at,
        )
        if issue.is_of_leaflets:
            self._take_leaflets(volunteer)
        else:
            self._join_knockers(volunteer, joined_as=joined_as, at=at)
        audit.record(
            "phone.joined",
            by=self.actor,
            at=at,
            organisation_id=issue.organisation_id,
            campaign_id=issue.campaign_id,
            target=phone,
            volunteer=volunteer.pk,
        )
        return Admitted(key, issue.expires_at)

    def note_refusal(self, *, at: datetime) -> None:
        """Counted on the issue, where its organiser sees it. Audit verb:
        `round_link.refused`."""
        issue = self.issue
        with transaction.atomic():
            RoundIssue.objects.filter(pk=issue.pk).update(
                refused_joins=F("refused_joins") + 1, refused_at=at
            )
            audit.record(
                "round_link.refused",
                by=self.actor,
                at=at,
                organisation_id=issue.organisation_id,
                campaign_id=issue.campaign_id,
                target=issue,
            )

    def _key(self, volunteer: Volunteer, nonce: str) -> str:
        """The same for the same phone and person on this issue, until that is closed:
        the database keeps its hash alone, and a phone that heard no answer asks once
        more."""
        if len(nonce) < SHORTEST_NONCE:
            return new_key()
        theirs = FieldPhone.objects.filter(issue=self.issue, volunteer=volunteer)
        closed = theirs.exclude(closed_at=None).values_list("key_hash", flat=True)
        opens_nothing = frozenset(closed)
        seed = f"{self.issue.link_seed} {volunteer.pk} {nonce}"
        keys = (derived_key("canvassing.phone_key", f"{seed} {n}") for n in count())
        return next(key for key in keys if hash_of(key) not in opens_nothing)

    def _taken(self) -> str:
        if self.issue.kind == IssueKind.VOLUNTEER or self.issue.is_of_leaflets:
            return _(
                "This link is in use on another phone. If that was not you, tell the"
                " organiser."
            )
        return _("As many phones as may be are on this round: ask the organiser.")

    def _take_leaflets(self, volunteer: Volunteer) -> None:
        """Whoever joined last has the leaflets."""
        taken = LeafletRound.objects.filter(pk=self.issue.what_is_out.pk)
        taken.update(deliverer=volunteer)

    def _join_knockers(
        self, volunteer: Volunteer, *, joined_as: str, at: datetime
    ) -> None:
        theirs = RoundKnocker.objects.filter(issue=self.issue, volunteer=volunteer)
        come_back(theirs, {volunteer.pk: [at]})
        RoundKnocker.objects.update_or_create(
            issue=self.issue,
            volunteer=volunteer,
            defaults={"left_at": None, "joined_as": joined_as},
            create_defaults={
                "organisation_id": self.issue.organisation_id,
                "uuid": uuid4(),
                "joined_at": at,
                "joined_as": joined_as,
            },
        )


def invitation_to_round(secret_hash: str) -> RoundInvitation | None:
    """The round that this link is for, as long as it is out."""
    issue = (
        RoundIssue.objects.select_related(
            "round",
            "leaflet_round",
            "session",
            "volunteer",
            "campaign__election",
            "campaign__organisation",
        )
        .filter(secret_hash=secret_hash, closed_at=None)
        .first()
    )
    return RoundInvitation(issue) if issue else None
