"""Expenses by REST beyond proposing: stated, committed and voided, and by whom."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.credit_notes import record_credit_note
from campaigns.models import Campaign, Expense, ExpenseState, User
from campaigns.roles import Capability, Role
from tests.campaigns.api.test_tokens import client_of, client_of_person, token_for
from tests.campaigns.papers import bill
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, member

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/expenses/"
TRAIN = {
    "description": "Train to the hustings in Walsall",
    "supplier": "Beacon Rail",
    "category": "transport",
    "amount": "12.40",
    "incurred_on": "2024-04-20",
}


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


def test_the_agent_commits_and_past_the_limit_only_with_a_reason(
    campaign: Campaign, agent: User
) -> None:
    notice(campaign, told_limit=Decimal("100.00"))
    fits, beyond = propose(campaign, "90.00"), propose(campaign, "20.00")
    signed_in = client_of_person(agent)

    done = signed_in.post(f"{ADDRESS}{fits.pk}/commit/", HTTP_IDEMPOTENCY_KEY="a")
    again = signed_in.post(f"{ADDRESS}{fits.pk}/commit/", HTTP_IDEMPOTENCY_KEY="a")
    twice = signed_in.post(f"{ADDRESS}{fits.pk}/commit/")
    refused = signed_in.post(f"{ADDRESS}{beyond.pk}/commit/")
    why = {"over_limit_reason": "The hall is ordered"}
    kept = signed_in.post(f"{ADDRESS}{beyond.pk}/commit/", why, format="json")

    assert done.json()["committed_at"]
    assert done.json() == again.json()
    assert twice.json()["error"]["code"] == "not_proposed"
    assert refused.json()["error"]["code"] == "over_limit"
    assert kept.json()["over_limit_reason"] == "The hall is ordered"


def test_a_token_commits_nothing_and_voids_nothing_that_was_committed(
    campaign: Campaign,
) -> None:
    notice(campaign)
    waits, counts = propose(campaign), commit(campaign)
    token = client_of(token_for(campaign)[1])
    why = {"reason": "Twice"}

    committed = token.post(f"{ADDRESS}{waits.pk}/commit/")
    struck = token.post(f"{ADDRESS}{counts.pk}/void/", why, format="json")
    withdrawn = token.post(f"{ADDRESS}{waits.pk}/void/", why, format="json")

    assert committed.json()["error"]["code"] == "not_the_agent"
    assert struck.json()["error"]["code"] == "not_yours_to_void"
    assert withdrawn.json()["void_reason"] == "Twice"
    counts.refresh_from_db()
    assert counts.state == ExpenseState.COMMITTED


def test_somebody_with_a_written_authority_commits_up_to_its_cap(
    campaign: Campaign, agent: User
) -> None:
    notice(campaign)
    deputy = member("Della Deputy", Role.TREASURER, campaign)
    authorise_spending(
        campaign=campaign,
        user=deputy,
        cap=Decimal("50.00"),
        written_on=NOW.date(),
        document="Letter 7",
        by=clerk(campaign),
        at=NOW,
    )
    small, large = propose(campaign, "40.00"), propose(campaign, "40.00")
    hers = client_of_person(deputy)

    assert hers.post(f"{ADDRESS}{small.pk}/commit/").status_code == 200
    assert hers.post(f"{ADDRESS}{large.pk}/commit/").status_code == 422


def test_the_candidate_states_a_personal_expense_and_takes_it_back(
    campaign: Campaign,
) -> None:
    candidate = client_of_person(member("Cora Candidate", Role.CANDIDATE, campaign))

    made = candidate.post(
        f"{ADDRESS}personal/", TRAIN, format="json", HTTP_IDEMPOTENCY_KEY="train"
    )
    again = candidate.post(
        f"{ADDRESS}personal/", TRAIN, format="json", HTTP_IDEMPOTENCY_KEY="train"
    )
    unknown = candidate.post(
        f"{ADDRESS}personal/", TRAIN | {"kind": "incurred"}, format="json"
    )
    back = candidate.post(
        f"{ADDRESS}{made.json()['id']}/void/",
        {"reason": "The party paid"},
        format="json",
    )

    assert made.status_code == 201
    assert made.json()["kind"] == "personal"
    assert again.json()["id"] == made.json()["id"]
    assert unknown.status_code == 400
    assert back.json()["void_reason"] == "The party paid"
    assert Expense.objects.count() == 1


def test_who_only_sees_money_states_commits_and_voids_nothing(
    campaign: Campaign,
) -> None:
    waits = propose(campaign)
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    assert reader.post(f"{ADDRESS}personal/", TRAIN, format="json").status_code == 403
    assert reader.post(f"{ADDRESS}{waits.pk}/commit/").status_code == 422
    why = {"reason": "Twice"}
    voided = reader.post(f"{ADDRESS}{waits.pk}/void/", why, format="json")
    assert voided.status_code == 422
    waits.refresh_from_db()
    assert waits.state == ExpenseState.PROPOSED


def test_a_suppliers_favour_is_entered_as_a_donation_and_is_no_gift_in_kind(
    campaign: Campaign,
) -> None:
    notice(campaign)
    order = commit(campaign, "600.00", description="Posters")
    token = client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_DONATIONS)[1]
    )
    who = {"donor_kind": "company", "donor_address": "4 Inkwell Yard, QX1 1AA"}

    def enter(key: str) -> dict[str, Any]:
        address = f"{ADDRESS}{order.pk}/favour/"
        answer = token.post(address, who, format="json", HTTP_IDEMPOTENCY_KEY=key)
        return dict(answer.json())

    none = enter("a")
    record_credit_note(
        invoice=bill(order, "600.00"),
        number="C-1",
        amount=Decimal("100.00"),
        dated_on=NOW.date(),
        reason="The printer is a friend",
        is_favour=True,
        by=clerk(campaign),
        at=NOW,
    )
    entered, again, anew = enter("a"), enter("a"), enter("b")
    donations = token.get("/api/v1/campaigns/mayor-2024/donations/").json()["results"]
    gifts = token.get("/api/v1/campaigns/mayor-2024/gifts-in-kind/").json()["results"]

    assert none["error"]["code"] == "no_favour"
    assert again == entered
    assert anew["error"]["code"] == "entered_before"
    assert [(one["id"], one["amount"]) for one in donations] == [
        (entered["donation"], "100.00")
    ]
    assert gifts == []


def test_the_order_of_a_committed_expense_is_taken_as_paper(campaign: Campaign) -> None:
    notice(campaign)
    waits, ordered = propose(campaign), commit(campaign)
    reader = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    paper = reader.get(f"{ADDRESS}{ordered.pk}/order/")

    assert paper.content.startswith(b"%PDF")
    assert "order-mayor-2024-0001.pdf" in paper["Content-Disposition"]
    assert reader.get(f"{ADDRESS}{waits.pk}/order/").status_code == 404
