"""What others heard too stands, whoever's contact an organiser takes back."""

import pytest
from django.test import Client

from campaigns.models import Campaign, ControllerKind, Elector, User, Ward
from canvassing.models import (
    Contact,
    DoNotContact,
    FieldPhone,
    OpinionConsent,
    StallHelper,
    ViewsObjection,
)
from tests.canvassing.contact_helpers import differences, standing
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.canvassing.stall_helpers import Hand, helper_of, stall_of
from tests.canvassing.views.test_taken_back_at_desk import (
    AGREED,
    KNOCK,
    VIEWS,
    ago,
    goes_with,
    page_of,
    take_back,
    what_stands,
)
from tests.cast import make_district, make_elector
from tests.house.test_access import signed_in

ERASED = "what we keep of their views is erased at once"


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    stand_at_now(campaign.organisation)
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    return make_elector(make_district(campaign.organisation, ward))


def no_party(campaign: Campaign) -> None:
    campaign.organisation.controller_kind = ControllerKind.NON_PARTY
    campaign.organisation.save()


def test_an_objection_that_two_phones_heard_stands_until_both_contacts_are_taken_back(
    desk: Client, street: Street
) -> None:
    ivy = street.electors[0]
    out = issue(street.round)
    for mobile, minutes in (("07700 900123", 60), ("07700 900456", 20)):
        phone = Phone()
        phone.join(out, mobile=mobile, name=f"Ada {mobile[-3:]}")
        phone.send(
            contact(ivy, "refused", said_at=ago(minutes)),
            item("no_opinions", elector=ivy.pk, said_at=ago(minutes)),
        )
    first, second = Contact.objects.order_by("effective_at")

    assert goes_with(desk, first) == [VIEWS]
    take_back(desk, first)
    assert len(what_stands()) == 1

    take_back(desk, second)
    assert not what_stands()


def test_an_objection_that_a_phone_heard_twice_stands_until_both_are_taken_back(
    desk: Client, street: Street
) -> None:
    ivy, phone = street.electors[0], Phone()
    phone.join(issue(street.round))
    for minutes in (60, 20):
        phone.send(
            contact(ivy, "refused", said_at=ago(minutes)),
            item("no_opinions", elector=ivy.pk, said_at=ago(minutes)),
        )

    take_back(desk, Contact.objects.earliest("effective_at"))

    assert len(what_stands()) == 1


def test_a_consent_that_two_helpers_heard_stands_until_both_talks_are_taken_back(
    desk: Client, campaign: Campaign, ward: Ward, ivy: Elector
) -> None:
    no_party(campaign)
    helper = helper_of(stall_of(campaign, ward))
    for hand in (Hand(helper), Hand(helper_of(helper.link, "Bo Lane"))):
        visit = hand.open("Ivy Marsh")
        hand.send("views", visit=visit, said="agree")
        hand.send("outcome", visit=visit, outcome="refused")
    first, second = Contact.objects.order_by("pk")

    assert goes_with(desk, first) == [AGREED]
    assert ERASED not in desk.get(page_of(first)).content.decode()
    take_back(desk, first)

    assert OpinionConsent.objects.filter(withdrawn_at=None).count() == 1
    second.refresh_from_db()
    assert second.erased_at is None

    assert ERASED in desk.get(page_of(second)).content.decode()
    take_back(desk, second)
    assert not what_stands()
    assert differences(campaign) == 0


def test_what_names_no_contact_stands_and_the_page_says_where_it_is_lifted(
    desk: Client, street: Street
) -> None:
    """As what was heard before each hearing had a row of its own."""
    ivy, phone = street.electors[0], Phone()
    phone.join(issue(street.round))
    phone.send(contact(ivy, "refused"), item("no_opinions", elector=ivy.pk))
    ViewsObjection.objects.update(came_with=None)
    heard = Contact.objects.get()

    assert goes_with(desk, heard) == []
    page = desk.get(page_of(heard)).content.decode()
    assert "stands, and is lifted on their page" in page
    take_back(desk, heard)

    assert len(what_stands()) == 1


def test_a_wish_of_a_stall_goes_with_no_contact_at_a_door_though_their_keys_are_alike(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    ivy, phone = street.electors[0], Phone()
    Elector.objects.filter(pk=ivy.pk).update(surname="Otter", name_key="OTTER IVY")
    phone.join(issue(street.round))
    phone.send(contact(ivy, "refused", said_at=ago(3)))
    helper = helper_of(stall_of(campaign, ward))
    phone_id = FieldPhone.objects.get().pk
    StallHelper.objects.filter(pk=helper.pk).update(id=phone_id)
    helper = StallHelper.objects.select_related("link", "volunteer").get(pk=phone_id)
    hand = Hand(helper)
    hand.send("away", visit=hand.open("Ivy Otter"), how="doors")
    wish, heard = DoNotContact.objects.get(), Contact.objects.get()
    assert (wish.by_kind, wish.by_id) == (heard.by_kind, heard.by_id)

    assert KNOCK not in goes_with(desk, heard)
    take_back(desk, heard)

    assert standing(campaign, ivy).no_contact
