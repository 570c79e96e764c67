"""Jobs: the rows are the truth, and a message may be lost or come twice."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models.functions import Now

from campaigns.access import system
from campaigns.actions import job_parts, jobs
from campaigns.models import AuditEntry, Job, JobPart, JobState, Organisation
from campaigns.registry import JobKind, registry
from campaigns.rules.refusals import Refusal
from tests.cast import NOW

Progress = Callable[[int, int], None]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A kind of job that notes which parts were run."""
    seen: list[str] = []

    def run(part: JobPart, progress: Progress) -> dict[str, object]:
        progress(1, 2)
        seen.append(part.key)
        return {"key": part.key}

    monkeypatch.setitem(registry.job_kinds, "noting", JobKind(run))
    return seen


def start(organisation: Organisation, kind: str = "noting", **options: object) -> Job:
    return jobs.start_job(
        kind,
        title="A test job",
        organisation=organisation,
        by=system(organisation),
        at=NOW,
        **options,  # type: ignore[arg-type]
    )


def parts_of(job: Job) -> list[JobPart]:
    return list(JobPart.objects.filter(job=job).order_by("pk"))


def test_a_job_is_done_when_its_last_part_is_done(
    organisation: Organisation, runs: list[str]
) -> None:
    job = start(organisation, parts=["a", "b"])
    first, second = parts_of(job)

    job_parts.run_claimed_part(first.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.RUNNING, 1, 2)

    job_parts.run_claimed_part(second.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 2)
    assert runs == ["a", "b"]


def test_a_message_that_comes_twice_runs_its_part_once(
    organisation: Organisation, runs: list[str]
) -> None:
    job = start(organisation)
    [part] = parts_of(job)

    assert job_parts.run_claimed_part(part.pk)
    assert not job_parts.run_claimed_part(part.pk)
    assert runs == ["all"]


def test_a_part_whose_worker_died_is_sent_again_after_its_lease(
    organisation: Organisation, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start(organisation)
    [part] = parts_of(job)
    dead = JobPart.objects.filter(pk=part.pk)
    dead.update(state=JobState.RUNNING, attempt=1, lease_until=Now() + job_parts.LEASE)
    sent: list[int] = []
    monkeypatch.setattr(jobs, "_send", sent.extend)

    jobs.resend_waiting_parts()
    assert sent == []

    dead.update(lease_until=Now() - timedelta(seconds=1))
    jobs.resend_waiting_parts()
    assert sent == [part.pk]
    assert job_parts.run_claimed_part(part.pk)


def test_a_job_of_one_part_that_is_taken_over_tells_its_progress_anew(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int, bool]] = []

    def run(part: JobPart, progress: Progress) -> dict[str, object]:
        before = Job.objects.get(pk=job.pk)
        progress(30, 300)
        now = Job.objects.get(pk=job.pk)
        told.append((before.done, now.done, now.started_at == began))
        if part.attempt < 3:
            raise RuntimeError
        return {}

    monkeypatch.setitem(registry.job_kinds, "reading", JobKind(run))
    job = start(organisation, "reading")
    began = NOW
    for _ in range(2):
        with pytest.raises(RuntimeError):
            jobs.run_here(job)
        Job.objects.filter(pk=job.pk).update(done=290, started_at=began)
    jobs.run_here(job)

    assert told == [(0, 30, False)] * 3
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 300, 300)


def test_a_job_of_one_part_that_is_tried_again_begins_at_nought(
    organisation: Organisation, runs: list[str]
) -> None:
    job = start(organisation)
    Job.objects.update(state=JobState.FAILED, done=290, total=300)
    JobPart.objects.update(state=JobState.FAILED)

    assert jobs.retry_job(job, by=system(organisation), at=NOW)
    job.refresh_from_db()
    assert job.done == 0

    jobs.run_here(job)
    assert (job.state, job.done, job.total) == (JobState.DONE, 2, 2)


def test_a_worker_that_was_overtaken_cannot_finish_the_part(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(part: JobPart, progress: Progress) -> dict[str, object]:
        JobPart.objects.filter(pk=part.pk).update(attempt=part.attempt + 1)
        progress(1, 2)
        return {}

    monkeypatch.setitem(registry.job_kinds, "overtaken", JobKind(overtaken))
    job = start(organisation, "overtaken")
    [part] = parts_of(job)

    assert not job_parts.run_claimed_part(part.pk)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_refusal_fails_the_job_with_its_sentence(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(part: JobPart, progress: Progress) -> dict[str, object]:
        raise Refusal("wrong_council", "This file is of another council.")

    monkeypatch.setitem(registry.job_kinds, "refusing", JobKind(refuse))
    job = start(organisation, "refusing")

    job_parts.run_claimed_part(parts_of(job)[0].pk)

    job.refresh_from_db()
    assert (job.state, job.message) == (
        JobState.FAILED,
        "This file is of another council.",
    )


def test_a_fault_gives_the_part_back_until_it_was_tried_too_often(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(part: JobPart, progress: Progress) -> dict[str, object]:
        raise ZeroDivisionError

    monkeypatch.setitem(registry.job_kinds, "stumbling", JobKind(stumble))
    job = start(organisation, "stumbling")
    [part] = parts_of(job)

    for _ in range(job_parts.MAX_ATTEMPTS):
        part.refresh_from_db()
        assert part.state == JobState.QUEUED
        with pytest.raises(ZeroDivisionError):
            job_parts.run_claimed_part(part.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_cancelled_job_runs_no_further_part_and_can_be_tried_again(
    organisation: Organisation, runs: list[str]
) -> None:
    job = start(organisation, parts=["a", "b"])
    first, second = parts_of(job)
    job_parts.run_claimed_part(first.pk)
    by = system(organisation)

    assert jobs.cancel_job(job, by=by, at=NOW)
    assert not job_parts.run_claimed_part(second.pk)

    assert jobs.retry_job(job, by=by, at=NOW)
    assert job_parts.run_claimed_part(parts_of(job)[1].pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert runs == ["a", "b"]
    verbs = AuditEntry.objects.values_list("verb", flat=True).order_by("pk")
    assert list(verbs) == ["job.started", "job.cancelled", "job.retried"]


def test_a_job_whose_worker_died_before_closing_it_is_closed_by_the_beat(
    organisation: Organisation, runs: list[str]
) -> None:
    job = start(organisation)
    JobPart.objects.filter(job=job).update(state=JobState.DONE)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)

    jobs.resend_waiting_parts()

    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_job_is_kept_when_the_broker_is_away(
    organisation: Organisation, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kombu.exceptions import OperationalError

    from campaigns.tasks import run_part

    def away(**kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(run_part, "delay", away)
    job = start(organisation)

    [part] = parts_of(job)
    assert (part.state, part.sent_at) == (JobState.QUEUED, None)


@pytest.mark.django_db(transaction=True)
def test_a_message_finds_its_part_marked_as_sent_and_free_to_be_claimed(
    organisation: Organisation, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from campaigns.tasks import run_part

    def arrive_at_once(*, part_id: int) -> None:
        assert JobPart.objects.get(pk=part_id).sent_at is not None
        worker = Thread(target=lambda: (run_part(part_id=part_id), connection.close()))
        worker.start()
        worker.join()

    monkeypatch.setattr(run_part, "delay", arrive_at_once)
    job = start(organisation, parts=["a", "b"])

    assert [part.state for part in parts_of(job)] == [JobState.DONE] * 2
    assert [part.sent_at for part in parts_of(job)] == [None] * 2
