"""The purchase order on paper: to whom, what, which imprint, by whom."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from campaigns.exporters.purchase_order_pdf import write_purchase_order
from campaigns.models import Campaign, Expense
from campaigns.reports.purchase_orders import purchase_order
from tests.campaigns.purchases import commit, notice
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def text_of(expense: Expense) -> str:
    out = BytesIO()
    write_purchase_order(out, purchase_order(expense, authorised_on=NOW.date()))
    pages = PdfReader(out).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_an_order_says_to_whom_what_and_who_authorised_it(campaign: Campaign) -> None:
    notice(campaign)

    text = text_of(commit(campaign, "1250.50", description="Cards <b>&</b> post"))

    for words in (
        "Number mayor-2024/0001",
        "Plover Press",
        "4 Inkwell Yard, QX1 1AA",
        "Cards <b>&</b> post",
        "10 April 2024 to 2 May 2024",
        "£1,250.50",
        "on 23 April 2024",
        "Purchase order mayor-2024/0001 Page 1 of 1",
    ):
        assert words in text


def test_material_is_reminded_of_its_imprint_and_a_hall_is_not(
    campaign: Campaign,
) -> None:
    notice(campaign)
    campaign.imprint_promoter = ""
    campaign.imprint_printer = "Press Row Ltd, 2 Press Row, Walsall"
    campaign.save()
    leaflets, hall = commit(campaign), commit(campaign, category="meetings")

    unknown = text_of(leaflets)
    campaign.imprint_promoter = "Agnes Agent, 1 Canal Row, Birmingham"
    campaign.imprint_on_behalf_of = "Rowan Ash, 1 Canal Row, Birmingham"
    campaign.save()
    known = text_of(Expense.objects.get(pk=leaflets.pk))

    assert "Ask us before you begin" in unknown
    assert "Promoted by Agnes Agent" in known
    assert "Printed by Plover Press, 4 Inkwell Yard, QX1 1AA" in known
    assert "imprint" not in text_of(hall)
