"""Each money form, sent as a browser sends it: every field that the page shows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.donations import accept_donation, record_donation
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    Invoice,
    LimitNotice,
    Organisation,
    Payment,
    User,
)
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Role
from tests.campaigns.papers import bill
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.campaigns.rendered_forms import RenderedForm, form_with
from tests.cast import NOW, member

pytestmark = pytest.mark.django_db
# What is typed of any gift.
GIFT = {
    "donor": "Dorothy Penhallow",
    "market_value": "400",
    "is_encouraged": "yes",
    "value_basis": "The price list of the hall next door",
}


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@dataclass
class Browser:
    """Somebody at the money pages, who types only what a page does not fill in."""

    client: Client
    campaign: Campaign

    def shown(self, page: str, *names: str) -> RenderedForm:
        """The form on a money page that has these fields."""
        seen = self.client.get(self.address(page))
        return form_with(seen.content.decode(), *names)

    def sends(self, page: str, **typed: str) -> None:
        """Fill in and send the form that has these fields; it must be accepted."""
        form = self.shown(page, *typed)
        to = form.action or self.address(page)
        answer = self.client.post(to, form.filled(**typed))
        assert answer.status_code == 302, answer.content.decode()

    def address(self, page: str) -> str:
        return f"/{self.campaign.slug}/money/{page}"


def browser(user: User, campaign: Campaign) -> Browser:
    client = Client()
    client.force_login(user)
    return Browser(client, campaign)


@pytest.fixture
def desk(campaign: Campaign, agent: User) -> Browser:
    return browser(agent, campaign)


def test_an_expense_that_nobody_shares_is_proposed(desk: Browser) -> None:
    desk.sends(
        "expenses/propose/",
        description="Eve of poll card",
        supplier="Plover Press",
        supplier_address="4 Inkwell Yard",
        amount="£1,250.50",
    )

    assert not Expense.objects.get().shares.exists()


def test_an_expense_shared_with_one_body_is_proposed(desk: Browser) -> None:
    typed = {"share0-bearer": "The party", "share0-part": "1/2"}
    desk.sends(
        "expenses/propose/",
        description="Eve of poll card",
        supplier="Plover Press",
        amount="£1,250.50",
        **typed | {"share0-reason": "Half of it is theirs"},
    )

    assert Expense.objects.get().shares.get().bearer == "The party"


def test_a_share_asked_for_and_left_empty_is_nobody(desk: Browser) -> None:
    page = "expenses/propose/"
    typed = {"description": "Card", "supplier": "Plover Press", "amount": "10"}
    asked = desk.shown(page, *typed).filled(**typed) | {"more": ["1"]}

    more = desk.client.post(desk.address(page), asked).content.decode()
    form = form_with(more, "share1-part")
    desk.client.post(desk.address(page), form.filled())

    assert not Expense.objects.get().shares.exists()


def test_a_personal_expense_is_stated(campaign: Campaign) -> None:
    candidate = browser(member("Rowan Ash", Role.CANDIDATE, campaign), campaign)

    candidate.sends(
        "expenses/personal/",
        description="Train to the hustings",
        supplier="Slow Line",
        supplier_address="Platform 4",
        amount="12.40",
    )

    stated = Expense.objects.get()
    assert (stated.kind, stated.supplier_address) == ("personal", "Platform 4")


def test_only_travel_and_living_are_stated_as_personal(campaign: Campaign) -> None:
    candidate = browser(member("Rowan Ash", Role.CANDIDATE, campaign), campaign)
    train = {"description": "Leaflet printing", "supplier": "Plover Press"}
    page = "expenses/personal/"

    form = candidate.shown(page, "incurred_on")
    answer = candidate.client.post(
        candidate.address(page),
        form.filled(**train, amount="900.00", category="unsolicited"),
    )

    assert "Select a valid choice" in answer.content.decode()
    assert not Expense.objects.exists()


def test_a_missing_address_is_added(desk: Browser, campaign: Campaign) -> None:
    expense = propose(campaign, supplier_address="")

    desk.sends(f"expenses/{expense.pk}/", supplier_address="4 Inkwell Yard")

    expense.refresh_from_db()
    assert expense.supplier_address == "4 Inkwell Yard"
    assert expense.supplier == "Plover Press"


def test_a_gift_is_entered(desk: Browser) -> None:
    desk.sends(
        "gifts/add/",
        description="Two rooms of the union",
        donor_address="14 Fallowshaw Road",
        **GIFT,
    )

    assert Donation.objects.get().amount == Decimal("400.00")


def test_of_a_gift_it_is_said_what_counts_and_who_bears_a_part(
    desk: Browser, campaign: Campaign
) -> None:
    desk.sends(
        "gifts/add/",
        description="1,000 leaflets of the union",
        inside_parts="500",
        inside_of_parts="1000",
        inside_reason="500 went out before the period",
        **GIFT
        | {
            "share0-bearer": "Alder Reeve",
            "share0-part": "£100.00",
            "share0-reason": "A quarter of the sheet is hers",
        },
    )

    share = Expense.objects.get().shares.get()
    assert (share.parts, share.of_parts) == (1, 4)
    [line] = spending_position(campaign, at=NOW).lines
    assert line.counted == Decimal("150.00")
    assert Donation.objects.get().amount == Decimal("400.00")


def test_a_gift_that_never_counts_says_by_which_rule(
    desk: Browser, campaign: Campaign
) -> None:
    desk.sends(
        "gifts/add/",
        description="Stewards for the open meeting",
        excluded="security",
        excluded_reason="Asked for by the police after a threat",
        **GIFT,
    )

    [line] = spending_position(campaign, at=NOW).lines
    assert (line.expense.excluded, line.counted) == ("security", 0)


def test_a_mistake_in_a_share_of_a_gift_is_shown_and_nothing_is_entered(
    desk: Browser,
) -> None:
    form = desk.shown("gifts/add/", "market_value")
    answer = desk.client.post(
        desk.address("gifts/add/"),
        form.filled(description="Leaflets", **GIFT | {"share0-part": "1/4"}),
    )

    assert "Choose a campaign, or name somebody else." in answer.content.decode()
    assert not Donation.objects.exists()


def test_an_invoice_and_its_payment_are_filed(
    desk: Browser, campaign: Campaign
) -> None:
    notice(campaign)
    expense = commit(campaign, "900.00")

    desk.sends(f"expenses/{expense.pk}/", number="PP-7", amount="900")
    invoice = Invoice.objects.get()
    desk.sends(f"invoices/{invoice.pk}/", method="Cheque", amount="900.00")

    assert Payment.objects.get().amount == invoice.amount


def test_a_credit_note_is_filed(desk: Browser, campaign: Campaign) -> None:
    notice(campaign)
    invoice = bill(commit(campaign, "900.00"), "900.00")

    desk.sends(
        f"invoices/{invoice.pk}/", number="C-1", amount="100", reason="Too few came"
    )

    assert invoice.credit_notes.get().amount == Decimal("100.00")


def given(campaign: Campaign, amount: str, received_on: date | None = None) -> Donation:
    return record_donation(
        campaign=campaign,
        donor="Dorothy Penhallow",
        donor_kind="individual",
        amount=Decimal(amount),
        received_on=received_on,
        by=clerk(campaign),
        at=NOW,
    )


def test_a_donation_is_entered(desk: Browser) -> None:
    desk.sends(
        "donations/add/",
        donor="Dorothy Penhallow",
        amount="40",
        received_on="2024-04-20",
    )

    assert Donation.objects.get().donor_kind


def test_a_donors_address_is_added_on_the_donations_page(
    desk: Browser, campaign: Campaign
) -> None:
    donation = given(campaign, "400.00")

    desk.sends(
        f"donations/{donation.pk}/",
        donor_address="14 Fallowshaw Road",
        reason="Her letter of 3 May",
    )

    donation.refresh_from_db()
    assert donation.donor_address == "14 Fallowshaw Road"


def test_an_accepted_donation_is_given_back_on_its_page(
    desk: Browser, campaign: Campaign
) -> None:
    donation = given(campaign, "40.00", received_on=date(2024, 4, 20))
    accept_donation(donation, accepted_on=date(2024, 4, 22), by=clerk(campaign), at=NOW)
    page = desk.address(f"donations/{donation.pk}/")

    form = desk.shown(f"donations/{donation.pk}/", "returned_how")
    desk.client.post(form.action, form.filled(returned_how="By the bank"))

    donation.refresh_from_db()
    assert donation.returned_how == "By the bank"
    after = desk.client.get(page).content.decode()
    assert "returned_how" not in after


def test_the_numbers_of_the_limit_are_filed(desk: Browser) -> None:
    desk.sends(
        "limit/",
        electors="2000000",
        councils="7",
        document="Letter of the returning officer",
    )

    assert LimitNotice.objects.get().is_official


@pytest.mark.parametrize("page", ["donation", "receive", "invoice", "payment"])
def test_a_slip_in_the_year_is_refused(
    desk: Browser, campaign: Campaign, page: str
) -> None:
    notice(campaign)
    order = commit(campaign, "900.00")
    paper = bill(commit(campaign, "50.00"), "50.00")
    promised = record_donation(
        campaign=campaign,
        donor="Dorothy Penhallow",
        donor_kind="individual",
        amount=Decimal(40),
        by=clerk(campaign),
        at=NOW,
    )
    at, typed = {
        "donation": (
            "donations/add/",
            {"donor": "Ida Fern", "amount": "40", "received_on": "0001-01-01"},
        ),
        "receive": (f"donations/{promised.pk}/", {"received_on": "1924-04-20"}),
        "invoice": (
            f"expenses/{order.pk}/",
            {
                "number": "17",
                "amount": "9",
                "dated_on": "1924-04-20",
                "received_on": "2024-04-20",
            },
        ),
        "payment": (
            f"invoices/{paper.pk}/",
            {"amount": "9", "paid_on": "1999-01-01", "method": "card"},
        ),
    }[page]
    form = desk.shown(at, *typed)

    answer = desk.client.post(form.action or desk.address(at), form.filled(**typed))

    assert "more than six years before polling day" in answer.content.decode()
