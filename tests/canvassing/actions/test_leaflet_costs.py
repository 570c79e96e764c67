"""What leaflets cost counts copy by copy, and room is kept for those in hand."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.access import system
from campaigns.actions.expense_checks import ExpenseRefused, PartInside
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.returns import ReturnRefused
from campaigns.actions.spending import OverLimitRefused
from campaigns.actions.stock import take_back_write_off, write_off_stock
from campaigns.exporters.spending_report_csv import sum_rows
from campaigns.models import AuditEntry, Campaign, Expense, User, Ward
from campaigns.reports.return_checks import Check
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from campaigns.reports.stock_costs import stock_cost
from campaigns.reports.what_if import what_if
from campaigns.roles import Role
from campaigns.rules.refusals import Refusal
from canvassing.actions.leaflet_stock import mark_street_done, withdraw_delivery
from canvassing.models import Leaflet, LeafletRound, LeafletStreet
from canvassing.reports.leaflets import stock_key
from tests.campaigns.api.test_tokens import client_of_person
from tests.campaigns.purchases import clerk, commit, notice, propose, undone
from tests.campaigns.returns import MADE_AT, checks_of, make, ready_books, sign
from tests.cast import NOW, give_role, member
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
PRINTED_AT = NOW - timedelta(days=60)
BEFORE, FIRST = date(2024, 3, 20), date(2024, 4, 3)


@pytest.fixture
def leaflet(campaign: Campaign, ward: Ward) -> Leaflet:
    """40,000 copies, all handed out with a round of four streets before the period."""
    notice(campaign, told_limit=Decimal("1000.00"))
    made = {"organisation": campaign.organisation, "campaign": campaign}
    leaflet = Leaflet.objects.create(
        name="Buses", copies=40_000, made_at=PRINTED_AT, **made
    )
    round_ = LeafletRound.objects.create(
        leaflet=leaflet,
        ward=ward,
        name="Round 1",
        copies_out=40_000,
        made_at=PRINTED_AT,
        **made,
    )
    for position in range(4):
        LeafletStreet.objects.create(
            organisation=campaign.organisation,
            leaflet_round=round_,
            position=position,
            street=f"Street {position}",
            doors=10_000,
        )
    return leaflet


def buy(campaign: Campaign, leaflet: Leaflet, amount: str, **fields: Any) -> Expense:
    return propose(campaign, amount, stock=stock_key(leaflet.pk), **fields)


def commit_it(expense: Expense) -> Expense:
    return commit_expense(expense, by=clerk(expense.campaign), at=NOW)


def deliver(leaflet: Leaflet, position: int, copies: int, on: date) -> None:
    street = LeafletStreet.objects.get(
        leaflet_round__leaflet=leaflet, position=position
    )
    by = system(leaflet.campaign.organisation)
    mark_street_done(street, copies=copies, delivered_on=on, by=by, at=NOW)


def test_cost_per_copy_times_copies_delivered_in_the_period_counts(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    commit_it(buy(campaign, leaflet, "900.00", incurred_on=date(2024, 2, 1)))
    deliver(leaflet, 0, 10_000, BEFORE)
    deliver(leaflet, 1, 12_000, FIRST)

    position = spending_position(campaign, at=NOW)

    assert position.counted == Decimal("270.00")  # 2.25p a copy
    assert position.in_hand == Decimal("405.00")
    assert (position.outside, position.stock_in_hand) == (225, 405)
    [kept] = [one for one in position.warnings if one.code == "in_hand"]
    assert "£405.00" in kept.message
    cost = stock_cost(campaign, stock_key(leaflet.pk))
    assert (cost.cost, cost.pence_a_copy) == (Decimal("900.00"), Decimal("2.25"))
    assert (cost.counted, cost.copies_counted) == (Decimal("270.00"), 12_000)


def test_the_return_tells_used_outside_from_in_hand_and_written_off(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    """At 2.25p: 10,000 outside £225.00, 12,000 inside, 11,000 of 18,000 pulped."""
    printed = commit_it(buy(campaign, leaflet, "900.00", incurred_on=date(2024, 2, 1)))
    deliver(leaflet, 0, 10_000, BEFORE)
    deliver(leaflet, 1, 12_000, FIRST)
    write_off_stock(printed, copies=11_000, reason="Pulped", by=clerk(campaign), at=NOW)

    position = spending_position(campaign, at=NOW)
    told = spending_return(campaign, at=MADE_AT).section("unsolicited")
    file = dict(row[:2] for row in sum_rows(position))

    assert told.lines[0].values["not_counted"] == (
        "£225.00 used outside the regulated period; £157.50 in hand, 7,000 copies "
        "neither delivered nor written off; £247.50 written off, 11,000 copies: Pulped"
    )
    parts = position.outside, position.stock_in_hand, position.written_off
    assert parts == (Decimal("225.00"), Decimal("157.50"), Decimal("247.50"))
    assert (file["outside"], file["copies in hand"]) == ("225.00", "157.50")
    assert file["written off"] == "247.50"
    assert sum(parts, position.counted) == 900


def test_copies_in_hand_after_the_poll_keep_the_return_from_being_signed(
    campaign: Campaign, leaflet: Leaflet, agent: User
) -> None:
    printed = commit_it(buy(campaign, leaflet, "900.00", description="The leaflets"))
    ready_books(campaign)
    deliver(leaflet, 1, 34_232, FIRST)
    version = make(campaign, agent)

    with pytest.raises(ReturnRefused) as refused:
        sign(version, agent)
    late = spending_position(campaign, at=MADE_AT)
    [check] = in_hand_of(campaign)
    desk = signed_in(agent)
    page = desk.get(f"/{campaign.slug}/money/return/").content.decode()
    money = desk.get(f"/{campaign.slug}/money/").content.decode()
    left = 40_000 - 34_232
    by = clerk(campaign)
    write_off_stock(printed, copies=left, reason="Pulped", by=by, at=MADE_AT)

    assert refused.value.message == (
        "5,768 copies of “The leaflets” are neither delivered nor written off: mark "
        "what was delivered, and write off the rest."
    )
    assert check.blocks
    assert f'href="/{campaign.slug}/money/expenses/{printed.pk}/">Open it' in page
    assert [one.message for one in late.warnings if one.code == "in_hand"] == [
        "Copies of £129.78 are neither delivered nor written off: mark what was "
        "delivered, and write off the rest."
    ]
    assert "if they were used" not in money
    assert "if they are used" not in money
    assert in_hand_of(campaign) == []


def in_hand_of(campaign: Campaign) -> list[Check]:
    made = spending_return(campaign, at=MADE_AT)
    found = checks_of(campaign, made, at=MADE_AT)
    return [one for one in found if one.code == "copies_in_hand"]


def test_room_is_kept_for_copies_in_hand_until_they_are_written_off(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    printed = commit_it(buy(campaign, leaflet, "900.00"))
    hall = {"used_from": date(2024, 4, 20), "used_until": date(2024, 4, 20)}

    with pytest.raises(OverLimitRefused) as refused:
        commit(campaign, "100.01", **hall)
    asked = what_if(
        campaign, amount=Decimal("100.01"), category="meetings", at=NOW, **hall
    )
    by = clerk(campaign)
    write_off_stock(printed, copies=15_000, reason="Pulped", by=by, at=NOW)
    write_off_stock(printed, copies=5_000, reason="Got wet", by=by, at=NOW)
    commit(campaign, "550.00", **hall)
    with pytest.raises(OverLimitRefused):
        commit(campaign, "0.01", **hall)

    assert "by £0.01" in refused.value.message
    assert asked.fits is False
    printed.refresh_from_db()
    assert printed.stock_unused == 20_000
    assert printed.stock_unused_reason == "Pulped; Got wet"


def test_copies_written_off_are_in_hand_again_once_that_is_taken_back(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    """40,000 copies at 2.25p, 15,000 written off and 1,000 of those delivered."""
    by, printed = clerk(campaign), commit_it(buy(campaign, leaflet, "900.00"))
    write_off_stock(printed, copies=15_000, reason="Pulped", by=by, at=NOW)
    for street, copies in enumerate((10_000, 10_000, 6_000)):
        deliver(leaflet, street, copies, FIRST)

    for copies, reason in ((14_001, "Found"), (0, "Found"), (1, " ")):
        with pytest.raises(ExpenseRefused):
            back_in_hand(printed, copies, reason)
    back_in_hand(printed, 2_000, "Found in the garage")

    position = spending_position(campaign, at=NOW)
    assert position.stock_in_hand == Decimal("45.00")
    assert position.written_off == Decimal("270.00")
    printed.refresh_from_db()
    said = "Pulped; 2,000 taken back: Found in the garage"
    assert printed.stock_unused_reason == said
    entry = AuditEntry.objects.get(verb="expense.write_off_taken_back")
    assert (entry.data["copies"], entry.data["reason"]) == (
        2_000,
        "Found in the garage",
    )


def test_what_is_taken_back_keeps_its_room_or_needs_the_agents_reason(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    by, printed = clerk(campaign), commit_it(buy(campaign, leaflet, "900.00"))
    write_off_stock(printed, copies=20_000, reason="Pulped", by=by, at=NOW)
    hall = {"used_from": date(2024, 4, 20), "used_until": date(2024, 4, 20)}
    commit(campaign, "550.00", **hall)

    with pytest.raises(OverLimitRefused):
        back_in_hand(printed, 1, "Found")
    back_in_hand(printed, 20_000, "Found", over_limit_reason="They were not pulped")

    printed.refresh_from_db()
    assert printed.stock_unused == 0
    assert printed.over_limit_reason == "They were not pulped"


def back_in_hand(expense: Expense, copies: int, reason: str, **more: str) -> Expense:
    return take_back_write_off(
        expense,
        copies=copies,
        reason=reason,
        by=clerk(expense.campaign),
        at=NOW,
        **more,
    )


def test_a_write_off_is_taken_back_on_the_page_and_by_rest_by_the_agent_alone(
    campaign: Campaign, leaflet: Leaflet, agent: User, organiser: User
) -> None:
    by, printed = clerk(campaign), commit_it(buy(campaign, leaflet, "900.00"))
    write_off_stock(printed, copies=20_000, reason="Pulped", by=by, at=NOW)
    page = f"/{campaign.slug}/money/expenses/{printed.pk}/"
    sent = {"copies": 5_000, "reason": "Found"}
    desk = signed_in(agent)

    assert "Written off by mistake?" in desk.get(page).content.decode()
    others = signed_in(organiser).post(f"{page}write-off/back/", sent)
    desk.post(f"{page}write-off/back/", sent)
    rest = f"/api/v1/campaigns/{campaign.slug}/expenses/{printed.pk}/write-off/back/"
    answer = client_of_person(agent).post(rest, sent, format="json")

    assert others.status_code == 404
    assert answer.json()["stock_unused"] == 10_000


def test_no_delivery_passes_the_limit_by_copies_that_were_written_off(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    by = clerk(campaign)
    printed = commit_it(buy(campaign, leaflet, "900.00"))
    write_off_stock(printed, copies=40_000, reason="Pulped", by=by, at=NOW)
    commit(campaign, "1000.00")

    with pytest.raises(OverLimitRefused):
        deliver(leaflet, 0, 10, FIRST)
    deliver(leaflet, 0, 10_000, BEFORE)

    assert spending_position(campaign, at=NOW).counted == Decimal("1000.00")


def test_the_agent_is_asked_why_where_a_delivery_passes_the_limit(
    campaign: Campaign, leaflet: Leaflet, agent: User, organiser: User
) -> None:
    """Copies that were written off were delivered after all, at 2.25p each; the agent
    is an organiser too."""
    give_role(agent, Role.ORGANISER, campaign)
    printed = commit_it(buy(campaign, leaflet, "900.00"))
    by = clerk(campaign)
    write_off_stock(printed, copies=40_000, reason="Pulped", by=by, at=NOW)
    commit(campaign, "1000.00")
    street = LeafletStreet.objects.get(position=0)
    there = f"/{campaign.slug}/leaflets/streets/{street.pk}/"
    sent = {"copies": 1_000, "delivered_on": FIRST}

    told = signed_in(organiser).post(f"{there}done/", sent, follow=True)
    asked = signed_in(agent).post(f"{there}done/", sent)
    assert not street.deliveries.exists()
    reason = {"over_limit_reason": "They lay in the van"}
    signed_in(agent).post(f"{there}done/", sent | reason)

    assert "pass the spending limit" in told.content.decode()
    assert asked.status_code == 400
    assert "over_limit_reason" in asked.content.decode()
    assert street.deliveries.get().copies == 1_000
    printed.refresh_from_db()
    assert printed.over_limit_reason == "They lay in the van"
    entry = AuditEntry.objects.get(verb="expense.used_past_the_limit")
    assert entry.data == reason
    assert spending_position(campaign, at=NOW).counted == Decimal("1022.50")


def test_the_agent_proposes_what_a_leaflet_without_a_price_costs(
    campaign: Campaign, leaflet: Leaflet, agent: User
) -> None:
    LeafletRound.objects.update(handed_out_at=PRINTED_AT)
    round_, desk = LeafletRound.objects.get(), signed_in(agent)
    page = desk.get(f"/{campaign.slug}/money/leaflets/{round_.pk}/").content.decode()
    assert "Nobody has entered what it costs." in page
    [link] = re.findall(r'href="([^"]+)">Propose what it costs', page)
    form = desk.get(html.unescape(link)).content.decode()
    assert f'value="{stock_key(leaflet.pk)}" selected' in form


def test_an_agent_who_reaches_no_list_gives_the_reason_on_the_money_desk(
    campaign: Campaign, leaflet: Leaflet, agent: User, organiser: User
) -> None:
    printed = commit_it(buy(campaign, leaflet, "900.00"))
    by = clerk(campaign)
    write_off_stock(printed, copies=40_000, reason="Pulped", by=by, at=NOW)
    commit(campaign, "1000.00")
    LeafletRound.objects.update(handed_out_at=PRINTED_AT)
    round_, street = LeafletRound.objects.get(), LeafletStreet.objects.get(position=0)
    desk, there = signed_in(agent), f"/{campaign.slug}/money/leaflets/"
    sent = {"street": street.pk, "copies": 1_000, "delivered_on": FIRST}
    reason = {"over_limit_reason": "They lay in the van"}

    told = signed_in(organiser).post(
        f"/{campaign.slug}/leaflets/streets/{street.pk}/done/", sent, follow=True
    )
    assert "under Money, Leaflets delivered" in told.content.decode()
    assert desk.get(f"/{campaign.slug}/leaflets/").status_code == 404
    assert there in desk.get(f"/{campaign.slug}/money/").content.decode()
    assert f"{there}{round_.pk}/" in desk.get(there).content.decode()
    assert "Street 0" in desk.get(f"{there}{round_.pk}/").content.decode()
    asked = desk.post(f"{there}{round_.pk}/done/", sent)
    assert asked.status_code == 400
    assert "pass the spending limit" in asked.content.decode()
    assert not street.deliveries.exists()
    kept = desk.post(f"{there}{round_.pk}/done/", sent | reason, follow=True)

    assert "It is written down." in kept.content.decode()
    assert street.deliveries.get().by_label == agent.name
    assert spending_position(campaign, at=NOW).counted == Decimal("1022.50")
    entry = AuditEntry.objects.get(verb="expense.used_past_the_limit")
    assert entry.data == reason
    desk.post(f"{there}{round_.pk}/not-done/", {"street": street.pk})
    assert street.deliveries.get().withdrawn_at is not None


@pytest.mark.parametrize("words", ["nothing", "Buses Round", "bilston 1", "PENN"])
def test_the_agent_finds_a_round_by_words_of_leaflet_round_and_ward(
    campaign: Campaign, leaflet: Leaflet, agent: User, words: str
) -> None:
    LeafletRound.objects.update(handed_out_at=PRINTED_AT)
    page = f"/{campaign.slug}/money/leaflets/?q={words}"

    text = signed_in(agent).get(page).content.decode()

    assert ("Round 1" in text) is (words in ("Buses Round", "bilston 1"))


def test_a_street_of_another_round_is_not_written_down_here(
    campaign: Campaign, leaflet: Leaflet, agent: User, other_campaign: Campaign
) -> None:
    round_ = LeafletRound.objects.get()
    elsewhere = f"/{other_campaign.slug}/money/leaflets/{round_.pk}/"
    sent = {"street": 999_999, "copies": 1, "delivered_on": FIRST}
    there = f"/{campaign.slug}/money/leaflets/{round_.pk}/done/"

    answer = signed_in(agent).post(there, sent)

    assert "Select a valid choice" in answer.content.decode()
    assert signed_in(agent).get(elsewhere).status_code == 404


def test_taking_back_a_delivery_does_not_pass_the_limit_silently(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    deliver(leaflet, 0, 20_000, BEFORE)
    commit_it(buy(campaign, leaflet, "900.00"))
    commit(campaign, "550.00")
    street = LeafletStreet.objects.get(position=0)

    with pytest.raises(OverLimitRefused):
        withdraw_delivery(street, by=clerk(campaign), at=NOW)

    assert street.deliveries.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("copies", "reason", "code"),
    [(0, "Pulped", "copies"), (40_001, "Pulped", "copies"), (1, " ", "no_reason")],
)
def test_only_copies_in_hand_are_written_off_and_for_a_reason(
    campaign: Campaign, leaflet: Leaflet, copies: int, reason: str, code: str
) -> None:
    printed = commit_it(buy(campaign, leaflet, "900.00"))

    with pytest.raises(ExpenseRefused) as refused:
        write_off_stock(
            printed, copies=copies, reason=reason, by=clerk(campaign), at=NOW
        )

    assert refused.value.code == code


@pytest.mark.parametrize("key", ["leaflet:999999", "leaflet:", "leaflet:²", "balloon"])
def test_stock_that_is_not_there_is_refused(
    campaign: Campaign, leaflet: Leaflet, key: str
) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        propose(campaign, stock=key)

    assert refused.value.code == "unknown_stock"


def test_another_campaigns_leaflets_are_not_bought_here(
    other_campaign: Campaign, leaflet: Leaflet
) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        buy(other_campaign, leaflet, "10.00")

    assert refused.value.code == "unknown_stock"


def test_copies_and_a_part_told_by_hand_do_not_go_together(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        buy(campaign, leaflet, "10.00", inside=PartInside(1, 2, "Half"))

    assert refused.value.code == "copies_tell"


@pytest.mark.django_db(transaction=True)
def test_deliverers_and_clerks_at_once_do_not_pass_the_limit(
    campaign: Campaign, leaflet: Leaflet
) -> None:
    by = clerk(campaign)
    printed = commit_it(buy(campaign, leaflet, "900.00"))
    write_off_stock(printed, copies=40_000, reason="Thought lost", by=by, at=NOW)
    halls = [propose(campaign, "300.00") for _ in range(4)]
    barrier = Barrier(8)

    def at_once(number: int) -> bool:
        barrier.wait()
        try:
            if number < 4:
                deliver(leaflet, number, 10_000, FIRST)  # £225.00 each
            else:
                commit_it(halls[number - 4])
        except OverLimitRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(at_once, range(8)))

    position = spending_position(campaign, at=NOW)
    spent = 225 * sum(done[:4]) + 300 * sum(done[4:])
    assert position.counted == spent <= 1000
    assert spent + 225 > 1000


WORK = st.tuples(
    st.sampled_from(
        ("buy", "buy else", "commit", "deliver", "take back", "write off", "find again")
    ),
    st.integers(0, 3),
    st.integers(1, 20_000),
    st.sampled_from((BEFORE, FIRST, NOW.date())),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(work=st.lists(WORK, min_size=4, max_size=20))
def test_whatever_is_bought_and_delivered_no_limit_is_passed_silently(
    campaign: Campaign, leaflet: Leaflet, work: list[tuple[str, int, int, date]]
) -> None:
    with undone():
        for what, which, number, day in work:
            with suppress(Refusal):
                do(campaign, leaflet, what, which, number, day)
            position = spending_position(campaign, at=NOW)
            assert position.limit is not None
            assert position.counted + position.in_hand <= position.limit


def do(
    campaign: Campaign, leaflet: Leaflet, what: str, which: int, number: int, day: date
) -> None:
    pounds, rows = str(Decimal(number) / 20), list(Expense.objects.order_by("pk"))
    expense = rows[which % len(rows)] if rows else None
    street = LeafletStreet.objects.get(position=which)
    if what == "buy":
        buy(campaign, leaflet, pounds)
    elif what == "buy else":
        propose(campaign, pounds)
    elif what == "deliver":
        deliver(leaflet, which, number, day)
    elif what == "take back":
        withdraw_delivery(street, by=clerk(campaign), at=NOW)
    elif expense and what == "commit":
        commit_it(expense)
    elif expense and what == "find again":
        back_in_hand(expense, number, "Found")
    elif expense:
        write_off_stock(
            expense, copies=number, reason="Pulped", by=clerk(campaign), at=NOW
        )


def test_the_leaflets_page_says_its_cost_to_whoever_sees_money(
    campaign: Campaign, leaflet: Leaflet, organiser: Any, ward: Ward
) -> None:
    commit_it(buy(campaign, leaflet, "900.00"))
    deliver(leaflet, 0, 12_000, FIRST)
    address = f"/{campaign.slug}/leaflets/{leaflet.pk}/"
    lead = member("Ward Lead", Role.WARD_LEAD, campaign, ward)

    texts = {
        user: signed_in(user).get(address).content.decode()
        for user in (organiser, lead)
    }

    assert "Buses" in texts[lead]
    for words in ("2.25p a copy", "£270.00, for 12,000 copies", "£630.00"):
        assert words in texts[organiser]
        assert words not in texts[lead]
