"""Helpers of a stall at once: nobody past the last place, nobody past the last look."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models.functions import Now

from campaigns.models import AuditEntry, Campaign, Ward
from canvassing.access import actor_of_helper
from canvassing.actions.stall_finds import look_for
from canvassing.actions.stall_links import let_helper_in
from canvassing.actions.stalls import StallRefused
from canvassing.models import StallHelper, StallLink
from canvassing.rules.stalls import MOST_FINDS
from tests.canvassing.stall_helpers import helper_of, stall_of
from tests.cast import NOW
from volunteers.models import Volunteer

AT_ONCE = 4
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[int], object]) -> list[str]:
    """What each was refused for; empty for whoever was not."""
    together = Barrier(AT_ONCE)

    def one(place: int) -> str:
        together.wait()
        try:
            work(place)
        except StallRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(one, range(AT_ONCE)))


@pytest.fixture
def link(campaign: Campaign, ward: Ward) -> StallLink:
    return stall_of(campaign, ward)


def test_the_last_place_is_taken_by_one(link: StallLink) -> None:
    StallLink.objects.update(most_helpers=1)
    volunteers = [
        Volunteer.objects.create(
            organisation=link.organisation, name=f"Helper {n}", joined_on=NOW.date()
        )
        for n in range(AT_ONCE)
    ]

    refused = at_once(lambda place: let_helper_in(link, volunteers[place], at=NOW))

    assert refused == ["", "full", "full", "full"]
    assert StallHelper.objects.count() == 1


def test_the_last_look_of_a_quarter_of_an_hour_is_had_once(link: StallLink) -> None:
    helper = helper_of(link)
    StallHelper.objects.update(finds=MOST_FINDS - 1, finds_since=Now())

    refused = at_once(
        lambda _place: look_for(
            "Marsh", helper=helper, by=actor_of_helper(helper), at=NOW
        )
    )

    assert refused == ["", *["too_many_finds"] * 3]
    assert AuditEntry.objects.filter(verb="stall.looked").count() == 1
