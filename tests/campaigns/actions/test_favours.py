"""A supplier's favour: declared by the agent, and entered as a donation."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.actions.credit_notes import (
    CreditNoteRefused,
    record_credit_note,
    void_credit_note,
)
from campaigns.actions.donations import (
    DonationRefused,
    record_donation,
    void_donation,
)
from campaigns.actions.expense_checks import ExpenseRefused, Share
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import void_invoice
from campaigns.actions.favours import enter_favour
from campaigns.actions.gifts_in_kind import record_gift_in_kind, return_gift
from campaigns.actions.invoice_disputes import dispute_invoice, end_dispute
from campaigns.actions.suppliers import complete_supplier
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Donation,
    Expense,
    Invoice,
    User,
)
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from tests.campaigns.papers import bill
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.returns import MADE_AT, checks_of
from tests.cast import NOW
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(campaign: Campaign) -> Expense:
    """£600.00, of which £100.00 was credited as a favour."""
    notice(campaign)
    order = commit(campaign, "600.00", description="Posters")
    favour(order, "100.00")
    return order


def favour(order: Expense, amount: str, number: str = "C-1") -> CreditNote:
    return record_credit_note(
        invoice=order.invoices.first() or bill(order, "600.00"),
        number=number,
        amount=Decimal(amount),
        dated_on=date(2024, 4, 20),
        reason="The printer is a friend",
        is_favour=True,
        by=clerk(order.campaign),
        at=NOW,
    )


def codes(campaign: Campaign) -> set[str]:
    made = spending_return(campaign, at=MADE_AT)
    return {one.code for one in checks_of(campaign, made, at=MADE_AT)}


def test_a_favour_is_declared_and_entered_on_its_page_and_the_checks_go_away(
    order: Expense, agent: User
) -> None:
    campaign, desk = order.campaign, signed_in(agent)
    page = f"/{campaign.slug}/money/expenses/{order.pk}/"
    assert {"undeclared", "gifts"} <= codes(campaign)

    shown = desk.get(page).content.decode()
    desk.post(f"{page}declare-value/")
    desk.post(f"{page}favour/", {"donor_kind": "company", "donor_address": "4 Inkwell"})

    assert "I declare that £600.00 is what this is worth" in shown
    assert "£100.00 is given by Plover Press" in shown
    given = Donation.objects.get()
    assert (given.amount, given.donor, given.donor_address) == (
        Decimal("100.00"),
        "Plover Press",
        "4 Inkwell",
    )
    assert given.received_on == date(2024, 4, 20)
    assert "credit note C-1" in given.in_kind
    assert not {"undeclared", "gifts"} & codes(campaign)
    warned = {one.code for one in spending_position(campaign, at=MADE_AT).warnings}
    assert "value_not_declared" not in warned
    told = spending_return(campaign, at=MADE_AT).section("notional").lines[0].values
    assert told["valued"] == "the supplier’s price before credit note C-1, a favour"
    assert told["declared"]
    assert told["donation"] == "D1"
    after = desk.get(page).content.decode()
    assert "Enter it as a donation" not in after
    entry = AuditEntry.objects.get(verb="expense.value_declared")
    assert entry.data["market_value"] == "600.00"


def test_a_favour_is_entered_once_and_only_where_it_counts(
    order: Expense, campaign: Campaign
) -> None:
    by = clerk(campaign)
    small = commit(campaign, "600.00")
    favour(small, "50.00")
    enter_favour(order, donor_kind="company", by=by, at=NOW)

    for expense, code in ((order, "entered_before"), (small, "no_favour")):
        with pytest.raises(ExpenseRefused) as refused:
            enter_favour(expense, donor_kind="company", by=by, at=NOW)
        assert refused.value.code == code

    assert Donation.objects.count() == 1


def test_voiding_the_credit_note_voids_the_donation_of_its_favour(
    order: Expense, campaign: Campaign
) -> None:
    by = clerk(campaign)
    enter_favour(order, donor_kind="company", by=by, at=NOW)
    with pytest.raises(DonationRefused, match="void its credit note"):
        void_donation(Donation.objects.get(), reason="Typed twice", by=by, at=NOW)

    void_credit_note(CreditNote.objects.get(), reason="Another order", by=by, at=NOW)

    assert Donation.objects.get().void_reason == "Another order"
    order.refresh_from_db()
    assert order.donation is None


def test_a_favour_is_given_back_as_money_and_its_expense_stays(
    order: Expense, campaign: Campaign
) -> None:
    by = clerk(campaign)
    enter_favour(order, donor_kind="company", by=by, at=NOW)
    back = {"returned_on": date(2024, 4, 22), "returned_how": "Paid in full after all"}

    with pytest.raises(DonationRefused) as refused:
        return_gift(Donation.objects.get(), **back, was_used=False, by=by, at=NOW)
    return_gift(Donation.objects.get(), **back, was_used=True, by=by, at=NOW)

    assert refused.value.code == "a_favour"
    order.refresh_from_db()
    assert order.state == "committed"


def test_a_second_favour_is_entered_anew_together_with_the_first(
    order: Expense, campaign: Campaign
) -> None:
    by = clerk(campaign)
    enter_favour(order, donor_kind="company", by=by, at=NOW)

    favour(order, "50.00", "C-2")

    first = Donation.objects.get()
    assert first.void_reason == "Credit note C-2 changed what is given"
    order.refresh_from_db()
    assert order.donation is None
    enter_favour(order, donor_kind="company", by=by, at=NOW)
    assert Donation.objects.get(voided_at=None).amount == Decimal("150.00")


def test_voiding_one_of_two_favours_leaves_no_donation_of_both(
    order: Expense, campaign: Campaign
) -> None:
    by, second = clerk(campaign), favour(order, "100.00", "C-2")
    enter_favour(order, donor_kind="company", by=by, at=NOW)
    assert Donation.objects.get().amount == Decimal("200.00")

    void_credit_note(second, reason="Another order", by=by, at=NOW)

    assert Donation.objects.get().void_reason == "Another order"
    order.refresh_from_db()
    enter_favour(order, donor_kind="company", by=by, at=NOW)
    assert Donation.objects.get(voided_at=None).amount == Decimal("100.00")


def test_a_note_that_is_no_favour_leaves_the_donation_of_one(
    order: Expense, campaign: Campaign
) -> None:
    by = clerk(campaign)
    enter_favour(order, donor_kind="company", by=by, at=NOW)

    record_credit_note(
        invoice=order.invoices.get(),
        number="C-2",
        amount=Decimal("20.00"),
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        by=by,
        at=NOW,
    )

    assert Donation.objects.get().voided_at is None


def test_a_discount_that_is_a_gift_takes_no_favour_besides(campaign: Campaign) -> None:
    notice(campaign)
    discount = commit(
        campaign,
        "600.00",
        kind="notional",
        market_value=Decimal("800.00"),
        value_basis="Their list of prices",
    )

    with pytest.raises(CreditNoteRefused) as refused:
        favour(discount, "100.00")

    assert refused.value.code == "a_gift_already"


@pytest.fixture
def discount(campaign: Campaign) -> Expense:
    """£560.00 for what is worth £620.00, with the donation of the £60.00."""
    notice(campaign)
    by = clerk(campaign)
    gift = record_gift_in_kind(
        campaign=campaign,
        donor="Plover Press",
        donor_kind="company",
        market_value=Decimal("620.00"),
        paid=Decimal("560.00"),
        value_basis="Their list of prices",
        received_on=date(2024, 4, 12),
        description="Posters",
        category="advertising",
        used_from=date(2024, 4, 15),
        used_until=date(2024, 4, 20),
        by=by,
        at=NOW,
    )
    return commit_expense(gift, by=by, at=NOW)


def test_the_donation_of_a_discount_follows_an_ordinary_credit_note(
    discount: Expense, campaign: Campaign, agent: User
) -> None:
    """£30.00 credited: £90.00 is given now, and the agent enters that anew."""
    by, desk = clerk(campaign), signed_in(agent)
    page = f"/{campaign.slug}/money/expenses/{discount.pk}/"
    note = ordinary(bill(discount, "560.00"), "30.00")

    old = Donation.objects.get()
    assert old.void_reason == "Credit note C-1 changed what is given"
    assert "£90.00 is given by Plover Press" in desk.get(page).content.decode()
    desk.post(f"{page}favour/", {"donor_kind": "company", "donor_address": "4 Inkwell"})
    now = Donation.objects.get(voided_at=None)
    assert (now.amount, now.received_on) == (Decimal("90.00"), date(2024, 4, 20))
    assert now.in_kind == "Posters"
    assert not {"gifts", "gifts_uncounted"} & codes(campaign)

    void_credit_note(note, reason="Another order", by=by, at=NOW)
    now.refresh_from_db()
    assert now.void_reason == "Another order"


def test_the_donation_of_a_discount_follows_a_bill_below_the_order(
    discount: Expense, campaign: Campaign
) -> None:
    invoice = bill(discount, "500.00")

    assert Donation.objects.get().void_reason == "Invoice PP-1 changed what is given"
    enter_favour(discount, donor_kind="company", by=clerk(campaign), at=NOW)
    assert Donation.objects.get(voided_at=None).amount == Decimal("120.00")

    void_invoice(invoice, reason="Another order", by=clerk(campaign), at=NOW)
    assert not Donation.objects.filter(voided_at=None).exists()


def discounted(campaign: Campaign, **told: Any) -> Expense:
    """£920.00 for what is worth £1,000.00: 8 %, which does not count, but is given."""
    told.setdefault("received_on", date(2024, 3, 1))
    gift = record_gift_in_kind(
        campaign=campaign,
        donor="Plover Press",
        donor_kind="company",
        market_value=Decimal("1000.00"),
        paid=Decimal("920.00"),
        value_basis="Their list of prices",
        description="Posters",
        category="advertising",
        used_from=date(2024, 4, 15),
        used_until=date(2024, 4, 20),
        by=clerk(campaign),
        at=NOW,
        **told,
    )
    return commit_expense(gift, by=clerk(campaign), at=NOW)


@pytest.mark.parametrize(
    "told", [{}, {"excluded": "disability", "excluded_reason": "For a wheelchair"}]
)
def test_what_is_given_stays_a_donation_though_it_counts_nothing(
    campaign: Campaign, agent: User, told: dict[str, str]
) -> None:
    """£90.00 of £1,000.00 after a credit note is 9 %; what is excluded counts nothing
    either."""
    notice(campaign)
    expense = discounted(campaign, **told)
    page = f"/{campaign.slug}/money/expenses/{expense.pk}/"
    ordinary(bill(expense, "920.00"), "10.00")
    assert not Donation.objects.filter(voided_at=None).exists()
    assert "gifts" in codes(campaign)

    assert (
        "£90.00 is given by Plover Press" in signed_in(agent).get(page).content.decode()
    )
    enter_favour(expense, donor_kind="company", by=clerk(campaign), at=NOW)

    assert Donation.objects.get(voided_at=None).amount == Decimal("90.00")
    assert not {"gifts", "gifts_uncounted"} & codes(campaign)


@pytest.mark.parametrize(
    ("told", "received_on", "said"),
    [
        ({}, date(2024, 4, 14), "its 30 days run from 14 April 2024"),
        ({"received_on": None}, None, "is promised until it comes"),
    ],
)
def test_the_days_of_a_discount_begin_with_the_bill_that_changed_it_or_are_to_come(
    campaign: Campaign,
    agent: User,
    told: dict[str, None],
    received_on: date | None,
    said: str,
) -> None:
    """Given on 1 March: its 30 days would be over before it is entered anew."""
    notice(campaign)
    expense = discounted(campaign, **told)
    bill(expense, "900.00")

    page = f"/{campaign.slug}/money/expenses/{expense.pk}/"
    assert said in signed_in(agent).get(page).content.decode()
    enter_favour(expense, donor_kind="company", by=clerk(campaign), at=NOW)

    assert Donation.objects.get(voided_at=None).received_on == received_on


def test_a_settled_dispute_begins_the_days_of_the_discount_that_it_makes(
    discount: Expense, campaign: Campaign
) -> None:
    by, invoice = clerk(campaign), bill(discount, "560.00")
    dispute_invoice(invoice, reason="Blank", by=by, at=NOW)
    end_dispute(
        invoice=invoice,
        outcome="settled",
        amount=Decimal("500.00"),
        ended_on=date(2024, 4, 21),
        reason="Their letter",
        by=by,
        at=NOW,
    )

    enter_favour(discount, donor_kind="company", by=by, at=NOW)

    now = Donation.objects.get(voided_at=None)
    assert (now.amount, now.received_on) == (Decimal("120.00"), date(2024, 4, 21))


def test_a_share_of_what_another_campaign_was_given_is_their_donation(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(campaign)
    notice(other_campaign, electors=50_000)
    commit(
        other_campaign,
        "0.00",
        kind="notional",
        market_value=Decimal("800.00"),
        shares=[Share(1, 2, "The mayor", campaign=campaign)],
        over_limit_reason="Given",
    )

    notional = spending_return(campaign, at=MADE_AT).section("notional")
    assert notional.total("value") == Decimal("800.00")
    assert "gifts" not in codes(campaign)
    assert "gifts" in codes(other_campaign)


def test_a_discount_billed_as_it_was_ordered_keeps_its_donation(
    discount: Expense,
) -> None:
    bill(discount, "560.00")

    assert Donation.objects.get().voided_at is None


def ordinary(invoice: Invoice, amount: str) -> CreditNote:
    return record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal(amount),
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        by=clerk(invoice.expense.campaign),
        at=NOW,
    )


def test_a_thing_given_that_is_no_spending_yet_is_said(campaign: Campaign) -> None:
    """A donation in kind of which nobody entered the use."""
    notice(campaign)
    record_donation(
        campaign=campaign,
        donor="A union",
        donor_kind="trade_union",
        amount=Decimal("300.00"),
        in_kind="A hall",
        received_on=date(2024, 4, 12),
        by=clerk(campaign),
        at=NOW,
    )

    assert "gifts_uncounted" in codes(campaign)


def test_a_gift_used_before_the_period_is_not_asked_for_again(
    campaign: Campaign,
) -> None:
    notice(campaign)
    by = clerk(campaign)
    gift = record_gift_in_kind(
        campaign=campaign,
        donor="A union",
        donor_kind="trade_union",
        market_value=Decimal("300.00"),
        value_basis="What the hall costs others",
        received_on=date(2024, 3, 1),
        description="A hall",
        category="meetings",
        used_from=date(2024, 3, 1),
        used_until=date(2024, 3, 1),
        by=by,
        at=NOW,
    )
    commit_expense(gift, by=by, at=NOW)

    assert not {"gifts", "gifts_uncounted"} & codes(campaign)


def test_the_giver_of_a_favour_is_another_only_after_its_credit_note_is_voided(
    order: Expense, campaign: Campaign
) -> None:
    by = clerk(campaign)
    order = enter_favour(order, donor_kind="company", by=by, at=NOW)

    with pytest.raises(ExpenseRefused, match="void the favour’s credit note first"):
        complete_supplier(
            order, supplier="Heron Print", supplier_address="", by=by, at=NOW
        )
