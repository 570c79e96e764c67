"""The worked case of 2017: the sums of docs/rules/west-midlands-2017.md."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from campaigns.reports.worked_case import worked_case
from campaigns.rules.marks import Mark
from campaigns.rules.money import pounds


def test_the_limit_that_is_implied_is_about_what_was_reported() -> None:
    case = worked_case()

    assert case.implied == Decimal("131784.71")
    assert case.limit.amount == Decimal("131784.60")
    assert (case.least_electors, case.most_electors) == (1_952_555, 1_954_250)
    assert (case.mark, case.reported_mark) == (Mark.DERIVED, Mark.SECONDARY)


def test_the_electors_of_polling_day_would_have_made_it_too_high() -> None:
    case = worked_case()

    assert case.on_the_day.amount - case.limit.amount == Decimal("448.40")


def test_each_return_is_set_against_the_implied_limit() -> None:
    found = [(one.percent, one.left) for one in worked_case().returns]

    assert found == [
        (Decimal("98.7"), Decimal("1699.89")),
        (Decimal("89.4"), Decimal("13881.29")),
        (Decimal("5.5"), Decimal("124430.82")),
    ]


def test_the_days_are_those_that_the_law_counts() -> None:
    case = worked_case()

    assert case.period.first_on == date(2017, 3, 28)
    assert case.deadlines.return_by == date(2017, 6, 9)


def test_the_page_on_paper_says_the_same_sums() -> None:
    case = worked_case()
    page = Path(settings.BASE_DIR, "docs/rules/west-midlands-2017.md").read_text(
        "utf-8"
    )

    for amount in (
        case.limit.amount,
        case.on_the_day.amount,
        case.donated,
        *(one.left for one in case.returns),
    ):
        assert pounds(amount) in page
    for number in (case.least_electors, case.most_electors):
        assert f"{number:,}" in page
