"""Donations, the plan, the funding position and the reminders by REST."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db.models import Model
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.actions.budgets import Planned, plan_budget
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    IdempotentReply,
    OutsideActivity,
    User,
)
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Capability
from tests.campaigns.actions.test_gifts_in_kind import give as give_in_kind
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.purchases import clerk
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/"
PROMISED = {
    "donor": "Velvetgate Looms Ltd",
    "donor_kind": "company",
    "amount": "2500.00",
}


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


def test_a_donation_is_entered_and_says_what_is_still_to_be_looked_at(
    campaign: Campaign,
) -> None:
    client = client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_DONATIONS)[1]
    )

    made = client.post(f"{ADDRESS}donations/", PROMISED, format="json")
    seen = client.get(f"{ADDRESS}donations/{made.json()['id']}/").json()
    funding = client.get(f"{ADDRESS}funding/").json()

    assert made.status_code == 201
    assert seen["decide_by"] is None
    assert seen["missing"] == [
        "company_number",
        "registered_office",
        "carries_on_business",
    ]
    assert (funding["cash"], funding["promised"]) == ("0.00", "2500.00")


def test_a_promise_comes_is_checked_and_is_accepted(campaign: Campaign) -> None:
    client = client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_DONATIONS)[1]
    )
    promised = {**PROMISED, "donor_address": "3 Loom Row, QX1 2BB"}
    made = client.post(f"{ADDRESS}donations/", promised, format="json").json()
    one = f"{ADDRESS}donations/{made['id']}/"

    early = client.post(f"{one}accept/", {"accepted_on": "2024-04-20"}, format="json")
    come = client.post(f"{one}receive/", {"received_on": "2024-04-19"}, format="json")
    found = dict.fromkeys(made["missing"], "Seen at Companies House")
    client.post(
        f"{one}check/", {"found": found, "looked_on": "2024-04-20"}, format="json"
    )
    kept = client.post(f"{one}accept/", {"accepted_on": "2024-04-20"}, format="json")

    assert early.status_code == 422
    assert made["kept_since"] is None
    assert come.json()["decide_by"] == "2024-05-19"
    assert come.json()["kept_since"] == "2024-05-20"
    assert kept.json()["accepted_on"] == "2024-04-20"
    assert kept.json()["kept_since"] == "2024-04-20"
    assert kept.json()["missing"] == []


def test_one_is_returned_and_one_is_voided(campaign: Campaign) -> None:
    client = client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_DONATIONS)[1]
    )
    came = {**PROMISED, "received_on": "2024-04-19"}
    one, other = (
        client.post(f"{ADDRESS}donations/", came, format="json").json()["id"]
        for _ in range(2)
    )

    back = client.post(
        f"{ADDRESS}donations/{one}/return/",
        {"returned_on": "2024-04-20", "returned_how": "By cheque, to the company"},
        format="json",
    )
    gone = client.post(
        f"{ADDRESS}donations/{other}/void/", {"reason": "Typed twice"}, format="json"
    )

    assert back.json()["returned_on"] == "2024-04-20"
    assert gone.json()["void_reason"] == "Typed twice"


def test_the_donors_address_is_added_with_how_it_is_known(campaign: Campaign) -> None:
    client = client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_DONATIONS)[1]
    )
    made = client.post(f"{ADDRESS}donations/", PROMISED, format="json").json()
    there = f"{ADDRESS}donations/{made['id']}/address/"
    typed = {"donor_address": "2 Loom Street, QX1 2BB"}

    refused = client.post(there, typed, format="json")
    kept = client.post(there, typed | {"reason": "Companies House"}, format="json")

    assert refused.status_code == 400
    assert kept.json()["donor_address"] == "2 Loom Street, QX1 2BB"


def test_who_only_reads_money_decides_on_nothing(campaign: Campaign) -> None:
    writer = token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_DONATIONS)
    came = {**PROMISED, "received_on": "2024-04-19"}
    made = client_of(writer[1]).post(f"{ADDRESS}donations/", came, format="json").json()
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    for verb in ("receive", "address", "check", "accept", "return", "void"):
        address = f"{ADDRESS}donations/{made['id']}/{verb}/"
        assert reader.post(address, {}, format="json").status_code == 403


def test_who_only_reads_money_enters_nothing(campaign: Campaign) -> None:
    client = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    refused = client.post(f"{ADDRESS}donations/", PROMISED, format="json")

    assert refused.status_code == 403
    assert not Donation.objects.exists()


def test_the_plan_is_read_by_head_and_week(campaign: Campaign) -> None:
    plan_budget(
        campaign=campaign,
        planned=[Planned("staff", date(2024, 4, 8), inside=Decimal("120.50"))],
        by=clerk(campaign),
        at=NOW,
    )
    client = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    plan = client.get(f"{ADDRESS}budget/").json()

    heads = {head["category"]: head["inside"] for head in plan["heads"]}
    weeks = {week["week_on"]: week["inside"] for week in plan["weeks"]}
    assert heads["staff"] == weeks["2024-04-08"] == "120.50"
    (week,) = (one for one in plan["weeks"] if one["week_on"] == "2024-04-08")
    assert (week["committed"], week["left"]) == ("0.00", "120.50")
    assert plan["last_uncounted_on"] < "2024-04-08"


def test_the_reminders_to_come_are_read_with_whom_they_go_to(
    campaign: Campaign, agent: User
) -> None:
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])
    client = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    found = client.get(f"{ADDRESS}spending/reminders/").json()

    assert found["not_sent"] == 0
    assert found["people"] == [
        {
            "user": agent.pk,
            "name": "Agnes Agent",
            "roles": ["agent"],
            "is_off": False,
        }
    ]
    assert found["coming"][0] == {
        "goes_on": "2024-05-09",
        "days_before": 14,
        "code": "bills_received",
        "name": "Bills received",
        "day": "2024-05-23",
        "to": ["Agnes Agent"],
    }


def test_the_plan_is_written_line_by_line_and_the_rest_of_it_stays(
    campaign: Campaign,
) -> None:
    plan_budget(
        campaign=campaign,
        planned=[Planned("staff", date(2024, 4, 8), inside=Decimal("120.50"))],
        by=clerk(campaign),
        at=NOW,
    )
    may = (Capability.SEE_MONEY, Capability.PROPOSE_EXPENSE)
    client = client_of(token_for(campaign, *may)[1])
    line = {"category": "transport", "week_on": "2024-04-15", "inside": "60.00"}

    plan = client.patch(f"{ADDRESS}budget/", {"lines": [line]}, format="json")
    refused = client.patch(
        f"{ADDRESS}budget/",
        {"lines": [line | {"week_on": "2024-04-16"}]},
        format="json",
    )
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])
    closed = reader.patch(f"{ADDRESS}budget/", {"lines": [line]}, format="json")

    assert [
        (one["category"], one["week_on"], one["inside"]) for one in plan.json()["lines"]
    ] == [("transport", "2024-04-15", "60.00"), ("staff", "2024-04-08", "120.50")]
    assert refused.json()["error"]["code"] == "not_a_week"
    assert closed.status_code == 403


def test_of_a_gift_in_kind_it_is_said_whether_it_was_used(campaign: Campaign) -> None:
    gift = give_in_kind(campaign)
    money = (Capability.SEE_MONEY, Capability.RECORD_DONATIONS)
    caller = client_of(token_for(campaign, *money, Capability.PROPOSE_EXPENSE)[1])
    there = f"{ADDRESS}donations/{gift.donation_id}/return/"
    back = {"returned_on": "2024-04-20", "returned_how": "By van, to the union"}

    refused = caller.post(there, back, format="json")
    done = caller.post(there, back | {"was_used": False}, format="json")

    assert refused.json()["error"]["code"] == "came_as_a_gift"
    assert done.json()["returned_on"] == "2024-04-20"
    gift.refresh_from_db()
    assert gift.void_reason == "Returned unused: By van, to the union"


@pytest.mark.parametrize(
    ("resource", "sent", "model"),
    [
        ("donations", PROMISED, Donation),
        (
            "outside-activities",
            {
                "body": "Penn Residents",
                "description": "Their newsletter",
                "value": "50.00",
                "reason": "Decided by their committee",
            },
            OutsideActivity,
        ),
    ],
)
def test_what_is_sent_again_after_its_reply_was_forgotten_is_made_once(
    campaign: Campaign, resource: str, sent: dict[str, str], model: type[Model]
) -> None:
    client = gives(campaign)
    told = []
    for _ in range(2):
        IdempotentReply.objects.all().delete()
        told.append(
            client.post(
                f"{ADDRESS}{resource}/",
                sent,
                format="json",
                headers={"Idempotency-Key": "one-7"},
            ).json()
        )

    assert told[0]["id"] == told[1]["id"]
    assert model._default_manager.count() == 1


def test_two_alike_without_a_key_are_two(campaign: Campaign) -> None:
    client = gives(campaign)
    for _ in range(2):
        client.post(f"{ADDRESS}donations/", PROMISED, format="json")

    assert Donation.objects.count() == 2


GIFT = {
    "description": "1,000 leaflets",
    "category": "unsolicited",
    "donor": "Alder Workers",
    "donor_kind": "trade_union",
    "market_value": "400.00",
    "value_basis": "What Plover Press asks of others",
    "used_from": "2024-04-10",
    "used_until": "2024-05-02",
}


def gives(campaign: Campaign) -> APIClient:
    money = (Capability.SEE_MONEY, Capability.RECORD_DONATIONS)
    return client_of(token_for(campaign, *money, Capability.PROPOSE_EXPENSE)[1])


def test_others_bear_a_part_of_a_gift_and_only_its_use_in_the_period_counts(
    campaign: Campaign,
) -> None:
    share = {"bearer": "Alder Reeve", "parts": 1, "of_parts": 4, "reason": "Her side"}
    inside = {"parts": 500, "of_parts": 1000, "reason": "500 went out before"}

    told = gives(campaign).post(
        f"{ADDRESS}gifts-in-kind/",
        GIFT | {"shares": [share], "inside": inside},
        format="json",
    )

    assert told.status_code == 201
    [line] = spending_position(campaign, at=NOW).lines
    assert line.counted == Decimal("150.00")


def test_a_gift_sent_again_after_its_reply_was_forgotten_is_one(
    campaign: Campaign,
) -> None:
    caller = gives(campaign)
    for _ in range(2):
        IdempotentReply.objects.all().delete()
        told = caller.post(
            f"{ADDRESS}gifts-in-kind/",
            GIFT,
            format="json",
            headers={"Idempotency-Key": "gift-7"},
        )

    assert told.json()["id"] == Expense.objects.get().pk
    assert Donation.objects.count() == 1


def test_a_gift_that_nobody_of_ours_encouraged_is_the_givers_own(
    campaign: Campaign,
) -> None:
    money = (Capability.SEE_MONEY, Capability.RECORD_DONATIONS)
    sent = {
        "description": "Two rooms",
        "category": "accommodation",
        "donor": "Alder Workers",
        "donor_kind": "trade_union",
        "market_value": "600.00",
        "value_basis": "What the hall asks of others",
        "used_from": "2024-04-10",
        "used_until": "2024-05-02",
        "is_encouraged": False,
    }

    told = client_of(token_for(campaign, *money, Capability.PROPOSE_EXPENSE)[1]).post(
        f"{ADDRESS}gifts-in-kind/", sent, format="json"
    )

    assert told.status_code == 422
    assert told.json()["error"]["code"] == "not_on_behalf"
    assert not Donation.objects.exists()
