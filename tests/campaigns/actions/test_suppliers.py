"""The supplier of an expense, completed once the return needs it."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.access import Actor, actor_of_token
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.expenses import void_expense
from campaigns.actions.gifts_in_kind import record_gift_in_kind
from campaigns.actions.suppliers import complete_supplier
from campaigns.models import AuditEntry, Campaign, Donation, Expense
from campaigns.roles import Capability, Role
from tests.campaigns.actions.test_gifts_in_kind import give
from tests.campaigns.api.test_tokens import token_for
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, POLL_ON, actor, member

pytestmark = pytest.mark.django_db
ADDRESS = "4 Inkwell Yard, QX1 1AA"


def complete(
    expense: Expense, supplier: str, address: str = ADDRESS, by: Actor | None = None
) -> Expense:
    return complete_supplier(
        expense,
        supplier=supplier,
        supplier_address=address,
        by=by or clerk(expense.campaign),
        at=NOW,
    )


def two_rooms(campaign: Campaign) -> Expense:
    """Given in kind by somebody whose address is not known."""
    return record_gift_in_kind(
        campaign=campaign,
        description="Two rooms",
        category="meetings",
        donor="Dorothy Penhallow",
        donor_kind="individual",
        market_value=Decimal("400.00"),
        value_basis="The price list",
        used_from=date(2024, 4, 10),
        used_until=POLL_ON,
        by=clerk(campaign),
        at=NOW,
    )


def test_the_address_of_what_is_committed_is_added_and_written_down(
    campaign: Campaign,
) -> None:
    notice(campaign)
    expense = commit(campaign, supplier="Plover", supplier_address="")

    complete(expense, " Plover Press ")

    expense.refresh_from_db()
    kept = (expense.supplier, expense.supplier_address)
    assert kept == ("Plover Press", ADDRESS)
    entry = AuditEntry.objects.get(verb="expense.supplier_completed")
    assert entry.data["before"] == {"supplier": "Plover", "address": ""}
    assert entry.data["after"] == {"supplier": "Plover Press", "address": ADDRESS}


def test_a_supplier_has_a_name_and_a_voided_expense_none_to_be_completed(
    campaign: Campaign,
) -> None:
    expense = propose(campaign)

    with pytest.raises(ExpenseRefused) as nameless:
        complete(expense, " ")
    void_expense(expense, reason="Never came", by=clerk(campaign), at=NOW)
    with pytest.raises(ExpenseRefused) as voided:
        complete(expense, "Plover Press", "Elsewhere")

    codes = (nameless.value.code, voided.value.code)
    assert codes == ("no_supplier", "already_voided")
    expense.refresh_from_db()
    assert expense.supplier_address == ADDRESS


def test_the_donation_of_a_gift_takes_the_address_and_keeps_its_donor(
    campaign: Campaign,
) -> None:
    gift = two_rooms(campaign)

    with pytest.raises(ExpenseRefused) as refused:
        complete(gift, "Somebody else")
    complete(gift, "Dorothy Penhallow")

    assert refused.value.code == "other_giver"
    assert Donation.objects.get().donor_address == ADDRESS


def test_whom_the_agent_committed_it_with_is_changed_by_the_agent_alone(
    campaign: Campaign,
) -> None:
    notice(campaign)
    treasurer = actor(member("Tam Reed", Role.TREASURER, campaign))
    expense = commit(campaign, supplier_address="")

    complete(expense, "Plover Press", by=treasurer)
    with pytest.raises(ExpenseRefused, match="only the agent gives it another"):
        complete(expense, "Somebody Else Ltd", by=treasurer)
    expense.refresh_from_db()
    assert (expense.supplier, expense.supplier_address) == ("Plover Press", ADDRESS)

    complete(expense, "Somebody Else Ltd")
    proposed = complete(propose(campaign), "Linnet", by=treasurer)

    expense.refresh_from_db()
    assert expense.supplier == "Somebody Else Ltd"
    assert proposed.supplier == "Linnet"


def test_what_changes_nothing_leaves_no_trace(campaign: Campaign) -> None:
    complete(propose(campaign), "Plover Press")
    complete(give(campaign, donor_address=ADDRESS), "Alder Workers' Union")

    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    completed = {"expense.supplier_completed", "donation.address_completed"}
    assert not completed & verbs


def test_who_records_no_donations_writes_down_no_address_of_a_giver(
    campaign: Campaign,
) -> None:
    gift = two_rooms(campaign)
    token, _ = token_for(campaign, Capability.RECORD_PAYMENTS)

    with pytest.raises(ExpenseRefused, match="whoever records donations"):
        complete(gift, "Dorothy Penhallow", by=actor_of_token(token))

    assert Donation.objects.get().donor_address == ""
