"""Authorities and others' campaigns by REST: read, given, revoked, written down."""

from typing import Any

from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import (
    Campaign,
    Expense,
    IdempotentReply,
    OutsideActivity,
    SpendingAuthority,
    User,
)
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, client_of_person, token_for
from tests.campaigns.purchases import notice

ADDRESS = "/api/v1/campaigns/mayor-2024/"
PAPER = {
    "kind": "petty",
    "name": "Petra Petty",
    "purpose": "Stamps",
    "cap": "60.00",
    "written_on": "2024-04-01",
    "document": "File 4",
}
STAMPS = {
    "description": "Stamps",
    "supplier": "Post office",
    "category": "administration",
    "incurred_on": "2024-04-10",
    "used_from": "2024-04-10",
    "used_until": "2024-05-02",
}


def client(campaign: Campaign, *capabilities: Capability) -> APIClient:
    cache.clear()
    notice(campaign)
    return client_of(token_for(campaign, *capabilities)[1])


def test_an_authority_sent_again_after_its_reply_was_forgotten_is_given_once(
    campaign: Campaign, agent: User
) -> None:
    cache.clear()
    signed_in = client_of_person(agent)
    for _ in range(2):
        IdempotentReply.objects.all().delete()
        given = signed_in.post(
            f"{ADDRESS}authorities/",
            PAPER,
            format="json",
            headers={"Idempotency-Key": "paper-4"},
        )

    assert given.json()["id"] == SpendingAuthority.objects.get().pk


def test_an_authority_is_spent_under_and_read_with_what_is_left(
    campaign: Campaign, agent: User
) -> None:
    clerk = client(campaign, Capability.SEE_MONEY, Capability.PROPOSE_EXPENSE)
    signed_in = client_of_person(agent)

    given = signed_in.post(f"{ADDRESS}authorities/", PAPER, format="json")
    spent: dict[str, Any] = {**STAMPS, "authority": given.json()["id"]}
    fits = clerk.post(f"{ADDRESS}expenses/", spent | {"amount": "60.00"}, format="json")
    over = clerk.post(f"{ADDRESS}expenses/", spent | {"amount": "60.01"}, format="json")
    wrong = clerk.post(
        f"{ADDRESS}expenses/",
        spent | {"amount": "1.00", "authority": 10**12},
        format="json",
    )
    revoked, again = (
        signed_in.post(
            f"{ADDRESS}authorities/{given.json()['id']}/revoke/",
            {"reason": "Left"},
            format="json",
            HTTP_IDEMPOTENCY_KEY="r",
        )
        for _ in range(2)
    )

    assert (given.status_code, fits.status_code) == (201, 201)
    assert (over.status_code, wrong.status_code) == (422, 422)
    assert Expense.objects.get().authority == SpendingAuthority.objects.get()
    assert revoked.json()["revoke_reason"] == "Left"
    assert revoked.json()["left"] == "60.00"
    assert (again.status_code, again.json()) == (200, revoked.json())


def test_a_token_that_only_proposes_gives_no_authority(campaign: Campaign) -> None:
    clerk = client(campaign, Capability.SEE_MONEY, Capability.PROPOSE_EXPENSE)

    assert clerk.post(f"{ADDRESS}authorities/", PAPER, format="json").status_code == 403
    assert not SpendingAuthority.objects.exists()


def test_what_others_do_is_written_down_and_voided(campaign: Campaign) -> None:
    clerk = client(campaign, Capability.SEE_MONEY, Capability.PROPOSE_EXPENSE)
    activity = {
        "body": "Penn Residents",
        "description": "Their newsletter",
        "value": "80.00",
        "reason": "Decided by their committee",
    }

    made = clerk.post(f"{ADDRESS}outside-activities/", activity, format="json")
    voided, again = (
        clerk.post(
            f"{ADDRESS}outside-activities/{made.json()['id']}/void/",
            {"reason": "Twice"},
            format="json",
            HTTP_IDEMPOTENCY_KEY="v",
        )
        for _ in range(2)
    )

    assert made.status_code == 201
    assert voided.json()["void_reason"] == "Twice"
    assert (again.status_code, again.json()) == (200, voided.json())
    assert OutsideActivity.objects.get().voided_at is not None
