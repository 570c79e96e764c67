"""The statement pages: a file looked at, mapped once, and loaded."""

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.invoice_disputes import dispute_invoice
from campaigns.actions.jobs import run_here
from campaigns.models import (
    Campaign,
    CreditNote,
    Job,
    Organisation,
    Payment,
    StatementAccount,
    StatementLine,
    StatementMatch,
    StoredFile,
    User,
)
from campaigns.roles import Role
from tests.campaigns.actions.test_statement_matches import bill, pay
from tests.campaigns.actions.test_statement_refunds import credited
from tests.campaigns.purchases import clerk
from tests.campaigns.statement_helpers import APRIL, account_of, upload
from tests.cast import NOW, member
from tests.house.statement_samples import book

pytestmark = pytest.mark.django_db
HOME = "/mayor-2024/money/statements/"


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def desk(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def look_at(desk: Client, content: str | bytes, **said: object) -> str:
    """The address of the check, once a worker has made it."""
    said = said or {"account_name": "Campaign account", "account_kind": "bank"}
    answer = desk.post(f"{HOME}load/", {"file": upload(content), **said})
    assert answer.status_code == 302, answer.content.decode()
    run_here(Job.objects.latest("pk"))
    return answer.headers["Location"]


def said(desk: Client, address: str) -> str:
    return desk.get(address).content.decode()


def load(desk: Client, check: str) -> str:
    loading = desk.post(f"{check}load/").headers["Location"]
    run_here(Job.objects.latest("pk"))
    return said(desk, loading)


def test_a_check_shows_the_first_lines_and_writes_none(
    campaign: Campaign, desk: Client
) -> None:
    page = said(desk, look_at(desk, APRIL))

    for words in ("PLOVER PRESS PP-1203", "£400.00", "3 Apr 2024 to 8 Apr 2024"):
        assert words in page
    assert not StatementLine.objects.exists()
    assert "PLOVER" not in str(Job.objects.latest("pk").result)


def test_what_was_looked_at_is_loaded_and_told(
    campaign: Campaign, desk: Client
) -> None:
    page = load(desk, look_at(desk, APRIL))

    assert Job.objects.latest("pk").result == {"new": 4, "known": 0, "still": 1}
    assert "Say what they were" in page
    account = StatementAccount.objects.get()
    again = said(desk, look_at(desk, APRIL, account=account.pk))
    assert "Everything in it is here already." in again


def test_columns_are_told_on_the_page_and_remembered(
    campaign: Campaign, desk: Client
) -> None:
    content = "When,Who,How much\n02/04/2024,Hall,-40.00\n"
    check = look_at(desk, content)
    assert "It cannot be loaded yet." in said(desk, check)
    assert "Say which column holds the day." in load(desk, check)

    told = {"day": "When", "description": "Who", "amount": "How much"}
    again = desk.post(check, told).headers["Location"]
    run_here(Job.objects.latest("pk"))
    load(desk, again)

    assert StatementLine.objects.get().description == "Hall"


def test_a_bad_row_keeps_the_whole_file_out(campaign: Campaign, desk: Client) -> None:
    check = look_at(desk, f"{APRIL}soon,HALL,1.00,,\n")

    assert "Line 7 cannot be read: its day is not one" in said(desk, check)
    load(desk, check)
    assert not StatementLine.objects.exists()


def test_a_file_that_is_no_longer_kept_is_to_be_chosen_again(
    campaign: Campaign, desk: Client
) -> None:
    check = look_at(desk, APRIL)
    StoredFile.objects.update(expires_at=NOW)

    assert "choose it again" in desk.post(f"{check}load/", follow=True).content.decode()
    assert not StatementLine.objects.exists()


def test_what_is_no_statement_is_refused_in_a_sentence(
    campaign: Campaign, desk: Client
) -> None:
    check = look_at(desk, b"%PDF-1.7")

    assert "april.csv is not a CSV or Excel table." in said(desk, check)
    assert desk.post(f"{HOME}load/", {"file": upload(APRIL)}).status_code == 200


def test_the_page_lists_lines_and_says_where_the_balance_breaks(
    campaign: Campaign, desk: Client
) -> None:
    assert "No statement yet" in said(desk, HOME)
    load(desk, look_at(desk, APRIL))
    gone = "Date,Description,Paid out,Paid in,Balance\n12/04/2024,HALL,40.00,,600.00\n"
    account = StatementAccount.objects.get()
    load(desk, look_at(desk, gone, account=account.pk))

    page = said(desk, HOME)

    assert "£600.00" in page
    assert "between 8 April and 12 April 2024 the balance moved by −£50.00" in page
    assert "PLOVER" not in said(desk, f"{HOME}?q=hall")


def test_who_sees_money_reads_and_who_pays_loads(
    campaign: Campaign, desk: Client, ward_lead: User
) -> None:
    account_of(campaign)
    candidate, other = Client(), Client()
    candidate.force_login(member("Rowan Ash", Role.CANDIDATE, campaign))
    other.force_login(ward_lead)

    assert candidate.get(HOME).status_code == 200
    assert candidate.get(f"{HOME}load/").status_code == 404
    assert other.get(HOME).status_code in {302, 404}


def one_line(campaign: Campaign, amount: str, words: str) -> str:
    """The address of a line."""
    book(account_of(campaign), words, amount)
    return f"{HOME}lines/{StatementLine.objects.get(description=words).pk}/"


def test_a_proposal_is_accepted_from_the_list_and_undone_with_a_reason(
    campaign: Campaign, desk: Client
) -> None:
    invoice = bill(campaign, "80.00")
    line = one_line(campaign, "-80.00", "PLOVER PRESS PP-11")
    page = said(desk, HOME)
    assert f'name="invoice-{invoice.pk}" value="80.00"' in page
    assert "its words say PP-11" in page

    told = desk.post(
        f"{line}match/", {f"invoice-{invoice.pk}": "80.00", "next": "list"}, follow=True
    ).content.decode()

    assert "It is matched." in told
    assert "Plover Press, PP-11" in told
    match = StatementMatch.objects.get()
    undo = f"{HOME}matches/{match.pk}/undo/"
    assert desk.post(undo, {"reason": ""}).status_code == 400
    assert (
        "Wrong one"
        in desk.post(undo, {"reason": "Wrong one"}, follow=True).content.decode()
    )
    assert Payment.objects.get().void_reason == "Wrong one"


def test_what_was_taken_in_the_meantime_is_told(
    campaign: Campaign, desk: Client
) -> None:
    invoice = bill(campaign, "80.00")
    line = one_line(campaign, "-80.00", "PLOVER PRESS PP-11")
    desk.post(f"{line}match/", {f"invoice-{invoice.pk}": "80.00"})

    answer = desk.post(f"{line}match/", {f"invoice-{invoice.pk}": "80.00"})

    assert answer.status_code == 400
    assert "may have been matched in the meantime" in answer.content.decode()


def test_a_person_chooses_several_or_sets_the_rest_aside(
    campaign: Campaign, desk: Client
) -> None:
    first, second = bill(campaign, "80.00"), bill(campaign, "50.00", "PP-12")
    line = one_line(campaign, "-100.00", "CHEQUE 104")
    chosen = {f"invoice-{first.pk}": "£80.00", f"invoice-{second.pk}": "30"}

    told = desk.post(f"{line}match/", chosen).content.decode()
    assert "comes to £110.00, but £100.00 of the line is left" in told
    desk.post(f"{line}match/", chosen | {f"invoice-{second.pk}": "15"})
    assert "£5.00 to be said" in said(desk, HOME)
    assert (
        "set aside"
        in desk.post(
            f"{line}aside/", {"reason": "Bank charge of the party"}, follow=True
        ).content.decode()
    )
    assert "not the campaign’s: Bank charge of the party" in said(desk, line)


def test_what_is_not_here_yet_is_entered_from_its_line(
    campaign: Campaign, desk: Client
) -> None:
    out = said(desk, one_line(campaign, "-80.00", "HALL"))
    into = said(desk, one_line(campaign, "40.00", "D DONOR"))

    assert "expenses/propose/?amount=80.00&amp;supplier=HALL" in out
    assert "donations/add/?amount=40.00&amp;donor=D+DONOR" in into
    form = said(desk, "/mayor-2024/money/donations/add/?amount=40.00&donor=D+DONOR")
    assert 'value="D DONOR"' in form


def test_money_that_a_supplier_paid_back_makes_the_credit_note(
    campaign: Campaign, desk: Client
) -> None:
    invoice = bill(campaign, "80.00")
    pay(invoice, "80.00")
    line = one_line(campaign, "20.00", "REFUND")
    assert "Plover Press, PP-11: £80.00 paid" in said(desk, line)
    told = {"invoice": invoice.pk, "number": "C-1", "reason": ""}
    assert desk.post(f"{line}refund/", told).status_code == 400

    page = desk.post(f"{line}refund/", {**told, "reason": "Short"}, follow=True)

    assert "The credit note is filed." in page.content.decode()
    assert "Plover Press, credit note C-1" in page.content.decode()
    assert "paid back" in said(desk, HOME)
    assert CreditNote.objects.get().refunded == 20


def test_a_refund_whose_credit_note_is_here_is_proposed(
    campaign: Campaign, desk: Client
) -> None:
    invoice = bill(campaign, "80.00")
    pay(invoice, "80.00")
    note = credited(invoice, "20.00")
    line = one_line(campaign, "20.00", "PLOVER C-1")

    page = said(desk, line)

    assert f'name="credit_note-{note.pk}" value="20.00"' in page
    assert "credit note: the same amount" in page
    desk.post(f"{line}match/", {f"credit_note-{note.pk}": "20.00"})
    assert StatementMatch.objects.get().credit_note == note


def test_a_line_of_a_disputed_bill_says_so_and_proposes_nothing(
    campaign: Campaign, desk: Client
) -> None:
    invoice = bill(campaign, "80.00")
    dispute_invoice(invoice, reason="Half came wet", by=clerk(campaign), at=NOW)
    book(account_of(campaign), "PLOVER PRESS PP-11", "-80.00")
    line = StatementLine.objects.get()

    for address in (HOME, f"{HOME}lines/{line.pk}/"):
        text = said(desk, address)
        assert "If this paid it, end the dispute first." in text
        assert f"/money/invoices/{invoice.pk}/" in text
        assert "Yes, that" not in text


def test_a_reason_longer_than_is_kept_is_refused_on_its_page(
    campaign: Campaign, desk: Client
) -> None:
    book(account_of(campaign), "TRANSFER", "-10.00")
    line = StatementLine.objects.get()

    answer = desk.post(f"{HOME}lines/{line.pk}/aside/", {"reason": "x" * 301})

    assert answer.status_code == 400
    assert "at most 300 characters" in answer.content.decode()
    assert not StatementMatch.objects.exists()


def test_the_agents_reason_is_asked_only_where_undoing_strikes_a_credit_note_out(
    campaign: Campaign, desk: Client
) -> None:
    invoice = bill(campaign, "80.00")
    pay(invoice, "80.00")
    line = one_line(campaign, "20.00", "REFUND")
    desk.post(
        f"{line}refund/", {"invoice": invoice.pk, "number": "C-1", "reason": "Short"}
    )
    assert "over_limit_reason" in said(desk, line)
    match = StatementMatch.objects.get()
    assert desk.post(f"{HOME}matches/{match.pk}/undo/", {}).status_code == 400
    desk.post(f"{HOME}matches/{match.pk}/undo/", {"reason": "Wrong one"})
    assert CreditNote.objects.get().voided_at
    desk.post(f"{line}aside/", {"reason": "Of the party"})

    page = said(desk, line)

    assert "Undo it" in page
    assert page.count("over_limit_reason") == 0
