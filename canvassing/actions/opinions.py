"""Whether we may keep what somebody thinks: objections, consents, what follows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign, Elector
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_erasure import erase_views
from canvassing.actions.standing import refresh_answers_everywhere
from canvassing.models import OpinionConsent, ViewsObjection
from canvassing.rules.opinions import CONSENT_NOW, consent_text

# A slip of the finger can be put right; after that what they objected to is erased.
ERASED_AFTER = timedelta(days=7)


class OpinionsRefused(Refusal):
    """What was to be lifted or withdrawn does not stand, or no reason is given."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody's wish that we keep nothing of what they think; when they said it."""

    elector_id: int
    said_at: datetime


@transaction.atomic
def object_to_views(
    objections: Collection[Objection],
    *,
    organisation_id: int,
    by: Actor,
    at: datetime,
) -> None:
    """From now on nothing of their views is filed or shown, in any campaign.

    Whoever objects already does so still. What was recorded before is erased a week
    later, unless the objection is lifted. Audit verb: `views.objected`.
    """
    rows = [
        ViewsObjection(
            organisation_id=organisation_id,
            elector_id=objection.elector_id,
            said_at=objection.said_at,
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
    """It was a slip, or they changed their mind: what is not erased counts again.

    Refused: no reason, one that was lifted before. Audit verb: `views.allowed`.
    """
    if not reason.strip():
        raise OpinionsRefused("no_reason", "Say why their views may be kept again.")
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
def note_consent(
    elector: Elector, *, channel: str, by: Actor, at: datetime, campaign: Campaign
) -> None:
    """They agreed to the wording of now. Who has agreed before has done so already.
    Audit verb: `opinion_consent.given`."""
    consent = OpinionConsent(
        organisation_id=elector.organisation_id,
        elector=elector,
        version=CONSENT_NOW,
        text=consent_text(CONSENT_NOW, organisation=campaign.organisation.name),
        channel=channel,
        given_at=at,
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
def withdraw_consent(consent: OpinionConsent, *, by: Actor, at: datetime) -> None:
    """What was kept by it is erased at once. Refused: one that was withdrawn before.
    Audit verb: `opinion_consent.withdrawn`."""
    standing = OpinionConsent.objects.filter(pk=consent.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=at):
        raise OpinionsRefused("withdrawn", "It has been withdrawn already.")
    erase_views([consent.elector_id], organisation_id=consent.organisation_id, at=at)
    audit.record(
        "opinion_consent.withdrawn",
        by=by,
        at=at,
        organisation_id=consent.organisation_id,
        target=consent,
    )


def erase_what_was_objected_to(*, organisation_id: int, at: datetime) -> int:
    """Views of those whose objection has stood for a week; how many contacts."""
    standing = ViewsObjection.objects.of(organisation_id).filter(
        lifted_at=None, said_at__lte=at - ERASED_AFTER
    )
    electors = list(standing.values_list("elector_id", flat=True))
    return erase_views(electors, organisation_id=organisation_id, at=at)
