"""The postal wave at the desk: the day of the packs, and ticking off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, Elector, PollingDistrict, User, Ward
from canvassing.actions.postal_votes import tick_off
from canvassing.models import Contact, VotesBy, WhomToSee
from canvassing.reports.whom_to_see import CHOSEN
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_district, make_elector
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    """A pledge who votes by post."""
    district: PollingDistrict = make_district(campaign.organisation, ward)
    ivy = make_elector(district)
    prepare(campaign)
    record(campaign, said(ivy, "P1"))
    row = standing(campaign, ivy)
    row.votes_by = VotesBy.POST
    row.save(update_fields=["votes_by"])
    return ivy


def set_day(client: Client, campaign: Campaign, day: str) -> str:
    answer = client.post(
        f"/{campaign.slug}/postal-wave/packs/", {"day": day}, follow=True
    )
    campaign.refresh_from_db()
    return answer.content.decode()


def test_the_day_of_the_packs_is_the_organisers_to_set(
    organiser: User, campaign: Campaign
) -> None:
    said_of_it = set_day(signed_in(organiser), campaign, "2024-04-15")
    assert "Packs go out on 15 April 2024." in said_of_it
    assert campaign.packs_go_out_on == date(2024, 4, 15)


@pytest.mark.parametrize("day", ["2024-04-05", "2024-05-02", "tomorrow", ""])
def test_no_pack_goes_out_before_the_nominations_or_after_the_poll(
    day: str, organiser: User, campaign: Campaign
) -> None:
    set_day(signed_in(organiser), campaign, day)
    assert campaign.packs_go_out_on is None


def test_the_earliest_day_is_said_and_not_taken(
    organiser: User, campaign: Campaign
) -> None:
    page = signed_in(organiser).get(f"/{campaign.slug}/postal-wave/").content.decode()
    assert "It cannot be before 8 April 2024" in page
    assert campaign.packs_go_out_on is None


def test_whoever_says_it_is_sent_leaves_the_wave(
    organiser: User, campaign: Campaign, ward: Ward, ivy: Elector
) -> None:
    client = signed_in(organiser)
    there = f"/{campaign.slug}/postal-wave/?ward={ward.gss}"
    assert ivy.full_name in client.get(there).content.decode()

    client.post(f"/{campaign.slug}/postal-wave/{ivy.pk}/sent/", {"channel": "email"})
    client.post(f"/{campaign.slug}/postal-wave/{ivy.pk}/sent/", {"channel": "email"})

    assert "Nobody to remind here" in client.get(there).content.decode()
    assert standing(campaign, ivy).posted
    assert Contact.objects.get(posted=True).channel == "email"


@pytest.mark.django_db(transaction=True)
def test_two_who_tick_off_at_once_file_one_contact(
    organiser: User, campaign: Campaign, ivy: Elector
) -> None:
    def tick(_: int) -> bool:
        by = system(campaign.organisation)
        try:
            return tick_off(ivy.pk, campaign=campaign, channel="phone", by=by, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        ticked = list(threads.map(tick, range(2)))

    assert sorted(ticked) == [False, True]
    assert Contact.objects.filter(posted=True).count() == 1


def test_a_round_of_postal_pledges_leaves_out_whoever_has_sent_theirs(
    campaign: Campaign, ivy: Elector
) -> None:
    sees = f"""SELECT count(*) FROM canvassing_electorstanding s
        WHERE s.campaign_id = %(campaign)s AND {CHOSEN[WhomToSee.POSTAL_PLEDGES]}"""

    def number() -> int:
        with connection.cursor() as cursor:
            cursor.execute(sees, {"campaign": campaign.pk})
            return int(cursor.fetchone()[0])

    before = number()
    record(campaign, said(ivy, posted=True))

    assert (before, number()) == (1, 0)


def test_taking_it_back_brings_them_into_the_wave_again(
    organiser: User, campaign: Campaign, ward: Ward, ivy: Elector
) -> None:
    client = signed_in(organiser)
    client.post(f"/{campaign.slug}/postal-wave/{ivy.pk}/sent/")
    contact = Contact.objects.get(posted=True)

    client.post(f"/{campaign.slug}/electors/{ivy.pk}/contact/{contact.pk}/withdraw/")

    assert not standing(campaign, ivy).posted
    there = f"/{campaign.slug}/postal-wave/?ward={ward.gss}"
    assert ivy.full_name in client.get(there).content.decode()


def test_the_latest_word_on_it_counts_and_follows_from_the_facts(
    campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, posted=True))
    record(campaign, said(ivy, posted=False))
    assert not standing(campaign, ivy).posted
    record(campaign, said(ivy, posted=True))
    assert standing(campaign, ivy).posted
    # The postal vote alone, which no list of absent voters here tells.
    assert differences(campaign) == 1
    assert differences(campaign) == 0
    assert standing(campaign, ivy).posted
