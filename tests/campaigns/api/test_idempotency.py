"""A request that is sent again is done once."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.access import system
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.expiry import purge_expired
from campaigns.actions.tokens import ALL_WARDS, issue_token
from campaigns.models import Campaign, Expense, IdempotentReply
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.cast import NOW

ADDRESS = "/api/v1/campaigns/mayor-2024/expenses/"


@pytest.fixture
def client(campaign: Campaign) -> APIClient:
    cache.clear()
    return client_of(token_for(campaign)[1])


def body(**changes: object) -> dict[str, object]:
    return {
        "description": "Leaflets",
        "supplier": "Alder Press",
        "category": "unsolicited",
        "amount": "120.50",
        "incurred_on": "2024-04-20",
        "used_from": "2024-04-22",
        "used_until": "2024-05-02",
        **changes,
    }


def post(
    client: APIClient,
    content: dict[str, object],
    key: str = "",
    address: str = ADDRESS,
) -> object:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, content, format="json", headers=headers)


def test_a_repeat_gets_the_same_reply_and_proposes_nothing_more(
    client: APIClient,
) -> None:
    first, second = post(client, body(), "k1"), post(client, body(), "k1")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Expense.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(client: APIClient) -> None:
    post(client, body(), "k1")

    other = post(client, body(amount="99.00"), "k1")

    assert other.status_code == 409
    assert Expense.objects.count() == 1


def test_a_refusal_is_not_remembered(client: APIClient) -> None:
    wrong = post(client, body(used_until="2024-01-01"), "k1")
    assert wrong.status_code == 422
    assert wrong.json()["error"]["code"]

    assert post(client, body(), "k1").status_code == 201


def test_a_first_attempt_that_is_still_running_is_not_overtaken(
    client: APIClient,
) -> None:
    post(client, body(), "k1")
    IdempotentReply.objects.update(status=None)

    assert post(client, body(), "k1").status_code == 409


def test_an_attempt_that_died_before_its_reply_is_taken_up_without_a_second_expense(
    client: APIClient,
) -> None:
    post(client, body(), "k1")
    reply = IdempotentReply.objects.get()
    IdempotentReply.objects.update(
        status=None, created_at=reply.created_at - timedelta(minutes=5)
    )

    assert post(client, body(), "k1").status_code == 201
    assert Expense.objects.count() == 1


def test_without_a_key_each_post_counts(client: APIClient) -> None:
    post(client, body())
    post(client, body())

    assert Expense.objects.count() == 2


def test_wrong_fields_are_named(client: APIClient) -> None:
    answer = post(client, body(amount="a lot", category="gifts"))

    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {"amount", "category"}


def test_long_keys_that_differ_at_their_end_propose_two_expenses(
    client: APIClient,
) -> None:
    first = post(client, body(), "k" * 80 + "1")
    second = post(client, body(amount="99.00"), "k" * 80 + "2")

    assert first.json()["id"] != second.json()["id"]


def test_a_key_whose_reply_is_forgotten_still_proposes_once_in_its_campaign(
    client: APIClient, campaign: Campaign
) -> None:
    first = post(client, body(), "k1")
    IdempotentReply.objects.all().delete()

    assert post(client, body(), "k1").json()["id"] == first.json()["id"]
    assert Expense.objects.get().campaign == campaign


def test_a_key_that_a_row_keeps_is_refused_for_another_content_ever_after(
    client: APIClient,
) -> None:
    first = post(client, body(), "k1")
    soon = post(client, body(amount="99.00"), "k1")
    for _ in range(2):
        forget()
        late = post(client, body(amount="99.00"), "k1")
        again = post(client, body(), "k1")

        assert (late.status_code, late.json()) == (409, soon.json())
        assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Expense.objects.count() == 1


def test_a_repeat_that_is_refused_after_two_days_leaves_its_key_taken(
    client: APIClient, campaign: Campaign
) -> None:
    post(client, body(), "k1")
    forget()
    with patch("campaigns.api.spending.propose_expense", side_effect=broken()):
        refused = [post(client, body(), "k1").status_code for _ in range(2)]

    assert refused == [422, 422]
    assert post(client, body(amount="99.00"), "k1").status_code == 409
    assert Expense.objects.count() == 1


def test_a_key_is_free_again_where_a_dead_attempt_made_nothing(
    client: APIClient,
) -> None:
    """The first dies before it made anything; the second is refused, and mended."""
    wrong = body(used_until="2024-01-01")
    with (
        patch("campaigns.api.idempotency.IdempotentReply.delete"),
        patch("campaigns.api.spending.propose_expense", side_effect=broken()),
    ):
        post(client, wrong, "k1")
    died = timezone.now() - timedelta(minutes=5)
    assert IdempotentReply.objects.update(created_at=died) == 1

    refused = post(client, wrong, "k1")
    mended = post(client, body(), "k1")

    assert (refused.status_code, mended.status_code) == (422, 201)
    assert post(client, body(), "k1").json() == mended.json()
    assert Expense.objects.count() == 1


def forget() -> None:
    """Two days later, after the night's clearing up."""
    long_ago = timezone.now() - timedelta(days=3)
    IdempotentReply.objects.update(
        created_at=long_ago, expires_at=long_ago + timedelta(days=2)
    )
    purge_expired()
    assert not IdempotentReply.objects.filter(body__isnull=False).exists()


def broken() -> ExpenseRefused:
    return ExpenseRefused("no_authority", "Its authority ended.")


def test_the_same_key_under_another_campaign_or_for_another_thing_is_done_there(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    cache.clear()
    _, secret = issue_token(
        name="A tool",
        organisation=campaign.organisation,
        campaign=None,
        capabilities=[Capability.PROPOSE_EXPENSE, Capability.RECORD_DONATIONS],
        wards=ALL_WARDS,
        expires_at=timezone.now() + timedelta(days=30),
        by=system(campaign.organisation),
        at=NOW,
    )
    everywhere = client_of(secret)
    gift = {
        "description": "Two rooms",
        "category": "meetings",
        "donor": "Dorothy Penhallow",
        "donor_kind": "individual",
        "market_value": "400.00",
        "value_basis": "The price list",
        "used_from": "2024-04-22",
        "used_until": "2024-05-02",
    }
    ours = f"/api/v1/campaigns/{campaign.slug}/"
    addresses = {
        ADDRESS: body(),
        ADDRESS.replace(campaign.slug, other_campaign.slug): body(),
        f"{ours}gifts-in-kind/": gift,
    }
    made = []
    for address, content in addresses.items():
        made.append(post(everywhere, content, "k1", address))
        IdempotentReply.objects.all().delete()

    assert [reply.status_code for reply in made] == [201, 201, 201]
    rows = Expense.objects.order_by("pk")
    assert [row.campaign for row in rows] == [campaign, other_campaign, campaign]
    assert [row.supplier for row in rows][2] == "Dorothy Penhallow"
