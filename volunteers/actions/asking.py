"""Asking volunteers to come, one or a whole selection, and noting who was asked."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import QuerySet

from campaigns.actions import audit
from campaigns.actions.job_parts import finish_part
from campaigns.actions.jobs import start_job
from campaigns.models import Campaign, Job, JobPart
from campaigns.models.jobs import OPEN_STATES
from campaigns.rules.refusals import Refusal
from volunteers.actions.mails import write_to_all
from volunteers.models import (
    AskedBy,
    Consent,
    ConsentChannel,
    Invitation,
    MailKind,
    Volunteer,
)

if TYPE_CHECKING:
    from campaigns.access import Actor

JOB_KIND: Final = "volunteers_ask"
AT_ONCE: Final = 200  # volunteers in one part of a job
NOT_AGAIN_FOR: Final = timedelta(days=1)


class AskingRefused(Refusal):
    """They cannot be asked in this way."""


@transaction.atomic(durable=True)
def ask(
    volunteer: Volunteer, *, how: AskedBy, campaign: Campaign, by: "Actor", at: datetime
) -> None:
    """Note that they were asked; by e-mail, ask them now.

    Refused: somebody who has stood down; by e-mail, without an address or their consent
    to it, or within a day of the last time. Audit: `volunteers.asked`.
    """
    [locked] = _locked([volunteer.pk], campaign)
    if locked.stood_down_at:
        raise AskingRefused("stood_down", f"{locked} has stood down.")
    if how == AskedBy.EMAIL:
        if not _who_agreed([locked]):
            raise AskingRefused(
                "no_consent", f"{locked} has not agreed to be asked by e-mail."
            )
        if _asked_lately([locked], at):
            raise AskingRefused(
                "lately", f"{locked} was asked by e-mail within the last day."
            )
    _ask([locked], how, campaign=campaign, by=by, at=at)


@transaction.atomic(durable=True)
def start_asking(
    volunteers: QuerySet[Volunteer], *, campaign: Campaign, by: "Actor", at: datetime
) -> Job:
    """Let a worker ask each of them by e-mail, however many they are.

    While the same people are being asked it is the job there is. Refused: nobody.
    Audit: `job.started`, and for each part `volunteers.asked`.
    """
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    chosen = sorted(volunteers.order_by().values_list("pk", flat=True))
    if not chosen:
        raise AskingRefused("nobody", "There is nobody here to ask.")
    told = {"volunteers": chosen}
    same = Job.objects.of(campaign.organisation_id).filter(
        campaign=campaign,
        kind=JOB_KIND,
        state__in=OPEN_STATES,
        by_kind=by.kind,
        by_id=by.id,
        parameters=told,
    )
    return same.first() or start_job(
        JOB_KIND,
        title=f"Ask {len(chosen):,} volunteer{'s'[: len(chosen) > 1]} by e-mail",
        organisation=campaign.organisation,
        campaign=campaign,
        parts=(str(first) for first in range(0, len(chosen), AT_ONCE)),
        parameters=told,
        by=by,
        at=at,
    )


def ask_part(part: JobPart, *, by: "Actor", at: datetime) -> dict[str, object]:
    """Ask those of one part who may be asked, and end the part with it.

    Its result counts who was `asked`, was `lately`, and has `not_agreed`.
    """
    if part.job.campaign is None:
        raise LookupError(f"Job {part.job_id} is of no campaign.")
    first = int(part.key)
    chosen = part.job.parameters["volunteers"][first : first + AT_ONCE]
    with transaction.atomic(savepoint=False):
        locked = _locked(chosen, part.job.campaign)
        agreed = _who_agreed([one for one in locked if one.stood_down_at is None])
        lately = _asked_lately(agreed, at)
        free = [one for one in agreed if one.pk not in lately]
        _ask(free, AskedBy.EMAIL, campaign=part.job.campaign, by=by, at=at)
        told: dict[str, object] = {
            "asked": len(free),
            "lately": len(lately),
            "not_agreed": len(chosen) - len(agreed),
        }
        finish_part(part, told)
    return told


def sum_up_asking(job_id: int) -> dict[str, object]:
    """What all parts of a job counted, together."""
    counted: Counter[str] = Counter()
    for told in JobPart.objects.filter(job=job_id).values_list("result", flat=True):
        counted.update(told)
    return dict(counted)


def _locked(ids: Collection[int], campaign: Campaign) -> list[Volunteer]:
    """So that two who ask at the same moment ask them once."""
    rows = Volunteer.objects.of(campaign.organisation_id).filter(pk__in=ids)
    return list(rows.select_for_update(no_key=True).order_by("pk"))


def _who_agreed(volunteers: Sequence[Volunteer]) -> list[Volunteer]:
    agreed = Consent.objects.filter(
        volunteer__in=volunteers,
        channel=ConsentChannel.EMAIL,
        withdrawn_at__isnull=True,
    )
    theirs = set(agreed.values_list("volunteer", flat=True))
    return [one for one in volunteers if one.email and one.pk in theirs]


def _asked_lately(volunteers: Sequence[Volunteer], at: datetime) -> set[int]:
    lately = Invitation.objects.filter(
        volunteer__in=volunteers, how=AskedBy.EMAIL, asked_at__gt=at - NOT_AGAIN_FOR
    )
    return set(lately.values_list("volunteer", flat=True))


def _ask(
    volunteers: Sequence[Volunteer],
    how: AskedBy,
    *,
    campaign: Campaign,
    by: "Actor",
    at: datetime,
) -> None:
    if not volunteers:
        return
    if how == AskedBy.EMAIL:
        write_to_all(volunteers, MailKind.ASKED, campaign=campaign, at=at)
    asked = [
        Invitation(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            volunteer=volunteer,
            how=how,
            asked_at=at,
        )
        for volunteer in volunteers
    ]
    for one in asked:
        one.recorded_by(by)
    Invitation.objects.bulk_create(asked)
    audit.record(
        "volunteers.asked",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=volunteers[0] if len(volunteers) == 1 else "",
        how=how.value,
        volunteers=[one.pk for one in volunteers],
    )
