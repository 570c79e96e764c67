"""Candidate and treasurer at the money pages: what each reads, does, and is offered."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.expenses import state_personal_expense
from campaigns.models import (
    Campaign,
    Donation,
    DonationEvidence,
    Expense,
    ExpenseState,
    Invoice,
    LimitNotice,
    Payment,
    SpendingAuthority,
    User,
    Ward,
)
from campaigns.roles import Role
from tests.campaigns.purchases import propose
from tests.cast import (
    NOW,
    actor,
    make_address,
    make_district,
    make_elector,
    member,
)
from tests.house.money_samples import money_samples
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
LINK = re.compile(r'(?:href|action)="(/mayor-2024/money/[^"#?]*)')
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="(/mayor-2024/money/[^"]*)"')
READ = {"", "can-we-afford-it/", "expenses/", "donations/", "plan/", "funding/"}
TODAY = NOW.date().isoformat()


@pytest.fixture(autouse=True)
def on_the_tests_day(campaign: Campaign) -> None:
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def treasurer(campaign: Campaign) -> User:
    return member("Trudy Treasurer", Role.TREASURER, campaign)


@pytest.fixture
def candidate(campaign: Campaign) -> User:
    return member("Rowan Ash", Role.CANDIDATE, campaign)


def url(path: str = "") -> str:
    return f"/mayor-2024/money/{path}"


def walked(browser: Client) -> dict[str, str]:
    """Every money page that can be reached by its links, by its address."""
    pages: dict[str, str] = {}
    to_see = [url()]
    while to_see:
        address = to_see.pop()
        if address in pages:
            continue
        answer = browser.get(address)
        if answer.status_code == 405:  # only ever posted to
            pages[address] = ""
            continue
        assert answer.status_code == 200, address
        is_page = answer.headers["Content-Type"].startswith("text/html")
        pages[address] = answer.content.decode() if is_page else ""
        to_see += LINK.findall(pages[address])
    return pages


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.TREASURER, Role.AGENT])
def test_whatever_a_page_offers_is_there_for_whom_it_is_offered(
    campaign: Campaign, role: Role
) -> None:
    money_samples(campaign)
    browser = signed_in(member("Wanda Walker", role, campaign))

    pages = walked(browser)

    assert {url(path) for path in READ} <= set(pages)
    offered = {action for page in pages.values() for action in FORM.findall(page)}
    assert offered
    answers = {action: browser.post(action).status_code for action in sorted(offered)}
    assert {action for action, status in answers.items() if status in (403, 404)} == (
        set()
    )


def rows() -> dict[str, int]:
    tables = (
        Donation,
        DonationEvidence,
        Expense,
        Invoice,
        LimitNotice,
        Payment,
        SpendingAuthority,
    )
    return {table.__name__: table.objects.count() for table in tables}


def sent(campaign: Campaign, samples: dict[str, object]) -> dict[str, dict[str, str]]:
    """A form for each thing that changes money, filled in as it should be."""
    bought, reason = samples["expense-detail.pk"], {"reason": "Typed twice"}
    gift = f"donations/{samples['donation']}"
    return {
        "limit/": {
            "is_official": "yes",
            "electors": "5",
            "councils": "1",
            "given_on": TODAY,
            "document": "Letter",
        },
        "authorities/": {
            "kind": "commit",
            "user": str(samples["user"]),
            "cap": "5",
            "written_on": TODAY,
            "document": "Letter",
        },
        f"authorities/{samples['authority']}/revoke/": reason,
        "expenses/propose/": {
            "description": "Card",
            "supplier": "Plover Press",
            "category": "unsolicited",
            "kind": "incurred",
            "amount": "5",
            "incurred_on": TODAY,
            "used_from": TODAY,
            "used_until": TODAY,
        },
        "expenses/personal/": {
            "description": "Fares",
            "supplier": "Gull Rail",
            "category": "transport",
            "amount": "5",
            "incurred_on": TODAY,
        },
        f"expenses/{samples['expense']}/commit/": {},
        f"expenses/{samples['expense']}/void/": reason,
        f"expenses/{bought}/void/": reason,
        f"invoices/{samples['invoice']}/void/": reason,
        f"payments/{samples['payment-void.paper']}/void/": reason,
        "donations/add/": {
            "donor": "Dora Donor",
            "donor_kind": "party",
            "amount": "500",
        },
        f"{gift}/return/": {"returned_on": TODAY, "returned_how": "by bank"},
        f"{gift}/void/": reason,
    }


def state(campaign: Campaign) -> object:
    """All that the forms above could change of the rows there are."""
    return (
        rows(),
        sorted(Expense.objects.values_list("pk", "state")),
        sorted(Invoice.objects.values_list("pk", "voided_at")),
        sorted(Payment.objects.values_list("pk", "voided_at")),
        sorted(Donation.objects.values_list("pk", "returned_on", "voided_at")),
        sorted(SpendingAuthority.objects.values_list("pk", "revoked_at")),
    )


def changed_by(user: User, campaign: Campaign) -> set[str]:
    """The forms that changed something when this person sent them."""
    samples = money_samples(campaign)
    browser, changing = signed_in(user), set()
    for path, typed in sent(campaign, samples).items():
        before = state(campaign)
        browser.post(url(path), typed)
        if state(campaign) != before:
            changing.add(re.sub(r"\d+", "N", path))
    return changing


def test_a_candidate_writes_nothing_but_personal_expenses(
    campaign: Campaign, candidate: User
) -> None:
    assert changed_by(candidate, campaign) == {"expenses/personal/"}


def test_a_treasurer_keeps_donations_bills_and_payments_alone(
    campaign: Campaign, treasurer: User
) -> None:
    """The bill that was paid is voided once its payment is."""
    assert changed_by(treasurer, campaign) == {
        "payments/N/void/",
        "donations/add/",
        "donations/N/return/",
        "donations/N/void/",
    }


def test_an_agent_does_all_of_it(campaign: Campaign, agent: User) -> None:
    left = {re.sub(r"\d+", "N", path) for path in sent(campaign, Anything())}

    assert left - changed_by(agent, campaign) == {
        "invoices/N/void/",  # it is paid at that moment
    }


class Anything(dict[str, object]):
    def __missing__(self, name: str) -> object:
        return 1


def stated(campaign: Campaign, by: User) -> Expense:
    return state_personal_expense(
        campaign=campaign,
        description="Fares",
        supplier="Gull Rail",
        category="transport",
        amount=Decimal("12.40"),
        incurred_on=NOW.date(),
        by=actor(by),
        at=NOW,
    )


def test_a_candidate_takes_back_what_they_stated_and_nothing_else(
    campaign: Campaign, candidate: User, agent: User
) -> None:
    mine, agents = stated(campaign, candidate), stated(campaign, agent)
    leaflets = propose(campaign)
    browser = signed_in(candidate)

    offered = "Void this expense"
    assert offered in browser.get(url(f"expenses/{mine.pk}/")).content.decode()
    for other in (agents, leaflets):
        page = f"expenses/{other.pk}/"
        assert offered not in browser.get(url(page)).content.decode()
        refused = browser.post(url(f"{page}void/"), {"reason": "Not mine"})
        assert "you, what you stated" in refused.content.decode()
    browser.post(url(f"expenses/{mine.pk}/void/"), {"reason": "Typed twice"})

    states = Expense.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [
        ExpenseState.VOIDED,
        ExpenseState.PROPOSED,
        ExpenseState.PROPOSED,
    ]


def test_a_treasurer_is_not_told_that_proposals_need_them(
    campaign: Campaign, treasurer: User, agent: User
) -> None:
    propose(campaign)

    assert "Waiting for the agent:" in signed_in(treasurer).get(url()).content.decode()
    assert "Waiting for the agent:" not in signed_in(agent).get(url()).content.decode()


def test_a_treasurer_sees_the_elector_number_and_nothing_else_of_the_register(
    campaign: Campaign, ward: Ward, treasurer: User, candidate: User
) -> None:
    address = make_address(make_district(campaign.organisation, ward))
    elector = make_elector(
        address.polling_district, address=address, forename="Dora", surname="Donor"
    )
    gift = money_samples(campaign)["donation"]
    page = url(f"donations/{gift}/look-up/")
    asked = {
        "forename": "Dora",
        "surname": "Donor",
        "postcode": address.postcode,
        "reason": "To check a donor over £50",
    }

    found = signed_in(treasurer).post(page, asked).content.decode()
    wrong = signed_in(treasurer).post(page, {**asked, "postcode": "ZA9 9ZZ"})

    assert f"Yes: <strong>{elector.elector_number}, Wolverhampton</strong>" in found
    assert f'value="{elector.elector_number}, Wolverhampton"' in found
    assert address.printed not in found
    assert "No, not by that name and postcode." in wrong.content.decode()
    assert signed_in(candidate).post(page, asked).status_code == 404
