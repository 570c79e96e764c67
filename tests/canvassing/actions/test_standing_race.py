"""Standing, when two transactions change what it follows from at the same time."""

from collections.abc import Callable
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from campaigns.access import system
from campaigns.actions.hiding import hide_elector
from campaigns.models import Campaign, Elector, Ward
from canvassing.actions import standing_facts
from canvassing.actions.standing import refresh_some
from canvassing.models import ElectorStanding
from tests.cast import NOW, make_district, make_elector

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def in_another_session(work: Callable[[], object]) -> Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def wait_until_it_waits(thread: Thread) -> None:
    """Until it is over, or stands before a lock."""
    until = monotonic() + 10
    while thread.is_alive() and monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_somebody_hidden_during_an_import_stays_hidden(
    campaign: Campaign, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    elector = make_elector(make_district(campaign.organisation, ward))
    organisation = campaign.organisation
    with transaction.atomic():
        refresh_some(organisation_id=organisation.pk, electors=[elector.pk])
    Elector.objects.filter(pk=elector.pk).update(markers="G")
    write, others = standing_facts.run_and_log, []

    def hide_and_write(*args: object) -> None:
        """The facts are read, and not yet written."""
        if not others:
            by = system(organisation)
            others.append(
                in_another_session(
                    lambda: hide_elector(elector, reason="In danger", by=by, at=NOW)
                )
            )
            wait_until_it_waits(others[0])
        write(*args)

    monkeypatch.setattr(standing_facts, "run_and_log", hide_and_write)
    with transaction.atomic():
        refresh_some(organisation_id=organisation.pk, electors=[elector.pk])
    others[0].join()

    assert not ElectorStanding.objects.get(elector=elector).is_current
