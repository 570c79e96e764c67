"""Receipts in a real browser: dropped on the page of their expense, on any screen."""

import base64
from typing import Any

import pytest

from campaigns.models import Campaign, MoneyDocument, User
from tests.browser.looks import too_wide, unlabelled
from tests.campaigns.purchases import commit, notice
from tests.campaigns.receipts import attach, image

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DROP = """zone => {
    const files = new DataTransfer();
    const bytes = Uint8Array.from(atob(zone.dataset.bytes), one => one.charCodeAt(0));
    files.items.add(new File([bytes], "till.png", { type: "image/png" }));
    zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files }));
}"""


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True)])
def test_a_receipt_is_dropped_and_kept(
    open_page: Any, campaign: Campaign, agent: User, width: int, dark: bool
) -> None:
    notice(campaign)
    expense = commit(campaign, "900.00")
    attach(expense, name="Plover Press.pdf")
    page = open_page(agent, width=width, dark=dark)
    page.goto(f"/mayor-2024/money/expenses/{expense.pk}/")
    zone = page.locator("[data-drop]")
    content = base64.b64encode(image("PNG")).decode()
    zone.evaluate("(zone, bytes) => { zone.dataset.bytes = bytes }", content)

    zone.evaluate(DROP)
    said = page.locator("[data-drop-name]").inner_text()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("It is kept as receipt 2.").wait_for()

    assert said == "till.png is chosen."
    assert unlabelled(page) == []
    assert not too_wide(page)
    page.goto("/mayor-2024/money/receipts/")
    assert not too_wide(page)
    assert unlabelled(page) == []
    names = MoneyDocument.objects.order_by("number").values_list("name", flat=True)
    assert list(names) == ["Plover Press.pdf", "till.png"]
