"""Each list page asks the database a fixed number of times, however long the list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign, Job, Organisation, User, Ward
from canvassing.actions.standing import refresh_some
from canvassing.models import GotvList
from tests.campaigns.papers import bill
from tests.campaigns.purchases import commit, notice, propose
from tests.campaigns.receipts import attach
from tests.campaigns.statement_helpers import account_of
from tests.campaigns.supplier_helpers import supplier_of
from tests.cast import NOW, make_district, make_elector
from tests.house.list_samples import contact_samples
from tests.house.money_samples import return_files
from tests.house.round_samples import grow_rounds
from tests.house.routes import routes
from tests.house.statement_samples import book
from tests.house.supplier_samples import set_aside
from tests.house.test_access import samples, signed_in
from tests.house.volunteer_samples import volunteer_samples

__all__ = ["samples"]  # the fixture

RECORDED = {"by_kind": "system", "by_label": "Committee Room"}

# The most queries that a list page may take, sign-in and second factor included.
BUDGETS = {
    "today": 47,
    "wards": 16,
    "electors": 14,
    "opt-outs": 14,
    "held-items": 16,
    "phones": 14,
    "phone-bank": 14,
    "stalls": 12,
    "stall-helpers": 18,
    "codes": 12,
    "scripts": 12,
    "answers": 16,
    "postal-wave": 16,
    "lists": 12,
    "rounds": 14,
    "rounds-counts": 12,
    "rounds-ward": 18,
    "round": 14,
    "round-returns": 20,
    "local-rounds": 14,
    "leaflets": 12,
    "leaflet": 16,
    "leaflet-round": 21,
    "sessions": 12,
    "session": 20,
    "jobs": 12,
    "volunteers": 18,
    "volunteer": 24,
    "shifts": 12,
    "shift": 14,
    "shifts-at-risk": 18,
    "mails-not-sent": 14,
    "volunteer-presence": 14,
    "volunteer-hours": 16,
    "teams": 14,
    "team": 14,
    "register": 20,
    "matches": 16,
    "districts": 16,
    "polling-stations": 14,
    "people": 16,
    "money": 20,
    "expenses": 16,
    "donations": 14,
    "budget": 26,
    "funding": 20,
    "receipts": 18,
    "statements": 24,
    "supplier-invoices": 16,
    "return": 34,
    "return-version": 33,
    "return-changes": 14,
    "returnversion-list": 12,
    "returnfile-list": 12,
    "deadline-reminders": 18,
    "elector-list": 12,
    "pledge-list": 12,
    "address-list": 12,
    "contact-list": 12,
    "list-list": 12,
    "volunteer-list": 12,
    "shift-list": 12,
    "list-entries": 14,
    "round-list": 12,
    "leafletround-list": 12,
    "expense-list": 12,
    "given-list": 12,
    "limitnotice-list": 12,
    "bill-list": 14,
    "expense": 30,
    "receipt-list": 12,
    "statementline-list": 12,
    "supplierinvoice-list": 12,
    "authority-list": 12,
    "gift-list": 12,
    "outsideactivity-list": 12,
    "spending-authorities": 18,
    "outside-activities": 16,
    "job-list": 12,
    "ward-list": 12,
    "pollingdistrict-list": 12,
}


def grow(campaign: Campaign, ward: Ward) -> None:
    """More of everything that lists show."""
    organisation: Organisation = campaign.organisation
    district = make_district(organisation, ward)
    people = [make_elector(district) for _ in range(6)]
    refresh_some(
        organisation_id=organisation.pk, electors=[person.pk for person in people]
    )
    for number in range(3):
        volunteer_samples(campaign, ward, team=f"Team {number}")
        contact_samples(campaign, people[number])
        grow_rounds(campaign, ward, people[number + 3], number)
        notice(campaign)
        return_files(campaign.return_versions.get())
        propose(campaign)
        bill(commit(campaign), "100.00", f"G-{number}")
        attach(commit(campaign))
        book(account_of(campaign, f"Account {number}"), "HALL", "-5.00", "7.00")
        set_aside(supplier_of(campaign, f"Supplier {number}"), "C-1", "C-2")
        common: dict[str, Any] = {
            "organisation": organisation,
            "campaign": campaign,
            "asked_at": NOW,
            **RECORDED,
        }
        Job.objects.create(kind="sample", title=f"Job {number}", **common)
        GotvList.objects.create(
            name=f"List {number}", reason="Why", code=f"grown{number}", **common
        )


@pytest.fixture
def counted(organiser: User, samples: dict[str, Any]) -> Callable[[str], int]:
    client = signed_in(organiser)
    found = {route.name: route for route in routes()}

    def count(name: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(found[name].address(samples))
        assert response.status_code == 200
        return len(queries)

    return count


@pytest.mark.parametrize("name", BUDGETS)
def test_a_list_page_keeps_its_budget_as_the_list_grows(
    name: str, counted: Callable[[str], int], campaign: Campaign, ward: Ward
) -> None:
    counted(name)  # the first visit notes when the session was used
    before = counted(name)

    grow(campaign, ward)

    assert counted(name) <= before
    assert before <= BUDGETS[name]
