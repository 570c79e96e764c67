"""A list ends as if nothing had been, whatever was killed or lost in its middle."""

import pytest

from campaigns.access import system
from campaigns.actions.jobs import run_here
from campaigns.models import (
    Campaign,
    Council,
    Election,
    Job,
    JobPart,
    JobState,
    Organisation,
    Ward,
)
from campaigns.tasks import run_part
from canvassing.actions.gotv_lists import make_gotv_list
from canvassing.models import GotvEntry, GotvListWard
from canvassing.rules.gotv import GotvRule
from tests.canvassing.list_helpers import stand
from tests.cast import NOW, make_campaign
from tests.workers.beat import ends, time_passes
from tests.workers.contents import Rows, contents
from tests.workers.own_servers import OwnServers
from tests.workers.processes import Workers

WARDS = 6
# The counts of these two wards, written last, have to wait.
TWO_WARDS = """
SELECT FROM canvassing_gotvlistward
WHERE ward_id IN (SELECT id FROM campaigns_ward ORDER BY gss OFFSET 1 LIMIT 2)
FOR UPDATE
"""


@pytest.fixture
def many_wards(
    organisation: Organisation, election: Election, council: Council
) -> Campaign:
    wards = [
        Ward.objects.create(gss=f"E0501400{n}", name=f"Ward {n}", council=council)
        for n in range(WARDS)
    ]
    campaign = make_campaign(organisation, election, *wards)
    for number, ward in enumerate(wards):
        for _ in range(3 + number):
            stand(campaign, ward, code=f"BN{number}")
        stand(campaign, ward, code=f"BN{number}", pledged=False)
    return campaign


def ask_for_list(campaign: Campaign) -> Job:
    """A list of every ward, each a part of the job."""
    gotv_list = make_gotv_list(
        campaign=campaign,
        name="Evening round",
        rule=GotvRule(),
        reason="for Thursday evening",
        by=system(campaign.organisation),
        at=NOW,
    )
    assert gotv_list.job is not None
    return gotv_list.job


@pytest.fixture
def job(many_wards: Campaign) -> Job:
    """A list that is asked for, while no worker is there."""
    return ask_for_list(many_wards)


@pytest.fixture
def undisturbed(servers: OwnServers, job: Job) -> Rows:
    """What the tables say after the same list was made in peace."""
    with servers.undisturbed():
        assert run_here(job).state == JobState.DONE
        assert GotvEntry.objects.count() == sum(range(3, 3 + WARDS))
        return contents()


def attempts(job: Job) -> list[int]:
    return [part.attempt for part in JobPart.objects.filter(job=job).order_by("key")]


def test_what_a_killed_worker_left_undone_is_taken_up_by_the_next(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows
) -> None:
    with servers.held(TWO_WARDS):
        worker = workers.start(children=2)
        servers.wait_until_blocked(2)
        worker.kill()
    assert GotvListWard.objects.filter(built_at__isnull=False).count() == 1

    time_passes()
    workers.start()

    assert ends(job).state == JobState.DONE
    assert attempts(job) == [1, 2, 2, 1, 1, 1]
    assert contents() == undisturbed


def test_workers_outlive_a_killed_database_and_go_on(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows
) -> None:
    with servers.held(TWO_WARDS):
        worker = workers.start(children=2)
        servers.wait_until_blocked(2)
        servers.kill_database()

    time_passes()

    assert ends(job).state == JobState.DONE
    assert worker.lives()
    assert contents() == undisturbed


def test_parts_that_an_emptied_broker_forgot_are_sent_again(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows
) -> None:
    with servers.held(TWO_WARDS):
        workers.start(children=2)
        servers.wait_until_blocked(2)
        servers.empty_broker()

    time_passes()

    assert ends(job).state == JobState.DONE
    assert attempts(job) == [1] * WARDS
    assert contents() == undisturbed


def test_a_list_asked_for_while_the_broker_is_dead_is_made_once_it_is_back(
    servers: OwnServers, workers: Workers, many_wards: Campaign
) -> None:
    workers.start()
    ends(ask_for_list(many_wards))

    with servers.broker_dead():
        job = ask_for_list(many_wards)

    assert not JobPart.objects.filter(job=job, sent_at__isnull=False).exists()
    assert ends(job).state == JobState.DONE
    assert attempts(job) == [1] * WARDS


def test_two_workers_share_the_parts_and_run_each_once_however_often_it_is_sent(
    servers: OwnServers, workers: Workers, job: Job, undisturbed: Rows
) -> None:
    parts = list(JobPart.objects.filter(job=job).values_list("pk", flat=True))
    with servers.held(TWO_WARDS):
        workers.start(children=1)
        workers.start(children=1)
        servers.wait_until_blocked(2)  # each worker is at one of them
        for part in parts * 3:
            run_part.delay(part_id=part)

    assert ends(job).state == JobState.DONE
    servers.wait_until_queue_is_empty()
    assert attempts(job) == [1] * WARDS
    assert contents() == undisturbed
