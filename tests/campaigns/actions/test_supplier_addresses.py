"""A supplier's address that was not known is added later: the return needs it."""

import pytest

from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.expenses import void_expense
from campaigns.actions.supplier_addresses import add_supplier_address
from campaigns.models import AuditEntry, Campaign, Expense, User
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from campaigns.roles import Role
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW, actor, member
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
YARD = "4 Inkwell Yard, Walsall"


@pytest.fixture
def nameless(campaign: Campaign) -> Expense:
    """Committed, of a supplier whose address nobody knew then."""
    notice(campaign)
    return commit(campaign, "640.00", supplier_address="")


def codes(campaign: Campaign) -> set[str]:
    return {found.code for found in spending_position(campaign, at=NOW).warnings}


def test_what_was_committed_without_an_address_gets_one_for_the_return(
    campaign: Campaign, nameless: Expense
) -> None:
    assert "no_supplier_address" in codes(campaign)

    add_supplier_address(nameless, address=f" {YARD} ", by=clerk(campaign), at=NOW)

    assert "no_supplier_address" not in codes(campaign)
    [line] = spending_return(campaign, at=NOW).section("unsolicited").lines
    assert line.values["address"] == YARD
    entry = AuditEntry.objects.get(verb="expense.address_added")
    assert entry.target == f"expense:{nameless.pk}"


def test_the_candidates_own_expenses_need_none(campaign: Campaign) -> None:
    notice(campaign)
    commit(campaign, "40.00", kind="personal", supplier_address="")

    assert "no_supplier_address" not in codes(campaign)


@pytest.mark.parametrize(
    ("address", "before", "code"),
    [
        ("  ", "", "no_address"),
        ("x" * 301, "", "too_long"),
        (YARD, "1 Other Street", "has_an_address"),
    ],
)
def test_it_is_added_once_and_never_changed(
    campaign: Campaign, address: str, before: str, code: str
) -> None:
    notice(campaign)
    expense = commit(campaign, "640.00", supplier_address=before)

    with pytest.raises(ExpenseRefused) as refused:
        add_supplier_address(expense, address=address, by=clerk(campaign), at=NOW)

    assert refused.value.code == code
    assert Expense.objects.get().supplier_address == before


def test_nothing_is_added_to_what_was_voided(
    campaign: Campaign, nameless: Expense
) -> None:
    void_expense(nameless, reason="Twice", by=clerk(campaign), at=NOW)

    with pytest.raises(ExpenseRefused) as refused:
        add_supplier_address(nameless, address=YARD, by=clerk(campaign), at=NOW)

    assert refused.value.code == "voided"


def test_who_only_reads_the_money_adds_nothing(
    campaign: Campaign, nameless: Expense
) -> None:
    candidate = member("Rowan Ash", Role.CANDIDATE, campaign)

    with pytest.raises(ExpenseRefused) as refused:
        add_supplier_address(nameless, address=YARD, by=actor(candidate), at=NOW)

    assert refused.value.code == "not_allowed"


def test_the_page_asks_for_it_until_it_is_there(
    campaign: Campaign, nameless: Expense, agent: User
) -> None:
    treasurer = signed_in(member("Trudy Treasurer", Role.TREASURER, campaign))
    page = f"/mayor-2024/money/expenses/{nameless.pk}/"
    asked = "Add the supplier’s address"
    assert asked in treasurer.get(page).content.decode()
    candidate = signed_in(member("Rowan Ash", Role.CANDIDATE, campaign))
    assert asked not in candidate.get(page).content.decode()

    empty = treasurer.post(f"{page}supplier-address/", {"address": ""})
    told = treasurer.post(f"{page}supplier-address/", {"address": YARD}, follow=True)

    assert empty.status_code == 400
    assert f"Plover Press, {YARD}" in told.content.decode()
    assert asked not in told.content.decode()


def test_a_program_adds_it_too(campaign: Campaign, nameless: Expense) -> None:
    address = f"/api/v1/campaigns/mayor-2024/expenses/{nameless.pk}/supplier-address/"
    client = client_of(token_for(campaign)[1])

    told = client.post(address, {"address": YARD}, format="json")
    again = client.post(address, {"address": "Elsewhere"}, format="json")

    assert (told.status_code, told.json()["supplier_address"]) == (200, YARD)
    assert again.status_code == 422
