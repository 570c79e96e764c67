"""A money form that is sent twice is carried out once."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.utils import timezone

from campaigns.models import (
    Campaign,
    Donation,
    IdempotentReply,
    Invoice,
    Organisation,
    Payment,
    User,
)
from campaigns.views import once
from campaigns.views.once import DONE
from tests.campaigns.papers import bill
from tests.campaigns.purchases import commit, notice
from tests.campaigns.rendered_forms import form_with
from tests.cast import NOW

DONATION = {"donor": "Dorothy Penhallow", "amount": "40", "received_on": "2024-04-20"}
TAPS = 4
TYPED_IN = r'<label|<input(?! type="hidden")|{{ ?form'
SPENDING = Path(settings.BASE_DIR, "campaigns/templates/campaigns/spending")


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def client(agent: User, client: Client) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def invoice(campaign: Campaign) -> Invoice:
    notice(campaign)
    return bill(commit(campaign, "900.00"), "900.00")


def filled(client: Client, page: str, **typed: str) -> dict[str, str]:
    seen = client.get(f"/mayor-2024/money/{page}").content.decode()
    return form_with(seen, *typed).filled(**typed)


@pytest.mark.django_db
def test_a_form_sent_twice_leads_to_what_its_first_sending_made(
    client: Client, campaign: Campaign
) -> None:
    sent = filled(client, "donations/add/", **DONATION)

    first = client.post("/mayor-2024/money/donations/add/", sent)
    again = client.post("/mayor-2024/money/donations/add/", sent)

    assert Donation.objects.count() == 1
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    said = [str(one) for one in get_messages(again.wsgi_request)]
    assert DONE in said


@pytest.mark.django_db
def test_a_part_payment_of_one_form_is_filed_once(
    client: Client, invoice: Invoice
) -> None:
    page = f"invoices/{invoice.pk}/"
    sent = filled(client, page, paid_on="2024-04-20", amount="10", method="card")

    for _ in range(2):
        client.post(f"/mayor-2024/money/{page}payment/", sent)

    assert Payment.objects.count() == 1


@pytest.mark.django_db
def test_the_same_form_with_another_sum_and_the_form_shown_anew_are_sent_again(
    client: Client, campaign: Campaign
) -> None:
    sent = filled(client, "donations/add/", **DONATION)
    anew = filled(client, "donations/add/", **DONATION)

    for form in (sent, sent | {"amount": "45"}, anew):
        client.post("/mayor-2024/money/donations/add/", form)

    assert Donation.objects.count() == 3


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(client: Client, invoice: Invoice) -> None:
    page = f"invoices/{invoice.pk}/"
    sent = filled(client, page, paid_on="2024-04-20", amount="10", method="card")
    Invoice.objects.update(disputed=True, dispute_reason="Too few came")
    client.post(f"/mayor-2024/money/{page}payment/", sent)
    assert not Payment.objects.exists()
    assert not IdempotentReply.objects.exists()

    Invoice.objects.update(disputed=False, dispute_reason="")
    client.post(f"/mayor-2024/money/{page}payment/", sent)

    assert Payment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_taps_again_before_the_answer_waits_for_it(
    client: Client, campaign: Campaign
) -> None:
    sent = filled(client, "donations/add/", **DONATION)
    barrier = Barrier(TAPS)

    def tap(_: int) -> str:
        barrier.wait()
        try:
            answer = client.post("/mayor-2024/money/donations/add/", sent)
            return str(answer["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(TAPS) as pool:
        led_to = set(pool.map(tap, range(TAPS)))

    assert Donation.objects.count() == 1
    assert len(led_to) == 1


@pytest.mark.django_db
def test_whoever_waits_in_vain_is_told_and_carries_nothing_out_beside_it(
    client: Client, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0)
    sent = filled(client, "donations/add/", **DONATION)
    client.post("/mayor-2024/money/donations/add/", sent)
    IdempotentReply.objects.update(status=None, body=None)

    early = client.post("/mayor-2024/money/donations/add/", sent)
    IdempotentReply.objects.update(created_at=timezone.now() - 2 * once.GIVEN_UP)
    Donation.objects.update(voided_at=NOW, void_reason="It never came")
    late = client.post("/mayor-2024/money/donations/add/", sent)

    assert early["Location"] == "/mayor-2024/"
    assert [str(one) for one in get_messages(early.wsgi_request)] == [once.UNDER_WAY]
    assert late["Location"] != early["Location"]
    assert Donation.objects.filter(voided_at=None).count() == 1


def test_every_form_of_the_money_pages_in_which_one_types_has_a_key() -> None:
    shared = Path(settings.BASE_DIR, "config/templates/parts").glob("*form.html")
    for template in (*SPENDING.rglob("*.html"), *shared):
        forms = re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', _of(template))
        typed = [form for form in forms if re.search(TYPED_IN, form)]
        without = [form for form in typed if "{% once %}" not in form]
        assert without == [], template


def _of(template: Path) -> str:
    return template.read_text().replace("\n", " ")
