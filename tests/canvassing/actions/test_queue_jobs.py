"""A phone bank's queue is filled by a job, at whose end the bank opens."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection

from campaigns.access import system
from campaigns.actions.jobs import run_here
from campaigns.models import AuditEntry, Campaign, Job, JobPart, Ward
from canvassing.actions import queue_jobs
from canvassing.actions.phone_banks import close_bank, make_phone_bank, open_bank
from canvassing.models import PhoneBank, QueuedCall
from tests.canvassing.phone_helpers import numbers, stand_with_number
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(campaign: Campaign, ward: Ward, other_ward: Ward) -> PhoneBank:
    """Made, of a campaign with four people in two wards."""
    campaign.wards.add(other_ward)
    for at, number in enumerate(numbers(4)):
        stand_with_number(campaign, (ward, other_ward)[at % 2], number)
    return make_phone_bank(
        campaign=campaign,
        name="Tuesday evening",
        starts_at=NOW - timedelta(days=1),
        calls_from=time(9),
        calls_until=time(20, 30),
        whom_to_call="all",
        by=system(campaign.organisation),
        at=NOW,
    )


def opened(bank: PhoneBank) -> Job:
    return open_bank(bank, by=system(bank.organisation), at=NOW)


def queue(bank: PhoneBank) -> list[tuple[int, str]]:
    calls = QueuedCall.objects.filter(bank=bank).order_by("position")
    return list(calls.values_list("position", "number"))


def test_the_bank_opens_when_its_queue_is_filled(bank: PhoneBank) -> None:
    job = opened(bank)
    bank.refresh_from_db()
    assert (bank.is_open, queue(bank), bank.job) == (False, [], job)

    assert run_here(job).result["queued"] == 4

    bank.refresh_from_db()
    assert bank.is_open
    assert [position for position, _ in queue(bank)] == [1, 2, 3, 4]
    assert AuditEntry.objects.filter(verb="phone_bank.opened").count() == 1


def test_the_server_knows_a_queue_that_has_just_been_filled(bank: PhoneBank) -> None:
    run_here(opened(bank))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT null_frac FROM pg_stats WHERE tablename = 'canvassing_queuedcall'"
            " AND attname = 'promised_to_id'"
        )
        assert cursor.fetchall() == [(1,)]


def test_what_is_asked_for_twice_before_a_worker_comes_is_one_job(
    bank: PhoneBank,
) -> None:
    assert opened(bank) == opened(bank)
    assert Job.objects.filter(kind="fill_queue").count() == 1


def test_a_queue_filled_again_stays_as_it_is(bank: PhoneBank) -> None:
    run_here(opened(bank))
    bank.refresh_from_db()
    before = queue(bank)

    again = opened(bank)

    assert run_here(again).result["queued"] == 0
    assert queue(bank) == before


def test_a_queue_whose_worker_died_half_way_is_filled_by_another(
    bank: PhoneBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_jobs, "WARDS_A_STEP", 1)
    job = opened(bank)
    real, calls = queue_jobs.fill, []

    class Died(BaseException):
        pass

    def dies(*arguments: Any, **named: Any) -> int:
        if calls:
            raise Died
        calls.append(named)
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(queue_jobs, "fill", dies)
        with pytest.raises(Died):
            run_here(job)
    assert len(queue(bank)) == 2
    bank.refresh_from_db()
    assert not bank.is_open

    JobPart.objects.update(lease_until=NOW - timedelta(days=1))
    assert run_here(job).state == "done"

    bank.refresh_from_db()
    assert bank.is_open
    assert [position for position, _ in queue(bank)] == [1, 2, 3, 4]
    assert len({number for _, number in queue(bank)}) == 4


def test_a_bank_closed_while_its_queue_was_brought_up_to_date_stays_closed(
    bank: PhoneBank,
) -> None:
    run_here(opened(bank))
    bank.refresh_from_db()
    job = opened(bank)
    close_bank(bank, by=system(bank.organisation), at=NOW)

    run_here(job)

    bank.refresh_from_db()
    assert not bank.is_open
