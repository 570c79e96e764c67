"""Splits by use, copies, area or time: the figures stay, and no penny is lost."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.actions.expense_checks import ExpenseRefused, Share
from campaigns.models import Campaign, ExpenseShare, ShareBasis
from campaigns.reports.spending_position import spending_position
from tests.campaigns.purchases import commit, notice, propose, undone
from tests.cast import NOW

pytestmark = pytest.mark.django_db
PENNIES = st.integers(1, 90_000).map(lambda pence: Decimal(pence) / 100)


def test_a_share_keeps_the_figures_and_the_basis_it_was_told_with(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(campaign)
    notice(other_campaign, electors=8_000)
    shares = [
        Share(
            12_000, 40_000, "Went to her ward", campaign=other_campaign, basis="copies"
        ),
        Share(1, 4, "Its page of four", "Alder Party", basis="area"),
    ]
    commit(campaign, "1000.00", shares=shares)

    copies, area = ExpenseShare.objects.order_by("pk")

    assert copies.figures == "12,000 of 40,000, by copies"
    assert area.figures == "1 of 4, by area"
    assert spending_position(campaign, at=NOW).counted == Decimal("450.00")
    assert spending_position(other_campaign, at=NOW).counted == Decimal("300.00")


def test_a_split_by_nothing_known_is_refused(campaign: Campaign) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        propose(campaign, shares=[Share(1, 2, "Half", "Alder Party", basis="luck")])

    assert refused.value.code == "unknown_basis"


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    amount=PENNIES,
    copies=st.tuples(*[st.integers(0, 9_999)] * 3).filter(any),
    basis=st.sampled_from(ShareBasis.values),
)
def test_what_each_bears_comes_to_the_whole_to_the_penny(
    campaign: Campaign,
    other_campaign: Campaign,
    amount: Decimal,
    copies: tuple[int, int, int],
    basis: str,
) -> None:
    _, hers, partys = copies
    with undone():
        notice(campaign)
        notice(other_campaign, electors=200_000)
        told = (
            (hers, {"campaign": other_campaign}),
            (partys, {"bearer": "Alder Party"}),
        )
        commit(
            campaign,
            str(amount),
            shares=[
                Share(part, sum(copies), "Counted", basis=basis, **bearer)
                for part, bearer in told
                if part
            ],
        )

        position = spending_position(campaign, at=NOW)
        sibling = spending_position(other_campaign, at=NOW)
        [line] = position.lines

        assert position.counted + position.borne_by_others == amount
        assert sum((pounds for _, pounds in line.borne), position.counted) == amount
        by_sibling = [
            pounds for share, pounds in line.borne if share.bearer_campaign_id
        ]
        assert sibling.counted == sum(by_sibling)
