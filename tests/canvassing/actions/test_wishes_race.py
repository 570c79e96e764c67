"""A wish that several hear at once is kept once, and waits for no import."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from campaigns.access import system
from campaigns.models import Campaign, Elector, Ward
from canvassing.actions.do_not_contact import keep_away_once
from canvassing.actions.paper_wishes import file_paper
from canvassing.actions.taking_back import put_right, take_back_contact
from canvassing.models import Contact, DoNotContact
from canvassing.rules.keypad import PaperWish
from tests.canvassing.actions.test_standing_race import (
    in_another_session,
    wait_until_it_waits,
)
from tests.canvassing.contact_helpers import differences, prepare, said
from tests.cast import NOW, make_district, make_elector

AT_ONCE = 4
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    return elector


def test_a_wish_that_several_hear_at_once_is_kept_once(
    campaign: Campaign, ivy: Elector
) -> None:
    by = system(campaign.organisation)
    terms: dict[str, Any] = {"by": by, "at": NOW, "came_with": uuid4()}
    together = Barrier(AT_ONCE)

    def hear(_place: int) -> int:
        together.wait()
        try:
            return keep_away_once(ivy, channel="phone", **terms).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        kept = set(pool.map(hear, range(AT_ONCE)))

    assert kept == {DoNotContact.objects.get().pk}


def test_a_correction_that_several_take_back_at_once_is_taken_back_once(
    campaign: Campaign, ivy: Elector
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}
    line = said(ivy, channel="paper", outcome="refused")
    file_paper([line], {ivy.pk: [PaperWish.OFF_THE_LIST]}, campaign=campaign, **of)
    wish = DoNotContact.objects.get()
    first = Contact.objects.get()
    right = put_right(first, not_asked=[f"away-{wish.pk}"], outcome="not_in", **of)
    together = Barrier(AT_ONCE)

    def take_back(_place: int) -> None:
        together.wait()
        try:
            take_back_contact(right, **of)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(take_back, range(AT_ONCE)))

    assert DoNotContact.objects.get().lifted_at is None
    assert Contact.objects.count() == 3
    assert differences(campaign) == 0


def test_a_wish_does_not_wait_until_an_import_has_written_the_register(
    campaign: Campaign, ivy: Elector
) -> None:
    by = system(campaign.organisation)
    with transaction.atomic():
        Elector.objects.select_for_update(no_key=True).get(pk=ivy.pk)
        other = in_another_session(
            lambda: keep_away_once(ivy, by=by, at=NOW, came_with=uuid4())
        )
        wait_until_it_waits(other)
        assert not other.is_alive()
    other.join()

    assert DoNotContact.objects.get().elector == ivy
