"""Proposing and voiding expenses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.actions.expense_checks import ExpenseRefused, PartInside, Share
from campaigns.actions.expenses import void_expense
from campaigns.models import AuditEntry, Campaign, Expense, User
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, actor

pytestmark = pytest.mark.django_db


def test_a_proposed_expense_waits_for_the_agent_and_is_audited(
    campaign: Campaign, organiser: User
) -> None:
    expense = propose(
        campaign,
        by=actor(organiser),
        shares=[Share(1, 3, "One of three panels", bearer="Alder Party")],
    )

    assert expense.state == "proposed"
    assert expense.by_label == "Olive Organiser"
    assert [str(share) for share in expense.shares.all()] == ["1/3 Alder Party"]
    entry = AuditEntry.objects.get(verb="expense.proposed")
    assert entry.target == f"expense:{expense.pk}"


def test_one_source_proposes_once(campaign: Campaign) -> None:
    first = propose(campaign, source="letter_run:12")
    again = propose(campaign, "250.00", source="letter_run:12")

    assert again.pk == first.pk
    assert again.amount == Decimal("100.00")
    assert Expense.objects.count() == 1


SHARE = {"parts": 1, "of_parts": 2, "reason": "Half each", "bearer": "Alder Party"}


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("no_description", {"description": "  "}),
        ("no_supplier", {"supplier": ""}),
        ("unknown_category", {"category": "balloons"}),
        ("unknown_kind", {"kind": "wished for"}),
        ("days_out_of_order", {"used_from": date(2024, 5, 3)}),
        ("no_market_value", {"kind": "notional"}),
        ("bad_amount", {"market_value": Decimal("-1.00"), "kind": "notional"}),
        ("bad_amount", {"market_value": Decimal("NaN"), "kind": "notional"}),
        ("part_penny", {"market_value": Decimal("1.005"), "kind": "notional"}),
        ("bad_part", {"inside": PartInside(3, 2, "Two boxes")}),
        ("bad_part", {"inside": PartInside(1, 10**30, "One in very many")}),
        ("no_reason", {"inside": PartInside(1, 2, " ")}),
        ("no_reason", {"shares": [Share(**{**SHARE, "reason": ""})]}),
        ("no_bearer", {"shares": [Share(**{**SHARE, "bearer": ""})]}),
        ("bearer_twice", {"shares": [Share(**SHARE), Share(**SHARE)]}),
        (
            "shares_too_large",
            {"shares": [Share(**SHARE), Share(2, 3, "Most", bearer="Another")]},
        ),
    ],
)
def test_an_unclear_expense_is_refused_and_writes_nothing(
    campaign: Campaign, code: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        propose(campaign, **fields)

    assert refused.value.code == code
    assert not Expense.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "100000000.00"])
def test_an_amount_is_money_and_more_than_nothing(
    campaign: Campaign, amount: str
) -> None:
    with pytest.raises(ExpenseRefused):
        propose(campaign, amount)


def test_a_share_goes_to_another_campaign_of_the_same_organisation_only(
    campaign: Campaign, other_campaign: Campaign, foreign_campaign: Campaign
) -> None:
    for bearer in (campaign, foreign_campaign):
        with pytest.raises(ExpenseRefused):
            propose(campaign, shares=[Share(1, 2, "Half each", campaign=bearer)])

    made = propose(campaign, shares=[Share(1, 2, "Half each", campaign=other_campaign)])

    assert made.shares.get().bearer == "Bilston North by-election"


def test_an_expense_is_voided_with_a_reason_and_stays(campaign: Campaign) -> None:
    expense = propose(campaign)
    with pytest.raises(ExpenseRefused):
        void_expense(expense, reason=" ", by=clerk(campaign), at=NOW)

    void_expense(expense, reason="Not wanted", by=clerk(campaign), at=NOW)

    expense.refresh_from_db()
    assert (expense.state, expense.void_reason) == ("voided", "Not wanted")
    with pytest.raises(ExpenseRefused):
        void_expense(expense, reason="Again", by=clerk(campaign), at=NOW)


def test_only_the_agent_voids_what_was_committed(
    campaign: Campaign, organiser: User, agent: User
) -> None:
    notice(campaign)
    expense = commit(campaign)

    with pytest.raises(ExpenseRefused) as refused:
        void_expense(expense, reason="Cheaper", by=actor(organiser), at=NOW)
    voided = void_expense(expense, reason="Cheaper", by=actor(agent), at=NOW)

    assert refused.value.code == "not_yours_to_void"
    assert voided.voided_by == "Agnes Agent"
