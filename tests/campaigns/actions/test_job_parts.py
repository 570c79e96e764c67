"""The parts of a job: one worker at a time, done once, and said when they cannot be."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from campaigns.access import system
from campaigns.actions import job_parts, jobs
from campaigns.models import Job, JobPart, JobState, Organisation
from campaigns.registry import JobKind, registry
from campaigns.rules.refusals import Refusal
from tests.cast import NOW

WAIT_FOR_A_LATER_LEASE = """
DO $$
DECLARE before timestamptz := (SELECT lease_until FROM campaigns_jobpart);
BEGIN
    FOR attempt IN 1..400 LOOP
        PERFORM pg_sleep(0.05);
        EXIT WHEN (SELECT lease_until FROM campaigns_jobpart) > before;
    END LOOP;
END $$
"""


@pytest.fixture
def job(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job of one part that answers with its key."""
    monkeypatch.setitem(
        registry.job_kinds, "plain", JobKind(lambda part, progress: {"key": part.key})
    )
    return jobs.start_job(
        "plain",
        title="A test job",
        organisation=organisation,
        by=system(organisation),
        at=NOW,
    )


def claimed(job: Job) -> JobPart:
    """The job's part in the hands of a worker."""
    part = job_parts._claim(JobPart.objects.get(job=job).pk)
    assert part is not None
    return part


def taken_over(part: JobPart) -> JobPart:
    """The same part in the hands of another worker, after its lease."""
    JobPart.objects.filter(pk=part.pk).update(lease_until=Now() - timedelta(seconds=1))
    other = job_parts._claim(part.pk)
    assert other is not None
    return other


def test_a_part_that_was_finished_with_its_writes_is_finished_again_without_harm(
    job: Job,
) -> None:
    part = claimed(job)

    job_parts.finish_part(part, {"n": 1})
    job_parts.finish_part(part, {"n": 1})

    part.refresh_from_db()
    assert (part.state, part.result) == (JobState.DONE, {"n": 1})


def test_a_worker_that_was_overtaken_can_neither_write_nor_finish_nor_fail_the_part(
    job: Job,
) -> None:
    slow = claimed(job)
    quick = taken_over(slow)

    with pytest.raises(job_parts.Cancelled), transaction.atomic():
        job_parts.still_mine(slow)
    with pytest.raises(job_parts.Cancelled):
        job_parts.finish_part(slow, {})
    job_parts.fail_part(slow, "This file was loaded before.")

    job_parts.finish_part(quick, {"n": 2})
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_worker_still_at_a_part_that_is_tried_again_finds_it_gone(
    job: Job, organisation: Organisation
) -> None:
    by = system(organisation)
    old = claimed(job)
    jobs.cancel_job(job, by=by, at=NOW)
    jobs.retry_job(job, by=by, at=NOW)
    new = claimed(job)

    with pytest.raises(job_parts.Cancelled):
        job_parts.finish_part(old, {"n": 1})

    job_parts.finish_part(new, {"n": 2})


def test_a_job_whose_parts_are_done_is_too_late_to_cancel(
    job: Job, organisation: Organisation
) -> None:
    job_parts.finish_part(claimed(job), {})

    assert not jobs.cancel_job(job, by=system(organisation), at=NOW)


def test_a_closing_that_is_refused_fails_the_job_and_says_why(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close(job_id: int) -> dict[str, object]:
        raise Refusal("gone", "The list is gone.")

    run = registry.job_kinds["plain"].run_part
    monkeypatch.setitem(registry.job_kinds, "plain", JobKind(run, close))

    assert job_parts.run_claimed_part(JobPart.objects.get(job=job).pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.message.endswith("The list is gone.")


def test_a_job_that_failed_at_its_closing_is_closed_when_tried_again(
    job: Job, organisation: Organisation
) -> None:
    job_parts.finish_part(claimed(job), {"n": 1})
    job_parts.fail_job(job.pk, "It could not be ended.")

    jobs.retry_job(job, by=system(organisation), at=NOW)
    jobs.resend_waiting_parts()

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"n": 1})


@pytest.mark.django_db(transaction=True)
def test_a_claim_does_not_wait_for_a_worker_that_is_about_to_commit(job: Job) -> None:
    part = taken_over(claimed(job))
    JobPart.objects.filter(pk=part.pk).update(lease_until=Now() - timedelta(seconds=1))
    claims: list[JobPart | None] = []

    def claim() -> None:
        claims.append(job_parts._claim(part.pk))
        connection.close()

    with transaction.atomic():
        job_parts.still_mine(part)
        other = threading.Thread(target=claim)
        other.start()
        other.join()

    assert claims == [None]


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_one_statement_runs(
    organisation: Organisation, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_parts, "RENEWED_EVERY", timedelta(milliseconds=10))
    part = claimed(job)
    before = JobPart.objects.get(pk=part.pk).lease_until

    with job_parts._lease_renewed(part), connection.cursor() as cursor:
        cursor.execute(WAIT_FOR_A_LATER_LEASE)

    after = JobPart.objects.get(pk=part.pk).lease_until
    assert before is not None
    assert after is not None
    assert after > before
