"""The pages on authorities, others' campaigns, gifts, exclusions and splits."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.authorities import authorise_spending
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    Organisation,
    OutsideActivity,
    SpendingAuthority,
    User,
)
from campaigns.roles import Role
from tests.campaigns.purchases import clerk, notice
from tests.cast import NOW, member

pytestmark = pytest.mark.django_db
TYPED = {
    "description": "Stamps",
    "supplier": "Post office",
    "category": "administration",
    "kind": "incurred",
    "amount": "10.00",
    "incurred_on": "2024-04-22",
    "used_from": "2024-04-22",
    "used_until": "2024-05-02",
}


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation, campaign: Campaign) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])
    notice(campaign)


@pytest.fixture
def desk(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def url(campaign: Campaign, path: str) -> str:
    return f"/{campaign.slug}/money/{path}"


def page(client: Client, campaign: Campaign, path: str) -> str:
    return client.get(url(campaign, path)).content.decode()


def test_a_petty_authority_is_given_spent_under_and_shown(
    campaign: Campaign, desk: Client
) -> None:
    typed = {
        "kind": "petty",
        "name": "Petra Petty",
        "purpose": "Stamps and paper",
        "cap": "60",
        "written_on": "2024-04-01",
        "document": "File 4",
    }

    wrong = desk.post(url(campaign, "authorities/"), typed | {"purpose": ""})
    desk.post(url(campaign, "authorities/"), typed)
    given = SpendingAuthority.objects.get()
    asked = page(desk, campaign, "expenses/propose/")
    over = desk.post(
        url(campaign, "expenses/propose/"),
        TYPED | {"amount": "60.01", "authority": given.pk},
    )
    desk.post(url(campaign, "expenses/propose/"), TYPED | {"authority": given.pk})
    stamps = Expense.objects.get()
    desk.post(url(campaign, f"expenses/{stamps.pk}/commit/"))

    assert "Say for what it is given" in wrong.content.decode()
    assert "Petra Petty, up to £60.00" in asked
    assert "Only £60.00 of the £60.00" in over.content.decode()
    assert stamps.authority == given
    assert "£50.00" in page(desk, campaign, "authorities/")
    assert "by the authority of Petra Petty" in page(desk, campaign, "expenses/")
    assert "pays petty expenses" in page(desk, campaign, f"expenses/{stamps.pk}/")


def test_whose_authority_is_not_chosen_from_another_campaign(
    campaign: Campaign, other_campaign: Campaign, desk: Client
) -> None:
    elsewhere = authorise_spending(
        campaign=other_campaign,
        kind="petty",
        name="Pip Elsewhere",
        purpose="Stamps",
        cap=Decimal("60.00"),
        written_on=date(2024, 4, 1),
        document="File 5",
        by=clerk(other_campaign),
        at=NOW,
    )

    sent = desk.post(
        url(campaign, "expenses/propose/"), TYPED | {"authority": elsewhere.pk}
    )
    revoked = desk.get(url(campaign, f"authorities/{elsewhere.pk}/revoke/"))

    assert "not one of the available choices" in sent.content.decode()
    assert revoked.status_code == 404


def test_what_others_do_is_written_down_and_voided_on_its_page(
    campaign: Campaign, desk: Client
) -> None:
    empty = page(desk, campaign, "others/")
    typed = {
        "body": "Penn Residents",
        "description": "A page in their newsletter",
        "value": "80",
        "reason": "Their committee decided it",
    }

    desk.post(url(campaign, "others/"), typed)
    activity = OutsideActivity.objects.get()
    shown = page(desk, campaign, "others/")
    asked = desk.get(url(campaign, f"others/{activity.pk}/void/"))
    desk.post(url(campaign, f"others/{activity.pk}/void/"), {"reason": "Not printed"})

    assert "Nothing yet" in empty
    assert "was not read for this poll" in empty
    assert "Their committee decided it" in shown
    assert asked.status_code == 200
    assert "Not printed" in page(desk, campaign, "others/")
    assert "was not read" not in page(desk, campaign, "")


GIFT = {
    "description": "Two rooms",
    "is_encouraged": "yes",
    "category": "accommodation",
    "donor": "Alder Workers' Union",
    "donor_kind": "trade_union",
    "market_value": "600",
    "paid": "0.00",
    "value_basis": "Price list next door",
    "received_on": "2024-04-10",
    "used_from": "2024-04-10",
    "used_until": "2024-05-02",
}


def test_a_gift_is_entered_once_and_declared_by_the_agent(
    campaign: Campaign, desk: Client
) -> None:
    made = desk.post(url(campaign, "gifts/add/"), GIFT)
    gift, donation = Expense.objects.get(), Donation.objects.get()
    before = page(desk, campaign, f"expenses/{gift.pk}/")
    desk.post(url(campaign, f"expenses/{gift.pk}/declare-value/"))
    after = page(desk, campaign, f"expenses/{gift.pk}/")

    assert made.status_code == 302
    assert donation.amount == Decimal("600.00")
    assert "I declare it" in before
    assert f"/money/donations/{donation.pk}/" in before
    assert "that the value is true: Agnes Agent, 23 April 2024" in after
    assert "I declare it" not in after


def test_what_a_body_does_of_its_own_accord_is_led_to_others_own_campaigns(
    campaign: Campaign, desk: Client
) -> None:
    own_accord = GIFT | {"is_encouraged": "no"}

    refused = desk.post(url(campaign, "gifts/add/"), own_accord)

    assert "under “Others’ own campaigns”" in refused.content.decode()
    assert url(campaign, "others/") in refused.content.decode()
    assert not Expense.objects.exists()
    assert not Donation.objects.exists()


def test_whoever_gives_a_gift_back_is_told_of_its_spending_and_says_if_it_was_used(
    campaign: Campaign, desk: Client
) -> None:
    desk.post(url(campaign, "gifts/add/"), GIFT)
    gift, donation = Expense.objects.get(), Donation.objects.get()
    there = f"donations/{donation.pk}/"
    back = {"returned_on": "2024-04-12", "returned_how": "By van, to the union"}

    shown = page(desk, campaign, there)
    unsaid = desk.post(url(campaign, f"{there}return/"), back)
    said = desk.post(url(campaign, f"{there}return/"), back | {"was_used": "no"})

    assert "Was any of it used?" in shown
    assert "would count £600.00" in shown
    assert "void that one, and both are voided" in shown
    assert unsaid.status_code == 400
    assert said.status_code == 302
    gift.refresh_from_db()
    assert gift.void_reason == "Returned unused: By van, to the union"
    after = page(desk, campaign, there)
    assert "counts nothing: Returned unused" in after
    assert "12 April 2024: By van, to the union" in after


def test_who_is_not_the_agent_is_not_asked_to_declare(
    campaign: Campaign, organiser: User, desk: Client
) -> None:
    treasurer = member("Trudy Treasurer", Role.TREASURER, campaign)
    client = Client()
    client.force_login(treasurer)

    assert 'name="declared"' in page(desk, campaign, "gifts/add/")
    assert client.get(url(campaign, "gifts/add/")).status_code == 404
    desk.post(url(campaign, "gifts/add/"), GIFT)
    refused = client.post(
        url(campaign, f"expenses/{Expense.objects.get().pk}/declare-value/")
    )
    assert refused.status_code == 404


def test_paying_canvassers_is_refused_beside_the_form(
    campaign: Campaign, desk: Client
) -> None:
    sent = desk.post(
        url(campaign, "expenses/propose/"),
        TYPED | {"category": "staff", "staff_duty": "canvassing"},
    )

    assert "Nobody may be paid to canvass" in sent.content.decode()
    assert not Expense.objects.exists()


def test_an_exclusion_is_shown_in_the_list_with_nothing_counted_and_why(
    campaign: Campaign, desk: Client
) -> None:
    excluded = {"excluded": "security", "excluded_reason": "After a threat"}
    desk.post(url(campaign, "expenses/propose/"), TYPED | excluded)
    guarded = Expense.objects.get()

    listed = page(desk, campaign, "expenses/")
    shown = page(desk, campaign, f"expenses/{guarded.pk}/")

    assert 'data-label="Counts">£0.00</td>' in listed
    assert "never counts: Reasonable security of persons or property" in listed
    assert "After a threat" in shown
    assert "SI 2024/428, reg 4" in shown


def test_a_split_is_typed_with_the_figures_it_rests_on(
    campaign: Campaign, other_campaign: Campaign, desk: Client
) -> None:
    share = {
        "share0-campaign": other_campaign.pk,
        "share0-basis": "copies",
        "share0-part": "12,000 of 40,000",
        "share0-reason": "Went to Bilston",
    }
    desk.post(url(campaign, "expenses/propose/"), TYPED | share)

    shown = page(desk, campaign, f"expenses/{Expense.objects.get().pk}/")

    assert "£3.00 (12,000 of 40,000, by copies): Went to Bilston" in shown
