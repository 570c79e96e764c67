"""The return's schedules of who else spent, by written authority, and what."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.authorities import revoke_authority
from campaigns.models import Campaign
from campaigns.reports.return_form import Section
from campaigns.reports.spending_return import spending_return
from tests.campaigns.actions.test_authorities import authorise
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(campaign: Campaign) -> Campaign:
    notice(campaign)
    return campaign


def schedule(campaign: Campaign, code: str) -> Section:
    return spending_return(campaign, at=NOW).section(code)


def test_a_local_campaigner_stands_with_the_sum_and_what_they_spent(
    books: Campaign,
) -> None:
    residents = authorise(
        books,
        kind="campaigner",
        name="Alder Street Residents",
        cap=Decimal("500.00"),
        purpose="Posters for the candidate",
    )
    commit(books, "300.00", supplier="Anybody else")
    poster = commit(books, "120.00", authority=residents, supplier="Wren Posters")
    before = date(2024, 4, 1)
    commit(
        books,
        "80.00",
        authority=residents,
        incurred_on=before,
        used_from=before,
        used_until=date(2024, 4, 30),
        category="advertising",
    )

    section = schedule(books, "campaigners")

    (line,) = section.lines
    assert line.values == {
        "number": "K1",
        "who": "Alder Street Residents",
        "address": "1 Stamp Lane",
        "what": "Posters for the candidate",
        "paper": "Office file 4",
        "written": "2024-04-01",
        "until": "",
        "revoked": "",
        "items": "A1 £80.00; B2 £120.00",
        "cap": "500.00",
        "used": "200.00",
        "counted": "200.00",
        "paid": "0.00",
    }
    assert line.rows[0] == f"authority:{residents.pk}"
    assert f"expense:{poster.pk}" in line.rows
    assert "was not read for this poll" in section.note
    assert "within 21 days of the result" in section.note
    made = spending_return(books, at=NOW)
    item = made.section("unsolicited").lines[1]
    assert item.values["spent_by"] == "Alder Street Residents"
    summary = {one.key: one.values["amount"] for one in made.section("summary").lines}
    assert summary["campaigners"] == "200.00"


def test_petty_expenses_stand_with_who_paid_them_and_by_which_paper(
    books: Campaign,
) -> None:
    petty = authorise(books)
    stamps = commit(books, "40.00", supplier="Post office", category="administration")
    pay(bill(stamps, "40.00"), "25.00", paid_by="petty", authority=petty)
    pay(stamps.invoices.get(), "15.00")
    revoke_authority(petty, reason="Moved away", by=clerk(books), at=NOW)

    (line,) = schedule(books, "petty").lines

    assert line.values["items"] == "G1 £40.00"
    assert (line.values["paid"], line.values["cap"]) == ("25.00", "60.00")
    assert line.values["revoked"] == "2024-04-23"
    item = schedule(books, "administration").lines[0]
    assert item.values["payer"] == "£15.00 the agent; £25.00 Petra Petty"


def test_what_others_spent_before_the_period_is_told_apart_from_what_counts(
    books: Campaign,
) -> None:
    early, day = authorise(books, written_on=date(2024, 2, 1)), date(2024, 2, 2)
    commit(
        books,
        "30.00",
        authority=early,
        incurred_on=day,
        used_from=day,
        used_until=day,
    )

    (line,) = schedule(books, "petty").lines

    assert (line.values["used"], line.values["counted"]) == ("30.00", "0.00")
    assert line.values["items"] == ""


def test_nobody_authorised_is_nil_in_each_of_the_three(books: Campaign) -> None:
    for code in ("campaigners", "petty", "deputies"):
        assert schedule(books, code).lines == ()
