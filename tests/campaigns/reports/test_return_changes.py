"""What differs between two versions, and what has to be looked at before filing."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.donations import record_donation, return_donation
from campaigns.actions.expenses import void_expense
from campaigns.models import Campaign, Expense, User
from campaigns.reports.return_changes import SectionChanges, return_changes
from campaigns.reports.return_form import SpendingReturn, read_back
from campaigns.reports.spending_return import spending_return
from tests.campaigns.purchases import clerk, commit, propose
from tests.campaigns.returns import MADE_AT, checks_of, file, make, ready_books, sign
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(campaign: Campaign) -> Campaign:
    return ready_books(campaign)


def now(campaign: Campaign) -> SpendingReturn:
    return spending_return(campaign, at=MADE_AT)


def of(sections: tuple[SectionChanges, ...], code: str) -> SectionChanges:
    return next(section for section in sections if section.code == code)


def codes(campaign: Campaign, *, at: object = MADE_AT) -> dict[str, bool]:
    made = now(campaign)
    checks = checks_of(campaign, made, at=at)  # type: ignore[arg-type]
    return {check.code: check.blocks for check in checks}


def test_the_same_books_differ_in_nothing(books: Campaign) -> None:
    assert return_changes(now(books), now(books)) == ()


def test_a_line_that_came_and_one_that_went_are_told_with_what_they_said(
    books: Campaign,
) -> None:
    before = now(books)
    first = Expense.objects.get()
    commit(books, "40.00", description="Earlier", incurred_on=date(2024, 4, 1))
    void_expense(first, reason="Typed twice", by=clerk(books), at=NOW)

    changes = of(return_changes(before, now(books)), "unsolicited").changes

    assert [(change.kind, change.what) for change in changes] == [
        ("added", "Plover Press, Earlier"),
        ("removed", "Plover Press, Leaflets"),
    ]
    assert ("In this return", "", "£40.00") in changes[0].said
    assert ("In this return", "£900.00", "") in changes[1].said


def test_a_line_is_changed_by_what_it_says_and_not_by_its_place(
    books: Campaign,
) -> None:
    before = now(books)
    commit(books, "40.00", description="Earlier", incurred_on=date(2024, 4, 1))

    found = return_changes(before, now(books))

    assert [change.kind for change in of(found, "unsolicited").changes] == ["added"]
    said = {change.what: change.said for change in of(found, "summary").changes}
    assert said["Together, towards the limit"] == (("Pounds", "£900.00", "£940.00"),)


def test_what_only_the_later_form_can_say_is_no_change(books: Campaign) -> None:
    made = now(books)
    content = made.content
    content["form"] = 1
    content["sections"] = [
        section
        for section in content["sections"]
        if section["code"] not in ("papers", "petty")
    ]
    for section in content["sections"]:
        section["columns"] = [
            column for column in section["columns"] if column["code"] != "order"
        ]
        section["lines"] = [
            line
            for line in section["lines"]
            if line["key"] not in ("waiting", "small_waiting")
        ]
    earlier = read_back(content)

    assert return_changes(earlier, made) == ()
    commit(books, "40.00", description="Earlier", incurred_on=date(2024, 4, 1))
    found = return_changes(earlier, now(books))
    codes = [section.code for section in found]
    assert codes == ["summary", "unsolicited", "unpaid"]


def test_books_in_good_order_leave_only_the_papers_to_look_at(books: Campaign) -> None:
    assert codes(books) == {"no_bill": False, "no_receipt": False}


def test_what_is_missing_is_named_and_the_graver_comes_first(
    campaign: Campaign,
) -> None:
    campaign.candidates.all().delete()
    propose(campaign)
    commit(
        campaign,
        "0.00",
        kind="notional",
        market_value=Decimal("850.00"),
        supplier_address="",
        over_limit_reason="No limit is known yet.",
    )
    for kind, donor in (("anonymous", "Nobody knows"), ("trade_union", "A union")):
        record_donation(
            campaign=campaign,
            donor=donor,
            donor_kind=kind,
            amount=Decimal("400.00"),
            received_on=date(2024, 4, 22),
            by=clerk(campaign),
            at=NOW,
        )

    found = codes(campaign, at=NOW)

    assert found == {
        "no_candidate": True,
        "no_agent": True,
        "poll_to_come": True,
        "not_permitted": True,
        "undecided": False,
        "gifts": False,
        "proposed": False,
        "undeclared": False,
        "no_address": False,
        "no_donor_address": False,
        "no_result": False,
    }
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_a_gift_that_went_back_after_its_use_is_a_donation_all_the_same(
    books: Campaign,
) -> None:
    """So is one that waits for a decision: nothing is to be looked for."""
    commit(books, "0.00", kind="notional", market_value=Decimal("500.00"))
    commit(books, "0.00", kind="notional", market_value=Decimal("300.00"))
    assert "gifts" in codes(books)

    for amount in ("500.00", "300.00"):
        given = record_donation(
            campaign=books,
            donor="A union",
            donor_kind="trade_union",
            amount=Decimal(amount),
            in_kind="A hall",
            received_on=MADE_AT.date(),
            by=clerk(books),
            at=MADE_AT,
        )
        if amount == "500.00":
            return_donation(
                given,
                returned_on=MADE_AT.date(),
                returned_how="By hand",
                by=clerk(books),
                at=MADE_AT,
            )

    assert "gifts" not in codes(books)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 donation, £400.00, must go back: its giver may not give over £50."),
        (2, "2 donations, £800.00 in all, must go back: their givers may not give"),
    ],
)
def test_what_must_go_back_is_said_in_a_sentence(
    books: Campaign, number: int, said: str
) -> None:
    for _ in range(number):
        record_donation(
            campaign=books,
            donor="Nobody knows",
            donor_kind="anonymous",
            amount=Decimal("400.00"),
            received_on=MADE_AT.date(),
            by=clerk(books),
            at=MADE_AT,
        )

    messages = [one.message for one in checks_of(books, now(books), at=MADE_AT)]

    assert any(message.startswith(said) for message in messages)


def test_what_the_law_took_as_accepted_waits_for_no_decision(books: Campaign) -> None:
    record_donation(
        campaign=books,
        donor="Dora Donor",
        donor_kind="individual",
        amount=Decimal("40.00"),
        received_on=date(2024, 5, 4),
        by=clerk(books),
        at=MADE_AT,
    )

    found = codes(books)

    assert found["lapsed"] is False
    assert "undecided" not in found


def test_what_was_filed_in_time_is_never_overdue(books: Campaign, agent: User) -> None:
    version = make(books, agent)
    sign(version, agent)
    file(version, agent, declaration_follows="Rowan Ash is abroad")

    assert "overdue" not in codes(books, at=MADE_AT.replace(day=11))


def test_after_its_day_the_return_is_overdue(books: Campaign) -> None:
    assert "overdue" in codes(books, at=MADE_AT.replace(day=11))
    assert "overdue" not in codes(books, at=MADE_AT.replace(day=10))
