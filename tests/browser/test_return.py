"""The return in a real browser: on any screen, and each line leads to its paper."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.actions.credit_notes import record_credit_note
from campaigns.models import Campaign, Expense, Order, ReturnVersion, User
from tests.browser.looks import too_wide, unlabelled
from tests.campaigns.actions.test_authorities import authorise
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit
from tests.campaigns.receipts import attach
from tests.campaigns.returns import make, ready_books
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def version(campaign: Campaign, agent: User) -> ReturnVersion:
    """A return with a line in every schedule of spending that others had a hand in."""
    ready_books(campaign)
    leaflets = Expense.objects.get()
    invoice = bill(leaflets, "900.00")
    pay(invoice, "600.00")
    note = record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("30.00"),
        dated_on=date(2024, 4, 20),
        reason="A box of the second print was missing",
        by=clerk(campaign),
        at=NOW,
    )
    for row in (invoice, note, Order.objects.get(pk=leaflets.pk)):
        attach(row, name=f"{type(row).__name__} of Plover Press.pdf")
    residents = authorise(
        campaign,
        kind="campaigner",
        name="Alder Street Residents",
        cap=Decimal("500.00"),
        purpose="A leaflet of their own for the candidate",
    )
    commit(campaign, "120.00", authority=residents, supplier="Wren Posters")
    stamps = commit(
        campaign, "40.00", category="administration", supplier="Post office"
    )
    pay(bill(stamps, "40.00"), "25.00", paid_by="petty", authority=authorise(campaign))
    commit(campaign, "310.00", kind="personal", category="transport")
    commit(campaign, "0.00", kind="notional", market_value=Decimal("850.00"))
    return make(campaign, agent)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True)])
def test_a_version_is_read_on_any_screen_and_leads_from_line_to_paper(
    open_page: Any, version: ReturnVersion, agent: User, width: int, dark: bool
) -> None:
    page = open_page(agent, width=width, dark=dark)
    page.goto(f"/mayor-2024/money/return/{version.version}/")

    assert not too_wide(page)
    assert unlabelled(page) == []
    jump(page, "Authorised local campaigners")
    section = page.locator("#campaigners")
    assert "Alder Street Residents" in section.inner_text()
    assert not too_wide(page)
    jump(page, "Invoices, receipts")
    with page.expect_download() as taken:
        page.locator("#papers").get_by_role("link", name="1", exact=True).click()
    assert taken.value.suggested_filename == "001 Invoice of Plover Press.pdf"
    jump(page, "B. Unsolicited material")
    page.locator("#unsolicited").get_by_role("link", name="B1").click()
    page.get_by_role("heading", name="Leaflets").wait_for()


def jump(page: Any, part: str) -> None:
    """To a part of the return, which opens: from the list that a phone folds."""
    parts = page.get_by_role("navigation", name="Parts of the return")
    link = parts.get_by_role("link", name=part)
    if not link.is_visible():
        parts.locator("summary").click()
    link.click()
