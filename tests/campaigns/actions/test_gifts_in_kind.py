"""Something given in kind: spending and a donation at once, and never paid callers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from campaigns.actions.donations import DonationRefused, return_donation, void_donation
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expenses import void_expense
from campaigns.actions.gifts_in_kind import (
    declare_value,
    record_gift_in_kind,
    return_gift,
)
from campaigns.models import (
    AuditEntry,
    Campaign,
    Donation,
    Election,
    Expense,
    Organisation,
    User,
    VotingSystem,
    Ward,
)
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Role
from campaigns.rules.exclusions import ExclusionRefused
from campaigns.rules.refusals import Refusal
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, POLL_ON, actor, make_campaign, member

pytestmark = pytest.mark.django_db


def give(campaign: Campaign, **fields: Any) -> Expense:
    fields = {
        "description": "Two rooms at the union's office",
        "category": "accommodation",
        "donor": "Alder Workers' Union",
        "donor_kind": "trade_union",
        "donor_address": "2 Loom Street",
        "market_value": Decimal("600.00"),
        "value_basis": "Price list of the hall next door",
        "received_on": date(2024, 4, 10),
        "used_from": date(2024, 4, 10),
        "used_until": POLL_ON,
        "by": clerk(campaign),
        "at": NOW,
    } | fields
    return record_gift_in_kind(campaign=campaign, **fields)


def warnings(campaign: Campaign) -> set[str]:
    return {one.code for one in spending_position(campaign, at=NOW).warnings}


def test_a_gift_is_spending_at_its_value_and_a_donation_in_one_go(
    campaign: Campaign,
) -> None:
    notice(campaign)
    gift = give(campaign, declared=True)

    donation = Donation.objects.get()
    commit_expense(gift, by=clerk(campaign), at=NOW)

    assert gift.donation == donation
    assert (gift.kind, gift.amount, gift.market_value) == (
        "notional",
        0,
        Decimal("600.00"),
    )
    assert (donation.amount, donation.in_kind) == (
        Decimal("600.00"),
        "Two rooms at the union's office",
    )
    assert spending_position(campaign, at=NOW).counted == Decimal("600.00")
    assert "value_not_declared" not in warnings(campaign)


def test_of_a_discount_the_difference_is_given(campaign: Campaign) -> None:
    give(campaign, paid=Decimal("150.00"))

    assert Expense.objects.get().amount == Decimal("150.00")
    assert Donation.objects.get().amount == Decimal("450.00")


def test_only_the_agent_declares_a_value_and_until_then_every_report_warns(
    campaign: Campaign, agent: User, organiser: User
) -> None:
    notice(campaign)
    gift = give(campaign, by=actor(organiser))
    commit_expense(gift, by=actor(agent), at=NOW)

    with pytest.raises(ExpenseRefused) as refused:
        declare_value(gift, by=actor(organiser), at=NOW)
    with pytest.raises(ExpenseRefused):
        give(campaign, declared=True, by=actor(organiser))
    assert "value_not_declared" in warnings(campaign)
    declared = declare_value(gift, by=actor(agent), at=NOW)
    with pytest.raises(ExpenseRefused):
        declare_value(gift, by=actor(agent), at=NOW)

    assert refused.value.code == "not_the_agent"
    assert declared.value_declared_by == agent.name
    assert "value_not_declared" not in warnings(campaign)
    assert Expense.objects.count() == Donation.objects.count() == 1
    assert AuditEntry.objects.filter(verb="expense.value_declared").count() == 1


def back(gift: Expense, **said: Any) -> Donation:
    assert gift.donation is not None
    said = {"was_used": False, "by": clerk(gift.campaign), "at": NOW} | said
    return return_gift(
        gift.donation,
        returned_on=date(2024, 4, 12),
        returned_how="By van, to the union",
        **said,
    )


def test_what_was_used_of_a_gift_stays_spending_though_it_goes_back(
    campaign: Campaign,
) -> None:
    notice(campaign)
    gift = commit_expense(give(campaign), by=clerk(campaign), at=NOW)

    returned = back(gift, was_used=True)

    gift.refresh_from_db()
    assert returned.returned_on == date(2024, 4, 12)
    assert gift.state == "committed"
    assert spending_position(campaign, at=NOW).counted == Decimal("600.00")
    entry = AuditEntry.objects.get(verb="donation.returned")
    assert (entry.data["expense"], entry.data["was_used"]) == (gift.pk, True)


def test_what_comes_back_unused_is_no_spending_and_stays_a_returned_donation(
    campaign: Campaign,
) -> None:
    notice(campaign)
    gift = commit_expense(give(campaign), by=clerk(campaign), at=NOW)

    returned = back(gift)

    gift.refresh_from_db()
    returned.refresh_from_db()
    assert gift.void_reason == "Returned unused: By van, to the union"
    assert spending_position(campaign, at=NOW).counted == 0
    assert (returned.returned_how, returned.voided_at) == ("By van, to the union", None)
    assert AuditEntry.objects.filter(verb="expense.voided").count() == 1


def test_nobody_returns_a_gift_without_saying_whether_it_was_used(
    campaign: Campaign,
) -> None:
    gift = give(campaign)
    assert gift.donation is not None

    with pytest.raises(DonationRefused) as refused:
        return_donation(
            gift.donation,
            returned_on=date(2024, 4, 12),
            returned_how="By van",
            by=clerk(campaign),
            at=NOW,
        )

    assert refused.value.code == "came_as_a_gift"
    gift.donation.refresh_from_db()
    assert gift.donation.returned_on is None


def test_whoever_may_not_void_the_spending_returns_no_unused_gift(
    campaign: Campaign,
) -> None:
    notice(campaign)
    gift = commit_expense(give(campaign), by=clerk(campaign), at=NOW)
    treasurer = actor(member("Trudy Treasurer", Role.TREASURER, campaign))

    with pytest.raises(ExpenseRefused, match="Only the election agent"):
        back(gift, by=treasurer)
    assert Donation.objects.get().returned_on is None
    back(gift, was_used=True, by=treasurer)


def test_the_audit_of_a_gift_says_its_value(campaign: Campaign) -> None:
    notice(campaign)
    gift = commit_expense(give(campaign), by=clerk(campaign), at=NOW)
    void_expense(gift, reason="Typed twice", by=clerk(campaign), at=NOW)

    said = AuditEntry.objects.filter(target__startswith="expense:")
    assert [(one.verb, one.data["market_value"]) for one in said.order_by("pk")] == [
        ("expense.proposed", "600.00"),
        ("expense.committed", "600.00"),
        ("expense.voided", "600.00"),
    ]


def test_a_gift_is_voided_on_both_sides_at_once(campaign: Campaign) -> None:
    gift = give(campaign)
    donation = Donation.objects.get()

    with pytest.raises(DonationRefused) as refused:
        void_donation(donation, reason="Typed twice", by=clerk(campaign), at=NOW)
    void_expense(gift, reason="Typed twice", by=clerk(campaign), at=NOW)

    donation.refresh_from_db()
    assert refused.value.code == "came_as_a_gift"
    assert donation.void_reason == "Typed twice"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"value_basis": " "}, "no_value_basis"),
        ({"market_value": Decimal("0.00")}, "nothing_given"),
        ({"paid": Decimal("600.00")}, "nothing_given"),
        ({"market_value": Decimal("10.001")}, "bad_amount"),
        ({"donor": " "}, "no_donor"),
        ({"donor_kind": "friend"}, "unknown_kind"),
        ({"received_on": date(2024, 4, 24)}, "not_received"),
        ({"category": "staff"}, "no_duty"),
        ({"category": "staff", "staff_duty": "canvassing"}, "paid_canvassing"),
        ({"used_until": date(2024, 4, 1)}, "days_out_of_order"),
    ],
    ids=str,
)
def test_a_gift_that_is_not_clear_leaves_neither_spending_nor_donation(
    campaign: Campaign, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        give(campaign, **fields)

    assert refused.value.code == code
    assert not Expense.objects.exists()
    assert not Donation.objects.exists()


def test_a_gift_is_entered_by_nobody_without_both_rights(
    campaign: Campaign, canvasser: User
) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        give(campaign, by=actor(canvasser))

    assert refused.value.code == "not_allowed"


def test_a_phone_bank_that_a_union_pays_for_is_a_gift_with_a_caution(
    campaign: Campaign,
) -> None:
    notice(campaign)
    calls = give(campaign, category="staff", staff_duty="phone_bank")

    commit_expense(calls, by=clerk(campaign), at=NOW)

    [caution] = [
        one.message
        for one in spending_position(campaign, at=NOW).warnings
        if one.code == "given_calls"
    ]
    assert "s.111" in caution


@pytest.mark.parametrize("duty", ["canvassing", "phone_bank"])
@pytest.mark.parametrize("category", ["staff", "advertising"])
def test_paying_canvassers_is_refused_with_its_reason(
    campaign: Campaign, duty: str, category: str
) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        propose(campaign, category=category, staff_duty=duty)

    assert refused.value.code == "paid_canvassing"
    assert "Nobody may be paid to canvass" in refused.value.message
    assert "s.111" in refused.value.message
    assert not Expense.objects.exists()


@pytest.mark.parametrize("duty", ["clerk", "driver", "delivery", "agent"])
def test_other_work_may_be_paid(campaign: Campaign, duty: str) -> None:
    assert propose(campaign, category="staff", staff_duty=duty).staff_duty == duty


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"category": "staff", "staff_duty": ""}, "no_duty"),
        ({"staff_duty": "juggling"}, "unknown_duty"),
        ({"excluded": "love", "excluded_reason": "It is"}, "unknown_exclusion"),
        ({"excluded": "security", "excluded_reason": " "}, "no_exclusion_reason"),
        ({"excluded_reason": "It is"}, "no_exclusion"),
        (
            {"kind": "personal", "excluded": "car", "excluded_reason": "Hers"},
            "personal",
        ),
        ({"kind": "personal"}, "not_personal"),
        ({"kind": "personal", "category": "advertising"}, "not_personal"),
        (
            {"kind": "personal", "category": "transport", "stock": "leaflet:1"},
            "not_personal",
        ),
    ],
    ids=str,
)
def test_work_and_exclusions_are_told_clearly(
    campaign: Campaign, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(ExpenseRefused) as refused:
        propose(campaign, **fields)

    assert refused.value.code == code


@pytest.mark.parametrize("duty", ["canvassing", "phone_bank"])
def test_the_table_itself_holds_no_paid_canvasser(
    campaign: Campaign, duty: str
) -> None:
    expense = propose(campaign)

    with pytest.raises(IntegrityError), transaction.atomic():
        Expense.objects.filter(pk=expense.pk).update(staff_duty=duty)


def test_security_in_a_poll_before_the_order_that_excludes_it_is_refused(
    organisation: Organisation, ward: Ward
) -> None:
    election = Election.objects.create(
        slug="mayor.west-midlands.2017-05-04",
        kind="mayor",
        name="Mayor",
        poll_on=date(2017, 5, 4),
        voting_system=VotingSystem.SV,
    )
    of_2017 = make_campaign(organisation, election, ward, slug="mayor-2017")
    days = {"incurred_on": date(2017, 4, 2), "used_from": date(2017, 4, 10)}
    guards = days | {"used_until": date(2017, 5, 4), "excluded_reason": "A threat"}

    with pytest.raises(ExclusionRefused, match="counts like anything else"):
        propose(of_2017, "400.00", excluded="security", **guards)
    propose(of_2017, "400.00", excluded="volunteer_time", **guards)


def test_what_the_law_excludes_counts_nothing_and_says_why(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(campaign)
    commit(campaign, "400.00", excluded="security", excluded_reason="After a threat")
    commit(campaign, "0.00", excluded="volunteer_time", excluded_reason="20 callers")
    commit(campaign, "30.00", excluded="car", excluded_reason="Her own")

    position = spending_position(campaign, at=NOW)

    assert (position.counted, position.outside) == (0, 0)
    assert position.excluded == Decimal("430.00")
    assert [line.exclusion for line in position.lines if not line.exclusion] == []
    exclusions = [one for one in position.warnings if one.code == "exclusion"]
    assert len(exclusions) == 1
    assert "was not read in the law itself" in exclusions[0].message


def test_an_exclusion_never_makes_room_for_what_is_committed_beyond_the_limit(
    campaign: Campaign,
) -> None:
    notice(campaign, told_limit=Decimal("1000.00"))
    commit(campaign, "900.00")
    commit(campaign, "5000.00", excluded="security", excluded_reason="After a threat")

    with pytest.raises(Refusal) as refused:
        commit(campaign, "100.01")
    commit(campaign, "100.00")

    assert refused.value.code == "over_limit"


@pytest.mark.parametrize(
    ("value", "paid"),
    [("600.00", "560.00"), ("1000.00", "905.00"), ("50.00", "0.00")],
)
def test_a_value_that_counts_nothing_is_not_declared(
    campaign: Campaign, agent: User, value: str, paid: str
) -> None:
    told = {"market_value": Decimal(value), "paid": Decimal(paid)}
    gift = give(campaign, **told)

    for declared in (
        lambda: declare_value(gift, by=actor(agent), at=NOW),
        lambda: give(campaign, declared=True, **told),
    ):
        with pytest.raises(ExpenseRefused) as refused:
            declared()
        assert refused.value.code == "counts_nothing"

    assert Expense.objects.get().value_declared_at is None
    assert not AuditEntry.objects.filter(verb="expense.value_declared").exists()


def test_what_the_law_excludes_has_no_value_to_declare(
    campaign: Campaign, agent: User
) -> None:
    guards = propose(
        campaign,
        "0.00",
        kind="notional",
        market_value=Decimal("600.00"),
        excluded="security",
        excluded_reason="Stewards asked for by the police",
    )

    with pytest.raises(ExpenseRefused, match="nothing does of what the law excludes"):
        declare_value(guards, by=actor(agent), at=NOW)
