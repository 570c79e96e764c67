"""Whether we may keep what somebody thinks: objections, consents, what follows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign, Elector
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_context import electors_of
from canvassing.actions.contact_erasure import erase_views
from canvassing.actions.standing import lock_standing, refresh_answers_everywhere
from canvassing.models import Channel, Contact, OpinionConsent, ViewsObjection
from canvassing.reports.opinions import consents_of, objections_of
from canvassing.rules.contacts import storable
from canvassing.rules.opinions import (
    CONSENT_NOW,
    ELSEWHERE,
    consent_text,
    needs_consent,
)

# A slip of the finger can be put right; after that what they objected to is erased.
ERASED_AFTER = timedelta(days=7)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class OpinionsRefused(Refusal):
    """What was to be lifted or withdrawn does not stand, or no reason is given."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody's wish that we keep nothing of what they think; when they said it, and
    with which contact, where it is taken back with it."""

    elector_id: int
    said_at: datetime
    came_with: UUID | None = None


@dataclass(frozen=True, slots=True)
class ConsentSaid:
    """Somebody agreed, as another tool has it, that we keep what they think: in these
    words, at this time."""

    elector_id: int
    text: str
    given_at: datetime


@transaction.atomic
def object_to_views(
    objections: Collection[Objection],
    *,
    organisation_id: int,
    by: Actor,
    at: datetime,
) -> None:
    """From now on nothing of their views is filed or shown, in any campaign.

    Once with each thing that it came with, and it stands until each is lifted. What was
    recorded before is erased a week later, unless it is. Audit verb: `views.objected`.
    """
    rows = [
        ViewsObjection(
            organisation_id=organisation_id,
            elector_id=objection.elector_id,
            said_at=objection.said_at,
            came_with=objection.came_with,
        )
        for objection in objections
    ]
    for row in rows:
        row.recorded_by(by)
    ViewsObjection.objects.bulk_create(rows, ignore_conflicts=True)
    refresh_answers_everywhere(
        organisation_id=organisation_id, electors=[row.elector_id for row in rows]
    )
    audit.record(
        "views.objected",
        by=by,
        at=at,
        organisation_id=organisation_id,
        count=len(rows),
    )


@transaction.atomic
def lift_objection(
    objection: ViewsObjection, *, reason: str, by: Actor, at: datetime
) -> None:
    """It was a slip: where nothing else has it, what is not erased counts again.

    Refused: no reason, one that was lifted before. Audit verb: `views.allowed`.
    """
    if not reason.strip():
        raise OpinionsRefused("no_reason", "Say why their views may be kept again.")
    _lock(objection)
    standing = ViewsObjection.objects.filter(pk=objection.pk, lifted_at=None)
    if not standing.update(lifted_at=at, lifted_reason=reason.strip()[:300]):
        raise OpinionsRefused("lifted", "It has been lifted already.")
    refresh_answers_everywhere(
        organisation_id=objection.organisation_id, electors=[objection.elector_id]
    )
    audit.record(
        "views.allowed",
        by=by,
        at=at,
        organisation_id=objection.organisation_id,
        target=objection,
    )


@transaction.atomic
def object_again(objection: ViewsObjection, *, by: Actor, at: datetime) -> None:
    """It was lifted by mistake, and stands as it did; nothing where the same was said
    once more since. Audit verb: `views.objected`."""
    _lock(objection)
    said_since = objections_of(objection.elector).filter(came_with=objection.came_with)
    lifted = ViewsObjection.objects.filter(pk=objection.pk, lifted_at__isnull=False)
    if said_since.exists() or not lifted.update(lifted_at=None, lifted_reason=""):
        return
    refresh_answers_everywhere(
        organisation_id=objection.organisation_id, electors=[objection.elector_id]
    )
    audit.record(
        "views.objected",
        by=by,
        at=at,
        organisation_id=objection.organisation_id,
        count=1,
    )


@transaction.atomic
def allow_views(elector: Elector, *, reason: str, by: Actor, at: datetime) -> None:
    """They changed their mind: nothing of what they said before stands, whoever heard
    it. Refused: no reason, where nothing stands. Audit verb: `views.allowed`."""
    objections = list(objections_of(elector))
    if not objections:
        raise OpinionsRefused("lifted", "It has been lifted already.")
    for objection in objections:
        lift_objection(objection, reason=reason, by=by, at=at)


@transaction.atomic
def note_consent(
    elector: Elector,
    *,
    channel: str,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    came_with: UUID | None = None,
) -> None:
    """They agreed to the wording of now, beside a contact, where it is withdrawn with
    that; said again, it stands as it did. Audit verb: `opinion_consent.given`."""
    consent = OpinionConsent(
        organisation_id=elector.organisation_id,
        elector=elector,
        version=CONSENT_NOW,
        text=consent_text(CONSENT_NOW, organisation=campaign.organisation.name),
        channel=channel,
        given_at=at,
        came_with=came_with,
    )
    consent.recorded_by(by)
    OpinionConsent.objects.bulk_create([consent], ignore_conflicts=True)
    audit.record(
        "opinion_consent.given",
        by=by,
        at=at,
        organisation_id=elector.organisation_id,
        target=elector,
    )


@transaction.atomic
def note_consents_elsewhere(
    said: Collection[ConsentSaid], *, by: Actor, at: datetime, campaign: Campaign
) -> None:
    """File what another tool's file says of consent, once, in that tool's words.

    Passed over: whoever is beyond the reach of `by` or not on the register, who has
    consented so already or took it back since, a day that has not come. Nothing for a
    party, which needs none. Audit verb: `opinion_consent.given`, one row.
    """
    if not said or not needs_consent(campaign.organisation.controller_kind):
        return
    electors = electors_of(
        sorted({one.elector_id for one in said}), campaign, lock=False
    )
    reach = by.ward_ids(Capability.RECORD_CONTACTS, campaign=campaign)
    taken_back = dict(
        OpinionConsent.objects.of(campaign.organisation_id)
        .filter(withdrawn_at__isnull=False)
        .filter(elector__in={facts.elector_id for facts in electors.values()})
        .values_list("elector")
        .annotate(Max("withdrawn_at"))
    )
    rows = [
        OpinionConsent(
            organisation_id=campaign.organisation_id,
            elector_id=facts.elector_id,
            version=ELSEWHERE,
            text=storable(one.text),
            channel=Channel.IMPORT,
            given_at=one.given_at,
        )
        for one in said
        if (facts := electors.get(one.elector_id))
        and (reach is None or facts.ward_id in reach)
        and facts.is_current
        and not facts.is_anonymous
        and taken_back.get(facts.elector_id, LONG_AGO) < one.given_at <= at
    ]
    for row in rows:
        row.recorded_by(by)
    OpinionConsent.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record(
        "opinion_consent.given",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        count=len(rows),
    )


@transaction.atomic
def withdraw_consent(consent: OpinionConsent, *, by: Actor, at: datetime) -> None:
    """Where no other stands, what was kept of their views is erased at once. Refused:
    one that was withdrawn before. Audit verb: `opinion_consent.withdrawn`."""
    _lock(consent)
    standing = OpinionConsent.objects.filter(pk=consent.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=at):
        raise OpinionsRefused("withdrawn", "It has been withdrawn already.")
    if not consents_of(consent.elector).exists():
        erase_views(
            [consent.elector_id], organisation_id=consent.organisation_id, at=at
        )
    audit.record(
        "opinion_consent.withdrawn",
        by=by,
        at=at,
        organisation_id=consent.organisation_id,
        target=consent,
    )


@transaction.atomic
def withdraw_consents(elector: Elector, *, by: Actor, at: datetime) -> None:
    """They take it back, whoever heard them agree: what was kept is erased at once.
    Refused: where nothing stands. Audit verb: `opinion_consent.withdrawn`."""
    consents = list(consents_of(elector))
    if not consents:
        raise OpinionsRefused("withdrawn", "It has been withdrawn already.")
    for consent in consents:
        withdraw_consent(consent, by=by, at=at)


def erase_what_was_objected_to(*, organisation_id: int, at: datetime) -> int:
    """Views of those whose objection has stood for a week, on paper since its line was
    typed in; how many contacts."""
    until = at - ERASED_AFTER
    typed_since = Contact.objects.filter(
        organisation=OuterRef("organisation"),
        uuid=OuterRef("came_with"),
        received_at__gt=until,
    )
    standing = ViewsObjection.objects.of(organisation_id).filter(
        ~Exists(typed_since), lifted_at=None, said_at__lte=until
    )
    electors = list(standing.values_list("elector_id", flat=True))
    return erase_views(electors, organisation_id=organisation_id, at=at)


def _lock(said: ViewsObjection | OpinionConsent) -> None:
    lock_standing(organisation_id=said.organisation_id, electors=[said.elector_id])
