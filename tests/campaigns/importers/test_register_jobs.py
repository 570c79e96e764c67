"""An uploaded register is loaded by a job, once."""

import io

import pytest

from campaigns.access import system
from campaigns.actions.job_parts import run_claimed_part
from campaigns.importers.register_jobs import (
    start_absent_voters_import,
    start_register_import,
)
from campaigns.models import (
    AbsentVote,
    AbsentVoterList,
    Campaign,
    Elector,
    Job,
    RegisterEdition,
)
from tests.campaigns.registers import Line, Registrar, written
from tests.cast import NOW

ADA = Line("1", "Ash", "Ada")


def started(registrar: Registrar, content: bytes, **options: object) -> Job:
    return start_register_import(
        io.BytesIO(content),
        file_name="Register December.csv",
        organisation=registrar.organisation,
        council=registrar.council,
        by=system(registrar.organisation),
        at=NOW,
        **options,
    )


def absent_voters(registrar: Registrar, campaign: Campaign) -> Job:
    return start_absent_voters_import(
        io.BytesIO(b"ElectorNo,Type,From\r\nAAA-1,Postal,\r\n"),
        file_name="postal.csv",
        campaign=campaign,
        council=registrar.council,
        kind="postal",
        by=system(registrar.organisation),
        at=NOW,
    )


def run(job: Job) -> Job:
    for part in job.parts.all():
        run_claimed_part(part.pk)
    job.refresh_from_db()
    return job


@pytest.mark.django_db(transaction=True)
def test_a_job_loads_what_was_uploaded(registrar: Registrar) -> None:
    job = run(started(registrar, written("eros_full", [ADA])))

    assert (job.state, job.result["electors"]) == ("done", 1)
    assert RegisterEdition.objects.get().file_name == "Register December.csv"


@pytest.mark.django_db(transaction=True)
def test_what_a_job_writes_carries_the_time_at_which_it_runs(
    registrar: Registrar, campaign: Campaign
) -> None:
    """Whoever keeps a copy asks on from before running jobs, not waiting ones."""
    job = run(started(registrar, written("eros_full", [ADA])))
    absent = run(absent_voters(registrar, campaign))

    edition, elector = RegisterEdition.objects.get(), Elector.objects.get()
    assert job.started_at <= elector.changed_at == edition.loaded_at
    assert absent.started_at <= AbsentVoterList.objects.get().loaded_at
    # The day of a register that names none is the one on which it came.
    assert edition.published_on == NOW.date()


@pytest.mark.django_db(transaction=True)
def test_a_check_says_what_would_happen_and_writes_nothing(
    registrar: Registrar,
) -> None:
    job = run(started(registrar, written("eros_full", [ADA]), dry_run=True))

    assert (job.result["added"], job.result["edition"]) == (1, None)
    assert not Elector.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_ends_the_job_with_its_sentence(registrar: Registrar) -> None:
    job = run(started(registrar, b"Dear Sir,"))

    assert job.state == "failed"
    assert job.message == "Register December.csv is not a CSV or Excel table."


@pytest.mark.django_db(transaction=True)
def test_a_job_loads_an_absent_voters_list(
    registrar: Registrar, campaign: Campaign
) -> None:
    registrar.load(ADA)

    job = absent_voters(registrar, campaign)

    assert run(job).result["postal"] == 1
    assert AbsentVote.objects.count() == 1
