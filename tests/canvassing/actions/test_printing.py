"""Each print at the committee room proposes what it costs, where a price is set."""

from datetime import timedelta
from decimal import Decimal

import pytest

from campaigns.access import system
from campaigns.actions.job_parts import close_if_last
from campaigns.actions.jobs import run_here
from campaigns.actions.printing import set_printing_price
from campaigns.models import (
    Campaign,
    Expense,
    ExpenseCategory,
    ExpenseState,
    Job,
    User,
    Ward,
)
from canvassing.actions.codes import default_codes
from canvassing.actions.exports import ask_for_list_files
from canvassing.actions.printing import finish_prints
from canvassing.models import CanvassRound
from tests.canvassing.list_helpers import made, stand
from tests.canvassing.round_helpers import cut_ward, home, live_rounds
from tests.cast import NOW, POLL_ON
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def priced(campaign: Campaign) -> Campaign:
    """4p a side."""
    return set_printing_price(
        campaign=campaign,
        price=Decimal("0.04"),
        supplier="Inkwell Stationers",
        supplier_address="4 Inkwell Yard, QX1 1AA",
        by=system(campaign.organisation),
        at=NOW,
    )


@pytest.fixture
def rounds(campaign: Campaign, ward: Ward) -> list[CanvassRound]:
    """Three, each on a side."""
    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)
    for street in ("Penn Road", "Oak Road"):
        for number in range(1, 14):
            home(campaign, ward, number, street)
    cut_ward(campaign, ward, size=10)
    return live_rounds(campaign)


def list_files(campaign: Campaign, file_format: str) -> Job:
    job = ask_for_list_files(
        gotv_list=made(campaign),
        file_format=file_format,
        reason="evening round",
        by=system(campaign.organisation),
        at=NOW,
    )
    return run_here(job)


def test_the_walk_sheets_of_all_wards_propose_one_expense(
    priced: Campaign, ward: Ward, other_ward: Ward
) -> None:
    stand(priced, ward)
    stand(priced, other_ward, code="PN1")

    job = list_files(priced, "walk_sheets")

    proposed = Expense.objects.get()
    assert proposed.state == ExpenseState.PROPOSED
    assert proposed.amount == Decimal("0.08")
    assert proposed.category == ExpenseCategory.ADMINISTRATION
    assert proposed.supplier == "Inkwell Stationers"
    assert proposed.description.startswith("Printed here, 2 sides: ")
    assert (proposed.used_from, proposed.used_until) == (NOW.date(), POLL_ON)
    assert job.result["sides"] == 2
    assert job.result["proposed"] == "0.08"


def test_walk_sheets_that_come_with_their_list_propose_as_well(
    priced: Campaign, ward: Ward
) -> None:
    stand(priced, ward)

    gotv_list = made(priced, file_formats=["walk_sheets", "csv"])

    assert gotv_list.frozen_at
    assert Expense.objects.get().source == f"printing:job:{gotv_list.job_id}"


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_table_is_no_print(priced: Campaign, ward: Ward, file_format: str) -> None:
    stand(priced, ward)

    list_files(priced, file_format)

    assert not Expense.objects.exists()


def test_without_a_price_nothing_is_proposed_and_the_pages_say_so(
    campaign: Campaign, ward: Ward, rounds: list[CanvassRound], organiser: User
) -> None:
    desk = signed_in(organiser)
    job = list_files(campaign, "walk_sheets")

    assert not Expense.objects.exists()
    assert job.result["sides"]
    assert "proposed" not in job.result
    told = desk.get(f"/mayor-2024/jobs/{job.pk}/").content.decode()
    assert "so nothing is proposed to the agent" in told
    for page in print_pages(ward, rounds):
        text = desk.get(page).content.decode()
        assert "so this proposes no cost to the agent" in text, page


def test_with_a_price_every_page_that_prints_says_what_it_proposes(
    priced: Campaign, ward: Ward, rounds: list[CanvassRound], organiser: User
) -> None:
    desk = signed_in(organiser)
    job = list_files(priced, "walk_sheets")

    told = desk.get(f"/mayor-2024/jobs/{job.pk}/").content.decode()
    assert "is proposed to the agent, who commits it" in told
    for page in print_pages(ward, rounds):
        text = desk.get(page).content.decode()
        assert "is proposed to the agent at £0.04, once for each print" in text, page


def print_pages(ward: Ward, rounds: list[CanvassRound]) -> list[str]:
    return [
        f"/mayor-2024/rounds/{rounds[0].pk}/",
        f"/mayor-2024/rounds/ward/{ward.gss}/",
        "/mayor-2024/lists/new/",
        "/mayor-2024/lists/cards/",
    ]


def test_the_cards_of_a_wards_rounds_are_one_expense_however_often_they_are_made(
    priced: Campaign, ward: Ward, rounds: list[CanvassRound], organiser: User
) -> None:
    signed_in(organiser).post(
        f"/mayor-2024/rounds/ward/{ward.gss}/cards/", {"reason": "Tuesday"}
    )
    job = Job.objects.get(kind="round_cards")
    job.parts.update(state="running", attempt=1, lease_until=NOW - timedelta(days=1))

    assert run_here(job).state == "done"
    run_here(job)
    close_if_last(job.pk)
    again = finish_prints(job.pk)

    assert Expense.objects.get().amount == Decimal("0.12")
    assert again == {"sides": 3, "proposed": "0.12"}


def test_a_single_card_is_proposed_once_a_day(
    priced: Campaign, rounds: list[CanvassRound], organiser: User
) -> None:
    desk = signed_in(organiser)
    for round_ in (rounds[0], rounds[0], rounds[1]):
        address = f"/mayor-2024/rounds/{round_.pk}/card/"
        assert desk.post(address, {"reason": "Lost"})["Content-Type"].endswith("pdf")

    amounts = Expense.objects.values_list("amount", flat=True)
    assert list(amounts) == [Decimal("0.04")] * 2
    told = desk.get("/mayor-2024/money/printing/").content.decode()
    assert f"Printed here, 1 side: Canvass card: {rounds[0].name}, £0.04" in told
