"""Receipts: numbered with no gap, kept once, attached by who keeps the accounts."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from campaigns.access import Actor, files_for
from campaigns.actions.credit_notes import record_credit_note, void_credit_note
from campaigns.actions.document_files import DocumentRefused
from campaigns.actions.documents import attach_document, void_document
from campaigns.actions.donations import record_donation
from campaigns.actions.expense_payments import (
    record_invoice,
    record_payment,
    void_invoice,
)
from campaigns.actions.expenses import void_expense
from campaigns.actions.files import open_file
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Donation,
    Expense,
    Invoice,
    MoneyDocument,
    Order,
    Payment,
    User,
)
from campaigns.reports.documents import (
    documents_of_expense,
    live_documents,
    receipts_due,
    what_it_proves,
)
from campaigns.reports.spending_return import spending_return
from campaigns.roles import Role
from tests.campaigns.purchases import clerk, commit, notice, propose, undone
from tests.campaigns.receipts import attach, image, pdf
from tests.cast import NOW, actor, member

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 23)


def bill(expense: Expense, amount: str = "", number: str = "PP-1") -> Invoice:
    return record_invoice(
        expense=expense,
        number=number,
        amount=Decimal(amount or expense.amount),
        dated_on=date(2024, 4, 3),
        received_on=TODAY,
        is_last=not amount,
        by=clerk(expense.campaign),
        at=NOW,
    )


def pay(invoice: Invoice, amount: str = "") -> Payment:
    return record_payment(
        invoice=invoice,
        amount=Decimal(amount or invoice.amount),
        paid_on=date(2024, 4, 9),
        method="Bank transfer",
        by=clerk(invoice.expense.campaign),
        at=NOW,
    )


def credit(invoice: Invoice) -> CreditNote:
    return record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("30.00"),
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        refunded_on=date(2024, 4, 21) if invoice.payments.exists() else None,
        by=clerk(invoice.expense.campaign),
        at=NOW,
    )


def gift(campaign: Campaign) -> Donation:
    return record_donation(
        campaign=campaign,
        donor="Dorothy Penhallow",
        donor_kind="individual",
        amount=Decimal("250.00"),
        received_on=TODAY,
        by=clerk(campaign),
        at=NOW,
    )


@pytest.fixture
def bought(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "900.00")


def test_each_campaign_numbers_its_receipts_from_one_with_no_gap(
    campaign: Campaign, other_campaign: Campaign, bought: Expense
) -> None:
    first = attach(bought)
    with pytest.raises(DocumentRefused):
        attach(bought, b"no receipt at all")
    void_document(first, reason="Wrong expense", by=clerk(campaign), at=NOW)
    second, theirs = attach(bought), attach(propose(other_campaign))

    assert (first.number, second.number, theirs.number) == (1, 2, 1)
    assert second.file.name == "002 invoice.pdf"
    verbs = AuditEntry.objects.filter(verb__startswith="receipt.").order_by("pk")
    assert list(verbs.values_list("verb", "data__number")) == [
        ("receipt.attached", 1),
        ("receipt.voided", 1),
        ("receipt.attached", 2),
        ("receipt.attached", 1),
    ]


def test_a_receipt_says_what_it_proves(campaign: Campaign, bought: Expense) -> None:
    invoice = bill(bought)
    rows = (
        bought,
        invoice,
        pay(invoice),
        gift(campaign),
        Order.objects.get(pk=bought.pk),
        credit(invoice),
    )

    said = [what_it_proves(attach(row)) for row in rows]

    assert said == [
        "Expense of £900.00: Leaflets, from Plover Press",
        "Invoice PP-1 of 3 April 2024, £900.00: Leaflets, from Plover Press",
        "Payment of £900.00 on 9 April 2024 for invoice PP-1: Leaflets, from Plover "
        "Press",
        "Donation of £250.00 from Dorothy Penhallow",
        "Order mayor-2024/0001, £900.00: Leaflets, from Plover Press",
        "Credit note C-1 of 20 April 2024, £30.00, to invoice PP-1: Leaflets, from "
        "Plover Press",
    ]
    found = [document.number for document in documents_of_expense(bought)]
    assert found == [1, 2, 3, 5, 6]


def test_only_what_was_ordered_has_the_papers_of_an_order(
    campaign: Campaign, bought: Expense
) -> None:
    order, asked = (Order.objects.get(pk=one.pk) for one in (bought, propose(campaign)))
    with pytest.raises(DocumentRefused) as refused:
        attach(asked)
    kept = attach(order)
    assert refused.value.code == "not_ordered"
    assert kept.row == order
    # It is no invoice and no receipt.
    assert [one.expense for one in receipts_due(campaign).missing] == [bought]

    void_expense(bought, reason="Never came", by=clerk(campaign), at=NOW)
    assert not live_documents(campaign).exists()


def test_what_was_paid_for_at_a_discount_needs_its_receipt_and_a_gift_none(
    campaign: Campaign,
) -> None:
    notice(campaign)
    worth = {"kind": "notional", "market_value": Decimal("1000.00")}
    commit(campaign, "0.00", **worth)
    hall = commit(campaign, "500.00", **worth)

    (missing,) = receipts_due(campaign).missing
    receipts = [
        line.values["receipts"]
        for line in spending_return(campaign, at=NOW).section("unsolicited").lines
    ]

    assert (missing.expense, missing.amount) == (hall, Decimal("500.00"))
    assert sorted(receipts) == ["", "none yet"]


def test_a_voided_credit_note_has_no_receipt_that_stands(
    campaign: Campaign, bought: Expense
) -> None:
    note = credit(bill(bought))
    kept = attach(note)
    assert list(live_documents(campaign)) == [kept]

    void_credit_note(note, reason="Of another bill", by=clerk(campaign), at=NOW)

    assert not live_documents(campaign).exists()
    with pytest.raises(DocumentRefused) as refused:
        attach(note)
    assert refused.value.code == "row_voided"


def test_the_same_file_is_kept_once_in_a_campaign_until_it_is_voided(
    campaign: Campaign, other_campaign: Campaign, bought: Expense
) -> None:
    content = image()
    kept = attach(bought, content, name="till.jpg")

    with pytest.raises(DocumentRefused) as again:
        attach(propose(campaign), content, name="another name.jpg")
    attach(propose(other_campaign), content)
    void_document(kept, reason="Belongs elsewhere", by=clerk(campaign), at=NOW)
    moved = attach(propose(campaign), content)

    assert again.value.message == (
        "This very file is here already, as receipt 1, “till.jpg”: it is kept once."
    )
    assert moved.number == 2


def test_who_writes_a_row_attaches_its_receipts_and_nobody_else(
    campaign: Campaign, agent: User, bought: Expense
) -> None:
    candidate = actor(member("Rowan Ash", Role.CANDIDATE, campaign))
    treasurer = actor(member("Trudy Treasurer", Role.TREASURER, campaign))
    reader = Actor("user", 1, "Nobody at all")
    own = propose(campaign, "40.00", kind="personal", category="transport")
    invoice = bill(bought)

    allowed = [
        attach(own, by=candidate),
        attach(bought, by=treasurer),
        attach(invoice, by=treasurer),
        attach(gift(campaign), by=treasurer),
        attach(pay(invoice), by=actor(agent)),
    ]

    for row, by in (
        (bought, candidate),
        (invoice, candidate),
        (gift(campaign), candidate),
        (bought, reader),
    ):
        with pytest.raises(DocumentRefused) as refused:
            attach(row, by=by)
        assert refused.value.code == "not_yours"
    with pytest.raises(DocumentRefused):
        void_document(allowed[1], reason="Mine", by=candidate, at=NOW)
    assert MoneyDocument.objects.filter(voided_at__isnull=True).count() == 5


def test_only_who_sees_money_opens_the_file(
    campaign: Campaign, bought: Expense, agent: User, ward_lead: User, outsider: User
) -> None:
    file = attach(bought).file

    assert files_for(actor(agent)).filter(pk=file.pk).exists()
    for user in (ward_lead, outsider):
        assert not files_for(actor(user)).filter(pk=file.pk).exists()
    assert file.expires_at is None


def test_a_receipt_is_voided_once_with_a_reason(
    campaign: Campaign, bought: Expense
) -> None:
    receipt, by = attach(bought), clerk(campaign)
    with pytest.raises(DocumentRefused) as silent:
        void_document(receipt, reason="  ", by=by, at=NOW)
    void_document(receipt, reason=" Twice scanned ", by=by, at=NOW)
    with pytest.raises(DocumentRefused) as again:
        void_document(receipt, reason="Twice scanned", by=by, at=NOW)

    receipt.refresh_from_db()
    assert (silent.value.code, again.value.code) == ("no_reason", "already_voided")
    assert receipt.void_reason == "Twice scanned"
    with open_file(receipt.file) as content:
        assert content.read().startswith(b"%PDF-")


def test_what_is_voided_takes_no_receipt_and_its_own_no_longer_prove_anything(
    campaign: Campaign, bought: Expense
) -> None:
    by, invoice, kept = clerk(campaign), bill(bought), attach(bought)
    attach(invoice)
    void_invoice(invoice, reason="Another came", by=by, at=NOW)
    with pytest.raises(DocumentRefused) as bill_voided:
        attach(invoice)
    assert list(live_documents(campaign)) == [kept]

    void_expense(bought, reason="Never ordered", by=by, at=NOW)
    with pytest.raises(DocumentRefused) as refused:
        attach(bought)
    assert bill_voided.value.code == refused.value.code == "row_voided"
    assert not live_documents(campaign).exists()


def test_the_database_deletes_no_receipt_and_keeps_none_of_two_rows(
    campaign: Campaign, bought: Expense
) -> None:
    receipt = attach(bought)

    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        receipt.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        receipt.file.delete()
    for wrong in (
        {"donation": gift(campaign)},
        {"order": bought.pk},
        {"expense": None},
        {"number": 0},
        {"voided_at": NOW},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MoneyDocument.objects.filter(pk=receipt.pk).update(**wrong)


def test_every_payment_from_twenty_pounds_on_needs_a_paper(campaign: Campaign) -> None:
    notice(campaign)
    commit(campaign, "19.99", description="Pens")
    ordered = commit(campaign, "20.00", description="Ink")
    notional = {"kind": "notional", "market_value": Decimal("500.00")}
    commit(campaign, "0.00", description="A lent hall", **notional)
    propose(campaign, "70.00", description="Perhaps")
    bought = commit(campaign, "300.00", description="Posters")
    first, second = bill(bought, "100.00", "A"), bill(bought, "150.00", "B")
    pay(first, "60.00")
    paid = pay(second)

    def missing() -> list[tuple[str, str, bool]]:
        due = receipts_due(campaign)
        return [(one.what, f"{one.amount}", one.is_paid) for one in due.missing]

    all_of_them = [
        ("Invoice or receipt", "20.00", False),
        ("Invoice A of 3 April 2024, paid on 9 April 2024", "60.00", True),
        ("Invoice A of 3 April 2024", "40.00", False),
        ("Invoice B of 3 April 2024, paid on 9 April 2024", "150.00", True),
    ]
    assert missing() == all_of_them
    assert receipts_due(campaign).amount == Decimal("270.00")
    with undone():
        attach(paid)
        assert missing() == all_of_them[:3]
    with undone():
        attach(first)
        assert missing() == [all_of_them[0], all_of_them[3]]
    attach(bought)
    attach(ordered)
    assert missing() == []
    assert receipts_due(campaign).figure.value == "£20.00"


@pytest.mark.django_db(transaction=True)
def test_clerks_at_once_get_numbers_with_no_gap_and_one_file_once(
    campaign: Campaign,
) -> None:
    expense, same, many = propose(campaign), pdf("The same"), 6
    barrier = Barrier(many)

    def send(nth: int) -> str:
        content = same if nth % 2 else pdf(f"Another {nth}")
        barrier.wait()
        try:
            attach_document(
                to=Expense.objects.select_related("campaign").get(pk=expense.pk),
                source=io.BytesIO(content),
                name="receipt.pdf",
                by=clerk(campaign),
                at=NOW,
            )
        except DocumentRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(many) as pool:
        said = list(pool.map(send, range(many)))

    assert said.count("kept") == 4
    assert said.count("kept_already") == 2
    numbers = MoneyDocument.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
