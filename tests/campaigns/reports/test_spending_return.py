"""The return made from rows: what is in it, where it comes from, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.actions.court_leaves import record_court_leave
from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.donations import (
    accept_donation,
    record_donation,
    return_donation,
)
from campaigns.actions.donor_evidence import record_evidence
from campaigns.actions.expenses import PartInside, Share
from campaigns.actions.invoice_disputes import dispute_invoice, end_dispute
from campaigns.actions.outside_activities import record_outside_activity
from campaigns.actions.refunds_due import receive_refund
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    ExpenseCategory,
    Invoice,
    Order,
)
from campaigns.reports.donation_position import donation_position
from campaigns.reports.funding_position import funding_position
from campaigns.reports.return_form import (
    Line,
    SpendingReturn,
    in_words,
    read_back,
)
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from tests.campaigns import papers
from tests.campaigns.purchases import clerk, commit, notice, propose, undone
from tests.campaigns.receipts import attach
from tests.campaigns.returns import checks_of
from tests.cast import NOW, POLL_ON

pytestmark = pytest.mark.django_db
AFTER = NOW.replace(month=5, day=29)  # the result was declared on 4 May


def bill(expense: Expense, amount: str = "100.00", **fields: Any) -> Invoice:
    return papers.bill(expense, amount, **fields)


def pay(invoice: Invoice, amount: str, day: date) -> None:
    papers.pay(invoice, amount, paid_on=day)


def give(campaign: Campaign, amount: str = "100.00", **fields: object) -> Donation:
    named = {
        "donor": "Dora Donor",
        "donor_kind": "trade_union",
        "donor_address": "8 Lanternbrook Place, QX2 0AA",
        "received_on": date(2024, 4, 2),
        **fields,
    }
    return record_donation(
        campaign=campaign,
        amount=Decimal(amount),
        by=clerk(campaign),
        at=NOW,
        **named,  # type: ignore[arg-type]
    )


def keep(donation: Donation) -> None:
    written = {"by": clerk(donation.campaign), "at": NOW}
    record_evidence(
        donation,
        found={"list_of_unions": "Entry 1"},
        looked_on=date(2024, 4, 3),
        **written,
    )
    accept_donation(donation, accepted_on=date(2024, 4, 3), **written)


def lines(made: SpendingReturn, code: str) -> list[Line]:
    return list(made.section(code).lines)


def values(made: SpendingReturn, code: str) -> dict[str, str]:
    (line,) = lines(made, code)
    return dict(line.values)


def sums(made: SpendingReturn) -> dict[str, str]:
    return {line.key: line.values["amount"] for line in lines(made, "summary")}


@pytest.fixture
def declared(campaign: Campaign) -> Campaign:
    notice(campaign)
    campaign.agent_name = "Agnes Agent"
    campaign.result_declared_on = date(2024, 5, 4)
    campaign.save()
    return campaign


def test_an_item_says_supplier_what_bill_payments_and_what_counts(
    declared: Campaign,
) -> None:
    expense = commit(declared, "900.00", shares=[Share(1, 3, "Both faces", "Ash Oak")])
    invoice = bill(expense, "900.00", number="PP-7")
    pay(invoice, "400.00", date(2024, 4, 20))
    pay(invoice, "300.00", date(2024, 4, 22))

    made = spending_return(declared, at=NOW)

    assert values(made, "unsolicited") == {
        "number": "B1",
        "supplier": "Plover Press",
        "address": "4 Inkwell Yard, QX1 1AA",
        "spent_by": "",
        "what": "Leaflets",
        "used": "10 April 2024 to 2 May 2024",
        "shared": "£300.00 borne by Ash Oak (1 of 3, by use): Both faces",
        "not_counted": "",
        "over_limit": "",
        "incurred": "2024-04-02",
        "order": "mayor-2024/0001",
        "bill": "PP-7",
        "settled": "",
        "credited": "",
        "receipts": "none yet",
        "paid": "£400.00 on 20 April 2024; £300.00 on 22 April 2024",
        "payer": "",
        "unpaid": "200.00",
        "due_back": "",
        "amount": "900.00",
        "counted": "600.00",
    }


def test_every_line_names_the_rows_it_comes_from(declared: Campaign) -> None:
    expense = commit(declared, shares=[Share(1, 2, "Half", "Ash Oak")])
    invoice = bill(expense)
    pay(invoice, "100.00", date(2024, 4, 20))
    donation = give(declared)
    keep(donation)

    made = spending_return(declared, at=NOW)

    (item,) = lines(made, "unsolicited")
    assert item.rows == (
        f"expense:{expense.pk}",
        f"share:{expense.shares.get().pk}",
        f"invoice:{invoice.pk}",
        f"payment:{invoice.payments.get().pk}",
    )
    (kept,) = lines(made, "donations")
    evidence = donation.evidence.get().pk
    assert kept.rows == (f"donation:{donation.pk}", f"donation_evidence:{evidence}")


def test_an_item_names_its_receipts_and_what_has_none_is_to_be_looked_at(
    declared: Campaign,
) -> None:
    proved, bare = commit(declared), commit(declared, supplier="Wren Halls")
    receipt = attach(bill(proved))

    made = spending_return(declared, at=NOW)

    items = {one.values["supplier"]: one for one in lines(made, "unsolicited")}
    assert items["Plover Press"].values["receipts"] == str(receipt.number)
    assert f"moneydocument:{receipt.pk}" in items["Plover Press"].rows
    assert items[bare.supplier].values["receipts"] == "none yet"
    [check] = [
        one for one in checks_of(declared, made, at=NOW) if one.code == "no_receipt"
    ]
    assert check.message.startswith("1 item is without a receipt")
    assert not check.blocks


def test_every_paper_of_a_line_stands_in_one_list_with_its_number(
    declared: Campaign,
) -> None:
    expense, before = commit(declared), date(2024, 2, 1)
    order = attach(Order.objects.get(pk=expense.pk), name="quotation.pdf")
    attach(commit(declared, incurred_on=before, used_from=before, used_until=before))
    invoice = bill(expense)
    note = record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("30.00"),
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        by=clerk(declared),
        at=NOW,
    )
    attach(note)
    given = give(declared)
    keep(given)
    attach(given, name="letter.pdf")

    made = spending_return(declared, at=NOW)

    item = values(made, "unsolicited")
    assert item["order"] == "mayor-2024/0001 (receipt 1)"
    assert item["credited"] == (
        "£30.00, C-1 of 20 April 2024: A box was missing (receipt 3)"
    )
    assert item["receipts"] == "none yet"
    assert values(made, "donations")["receipts"] == "4"
    papers = [one.values for one in lines(made, "papers")]
    assert [(one["number"], one["item"]) for one in papers] == [
        ("1", "B1"),
        ("3", "B1"),
        ("4", "D1"),
    ]
    assert papers[0]["proves"] == (
        "Order mayor-2024/0001, £100.00: Leaflets, from Plover Press"
    )
    assert papers[0]["sha256"] == order.sha256


def test_one_receipt_of_two_bills_leaves_the_other_missing(declared: Campaign) -> None:
    expense = commit(declared, "100.00")
    receipt = attach(bill(expense, "40.00", is_last=False))
    other = bill(expense, "60.00", number="PP-2")
    pay(other, "45.00", date(2024, 4, 20))
    pay(other, "15.00", date(2024, 4, 21))

    made = spending_return(declared, at=NOW)

    # Below £20 the law asks for none.
    assert values(made, "unsolicited")["receipts"] == (
        f"{receipt.number}; none yet of: Invoice PP-2 of 12 April 2024, "
        "paid on 20 April 2024"
    )
    codes = [check.code for check in checks_of(declared, made, at=NOW)]
    assert "no_receipt" in codes


def test_heads_stand_in_the_order_of_the_law_and_say_when_they_are_empty(
    declared: Campaign,
) -> None:
    commit(declared, category="advertising")

    made = spending_return(declared, at=NOW)

    codes = [section.code for section in made.sections]
    assert codes == [
        "particulars",
        "summary",
        *ExpenseCategory,
        *("personal", "notional", "unpaid", "disputed", "late"),
        *("donations", "returned", "campaigners", "petty", "deputies"),
        "papers",
    ]
    assert lines(made, "transport") == []
    assert made.section("advertising").title == "A. Advertising"


def test_what_was_only_proposed_voided_or_used_up_before_is_not_in_it(
    declared: Campaign,
) -> None:
    propose(declared)
    before = date(2024, 2, 1)
    commit(declared, incurred_on=before, used_from=before, used_until=before)

    made = spending_return(declared, at=NOW)

    assert made.is_nil
    assert made.counted == 0
    assert lines(made, "unpaid") == []


def test_nothing_spent_is_a_nil_return(campaign: Campaign) -> None:
    made = spending_return(campaign, at=NOW)

    assert made.is_nil
    assert sums(made)["counted"] == "0.00"
    assert sums(made)["limit"] == ""


def test_where_a_donation_stands_it_is_no_nil_return(declared: Campaign) -> None:
    give(declared, "30.00")

    assert not spending_return(declared, at=NOW).is_nil


def test_claims_and_gifts_stand_in_the_order_of_their_items(
    declared: Campaign,
) -> None:
    for day in range(1, 13):
        commit(
            declared,
            "10.00",
            kind="notional",
            market_value=Decimal("600.00"),
            incurred_on=date(2024, 4, day),
        )

    made = spending_return(declared, at=NOW)

    for code in ("unpaid", "notional"):
        items = [line.values["item"] for line in lines(made, code)]
        assert items == [f"B{number}" for number in range(1, 13)]


def test_personal_expenses_stand_apart_and_never_count(declared: Campaign) -> None:
    commit(declared, "312.40", kind="personal", category="transport")

    made = spending_return(declared, at=NOW)

    assert not made.is_nil
    assert values(made, "personal")["amount"] == "312.40"
    assert values(made, "personal")["address"] == "4 Inkwell Yard, QX1 1AA"
    assert sums(made)["personal"] == "312.40"
    assert made.counted == 0


def test_a_gift_is_declared_with_its_value_and_counts_under_its_head(
    declared: Campaign,
) -> None:
    commit(
        declared,
        "0.00",
        kind="notional",
        market_value=Decimal("850.00"),
        category="administration",
    )

    made = spending_return(declared, at=NOW)

    assert values(made, "notional")["value"] == "850.00"
    assert values(made, "notional")["item"] == "G1"
    assert values(made, "administration")["counted"] == "850.00"


def test_what_was_used_outside_the_period_is_explained(declared: Campaign) -> None:
    commit(declared, inside=PartInside(3, 4, "3,000 of 4,000 copies"))

    item = values(spending_return(declared, at=NOW), "unsolicited")

    assert item["counted"] == "75.00"
    assert item["not_counted"] == (
        "£25.00 used outside the regulated period: 3,000 of 4,000 copies"
    )


def test_open_claims_are_unpaid_disputed_or_late(declared: Campaign) -> None:
    bill(commit(declared, description="Unpaid"), number="1")
    bill(commit(declared, description="Disputed"), number="2", dispute_reason="Torn")
    late = bill(
        commit(declared, description="Late"), number="3", received_on=date(2024, 5, 29)
    )
    commit(declared, description="Ordered")

    made = spending_return(declared, at=AFTER)

    assert {line.values["why"] for line in lines(made, "unpaid")} == {
        "Ordered; the bill has not come",
        "To be paid by 3 June 2024",
    }
    assert values(made, "disputed")["bill"] == "2"
    assert values(made, "disputed")["dispute"] == "Torn"
    assert values(made, "disputed")["address"] == "4 Inkwell Yard, QX1 1AA"
    assert values(made, "disputed")["late"] == ""
    assert values(made, "late")["why"] == "Received after 28 May 2024"
    assert lines(made, "late")[0].key == f"invoice:{late.pk}"
    assert sums(made)["unpaid"] == "200.00"


def test_a_bill_paid_after_its_day_is_late_however_soon_it_came(
    declared: Campaign,
) -> None:
    paid_late = bill(commit(declared))
    record_court_leave(
        invoice=paid_late,
        court="A county court",
        ordered_on=date(2024, 4, 20),
        by=clerk(declared),
        at=NOW,
    )
    pay(paid_late, "100.00", date(2024, 6, 4))

    made = spending_return(declared, at=AFTER)

    assert values(made, "late")["why"] == "Not paid in full by 3 June 2024"
    assert values(made, "late")["unpaid"] == "0.00"
    assert values(made, "late")["leave"] == "A county court, 20 April 2024"


def test_a_credit_note_is_taken_off_the_claim_and_the_item(declared: Campaign) -> None:
    credited = bill(commit(declared))
    record_credit_note(
        invoice=credited,
        number="C-1",
        amount=Decimal("30.00"),
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        by=clerk(declared),
        at=NOW,
    )

    made = spending_return(declared, at=AFTER)

    assert values(made, "unpaid")["unpaid"] == "70.00"
    assert sums(made)["unpaid"] == "70.00"


def test_what_suppliers_owe_us_stands_apart_and_is_no_spending(
    declared: Campaign,
) -> None:
    """£100.00 paid in full, £30.00 credited, of which £12.00 came back so far."""
    paid = bill(commit(declared))
    pay(paid, "100.00", date(2024, 4, 19))
    note = record_credit_note(
        invoice=paid,
        number="C-1",
        amount=Decimal("30.00"),
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        by=clerk(declared),
        at=NOW,
    )
    receive_refund(
        note,
        amount=Decimal("12.00"),
        came_on=date(2024, 4, 21),
        by=clerk(declared),
        at=NOW,
    )

    made = spending_return(declared, at=NOW)

    item = values(made, "unsolicited")
    told = item["amount"], item["unpaid"], item["due_back"]
    assert told == ("70.00", "", "18.00")
    assert sums(made)["due_back"] == "18.00"
    assert sums(made)["counted"] == sums(made)["unsolicited"] == "70.00"
    assert sums(made)["unpaid"] == "0.00"


def test_a_line_says_at_what_a_dispute_was_settled_so_that_it_adds_up(
    declared: Campaign,
) -> None:
    """£50.00, settled at £45.00, less £10.00 credited: £35.00."""
    by = {"by": clerk(declared), "at": NOW}
    glue = bill(commit(declared, "50.00"), "50.00", number="PP-7")
    record_credit_note(
        invoice=glue,
        number="C-1",
        amount=Decimal("10.00"),
        dated_on=date(2024, 4, 12),
        reason="A pot was missing",
        **by,  # type: ignore[arg-type]
    )
    dispute_invoice(glue, reason="It did not stick", **by)  # type: ignore[arg-type]
    end_dispute(
        glue,
        outcome="settled",
        amount=Decimal("45.00"),
        ended_on=date(2024, 4, 15),
        reason="Half the glue",
        **by,  # type: ignore[arg-type]
    )

    made = values(spending_return(declared, at=AFTER), "unsolicited")

    assert made["amount"] == "35.00"
    assert (
        made["settled"]
        == "PP-7 at £45.00 instead of £50.00, 15 April 2024: Half the glue"
    )
    assert made["credited"].startswith("£10.00, C-1 of 12 April 2024")


def test_small_donations_that_nobody_decided_on_stand_in_a_sum_of_their_own(
    declared: Campaign,
) -> None:
    give(declared, "50.00", received_on=date(2024, 4, 20))
    give(declared, "50.01", received_on=date(2024, 4, 20))

    waiting = sums(spending_return(declared, at=NOW))

    assert (waiting["small"], waiting["small_waiting"]) == ("0.00", "50.00")
    assert waiting["waiting"] == "50.01"


def test_a_favour_is_declared_as_notional_spending(declared: Campaign) -> None:
    done = bill(commit(declared, "600.00"), "600.00")
    record_credit_note(
        invoice=done,
        number="C-1",
        amount=Decimal("100.00"),
        dated_on=date(2024, 4, 20),
        reason="The printer is a friend",
        is_favour=True,
        by=clerk(declared),
        at=NOW,
    )

    made = spending_return(declared, at=AFTER)

    assert values(made, "notional")["market"] == "600.00"
    assert values(made, "notional")["paid"] == "500.00"
    assert values(made, "notional")["value"] == "100.00"


def test_donations_over_fifty_pounds_are_named_and_smaller_ones_are_a_sum(
    declared: Campaign,
) -> None:
    keep(give(declared, "5000.00"))
    keep(give(declared, "50.00", donor="Small Donor"))
    given = give(declared, "400.00", donor="Nobody knows", donor_kind="anonymous")
    return_donation(
        given,
        returned_on=date(2024, 4, 10),
        returned_how="The bank could not say who drew it.",
        by=clerk(declared),
        at=NOW,
    )
    give(declared, "750.00", donor="Promised", received_on=None)

    made = spending_return(declared, at=NOW)

    assert values(made, "donations")["donor"] == "Dora Donor"
    assert values(made, "donations")["checked"] == (
        "Entry in the certification officer’s list of trade unions: Entry 1"
    )
    assert values(made, "returned")["how"] == "The bank could not say who drew it."
    assert sums(made)["small"] == "50.00"
    assert sums(made)["small_waiting"] == "0.00"
    assert values(made, "donations")["accepted_on"] == "2024-04-03"
    assert made.donated == Decimal("5000.00")


def test_what_was_kept_for_more_than_thirty_days_is_taken_as_accepted(
    declared: Campaign,
) -> None:
    give(declared, "400.00", received_on=date(2024, 4, 2))

    assert lines(spending_return(declared, at=NOW), "donations") == []
    late = values(spending_return(declared, at=AFTER), "donations")
    assert late["kept"] == "taken as accepted: not returned by 2 May 2024"


def test_every_sum_takes_as_accepted_what_the_return_does(declared: Campaign) -> None:
    later = NOW.replace(month=5, day=10)
    give(declared, "400.00", received_on=date(2024, 4, 2))
    never = give(declared, "60.00", donor_kind="other", received_on=date(2024, 4, 2))
    paid_back = give(declared, "75.00", received_on=date(2024, 4, 2))
    give(declared, "30.00", received_on=NOW.date())
    for donation in (never, paid_back):
        return_donation(
            donation,
            returned_on=later.date(),
            returned_how="By the bank",
            by=clerk(declared),
            at=later,
        )

    made = spending_return(declared, at=later)
    position = donation_position(declared, at=later)

    assert made.donated == position.accepted == Decimal("475.00")
    assert made.section("returned").total("amount") == position.returned
    assert position.undecided == Decimal("30.00")
    assert funding_position(declared, at=later).cash == Decimal("400.00")
    accepted = {line.values["kept"] for line in lines(made, "donations")}
    assert accepted == {
        "taken as accepted: not returned by 2 May 2024",
        "taken as accepted: not returned by 2 May 2024; paid back on "
        f"{in_words(later.date())}: By the bank",
    }


def test_a_share_of_a_sibling_campaign_is_in_both_returns(
    declared: Campaign, other_campaign: Campaign
) -> None:
    share = Share(1, 2, "One leaflet for both", campaign=other_campaign)
    expense = propose(declared, "100.00", shares=[share])
    Expense.objects.filter(pk=expense.pk).update(state="committed", committed_at=NOW)

    ours = values(spending_return(declared, at=NOW), "unsolicited")
    theirs = values(spending_return(other_campaign, at=NOW), "unsolicited")

    assert ours["counted"] == theirs["counted"] == "50.00"
    assert theirs["shared"].startswith("our share of an expense of West Midlands Mayor")
    assert theirs["unpaid"] == ""
    assert theirs["receipts"] == f"none yet with {declared}"


def test_the_return_says_what_of_the_figures_it_rests_on_was_not_read(
    declared: Campaign,
) -> None:
    assert not any(
        "30 days" in said for said in spending_return(declared, at=NOW).warnings
    )
    give(declared)

    said = spending_return(declared, at=NOW).warnings
    declared.election.poll_on = date(2017, 5, 4)
    of_2017 = "\n".join(spending_return(declared, at=NOW).warnings)

    assert any(
        "within 30 days of receipt. From which day it holds" in one for one in said
    )
    assert any("told with VAT was not read" in one for one in said)
    assert not any("holds a bill" in one for one in said)
    assert "from £20.00. It was read as of 12 April 2024." in of_2017


def test_the_summary_agrees_with_the_position_and_carries_its_warnings(
    declared: Campaign,
) -> None:
    commit(declared, "900.00")
    commit(declared, "100.00", category="staff")

    made, position = (
        spending_return(declared, at=NOW),
        spending_position(declared, at=NOW),
    )

    assert made.counted == position.counted
    assert sums(made)["limit"] == "181280.00"
    assert sums(made)["left"] == str(position.left)
    assert any("The figure is not confirmed" in warning for warning in made.warnings)
    assert any("official form were not read" in warning for warning in made.warnings)


def test_a_return_is_read_back_from_what_was_kept_of_it(declared: Campaign) -> None:
    commit(declared)
    made = spending_return(declared, at=NOW)

    again = read_back(made.content)

    assert again == made
    assert again.sha256 == made.sha256


@dataclass(frozen=True)
class Bought:
    pence: int
    category: str
    supplier: str
    day: int
    is_billed: bool
    is_paid: bool


purchases = st.lists(
    st.builds(
        Bought,
        st.integers(1, 500_00),
        st.sampled_from(ExpenseCategory.values),
        st.sampled_from(["Plover Press", "Marten Mailing"]),
        st.integers(1, 3),
        st.booleans(),
        st.booleans(),
    ),
    max_size=5,
)


def said_of(campaign: Campaign, bought: Sequence[Bought]) -> dict[str, object]:
    """What the return says, its references to rows and the numbers of orders apart."""
    with undone():
        for one in bought:
            amount = str(Decimal(one.pence) / 100)
            expense = commit(
                campaign,
                amount,
                category=one.category,
                supplier=one.supplier,
                incurred_on=date(2024, 4, one.day),
                used_until=POLL_ON,
            )
            if one.is_billed:
                invoice = bill(expense, amount)
                if one.is_paid:
                    pay(invoice, amount, date(2024, 4, 20))
            give(campaign, amount, donor=one.supplier, donor_kind="trade_union")
        content = spending_return(campaign, at=AFTER).content
    for section in content["sections"]:
        section["lines"] = [
            {**line["values"], "order": ""} for line in section["lines"]
        ]
    return content


@given(bought=purchases, data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_order_of_entry_never_shows(
    declared: Campaign, bought: list[Bought], data: st.DataObject
) -> None:
    otherwise = data.draw(st.permutations(bought))

    assert said_of(declared, bought) == said_of(declared, otherwise)


def test_others_own_campaigns_whose_sum_was_not_read_are_a_caution(
    declared: Campaign,
) -> None:
    """Of a combined authority mayor: what s.75 lets others spend was not read."""
    record_outside_activity(
        campaign=declared,
        body="Penn Residents",
        description="Their newsletter",
        value=Decimal("900.00"),
        reason="Of their own accord",
        by=clerk(declared),
        at=NOW,
    )

    made = spending_return(declared, at=AFTER)

    (caution,) = [one for one in made.warnings if "on their own account" in one]
    assert "not read for this poll: ask the returning officer" in caution
