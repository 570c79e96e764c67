"""The room under the limits for copies: looked at one use after another, in memory."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from campaigns.access import Actor
from campaigns.actions.expense_checks import Share
from campaigns.actions.spending import OverLimitRefused
from campaigns.actions.stock import write_off_stock
from campaigns.actions.stock_room import StockRoom
from campaigns.models import AuditEntry, Campaign, Expense, User
from campaigns.roles import Role
from canvassing.models import Leaflet
from canvassing.reports.leaflets import stock_key
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, actor, give_role

pytestmark = pytest.mark.django_db
# In the period, and before it.
FIRST, BEFORE = date(2024, 4, 3), date(2024, 3, 20)
HALL = {"used_from": date(2024, 4, 20), "used_until": date(2024, 4, 20)}
REASON = "They lay in the van"


@pytest.fixture
def leaflet(campaign: Campaign) -> Leaflet:
    """100 copies; the limit is £1,000.00."""
    notice(campaign, told_limit=Decimal("1000.00"))
    return Leaflet.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Buses",
        copies=100,
        made_at=NOW - timedelta(days=60),
    )


def buy(leaflet: Leaflet, **fields: Any) -> Expense:
    """For £900.00; all copies are thought lost, so that none in hand counts."""
    campaign = leaflet.campaign
    printed = commit(campaign, "900.00", stock=stock_key(leaflet.pk), **fields)
    lost: dict[str, Any] = {"reason": "Thought lost", "by": clerk(campaign), "at": NOW}
    return write_off_stock(printed, copies=100, **lost)


def half_of(other: Campaign) -> list[Share]:
    return [Share(1, 2, "Half of the leaflet", campaign=other)]


def room_of(leaflet: Leaflet, by: Actor | None = None, reason: str = "") -> StockRoom:
    return StockRoom(
        stock_key(leaflet.pk),
        organisation_id=leaflet.organisation_id,
        by=by or clerk(leaflet.campaign),
        reason=reason,
    )


def fits(room: StockRoom, *copies: int, on: date = FIRST) -> bool:
    """Whether these are used, one after another, all together."""
    try:
        room.use([(on, number) for number in copies])
    except OverLimitRefused:
        return False
    return True


def test_each_use_leaves_less_room_and_a_refused_one_takes_none(
    leaflet: Leaflet,
) -> None:
    buy(leaflet)
    commit(leaflet.campaign, "955.00", **HALL)  # £45.00 are left: five copies at £9.00
    room = room_of(leaflet)

    used = [fits(room, number) for number in (6, 3, 3, 2, 1)]

    assert used == [False, True, False, True, False]


def test_of_several_uses_at_once_all_fit_or_none_is_taken(leaflet: Leaflet) -> None:
    buy(leaflet)
    commit(leaflet.campaign, "955.00", **HALL)
    room = room_of(leaflet)

    assert not fits(room, 4, 2)
    assert fits(room, 4, 1)


def test_copies_that_were_not_used_after_all_give_their_room_back(
    leaflet: Leaflet,
) -> None:
    buy(leaflet)
    commit(leaflet.campaign, "955.00", **HALL)
    room = room_of(leaflet)
    room.use([(FIRST, 5)])

    assert fits(room, -5, 4)
    assert fits(room, 1)
    assert not fits(room, 1)


def test_copies_used_before_the_period_need_no_room(leaflet: Leaflet) -> None:
    buy(leaflet)
    commit(leaflet.campaign, "1000.00", **HALL)

    assert fits(room_of(leaflet), 50, on=BEFORE)


@pytest.mark.parametrize("is_proposed", [True, False])
def test_copies_for_which_nothing_is_committed_need_no_room(
    leaflet: Leaflet, is_proposed: bool
) -> None:
    if is_proposed:
        propose(leaflet.campaign, "900.00", stock=stock_key(leaflet.pk))
    commit(leaflet.campaign, "1000.00", **HALL)

    assert fits(room_of(leaflet), 50)


def test_where_no_limit_is_known_no_copy_fits(
    leaflet: Leaflet, other_campaign: Campaign
) -> None:
    buy(leaflet, shares=half_of(other_campaign), over_limit_reason="Printed early")

    with pytest.raises(OverLimitRefused) as refused:
        room_of(leaflet).use([(FIRST, 1)])

    assert refused.value.code == "limit_not_known"


# With the agent's reason.


def test_the_agents_reason_lets_a_use_through_and_is_kept_and_audited_once(
    leaflet: Leaflet, agent: User
) -> None:
    printed = buy(leaflet)
    commit(leaflet.campaign, "1000.00", **HALL)
    room = room_of(leaflet, actor(agent), f" {REASON} ")

    assert fits(room, 1)
    assert fits(room, 2)
    room.keep_reason(at=NOW)

    printed.refresh_from_db()
    assert printed.over_limit_reason == REASON
    told = AuditEntry.objects.get(verb="expense.used_past_the_limit")
    assert told.data == {"over_limit_reason": REASON}
    assert (told.target, told.by_label) == (f"expense:{printed.pk}", agent.name)


def test_a_reason_that_was_not_needed_is_not_kept(
    leaflet: Leaflet, agent: User
) -> None:
    printed = buy(leaflet)
    room = room_of(leaflet, actor(agent), REASON)

    room.use([(FIRST, 5)])
    room.keep_reason(at=NOW)

    printed.refresh_from_db()
    assert printed.over_limit_reason == ""
    assert not AuditEntry.objects.filter(verb="expense.used_past_the_limit").exists()


def test_a_reason_of_anybody_but_the_agent_or_of_blanks_lets_nothing_through(
    leaflet: Leaflet, agent: User, organiser: User
) -> None:
    buy(leaflet)
    commit(leaflet.campaign, "1000.00", **HALL)

    assert not fits(room_of(leaflet, actor(organiser), REASON), 1)
    assert not fits(room_of(leaflet, actor(agent), "  "), 1)


# Borne by several campaigns.


@pytest.fixture
def shared(leaflet: Leaflet, other_campaign: Campaign) -> Expense:
    """Half of it, £4.50 a copy, is the other campaign's, which has £10.00 left."""
    notice(other_campaign, told_limit=Decimal("1000.00"))
    printed = buy(leaflet, shares=half_of(other_campaign))
    commit(other_campaign, "990.00", **HALL)
    return printed


def test_what_another_campaign_bears_is_kept_within_its_limit_too(
    leaflet: Leaflet, shared: Expense
) -> None:
    room = room_of(leaflet)
    room.use([(FIRST, 2)])

    with pytest.raises(OverLimitRefused, match=r"Bilston North by-election by £3\.50"):
        room.use([(FIRST, 1)])


def test_both_campaigns_bear_a_copy_and_the_one_with_less_room_decides(
    leaflet: Leaflet, shared: Expense
) -> None:
    commit(leaflet.campaign, "994.00", **HALL)  # £6.00: one copy, where there two fit
    room = room_of(leaflet)

    assert [fits(room, 1), fits(room, 1)] == [True, False]


def test_a_reason_holds_of_the_agent_of_every_campaign_that_bears_it(
    leaflet: Leaflet, shared: Expense, other_campaign: Campaign, agent: User
) -> None:
    of_one = room_of(leaflet, actor(agent), REASON)
    assert not fits(of_one, 3)

    give_role(agent, Role.AGENT, other_campaign)
    of_both = room_of(leaflet, actor(agent), REASON)
    assert fits(of_both, 3)
    of_both.keep_reason(at=NOW)

    shared.refresh_from_db()
    assert shared.over_limit_reason == REASON
    told = AuditEntry.objects.get(verb="expense.used_past_the_limit")
    assert told.campaign_id == leaflet.campaign_id
