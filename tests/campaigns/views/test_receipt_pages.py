"""The pages of receipts: sent by a form, handed over as a file, and never shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from campaigns.actions.expenses import Share
from campaigns.models import (
    Campaign,
    Expense,
    MoneyDocument,
    Order,
    Organisation,
    User,
)
from campaigns.roles import Role
from tests.campaigns.actions.test_documents import bill, credit, gift, pay
from tests.campaigns.purchases import commit, notice, propose
from tests.campaigns.receipts import attach, image, pdf
from tests.cast import NOW, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def desk(agent: User) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def bought(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "900.00")


def page_of(expense: Expense, path: str = "") -> str:
    return f"/mayor-2024/money/expenses/{expense.pk}/{path}"


def upload(name: str = "bill.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf(), "text/html")


def test_a_file_is_sent_from_the_page_of_its_expense_and_shown_there(
    bought: Expense, desk: Client
) -> None:
    invoice = bill(bought)
    paid = pay(invoice)
    note = credit(invoice)
    address = page_of(bought, "receipts/")

    for of, name in (
        (f"invoice-{invoice.pk}", "file"),
        (f"payment-{paid.pk}", "photograph"),
        (f"credit-note-{note.pk}", "file"),
        ("order", "file"),
        ("expense", "file"),
    ):
        answer = desk.post(address, {"of": of, name: upload("../till bill.pdf")})
        assert answer.headers["Location"] == page_of(bought) + "#receipts"
    text = desk.get(page_of(bought)).content.decode()

    rows = [receipt.row for receipt in MoneyDocument.objects.order_by("number")]
    order = Order.objects.get(pk=bought.pk)
    assert rows == [invoice, paid, note, order, bought]
    for words in (
        "Order mayor-2024/0001, £900.00",
        "Credit note C-1 of 20 April 2024",
        "till bill.pdf",
        "Invoice PP-1 of 3 April 2024",
        "It is kept as receipt",
    ):
        assert words in text
    assert 'capture="environment"' in text
    assert "style=" not in text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or take a photograph."),
        ({"file": ("a.pdf", b"<html>")}, "A receipt is a PDF, or a photograph"),
        ({"file": ("a.pdf", b"")}, "There is nothing in this file."),
        ({"of": "payment-1", "file": ("a.pdf", pdf())}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    bought: Expense, desk: Client, sent: dict[str, object], said: str
) -> None:
    form: dict[str, object] = {"of": "expense", **sent}
    if isinstance(form.get("file"), tuple):
        name, content = form["file"]  # type: ignore[misc]
        form["file"] = SimpleUploadedFile(name, content)

    text = desk.post(page_of(bought, "receipts/"), form, follow=True).content.decode()

    assert said in text
    assert not MoneyDocument.objects.exists()


def test_more_than_the_cap_is_refused_before_it_is_read(
    bought: Expense, desk: Client
) -> None:
    answer = desk.post(
        page_of(bought, "receipts/"),
        {"of": "expense", "file": upload(content=bytes(11 * 1024**2))},
    )

    assert answer.status_code == 413
    assert not MoneyDocument.objects.exists()


def test_a_donation_has_receipts_and_a_candidate_only_of_their_own_expenses(
    campaign: Campaign, desk: Client
) -> None:
    given, other = gift(campaign), propose(campaign)
    own = propose(campaign, "40.00", kind="personal", category="transport")
    candidate = Client()
    candidate.force_login(member("Rowan Ash", Role.CANDIDATE, campaign))

    page = f"/mayor-2024/money/donations/{given.pk}/"
    desk.post(f"{page}receipts/", {"of": "donation", "file": upload("cheque.pdf")})
    candidate.post(f"{page}receipts/", {"of": "donation", "file": upload()})
    candidate.post(page_of(other, "receipts/"), {"of": "expense", "file": upload()})
    candidate.post(page_of(own, "receipts/"), {"of": "expense", "file": upload()})

    assert "cheque.pdf" in desk.get(page).content.decode()
    assert "Keep it" not in candidate.get(page).content.decode()
    assert "Keep it" in candidate.get(page_of(own)).content.decode()
    rows = [receipt.row for receipt in MoneyDocument.objects.order_by("number")]
    assert rows == [given, own]


def test_what_is_missing_and_all_that_is_kept_stand_on_one_page(
    campaign: Campaign, bought: Expense, desk: Client
) -> None:
    unproved = commit(campaign, "45.00", description="Rosettes")
    kept = attach(bought, image(), name="till.jpg")
    attach(gift(campaign), name="letter.pdf")
    address = f"/mayor-2024/money/receipts/{kept.pk}/void/"

    before = desk.get("/mayor-2024/money/receipts/").content.decode()
    silent = desk.post(address, {"reason": ""}, follow=True).content.decode()
    desk.post(address, {"reason": "Blurred"})
    after = desk.get("/mayor-2024/money/receipts/").content.decode()

    for words in (
        "Still without a receipt: £45.00",
        f"{page_of(unproved)}#receipts",
        "each payment of £20.00 or more",
        "read in the law or in official guidance",
        "letter.pdf",
        "till.jpg",
        "Donation of £250.00 from Dorothy Penhallow",
    ):
        assert words in before
    assert "This is missing" in silent
    assert "Still without a receipt: £945.00" in after
    assert "Blurred" in after


def test_what_came_in_is_dropped_on_the_list_and_the_most_probable_stands_first(
    campaign: Campaign, bought: Expense, desk: Client
) -> None:
    given = gift(campaign)
    billed = bill(commit(campaign, "300.00", description="Rosettes"))
    paid = pay(billed, "300.00")
    address = "/mayor-2024/money/receipts/"

    form = desk.get(address).context["receipt_form"]
    choices = [name for name, _ in form.fields["of"].choices]
    sent = {"of": "", "file": upload("till.pdf")}
    unsaid = desk.post(f"{address}attach/", sent, follow=True).content.decode()
    sent = {"of": choices[1], "file": upload("till.pdf")}
    text = desk.post(f"{address}attach/", sent, follow=True).content.decode()

    assert "Choose what it proves." in unsaid
    assert choices == [
        "",
        f"payment-{paid.pk}",
        f"expense-{bought.pk}",
        f"invoice-{billed.pk}",
        f"donation-{given.pk}",
    ]
    assert "It is kept as receipt 1." in text
    assert [one.row for one in MoneyDocument.objects.all()] == [paid]


def test_a_candidate_drops_receipts_of_their_own_expenses_alone(
    campaign: Campaign, bought: Expense
) -> None:
    own = propose(campaign, "40.00", kind="personal", category="transport")
    candidate = Client()
    candidate.force_login(member("Rowan Ash", Role.CANDIDATE, campaign))
    address = "/mayor-2024/money/receipts/"

    form = candidate.get(address).context["receipt_form"]
    for row in (bought, own):
        sent = {"of": f"expense-{row.pk}", "file": upload()}
        candidate.post(f"{address}attach/", sent)

    assert [name for name, _ in form.fields["of"].choices] == [f"expense-{own.pk}"]
    assert [one.row for one in MoneyDocument.objects.all()] == [own]


def test_what_the_law_excludes_is_in_no_return_and_lacks_no_receipt(
    campaign: Campaign, bought: Expense, desk: Client
) -> None:
    commit(
        campaign,
        "420.00",
        description="Stewards",
        excluded="security",
        excluded_reason="Asked for by the police",
    )

    text = desk.get("/mayor-2024/money/receipts/").content.decode()

    assert "Still without a receipt: £900.00" in text


def test_a_receipt_is_handed_over_as_a_file_and_never_shown(
    bought: Expense, desk: Client, ward_lead: User, outsider: User
) -> None:
    file = attach(bought, name="bill.pdf").file
    address = f"/files/{file.pk}/"

    answer = desk.get(address)

    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="001 bill.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    for user in (ward_lead, outsider):
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code in (302, 404)


def test_a_share_borne_leads_to_whose_receipts_they_are(
    campaign: Campaign, other_campaign: Campaign, agent: User
) -> None:
    shared = propose(
        other_campaign, shares=[Share(1, 2, "Half of the leaflet", campaign=campaign)]
    )
    attach(shared, name="theirs.pdf")
    client = Client()
    client.force_login(agent)

    text = client.get(page_of(shared)).content.decode()

    assert "They are kept with" in text
    assert "theirs.pdf" not in text
