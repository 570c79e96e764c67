"""The long campaign before a general election: its own days and its own limit.

The parliament that met on 18 May 2010 sat until 30 March 2015, its 59th month: nine
tenths of the long campaign's limit for the poll of 7 May 2015.
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.test import Client
from pypdf import PdfReader

from campaigns.actions.expense_checks import PartInside, Share
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.limit_notices import LimitNoticeRefused
from campaigns.actions.spending import OverLimitRefused
from campaigns.api.position import PositionSerializer
from campaigns.exporters.spending_report import write_spending_report
from campaigns.models import (
    Campaign,
    Election,
    Expense,
    LimitNotice,
    Organisation,
    VotingSystem,
)
from campaigns.reports.spending_position import SpendingPosition, spending_position
from campaigns.reports.what_if import WhatIf, what_if
from campaigns.roles import Role
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, make_campaign, member

pytestmark = pytest.mark.django_db
WINTER = {"used_from": date(2015, 1, 5), "used_until": date(2015, 1, 14)}
APRIL = {"used_from": date(2015, 4, 1), "used_until": date(2015, 5, 7)}
# Ten days up to the dissolution, ten days after it.
ACROSS = {"used_from": date(2015, 3, 21), "used_until": date(2015, 4, 9)}


@pytest.fixture
def seat(organisation: Organisation) -> Campaign:
    """A county seat of 70,000 electors: £33,300.00 long, £15,000.00 short."""
    seat = seat_of(organisation, "parl.dunmere.2015-05-07")
    notice(seat, electors=70_000, limit_kind="ukpge_short_county")
    return seat


def seat_of(organisation: Organisation, slug: str, **fields: object) -> Campaign:
    election = Election.objects.create(
        slug=slug,
        kind="parl",
        name="Dunmere",
        poll_on=date.fromisoformat(slug[-10:]),
        nation="SCT" if slug.startswith("sp.") else "ENG",
        voting_system=VotingSystem.FPTP,
    )
    days = {
        "period_opened_on": date(2015, 3, 30),
        "parliament_met_on": date(2010, 5, 18),
    }
    return make_campaign(organisation, election, slug="dunmere", **(days | fields))


def position_of(campaign: Campaign) -> SpendingPosition:
    return spending_position(campaign, at=NOW)


def ask(campaign: Campaign, amount: str, **days: date) -> WhatIf:
    return what_if(
        campaign, amount=Decimal(amount), category="unsolicited", at=NOW, **days
    )


def test_both_periods_have_their_own_days_and_their_own_limit(seat: Campaign) -> None:
    position = position_of(seat)

    assert position.long is not None
    assert position.long.period.first_on == date(2014, 12, 19)
    assert position.long.period.last_on == date(2015, 3, 30)
    assert position.period.first_on == date(2015, 3, 31)
    assert position.limit == Decimal("15000.00")
    assert position.long.limit == Decimal("33300.00")
    assert position.long.basis.limit is not None
    assert [str(step) for step in position.long.basis.limit.working] == [
        "Fixed sum £30,700.00",
        "70,000 electors × 9p = £6,300.00",
        "Together £37,000.00",
        "Dissolved in month 59, 90 %: £37,000.00 × 9/10 = £33,300.00",
    ]


def test_who_became_a_candidate_late_has_a_longer_long_campaign(
    seat: Campaign,
) -> None:
    seat.became_candidate_on = date(2015, 4, 7)

    position = position_of(seat)

    assert position.long is not None
    assert position.long.period.last_on == date(2015, 4, 7)
    assert position.period.first_on == date(2015, 4, 8)


def test_an_expense_falls_into_the_period_of_its_use_and_loses_no_penny(
    seat: Campaign,
) -> None:
    commit(seat, "1000.00", **WINTER)
    commit(seat, "200.00", **APRIL)
    commit(seat, "100.01", **ACROSS)
    commit(seat, "50.00", used_from=date(2014, 12, 1), used_until=date(2014, 12, 18))

    position = position_of(seat)

    assert position.long is not None
    assert position.long.counted == Decimal("1050.00")
    assert position.counted == Decimal("250.01")
    assert position.outside == Decimal("50.00")
    assert position.long.by_category[1].counted == Decimal("1050.00")
    assert position.long.weeks[-1].booked == Decimal("1050.00")


def test_a_part_chosen_by_hand_names_both_periods_and_shares_are_of_each(
    seat: Campaign,
) -> None:
    commit(
        seat,
        "1000.00",
        **ACROSS,
        inside=PartInside(3, 10, "Copies delivered", long_parts=5),
        shares=[Share(1, 2, "Half is the party's leaflet", "The party")],
    )

    position = position_of(seat)

    assert position.long is not None
    assert position.counted == Decimal("150.00")
    assert position.long.counted == Decimal("250.00")
    assert position.outside == Decimal("200.00")
    assert position.borne_by_others == Decimal("400.00")


def test_room_in_one_period_does_not_help_the_other(seat: Campaign) -> None:
    commit(seat, "33000.00", **WINTER)
    too_much = propose(seat, "300.01", **WINTER)

    with pytest.raises(OverLimitRefused) as refused:
        commit_expense(too_much, by=clerk(seat), at=NOW)

    assert "long campaign of" in refused.value.message
    assert "£0.01" in refused.value.message
    commit(seat, "300.01", **APRIL)
    assert position_of(seat).counted == Decimal("300.01")


def test_each_period_warns_at_its_own_limit(seat: Campaign) -> None:
    commit(seat, "30000.00", **WINTER)

    messages = [warning.message for warning in position_of(seat).warnings]

    assert any("90.0 % of the limit of the long campaign" in text for text in messages)
    assert not any("limit of the short campaign is used" in text for text in messages)


def test_an_expense_entered_now_is_answered_for_both_periods(seat: Campaign) -> None:
    fits = ask(seat, "1000.00", **ACROSS)
    passes = ask(seat, "40000.00", **WINTER)
    long = passes.long

    assert fits.fits is True
    assert fits.answer == (
        "Yes: £1,000.00 would leave £32,800.00 of the long campaign, with 1.5 % of "
        "the limit used, and leave £14,500.00 of the short campaign, with 3.3 % of the "
        "limit used."
    )
    assert passes.fits is False
    assert long is not None
    assert long.left == Decimal("-6700.00")
    assert passes.answer == (
        "No: £40,000.00 would pass the limit of the long campaign by £6,700.00."
    )


@pytest.mark.parametrize(
    ("slug", "fields", "says"),
    [
        pytest.param(
            "parl.dunmere.2024-07-04",
            {
                "period_opened_on": date(2024, 5, 30),
                "parliament_met_on": date(2019, 12, 17),
            },
            [],
            id="dissolved before the 56th month",
        ),
        pytest.param(
            "parl.dunmere.2015-05-07",
            {"parliament_met_on": None},
            ["needs the day on which Parliament first met"],
            id="not known when it met",
        ),
        pytest.param(
            "parl.dunmere.by.2015-01-29",
            {"became_candidate_on": date(2014, 12, 30)},
            [],
            id="a by-election has none",
        ),
        pytest.param(
            "parl.dunmere.by.2015-01-29",
            {},
            ["not read for this kind of poll"],
            id="nor a rule for its first day",
        ),
    ],
)
def test_where_there_is_no_long_campaign_none_is_shown(
    organisation: Organisation, slug: str, fields: dict[str, object], says: list[str]
) -> None:
    position = position_of(seat_of(organisation, slug, **fields))
    cautions = [w.message for w in position.warnings if w.code == "period"]

    assert position.long is None
    assert len(cautions) == len(says)
    assert all(text in caution for text, caution in zip(says, cautions, strict=True))


def test_who_is_adopted_before_the_dissolution_is_no_candidate_until_it_is_known(
    organisation: Organisation,
) -> None:
    seat = seat_of(
        organisation,
        "parl.dunmere.2024-07-04",
        period_opened_on=None,
        became_candidate_on=date(2024, 1, 2),
    )

    position = position_of(seat)

    assert position.period.first_on == date(2023, 7, 5)
    (caution,) = (w.message for w in position.warnings if w.code == "period")
    assert "needs the day of the dissolution of Parliament" in caution


def test_a_limit_that_is_stated_says_of_which_kind_of_seat_it_is(
    seat: Campaign,
) -> None:
    with pytest.raises(LimitNoticeRefused) as refused:
        notice(seat, electors=None, told_limit=Decimal("15000.00"))
    LimitNotice.objects.update(told_limit=Decimal("15000.00"), limit_kind="")

    long = position_of(seat).long

    assert refused.value.code == "limit_kind_missing"
    assert long is not None
    assert long.basis.missing == refused.value.message


def test_scotlands_long_campaign_has_its_days_and_says_that_no_limit_was_read(
    organisation: Organisation,
) -> None:
    seat = seat_of(
        organisation,
        "sp.c.dunmere.2021-05-06",
        became_candidate_on=date(2021, 3, 25),
    )
    notice(seat, electors=55_000, limit_kind="sp_short_burgh")
    commit(seat, "10.00", over_limit_reason="Needed", **days(2021, 2, 1))

    position = position_of(seat)

    assert position.long is not None
    assert position.long.period.first_on == date(2021, 1, 6)
    assert position.long.limit is None
    assert position.long.counted == Decimal("10.00")
    assert any("were cut off" in warning.message for warning in position.warnings)


def days(*day: int) -> dict[str, date]:
    return {"used_from": date(*day), "used_until": date(*day)}


def test_a_part_by_hand_of_more_than_the_whole_is_refused_by_the_database(
    seat: Campaign,
) -> None:
    made = propose(seat, **ACROSS, inside=PartInside(3, 10, "Copies", long_parts=7))

    with pytest.raises(IntegrityError):
        Expense.objects.filter(pk=made.pk).update(long_parts=8)


def test_every_form_of_the_report_tells_of_both_campaigns(
    seat: Campaign, tmp_path: Path
) -> None:
    commit(seat, "1000.00", **WINTER)
    position = position_of(seat)

    paths = write_spending_report(position, folder=tmp_path, by=clerk(seat), at=NOW)

    page, paper, sums, expenses = sorted(paths, key=lambda path: KINDS[path.name])
    on_paper = " ".join(part.extract_text() for part in PdfReader(paper).pages)
    for text in (page.read_text(), on_paper):
        assert "19 December 2014 to 30 March 2015" in text
        assert "£33,300.00" in text
        assert "£15,000.00" in text
    rows = {row[0]: row[1] for row in csv.reader(sums.open(encoding="utf-8-sig"))}
    assert rows["long campaign: counted"] == "1000.00"
    assert rows["counted"] == "0.00"
    assert ",1000.00," in expenses.read_text(encoding="utf-8-sig")
    answer = PositionSerializer(position).data
    assert answer["limit"]["amount"] == "15000.00"
    assert answer["long"]["limit"]["amount"] == "33300.00"
    assert answer["long"]["last_on"] == "2015-03-30"


KINDS = {
    "spending-report-dunmere.html": 1,
    "spending-report-dunmere.pdf": 2,
    "spending-report-dunmere.csv": 3,
    "spending-report-dunmere-expenses.csv": 4,
}


def test_the_pages_show_and_take_what_belongs_to_the_long_campaign(
    seat: Campaign,
) -> None:
    agent = member("Agnes Agent", Role.AGENT, seat)
    client = Client()
    client.force_login(agent)
    typed = {
        "description": "Posters",
        "supplier": "Plover Press",
        "category": "advertising",
        "kind": "incurred",
        "amount": "100.00",
        "incurred_on": "2015-03-20",
        "used_from": "2015-03-21",
        "used_until": "2015-04-09",
        "long_parts": "3",
        "inside_of_parts": "4",
        "inside_reason": "A quarter was put up after the dissolution",
    }

    overview = client.get("/dunmere/money/").content.decode()
    limit = client.get("/dunmere/money/limit/").content.decode()
    client.post("/dunmere/money/expenses/propose/", typed)

    expense = Expense.objects.get()
    page = client.get(f"/dunmere/money/expenses/{expense.pk}/").content.decode()
    assert "Long campaign" in overview
    assert "The short campaign’s limit, if the letter states it" in limit
    assert (expense.inside_parts, expense.long_parts) == (0, 3)
    assert "£75.00 in the long campaign" in page
