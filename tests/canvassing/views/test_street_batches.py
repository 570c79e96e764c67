"""A deliverer's batch of streets: filed together, each as if it had come by itself."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.access import Actor, system
from campaigns.actions.expense_checks import Share
from campaigns.actions.spending import OverLimitRefused
from campaigns.actions.stock import write_off_stock
from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from canvassing.actions.held_items import try_held_items
from canvassing.actions.leaflet_stock import (
    hand_out_leaflets,
    mark_street_done,
    withdraw_delivery,
)
from canvassing.actions.round_issues import close_phone, take_back
from canvassing.actions.street_filing import filing_streets
from canvassing.models import (
    ClosedBecause,
    HeldItem,
    LeafletDelivery,
    LeafletMiss,
    LeafletRound,
    LeafletStreet,
    RoundIssue,
)
from canvassing.reports.leaflets import copies_by_day, stock_key, with_deliverer
from tests.campaigns.purchases import clerk, commit, notice
from tests.canvassing.field_helpers import Phone, stand_at_now
from tests.canvassing.leaflet_helpers import (
    make_leaflet_round,
    make_streets,
    said_of,
    send_out,
)
from tests.cast import NOW, actor

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation, campaign: Campaign) -> None:
    stand_at_now(organisation)
    campaign.refresh_from_db()


@pytest.fixture
def leaflets(campaign: Campaign, ward: Ward, on_the_day: None) -> LeafletRound:
    return make_leaflet_round(campaign, ward)


@pytest.fixture
def link(leaflets: LeafletRound) -> RoundIssue:
    return send_out(leaflets)


@pytest.fixture
def phone(link: RoundIssue) -> Phone:
    phone = Phone()
    assert phone.join(link).status_code == 200
    return phone


@pytest.fixture
def desk(organisation: Organisation) -> Actor:
    return system(organisation)


@pytest.fixture
def oak(leaflets: LeafletRound) -> LeafletStreet:
    return leaflets.streets.get(street="Oak Road")


@pytest.fixture
def elm(leaflets: LeafletRound) -> LeafletStreet:
    return leaflets.streets.get(street="Elm Grove")


def next_phone(link: RoundIssue, **who: Any) -> Phone:
    """Of Bo Lane unless somebody else is named; the one before is cut off."""
    for before in link.phones.filter(closed_at=None):
        by = system(link.organisation)
        close_phone(before, ClosedBecause.REVOKED, by=by, at=NOW)
    phone = Phone()
    who = {"name": "Bo Lane", "mobile": "07700 900456", **who}
    assert phone.join(link, **who).status_code == 200
    return phone


def ago(hours: float) -> str:
    return (NOW - hours * HOUR).isoformat()


def verdicts(answers: list[Any]) -> list[str]:
    """The code of each that is held, else its answer."""
    return [one["code"] or one["answer"] for one in answers]


def deliveries() -> list[LeafletDelivery]:
    return list(LeafletDelivery.objects.order_by("pk"))


def standing() -> list[int]:
    return [row.copies for row in deliveries() if not row.withdrawn_at]


def missed() -> list[str]:
    rows = LeafletMiss.objects.filter(withdrawn_at=None)
    return list(rows.values_list("reason", flat=True))


def accept(campaign: Campaign, by: Actor, which: Callable[[Any], bool]) -> None:
    """Those held items of which this is so."""
    waiting = HeldItem.objects.filter(resolved_at=None)
    some = [held.pk for held in waiting if which(held.payload["sent"])]
    try_held_items(
        HeldItem.objects.filter(pk__in=some), by=by, at=NOW, campaign=campaign
    )


# An older word never overwrites a newer one.


def test_a_held_tick_older_than_an_accepted_not_done_is_not_filed_anew(
    phone: Phone, link: RoundIssue, oak: LeafletStreet, campaign: Campaign, desk: Actor
) -> None:
    take_back(link, by=desk, at=NOW)
    phone.send(said_of(oak, copies=5, said_at=ago(2)))
    phone.send(said_of(oak, said_at=ago(1)))

    accept(campaign, desk, lambda sent: "copies" not in sent)
    accept(campaign, desk, lambda sent: "copies" in sent)

    assert standing() == []
    [waits] = HeldItem.objects.filter(resolved_at=None)
    assert waits.payload["sent"]["copies"] == 5


def test_a_held_tick_older_than_ones_own_not_done_is_accepted_and_changes_nothing(
    phone: Phone,
    leaflets: LeafletRound,
    oak: LeafletStreet,
    campaign: Campaign,
    desk: Actor,
) -> None:
    phone.send(said_of(oak, copies=9, said_at=ago(2)))
    phone.send(said_of(oak, said_at=ago(1)))
    hand_out_leaflets(leaflets, deliverer=None, copies=8, by=desk, at=NOW)

    accept(campaign, desk, lambda sent: True)

    assert standing() == []
    assert not HeldItem.objects.filter(resolved_at=None).exists()


def test_a_tick_newer_than_a_not_done_is_filed_also_when_that_came_later(
    phone: Phone, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=5, said_at=ago(3)))
    phone.send(said_of(oak, said_at=ago(2)))

    [answer] = phone.send(said_of(oak, copies=4, said_at=ago(1)))

    assert (answer["answer"], standing()) == ("filed", [4])


def test_a_word_older_than_one_that_said_the_same_again_changes_nothing(
    phone: Phone, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=5, said_at=ago(3)))
    phone.send(said_of(oak, copies=5, said_at=ago(1)))

    answers = phone.send(said_of(oak, copies=4, said_at=ago(2)))

    assert (verdicts(answers), standing()) == (["filed"], [5])


def test_a_miss_taken_back_stays_so_whatever_was_said_before(
    phone: Phone, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=5, missed="dog", said_at=ago(3)))
    phone.send(said_of(oak, copies=5, said_at=ago(1)))

    phone.send(said_of(oak, copies=5, missed="locked", said_at=ago(2)))

    assert (standing(), missed()) == ([5], [])


def test_a_mistake_that_the_desk_took_back_stands_in_no_earlier_ticks_way(
    phone: Phone, oak: LeafletStreet, desk: Actor
) -> None:
    today = NOW.date()
    mark_street_done(oak, copies=3, delivered_on=today, by=desk, at=NOW - HOUR)
    withdraw_delivery(oak, by=desk, at=NOW - HOUR)

    answers = phone.send(said_of(oak, copies=5, said_at=ago(2)))

    assert (verdicts(answers), standing()) == (["filed"], [5])


def test_a_wrong_tick_of_somebody_elses_that_the_desk_took_back_is_in_nobodys_way(
    phone: Phone, link: RoundIssue, oak: LeafletStreet, desk: Actor
) -> None:
    phone.send(said_of(oak, copies=3, said_at=ago(1)))
    withdraw_delivery(oak, by=desk, at=NOW)

    answers = next_phone(link).send(said_of(oak, copies=5, said_at=ago(2)))

    assert (verdicts(answers), standing()) == (["filed"], [5])


def test_an_earlier_word_is_accepted_once_the_desk_took_a_later_tick_back(
    phone: Phone, link: RoundIssue, oak: LeafletStreet, campaign: Campaign, desk: Actor
) -> None:
    phone.send(said_of(oak, copies=3, said_at=ago(1)))
    next_phone(link).send(said_of(oak, copies=5, said_at=ago(2)))
    accept(campaign, desk, lambda sent: True)
    assert standing() == [3]

    withdraw_delivery(oak, by=desk, at=NOW)
    accept(campaign, desk, lambda sent: True)

    assert standing() == [5]
    assert not HeldItem.objects.filter(resolved_at=None).exists()


def test_a_tick_that_a_later_word_replaced_still_tells_ones_older_words_from_it(
    phone: Phone, link: RoundIssue, oak: LeafletStreet, campaign: Campaign, desk: Actor
) -> None:
    phone.send(said_of(oak, copies=5, said_at=ago(3)))
    next_phone(link).send(said_of(oak, copies=4, said_at=ago(1)))
    accept(campaign, desk, lambda sent: True)
    again = next_phone(link, name="Ada Finch", mobile="07700 900123")

    answers = again.send(said_of(oak, copies=6, said_at=ago(4)))

    assert (verdicts(answers), standing()) == (["filed"], [4])


def test_what_is_read_of_a_street_does_not_grow_with_how_often_it_was_said(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet, desk: Actor
) -> None:
    words = [said_of(oak, copies=5, said_at=ago(9 - nth)) for nth in range(8)]
    for word in words:
        phone.send(word)
    swings = [
        said_of(oak, copies=nth % 2, said_at=ago(0.9 - nth / 10)) for nth in range(8)
    ]
    phone.send(*swings)

    with filing_streets(leaflets, [oak.pk], by=desk, at=NOW) as filing:
        stands = filing.stands(oak.pk)

    assert LeafletMiss.objects.count() > 8
    assert len(stands.heard) == 2
    last = max(word.when for word in stands.heard)
    assert abs(last - (NOW - 0.2 * HOUR)) < timedelta(minutes=1)


# In the order of the batch.


def test_copies_of_earlier_streets_of_a_batch_are_gone_for_later_ones(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet, elm: LeafletStreet
) -> None:
    answers = phone.send(
        said_of(oak, copies=6),
        said_of(elm, copies=3),
        said_of(elm, copies=2),
        said_of(oak, copies=7),
        said_of(oak),
        said_of(elm, copies=8),
    )

    assert verdicts(answers) == [
        *("filed", "copies_out", "filed", "copies_out", "filed", "filed")
    ]
    assert standing() == [8]
    assert with_deliverer(leaflets) == 0


def test_what_a_batch_changes_twice_is_kept_and_audited_in_its_order(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet
) -> None:
    phone.send(
        said_of(oak, copies=5, said_at=ago(3)),
        said_of(oak, missed="dog", said_at=ago(2)),
        said_of(oak, copies=4, said_at=ago(1)),
    )

    kept = [(row.copies, not row.withdrawn_at) for row in deliveries()]
    assert kept == [(5, False), (4, True)]
    assert missed() == []
    assert copies_by_day(leaflets.leaflet) == [(NOW.date(), 4)]
    told = AuditEntry.objects.filter(target=f"leafletround:{leaflets.pk}")
    assert list(told.order_by("pk").values_list("verb", flat=True))[-3:] == [
        "leaflets.delivered",
        "leaflets.not_delivered",
        "leaflets.delivered",
    ]


def test_a_number_that_is_held_leaves_the_street_as_it_was(
    phone: Phone, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=5, missed="dog", said_at=ago(1)))

    answers = phone.send(said_of(oak, copies=9, missed="locked"))

    assert verdicts(answers) == ["copies_out"]
    assert (standing(), missed()) == ([5], ["dog"])


# Under the spending limit.


def buy(leaflets: LeafletRound, *, room: int, **fields: Any) -> None:
    """100 copies at £9.00 each, written off; of the limit so many pounds are left."""
    campaign = leaflets.campaign
    notice(campaign, told_limit=Decimal("1000.00"))
    stock = stock_key(leaflets.leaflet_id)
    printed = commit(campaign, "900.00", stock=stock, **fields)
    by = clerk(campaign)
    write_off_stock(printed, copies=100, reason="Thought lost", by=by, at=NOW)
    hall = date(2024, 4, 20)
    commit(campaign, f"{1000 - room}.00", used_from=hall, used_until=hall)


def test_copies_of_earlier_streets_of_a_batch_leave_less_room_under_the_limit(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet, elm: LeafletStreet
) -> None:
    buy(leaflets, room=45)

    answers = phone.send(
        said_of(oak, copies=6),
        said_of(oak, copies=4),
        said_of(elm, copies=2),
        said_of(elm, copies=1),
        said_of(oak),
        said_of(elm, copies=5),
    )

    assert verdicts(answers) == [
        *("over_limit", "filed", "over_limit", "filed", "filed", "filed")
    ]
    assert standing() == [5]


def test_copies_of_a_batch_are_kept_within_the_limit_of_whoever_bears_a_half(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet, other_campaign: Campaign
) -> None:
    notice(other_campaign, told_limit=Decimal("1000.00"))
    half = Share(1, 2, "Half of the leaflet", campaign=other_campaign)
    buy(leaflets, room=500, shares=[half])
    hall = date(2024, 4, 20)
    commit(other_campaign, "980.00", used_from=hall, used_until=hall)

    answers = phone.send(said_of(oak, copies=5), said_of(oak, copies=4))

    assert verdicts(answers) == ["over_limit", "filed"]
    assert standing() == [4]


def test_an_agents_reason_lets_the_desk_pass_the_limit_and_is_audited_with_the_street(
    leaflets: LeafletRound, oak: LeafletStreet, agent: User, link: RoundIssue
) -> None:
    buy(leaflets, room=0)
    said: dict[str, Any] = {"copies": 5, "delivered_on": NOW.date(), "at": NOW}

    with pytest.raises(OverLimitRefused):
        mark_street_done(oak, by=actor(agent), **said)
    reason = "They lay in the van"
    mark_street_done(oak, over_limit_reason=reason, by=actor(agent), **said)

    assert standing() == [5]
    told = AuditEntry.objects.order_by("-pk").values_list("verb", "data")[:2]
    assert dict(told) == {
        "expense.used_past_the_limit": {"over_limit_reason": reason},
        "leaflets.delivered": {"copies": 5},
    }


def statements(phone: Phone, *items: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answers = phone.send(*items)
    assert set(verdicts(answers)) == {"filed"}
    return [one["sql"] or "" for one in captured.captured_queries]


def words_on(streets: list[LeafletStreet]) -> list[dict[str, Any]]:
    """Of each street: done, not done for a reason, and done after all."""
    return [
        said_of(street, **said, said_at=ago(hours))
        for street in streets
        for hours, said in (
            (3, {"copies": 1}),
            (2, {"missed": "dog"}),
            (1, {"copies": 1, "missed": "locked"}),
        )
    ]


def test_a_batch_of_twelve_streets_takes_as_many_queries_as_one_of_two(
    phone: Phone, leaflets: LeafletRound, desk: Actor
) -> None:
    make_streets(leaflets, 12)
    buy(leaflets, room=900)
    hand_out_leaflets(leaflets, deliverer=None, copies=50, by=desk, at=NOW)
    streets = list(leaflets.streets.order_by("position"))
    before = [said_of(one, copies=2, said_at=ago(4)) for one in streets]
    phone.send(*before)

    two, twelve = (
        statements(phone, *words_on(some)) for some in (streets[:2], streets[2:])
    )

    assert len(twelve) == len(two) <= 32


def test_a_batch_locks_the_stock_and_the_spending_limit_once(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet, elm: LeafletStreet
) -> None:
    buy(leaflets, room=900)

    sent = statements(phone, *words_on([oak, elm]))

    locks = [one for one in sent if "FOR UPDATE" in one or "FOR NO KEY UPDATE" in one]
    assert sum('FROM "canvassing_leaflet"' in one for one in locks) == 1
    assert sum('FROM "campaigns_campaign"' in one for one in locks) == 1
