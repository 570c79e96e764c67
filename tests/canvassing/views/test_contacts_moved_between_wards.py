"""A contact moved to somebody of another ward: whoever reaches that ward alone sees,
lifts and takes back nothing of whom it was moved from."""

import pytest

from campaigns.access import actor_of_user, system
from campaigns.models import Campaign, Elector, User, Ward
from canvassing.actions.contacts import ContactsRefused
from canvassing.actions.corrections import correct_contact
from canvassing.actions.opinions import Objection, object_to_views
from canvassing.actions.paper_wishes import file_paper
from canvassing.actions.taking_back import put_right, take_back_contact
from canvassing.models import Contact, DoNotContact, ViewsObjection
from canvassing.rules.keypad import PaperWish
from tests.canvassing.contact_helpers import prepare, said, standing
from tests.canvassing.views.test_taken_back_at_desk import page_of
from tests.cast import NOW, make_district, make_elector
from tests.house.test_access import signed_in

AWAY = "Do not contact: this person, any channel, for good"


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    return make_elector(make_district(campaign.organisation, ward))


@pytest.fixture
def otto(campaign: Campaign, other_ward: Ward) -> Elector:
    district = make_district(campaign.organisation, other_ward, code="BN2")
    return make_elector(district, forename="Otto")


@pytest.fixture
def moved(campaign: Campaign, ivy: Elector, otto: Elector) -> Contact:
    """What Ivy said and asked, as another tool says it was of Otto."""
    prepare(campaign)
    by = system(campaign.organisation)
    line = said(ivy, "P1", channel="paper")
    asked = {ivy.pk: [PaperWish.OFF_THE_LIST]}
    file_paper([line], asked, by=by, at=NOW, campaign=campaign)
    first = Contact.objects.get()
    return correct_contact(first, by=by, at=NOW, elector_id=otto.pk, intention="B")


@pytest.fixture
def clerk_of_ottos(data_clerk: User, other_ward: Ward) -> User:
    data_clerk.memberships.get().wards.set([other_ward])
    return data_clerk


def test_whoever_reaches_the_second_ward_alone_sees_nothing_of_the_first(
    clerk_of_ottos: User, organiser: User, moved: Contact
) -> None:
    label = Contact.objects.earliest("pk").intention.label

    page = signed_in(clerk_of_ottos).get(page_of(moved)).content.decode()
    everywhere = signed_in(organiser).get(page_of(moved)).content.decode()

    again = "stands again: <strong>"
    assert AWAY in everywhere
    assert f"{label}</strong>" in everywhere.split(again)[1]
    assert AWAY not in page
    assert again not in page
    assert "of somebody beyond your wards" in page
    assert "Take it back" not in page


def test_whoever_reaches_the_second_ward_alone_lifts_nothing_of_the_first(
    clerk_of_ottos: User, campaign: Campaign, ivy: Elector, moved: Contact
) -> None:
    by = actor_of_user(clerk_of_ottos, at=NOW)
    wish = DoNotContact.objects.get()

    with pytest.raises(ContactsRefused, match="not on your list"):
        take_back_contact(moved, by=by, at=NOW)
    put_right(moved, not_asked=[f"away-{wish.pk}"], by=by, at=NOW, intention="W")
    take_back_contact(Contact.objects.latest("pk"), by=by, at=NOW)

    assert standing(campaign, ivy).no_contact


def test_what_an_objector_said_before_their_contact_was_moved_is_not_shown(
    organiser: User, campaign: Campaign, ivy: Elector, moved: Contact
) -> None:
    label = Contact.objects.earliest("pk").intention.label
    object_to_views(
        [Objection(ivy.pk, NOW)],
        organisation_id=ivy.organisation_id,
        by=system(campaign.organisation),
        at=NOW,
    )

    page = signed_in(organiser).get(page_of(moved)).content.decode()

    assert f"{label}</strong>" not in page.split("stands again: <strong>")[1]


def test_the_objection_that_a_correction_lifted_hides_what_was_said_before_it(
    organiser: User, campaign: Campaign, ivy: Elector
) -> None:
    prepare(campaign)
    by = system(campaign.organisation)
    line = said(ivy, "P1", channel="paper", outcome="spoken")
    file_paper([line], {}, by=by, at=NOW, campaign=campaign)
    first = Contact.objects.get()
    objections = [Objection(ivy.pk, NOW, first.uuid)]
    object_to_views(objections, organisation_id=ivy.organisation_id, by=by, at=NOW)
    name = f"views-{ViewsObjection.objects.get().pk}"
    put_right(first, not_asked=[name], by=by, at=NOW, intention="B")

    page = signed_in(organiser).get(page_of(Contact.objects.latest("pk")))

    again = page.content.decode().split("stands again: <strong>")[1]
    assert f"{first.intention.label}</strong>" not in again
