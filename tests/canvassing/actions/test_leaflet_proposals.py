"""A leaflet proposes what its print costs by itself; the agent commits it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expenses import void_expense
from campaigns.models import Campaign, Expense, ExpenseState, User, Ward
from campaigns.reports.spending_position import spending_position
from campaigns.reports.stock_costs import stock_cost
from campaigns.rules.refusals import Refusal
from canvassing.actions.leaflet_costs import propose_leaflet_cost
from canvassing.actions.leaflet_rounds import add_leaflet
from canvassing.actions.leaflet_stock import mark_street_done
from canvassing.models import Leaflet, LeafletRound, LeafletStreet
from canvassing.reports.leaflets import stock_key
from canvassing.rules.rounds import RoundsRefused
from tests.campaigns.purchases import clerk, notice
from tests.cast import NOW, actor
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def order(campaign: Campaign, **told: Any) -> Leaflet:
    """2,000 copies for £90.00, written down with their price."""
    told.setdefault("name", "Parks")
    told.setdefault("price", Decimal("90.00"))
    told.setdefault("supplier", "Plover Press")
    told.setdefault("by", clerk(campaign))
    return add_leaflet(campaign=campaign, copies=2_000, at=NOW, **told)


def test_a_leaflet_with_a_price_proposes_its_cost_by_itself(campaign: Campaign) -> None:
    address, day = "4 Inkwell Yard, QX1 1AA", date(2024, 4, 2)

    leaflet = order(campaign, supplier_address=address, ordered_on=day)

    proposed = Expense.objects.get()
    assert proposed.state == ExpenseState.PROPOSED
    assert proposed.description == "Printing of Parks, 2,000 copies"
    assert (proposed.amount, proposed.category) == (Decimal("90.00"), "unsolicited")
    assert (proposed.supplier_address, proposed.incurred_on) == (address, day)
    assert proposed.stock == proposed.source == stock_key(leaflet.pk)
    cost = stock_cost(campaign, stock_key(leaflet.pk))
    assert (cost.proposed, cost.pence_a_copy) == (Decimal("90.00"), Decimal("4.50"))
    assert cost.counted == 0


def test_what_a_leaflet_proposed_counts_by_the_copies_delivered(
    campaign: Campaign, ward: Ward
) -> None:
    notice(campaign)
    leaflet = order(campaign)
    commit_expense(Expense.objects.get(), by=clerk(campaign), at=NOW)
    made = {"organisation": campaign.organisation, "made_at": NOW}
    round_ = LeafletRound.objects.create(
        campaign=campaign, leaflet=leaflet, ward=ward, copies_out=500, **made
    )
    street = LeafletStreet.objects.create(
        organisation=campaign.organisation, leaflet_round=round_, position=0, doors=9
    )

    mark_street_done(
        street, copies=400, delivered_on=NOW.date(), by=clerk(campaign), at=NOW
    )

    assert spending_position(campaign, at=NOW).counted == Decimal("18.00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": Decimal("0.00")},
        {"price": Decimal("0.001")},
        {"supplier": " "},
        {"price": None},
    ],
)
def test_a_leaflet_whose_cost_cannot_be_proposed_is_not_written_down(
    campaign: Campaign, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refusal):
        order(campaign, **wrong)

    assert not Leaflet.objects.exists()
    assert not Expense.objects.exists()


def test_a_price_that_comes_later_is_proposed_once(campaign: Campaign) -> None:
    leaflet = order(campaign, price=None, supplier="")
    assert not Expense.objects.exists()
    by = clerk(campaign)
    told: dict[str, Any] = {
        "price": Decimal("90.00"),
        "supplier": "Plover Press",
        "by": by,
        "at": NOW,
    }

    first = propose_leaflet_cost(leaflet, **told)
    again = propose_leaflet_cost(leaflet, **told)

    assert first == again == Expense.objects.get()
    with pytest.raises(RoundsRefused, match=r"£90\.00 was proposed"):
        propose_leaflet_cost(leaflet, **told | {"price": Decimal("91.00")})
    void_expense(first, reason="Another printer", by=by, at=NOW)
    with pytest.raises(RoundsRefused, match="voided: propose it as an expense"):
        propose_leaflet_cost(leaflet, **told)


def test_whoever_may_not_propose_does_not_by_a_leaflet(
    campaign: Campaign, ward_lead: User
) -> None:
    leaflet = order(campaign, price=None, supplier="")

    with pytest.raises(RoundsRefused) as refused:
        propose_leaflet_cost(
            leaflet,
            price=Decimal("1.00"),
            supplier="Plover Press",
            by=actor(ward_lead),
            at=NOW,
        )

    assert refused.value.code == "may_not_propose"


@pytest.mark.django_db(transaction=True)
def test_two_who_say_at_once_what_a_leaflet_costs_propose_it_once(
    campaign: Campaign,
) -> None:
    leaflet = order(campaign, price=None, supplier="")
    barrier = Barrier(4)

    def say(_: int) -> int:
        barrier.wait()
        try:
            return propose_leaflet_cost(
                leaflet,
                price=Decimal("90.00"),
                supplier="Plover Press",
                by=clerk(campaign),
                at=NOW,
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        proposed = set(pool.map(say, range(4)))

    assert proposed == {Expense.objects.get().pk}


def test_the_pages_say_what_a_leaflet_proposed_and_who_commits_it(
    campaign: Campaign, organiser: User
) -> None:
    desk, leaflets = signed_in(organiser), f"/{campaign.slug}/leaflets/"
    sent = {"name": "Bins", "copies": 1_000}
    cost = {"price": "£45", "supplier": "Plover Press"}

    bare = desk.post(leaflets, sent, follow=True).content.decode()
    page = f"{leaflets}{Leaflet.objects.get().pk}/"
    wrong = desk.post(f"{page}cost/", {"price": "x"}).content.decode()
    later = desk.post(f"{page}cost/", cost, follow=True).content.decode()
    at_once = desk.post(leaflets, sent | cost | {"name": "Bus"}, follow=True)

    assert "no price yet, so nothing is proposed" in bare
    assert "Nothing is proposed to the agent" in bare
    assert "This is missing" in wrong
    for text in (later, at_once.content.decode()):
        assert "£45.00 for 1,000 copies is proposed. The agent commits it" in text
        assert "£45.00 waits for the agent" in text
    assert Expense.objects.count() == 2
