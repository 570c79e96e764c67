"""Two files of one council at once: one goes first, and nothing is there twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from campaigns.access import system
from campaigns.importers.absent_voters import import_absent_voters
from campaigns.importers.register import import_register
from campaigns.models import (
    AbsentVote,
    AbsentVoterList,
    Address,
    Campaign,
    Elector,
    PollingDistrict,
    RegisterEdition,
    RegisterEntry,
)
from campaigns.reports.integrity import check_integrity
from campaigns.rules.refusals import Refusal
from tests.campaigns.registers import Line, Registrar, written
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = [
    Line(str(n), "Ash", f"Ada{n}", home=(f"{n} Alder Street", "Wolverhampton"))
    for n in range(1, 41)
]
LOADERS = 4


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Each in a thread of its own, let go together: the refusals' codes, or done."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], object]) -> str:
        barrier.wait()
        try:
            action()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def loading(registrar: Registrar, name: str, *lines: Line, on: date) -> Callable:
    path = registrar.folder / name
    path.write_bytes(written("xpress_full", lines))
    return lambda: import_register(
        path,
        organisation=registrar.organisation,
        council=registrar.council,
        by=system(registrar.organisation),
        at=NOW,
        published_on=on,
    )


def nothing_is_there_twice() -> bool:
    current = RegisterEntry.objects.filter(until_edition__isnull=True)
    return (
        Elector.objects.count() == current.count() == len(PEOPLE)
        and Address.objects.count() == len(PEOPLE)
        and PollingDistrict.objects.count() == 1
        and check_integrity().broken == []
    )


def test_the_same_file_is_loaded_once(registrar: Registrar) -> None:
    load = loading(registrar, "same.csv", *PEOPLE, on=date(2023, 12, 1))

    outcomes = at_once(*[load] * LOADERS)

    assert sorted(outcomes) == ["done"] + ["loaded_before"] * (LOADERS - 1)
    assert RegisterEdition.objects.count() == 1
    assert nothing_is_there_twice()


def test_two_files_of_one_day_are_loaded_one_after_the_other(
    registrar: Registrar,
) -> None:
    first = loading(registrar, "1.csv", *PEOPLE, on=date(2023, 12, 1))
    second = loading(registrar, "2.csv", *reversed(PEOPLE), on=date(2023, 12, 1))

    assert at_once(first, second) == ["done", "done"]

    assert RegisterEdition.objects.count() == 2
    assert nothing_is_there_twice()


def test_of_an_older_and_a_newer_file_the_newer_is_in_force(
    registrar: Registrar,
) -> None:
    older = loading(registrar, "1.csv", *PEOPLE, on=date(2023, 12, 1))
    newer = loading(registrar, "2.csv", *reversed(PEOPLE), on=date(2024, 12, 1))

    outcomes = at_once(older, newer)

    assert outcomes in (["done", "done"], ["older", "done"])
    assert RegisterEdition.objects.latest("pk").published_on == date(2024, 12, 1)
    assert nothing_is_there_twice()


def test_one_absent_voters_list_is_in_force(
    registrar: Registrar, campaign: Campaign
) -> None:
    registrar.load(*PEOPLE)
    path = registrar.folder / "absent.csv"
    path.write_bytes(b"ElectorNo,Absent Vote Type,From\r\nAAA-1,Postal,\r\n")

    outcomes = at_once(
        *[
            lambda: import_absent_voters(
                path,
                campaign=campaign,
                council=registrar.council,
                by=system(registrar.organisation),
                at=NOW,
            )
        ]
        * LOADERS
    )

    assert sorted(outcomes) == ["done"] + ["loaded_before"] * (LOADERS - 1)
    assert AbsentVoterList.objects.count() == AbsentVote.objects.count() == 1
