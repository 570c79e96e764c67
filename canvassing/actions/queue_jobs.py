"""Filling a phone bank's queue as a job, at whose end the bank opens."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from campaigns.access import Actor
from campaigns.actions import audit, jobs
from campaigns.actions.job_parts import still_mine
from campaigns.models import Job, JobPart, JobState, Ward
from campaigns.models.jobs import OPEN_STATES
from canvassing.actions.call_queue import bring_back, fill, know_it
from canvassing.models import PhoneBank, ScriptChannel
from canvassing.reports.phone_script import newest_script

FILL_QUEUE: Final = "fill_queue"
WARDS_A_STEP: Final = 10


def fill_queue(bank: PhoneBank, *, opens: bool = False, by: Actor, at: datetime) -> Job:
    """Start bringing the queue up to date; the bank opens at its end where that is
    asked. What is asked for twice before a worker comes is one job."""
    with transaction.atomic():
        locked = PhoneBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
        if job := _already(locked, opens=opens):
            bank.job = job
            return job
        bank.job = jobs.start_job(
            FILL_QUEUE,
            title=f"Queue of {bank}",
            organisation=bank.organisation,
            campaign=bank.campaign,
            parameters={"bank": bank.pk, "opens": opens},
            by=by,
            at=at,
        )
        bank.save(update_fields=["job"])
    return bank.job


def _already(bank: PhoneBank, *, opens: bool) -> Job | None:
    """The job that does it anyway: one that waits or, where the bank is to be opened
    only, one that runs. It opens the bank from now on where that is asked."""
    if bank.job_id is None:
        return None
    states = OPEN_STATES if opens else (JobState.QUEUED,)
    found = Job.objects.select_for_update().filter(pk=bank.job_id, state__in=states)
    job = found.first()
    if job is not None and opens and not job.parameters["opens"]:
        job.parameters["opens"] = True
        job.save(update_fields=["parameters"])
    return job


def fill_part(part: JobPart, progress: Callable[[int, int], None]) -> dict[str, object]:
    """Some wards at a time, in the order of calling, each step a transaction of its
    own: begun again after a worker's death, what is queued stays as it is."""
    bank = PhoneBank.objects.select_related("session").get(
        pk=part.job.parameters["bank"]
    )
    at = part.job.asked_at
    wards = list(
        Ward.objects.filter(campaign=bank.campaign_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if bank.session.ward_id is not None:
        wards = [bank.session.ward_id]
    with transaction.atomic():
        still_mine(part)
        queued = bring_back(bank, at=at)
    for done in range(0, len(wards), WARDS_A_STEP):
        progress(done, len(wards))
        with transaction.atomic():
            still_mine(part)
            queued += fill(bank, wards=wards[done : done + WARDS_A_STEP], at=at)
    if queued:
        know_it()
    return {"queued": queued}


def finish_filling(job_id: int) -> dict[str, object]:
    """Called once the queue is filled: the bank opens, where that was asked, as of the
    time of asking. Where no script was chosen, it is the campaign's newest one for
    phones from then on. Audit verb: `phone_bank.opened`."""
    job = Job.objects.get(pk=job_id)
    bank = PhoneBank.objects.select_related("session__campaign").get(
        pk=job.parameters["bank"]
    )
    if not job.parameters["opens"]:
        return {}
    PhoneBank.objects.filter(pk=bank.pk).update(
        opened_at=Coalesce(F("opened_at"), job.asked_at), closed_at=None
    )
    _choose_script(bank)
    audit.record(
        "phone_bank.opened",
        by=Actor(job.by_kind, job.by_id, job.by_label),
        at=job.asked_at,
        organisation_id=bank.organisation_id,
        campaign_id=bank.campaign_id,
        target=bank,
    )
    return {}


def _choose_script(bank: PhoneBank) -> None:
    session = bank.session
    if session.script_id is None:
        session.script = newest_script(session.campaign, channel=ScriptChannel.PHONE)
        session.save(update_fields=["script"])


def fill_open_banks(*, organisation_id: int, by: Actor, at: datetime) -> None:
    """After a screening: the queue of every phone bank that is open."""
    open_banks = PhoneBank.objects.of(organisation_id).filter(
        opened_at__isnull=False, closed_at=None
    )
    for bank in open_banks.select_related(
        "session", "organisation", "campaign"
    ).order_by("pk"):
        fill_queue(bank, by=by, at=at)
