"""The organisers' desk: today, wards and electors as pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import Campaign, Organisation, RegisterEdition, User, Ward
from canvassing.actions.standing import refresh_some
from canvassing.models import DoNotContact, ElectorStanding
from tests.canvassing.list_helpers import stand
from tests.cast import NOW, make_district, make_elector
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


def page(user: User, address: str) -> str:
    return signed_in(user).get(address, follow=True).content.decode()


def test_today_says_which_day_it_is_in_the_demonstration(
    campaign: Campaign, organiser: User
) -> None:
    text = page(organiser, "/")

    assert "Tuesday 23 April 2024" in text
    assert "9 days to go" in text


def test_today_shows_money_to_whoever_may_see_it(
    campaign: Campaign, agent: User, ward_lead: User
) -> None:
    assert "Spending limit" in page(agent, f"/{campaign.slug}/")
    assert "Spending limit" not in page(ward_lead, f"/{campaign.slug}/")


def test_the_header_offers_only_what_they_may_open(
    campaign: Campaign, agent: User
) -> None:
    text = page(agent, f"/{campaign.slug}/")

    assert ">Money</a>" in text
    assert ">Electors</a>" not in text
    assert ">People</a>" not in text


def test_todays_queries_do_not_grow_with_the_wards(
    campaign: Campaign,
    organiser: User,
    ward: Ward,
    other_ward: Ward,
    django_assert_max_num_queries: Any,
) -> None:
    stand(campaign, ward)
    stand(campaign, other_ward)
    client = signed_in(organiser)

    with django_assert_max_num_queries(45):
        client.get(f"/{campaign.slug}/")


def test_a_ward_page_counts_its_districts(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    stand(campaign, ward)

    text = page(organiser, f"/{campaign.slug}/wards/{ward.gss}/")

    assert "in 1 homes" in text
    assert "BN1" in text


def test_another_ward_leads_ward_does_not_exist(
    campaign: Campaign, ward_lead: User, other_ward: Ward
) -> None:
    response = signed_in(ward_lead).get(f"/{campaign.slug}/wards/{other_ward.gss}/")

    assert response.status_code == 404


def test_an_elector_is_found_and_shown(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    elector = stand(campaign, ward)

    found = page(organiser, f"/{campaign.slug}/electors/?q=marsh")
    text = page(organiser, f"/{campaign.slug}/electors/{elector.pk}/")

    assert elector.elector_number in found
    assert "Nobody has been there yet" in text


def test_the_page_of_a_merged_elector_leads_to_who_they_are(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    kept, tombstone = stand(campaign, ward), stand(campaign, ward, is_current=False)
    tombstone.merged_into = kept
    tombstone.save()

    response = signed_in(organiser).get(f"/{campaign.slug}/electors/{tombstone.pk}/")

    assert response.headers["Location"] == f"/{campaign.slug}/electors/{kept.pk}/"


def test_an_anonymous_entry_has_no_page(
    campaign: Campaign, data_officer: User, ward: Ward
) -> None:
    elector = stand(campaign, ward, is_anonymous=True)

    response = signed_in(data_officer).get(f"/{campaign.slug}/electors/{elector.pk}/")

    assert response.status_code == 404


def test_a_wish_is_noted_and_lifted_with_a_reason(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    elector = make_elector(make_district(campaign.organisation, ward))
    refresh_some(organisation_id=campaign.organisation_id, electors=[elector.pk])
    client, address = signed_in(organiser), f"/{campaign.slug}/electors/{elector.pk}/"

    client.post(f"{address}keep-away/", {"scope": "person", "channel": "door"})
    wish = DoNotContact.objects.get()
    assert (wish.channel, wish.campaign) == ("door", campaign)

    client.post(f"{address}lift/{wish.pk}/", {"reason": ""})
    assert DoNotContact.objects.get().lifted_at is None
    client.post(f"{address}lift/{wish.pk}/", {"reason": "They rang us."})
    assert DoNotContact.objects.get().lifted_at is not None


def test_whom_a_data_officer_hides_nobody_else_sees(
    campaign: Campaign, data_officer: User, organiser: User, ward: Ward
) -> None:
    elector = make_elector(make_district(campaign.organisation, ward))
    refresh_some(organisation_id=campaign.organisation_id, electors=[elector.pk])
    address = f"/{campaign.slug}/electors/{elector.pk}/"

    signed_in(data_officer).post(f"{address}hide/", {"reason": "They asked us."})

    assert not ElectorStanding.objects.get(elector=elector).is_current
    assert signed_in(organiser).get(address).status_code == 404
    assert "This person is hidden" in page(data_officer, address)


def test_a_data_clerk_lands_on_the_electors_of_their_wards(
    campaign: Campaign, data_clerk: User
) -> None:
    text = page(data_clerk, "/")

    assert f'href="/{campaign.slug}/electors/"' in text


def test_on_polling_day_the_header_says_so(
    campaign: Campaign, organisation: Organisation, agent: User
) -> None:
    organisation.clock_offset += timedelta(days=9)
    organisation.save()

    assert "<strong>polling day</strong>" in page(agent, f"/{campaign.slug}/")


def test_on_polling_day_today_tells_whose_pledge_has_voted_and_whose_has_not(
    campaign: Campaign, organiser: User, organisation: Organisation, ward: Ward
) -> None:
    at = NOW + timedelta(days=9)
    organisation.clock_offset = at - timezone.now()
    organisation.save(update_fields=["clock_offset"])
    stand(campaign, ward, voted_at=at - timedelta(hours=1))
    stand(campaign, ward)

    text = page(organiser, f"/{campaign.slug}/")

    assert "1 of 2 pledges" in text
    assert "1 have voted, 1 pledges of them" in text
    assert f"/{campaign.slug}/wards/{ward.gss}/" in text
    assert "Wards furthest behind" not in text


def test_on_polling_day_a_ward_lead_is_told_of_their_ward(
    campaign: Campaign,
    ward_lead: User,
    organisation: Organisation,
    ward: Ward,
    other_ward: Ward,
) -> None:
    at = NOW + timedelta(days=9)
    organisation.clock_offset = at - timezone.now()
    organisation.save(update_fields=["clock_offset"])
    for place in (ward, other_ward):
        stand(campaign, place, voted_at=at - timedelta(hours=1))

    assert "1 have voted, 1 pledges of them" in page(ward_lead, f"/{campaign.slug}/")


def test_a_campaign_over_one_ward_is_told_district_by_district(
    campaign: Campaign, organiser: User, ward: Ward
) -> None:
    campaign.wards.set([ward])
    stand(campaign, ward, code="BN7")

    text = page(organiser, f"/{campaign.slug}/")

    assert "District by district" in text
    assert "BN7" in text


def test_an_entry_of_another_candidates_copy_is_not_shown(
    campaign: Campaign, other_campaign: Campaign, organiser: User, ward: Ward
) -> None:
    elector = make_elector(make_district(campaign.organisation, ward))
    refresh_some(organisation_id=campaign.organisation_id, electors=[elector.pk])
    client, address = signed_in(organiser), f"/{campaign.slug}/electors/{elector.pk}/"
    [shown] = client.get(address).context["page"].entries

    RegisterEdition.objects.filter(pk=shown.from_edition_id).update(
        campaign=other_campaign
    )

    assert client.get(address).context["page"].entries == []


def test_whom_the_campaign_holds_no_copy_of_has_no_page_for_a_data_officer_either(
    campaign: Campaign, data_officer: User, ward: Ward
) -> None:
    elector = stand(campaign, ward, is_current=False)

    response = signed_in(data_officer).get(f"/{campaign.slug}/electors/{elector.pk}/")

    assert response.status_code == 404
