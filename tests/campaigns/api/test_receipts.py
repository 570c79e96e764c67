"""Receipts by REST: listed, sent as multipart, and handed over."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from campaigns.models import AuditEntry, Campaign, Expense, MoneyDocument, User
from campaigns.roles import Capability
from tests.campaigns.actions.test_documents import bill, credit, gift, pay
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.purchases import commit, notice, propose
from tests.campaigns.receipts import attach, image, pdf
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/receipts/"


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


@pytest.fixture
def tool(campaign: Campaign) -> APIClient:
    return client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_PAYMENTS)[1]
    )


@pytest.fixture
def bought(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "900.00")


def upload(content: bytes = b"", name: str = "bill.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf(pages=2))


def test_papers_of_an_order_and_of_a_credit_note_are_sent_by_their_ids(
    bought: Expense, tool: APIClient
) -> None:
    note = credit(bill(bought))

    sent = [
        tool.post(ADDRESS, {"order": bought.pk, "file": upload()}).json(),
        tool.post(ADDRESS, {"credit_note": note.pk, "file": upload()}).json(),
    ]

    assert [(one["order"], one["credit_note"]) for one in sent] == [
        (bought.pk, None),
        (None, note.pk),
    ]
    assert sent[0]["proves"].startswith("Order mayor-2024/0001, £900.00")
    assert sent[1]["proves"].startswith("Credit note C-1 of 20 April 2024")


def test_a_receipt_is_sent_listed_and_taken(bought: Expense, tool: APIClient) -> None:
    invoice, content = bill(bought), pdf(pages=2)
    paid = pay(invoice)

    made = tool.post(ADDRESS, {"invoice": invoice.pk, "file": upload(content)})
    tool.post(ADDRESS, {"payment": paid.pk, "file": upload(image(), "till.jpg")})
    listed = tool.get(ADDRESS).json()["results"]
    file = tool.get(f"{ADDRESS}{made.json()['id']}/download/")

    assert made.status_code == 201
    assert [(one["number"], one["content_type"]) for one in listed] == [
        (1, "application/pdf"),
        (2, "image/jpeg"),
    ]
    assert (listed[0]["pages"], listed[0]["invoice"]) == (2, invoice.pk)
    assert listed[1]["proves"].startswith("Payment of £900.00 on 9 April 2024")
    assert b"".join(file.streaming_content) == content
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert AuditEntry.objects.filter(verb="file.taken", by_kind="token").exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"file": pdf()}, 400),
        ({"expense": 1, "donation": 1, "file": pdf()}, 400),
        ({"expense": 0, "file": pdf()}, 400),
        ({"expense": 10**15, "file": pdf()}, 404),
        ({"expense": "ours"}, 400),
        ({"expense": "ours", "file": pdf(), "number": 7}, 400),
        ({"expense": "ours", "file": b"<html>"}, 422),
        ({"expense": "ours", "file": b""}, 422),
        ({"expense": "ours", "file": bytes(11 * 1024**2)}, 413),
        ({"donation": "ours", "file": pdf()}, 422),
        ({"order": "proposed", "file": pdf()}, 422),
        ({"order": "ours", "expense": 1, "file": pdf()}, 400),
        ({"credit_note": 10**15, "file": pdf()}, 404),
        ({"expense": "theirs", "file": pdf()}, 404),
    ],
)
def test_what_is_wrong_is_answered_and_nothing_kept(
    bought: Expense,
    other_campaign: Campaign,
    tool: APIClient,
    sent: dict[str, Any],
    status: int,
) -> None:
    rows = {
        ("expense", "ours"): bought.pk,
        ("donation", "ours"): gift(bought.campaign).pk,
        ("expense", "theirs"): propose(other_campaign).pk,
        ("order", "proposed"): propose(bought.campaign).pk,
    }
    form = {name: rows.get((name, value), value) for name, value in sent.items()}
    if "file" in form:
        form["file"] = SimpleUploadedFile("bill.pdf", form["file"])

    answer = tool.post(ADDRESS, form)

    assert answer.status_code == status
    assert set(answer.json()["error"]) <= {"code", "message", "fields"}
    assert not MoneyDocument.objects.exists()


def test_a_page_of_another_site_sends_no_file_in_our_name(
    bought: Expense, agent: User
) -> None:
    attacker = APIClient(enforce_csrf_checks=True)
    attacker.cookies = signed_in(agent).cookies

    answer = attacker.post(ADDRESS, {"expense": bought.pk, "file": upload()})

    assert answer.status_code == 403
    assert "CSRF" in answer.json()["error"]["message"]
    assert not MoneyDocument.objects.exists()


def test_json_is_not_taken(bought: Expense, tool: APIClient) -> None:
    answer = tool.post(ADDRESS, {"expense": bought.pk}, format="json")

    assert answer.status_code == 415


def test_a_key_sends_one_file_once_and_refuses_another_of_the_same_name(
    bought: Expense, tool: APIClient
) -> None:
    content, key = pdf(), {"HTTP_IDEMPOTENCY_KEY": "bill of April"}

    def send(content: bytes) -> Any:
        form = {"expense": bought.pk, "file": upload(content)}
        return tool.post(ADDRESS, form, **key)

    first, again, other = send(content), send(content), send(pdf())

    assert first.json() == again.json()
    assert other.status_code == 409
    assert MoneyDocument.objects.count() == 1


def test_a_receipt_of_another_campaign_is_not_there(
    bought: Expense, other_campaign: Campaign, tool: APIClient
) -> None:
    theirs = attach(propose(other_campaign))

    assert tool.get(ADDRESS).json()["results"] == []
    assert tool.get(f"{ADDRESS}{theirs.pk}/").status_code == 404
    assert tool.get(f"{ADDRESS}{theirs.pk}/download/").status_code == 404


def test_a_receipt_is_struck_out_by_whoever_may_write_its_row(
    campaign: Campaign, bought: Expense, tool: APIClient
) -> None:
    address = f"{ADDRESS}{attach(bought).pk}/void/"
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])
    why = {"reason": "Another's bill"}

    refused = reader.post(address, why, format="json")
    silent = tool.post(address, {}, format="json")
    voided = tool.post(address, why, format="json", HTTP_IDEMPOTENCY_KEY="a")
    again = tool.post(address, why, format="json", HTTP_IDEMPOTENCY_KEY="a")

    assert (refused.status_code, silent.status_code) == (422, 400)
    assert voided.json()["void_reason"] == "Another's bill"
    assert again.json() == voided.json()
