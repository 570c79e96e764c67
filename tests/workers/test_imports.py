"""A register import ends as if nothing had been, whatever was killed in its middle."""

import signal
from pathlib import Path

import pytest

from campaigns.access import system
from campaigns.actions.jobs import resend_waiting_parts, run_here
from campaigns.importers.postcodes import import_postcodes
from campaigns.importers.register_jobs import start_register_import
from campaigns.models import (
    Council,
    Election,
    Job,
    JobPart,
    JobState,
    Organisation,
    RegisterEdition,
    RegisterEntry,
    Ward,
)
from config.demo.region import COUNCILS, wards_of
from config.demo.registers import CouncilFiles
from tests.cast import NOW, make_campaign
from tests.workers.beat import ends, time_passes
from tests.workers.contents import Rows, contents
from tests.workers.own_servers import OwnServers
from tests.workers.processes import Workers

WALSALL = next(council for council in COUNCILS if council.name == "Walsall")
WARDS = wards_of(WALSALL)[:3]
ELECTORS = 300
# Its first statement needs the one, and its last the other.
EDITIONS = "LOCK TABLE campaigns_registeredition IN ACCESS EXCLUSIVE MODE"
AUDIT = "LOCK TABLE campaigns_auditentry IN SHARE MODE"
JOBS = "LOCK TABLE campaigns_job IN SHARE MODE"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registers")
    targets = dict.fromkeys((ward.gss for ward in wards_of(WALSALL)), 0)
    targets |= dict.fromkeys((ward.gss for ward in WARDS), ELECTORS)
    CouncilFiles(WALSALL, folder, "1").write(targets)
    return folder


@pytest.fixture
def job(organisation: Organisation, election: Election, files: Path) -> Job:
    """An import that is asked for, while no worker is there."""
    council = Council.objects.create(gss=WALSALL.gss, name=WALSALL.name)
    wards = [
        Ward.objects.create(gss=ward.gss, name=ward.name, council=council)
        for ward in WARDS
    ]
    import_postcodes(files / f"postcodes_{WALSALL.slug}.csv")
    make_campaign(organisation, election, *wards)
    with (files / f"full_{WALSALL.slug}.csv").open("rb") as upload:
        return start_register_import(
            upload,
            file_name="register.csv",
            organisation=organisation,
            council=council,
            by=system(organisation),
            at=NOW,
        )


@pytest.fixture
def undisturbed(servers: OwnServers, job: Job) -> Rows:
    """What the tables say after the same import in peace."""
    with servers.undisturbed():
        assert run_here(job).state == JobState.DONE
        assert RegisterEntry.objects.count() >= ELECTORS * len(WARDS)
        return contents()


def attempts(job: Job) -> int:
    return JobPart.objects.get(job=job).attempt


def test_a_killed_worker_leaves_the_register_as_it_was_and_the_next_takes_up(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows
) -> None:
    with servers.held(AUDIT):
        worker = workers.start()
        servers.wait_until_blocked()
        worker.kill()
    assert not RegisterEdition.objects.exists()
    assert not RegisterEntry.objects.exists()

    time_passes()
    workers.start()

    assert ends(job).state == JobState.DONE
    assert attempts(job) == 2
    assert contents() == undisturbed


def test_a_worker_killed_after_its_commit_is_not_told_that_the_file_was_loaded_before(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows
) -> None:
    with servers.held(AUDIT) as audit:
        worker = workers.start()
        servers.wait_until_blocked()
        with servers.held(JOBS):
            audit.rollback()
            servers.wait_until_blocked()
            worker.kill()

    assert ends(job).state == JobState.DONE
    assert attempts(job) == 1
    assert contents() == undisturbed


@pytest.mark.parametrize("lock", [EDITIONS, AUDIT], ids=["at_first", "at_last"])
def test_workers_outlive_a_killed_database_and_take_up(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows, lock: str
) -> None:
    with servers.held(lock):
        worker = workers.start()
        servers.wait_until_blocked()
        servers.kill_database()
    assert not RegisterEntry.objects.exists()

    time_passes()

    assert ends(job).state == JobState.DONE
    assert worker.lives()
    assert contents() == undisturbed


def test_a_worker_that_was_overtaken_while_it_slept_writes_nothing(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows
) -> None:
    with servers.held(AUDIT):
        sleeper = workers.start()
        servers.wait_until_blocked()
        sleeper.signal(signal.SIGSTOP)
    servers.wait_until_nobody_listens()
    time_passes()
    resend_waiting_parts()
    workers.start()
    servers.wait_until_blocked()

    sleeper.signal(signal.SIGCONT)

    assert ends(job).state == JobState.DONE
    assert attempts(job) == 2
    assert contents() == undisturbed
