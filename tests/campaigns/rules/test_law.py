"""The list of the law's figures: each with its source and its mark."""

from datetime import date
from decimal import Decimal

from campaigns.rules.law import figures
from campaigns.rules.spending_limits import limit
from campaigns.rules.spending_rates import RATES


def test_every_figure_says_where_it_was_read_and_how_sure_it_is() -> None:
    found = list(figures())

    assert len(found) > len(RATES)
    for figure in found:
        assert figure.topic
        assert figure.value
        assert figure.mark.meaning
        assert figure.source.text


def test_a_figure_that_is_not_known_says_so_and_what_to_do() -> None:
    unknown = [figure for figure in figures() if figure.value == "not known"]

    assert unknown
    assert all(figure.caution for figure in unknown)
    assert not any(figure.mark.is_confirmed for figure in unknown)


def test_what_changes_a_limit_and_what_an_imprint_names_are_printed_too() -> None:
    said = {(figure.what, figure.value) for figure in figures()}

    assert ("local, two joint candidates", "a quarter less each") in said
    assert ("local, three or more joint candidates", "a third less each") in said
    assert any("month 57" in what and "70 %" in value for what, value in said)
    assert any("Digital material" in what for what, _ in said)
    assert any(value == "Number at Companies House" for _, value in said)


def test_a_rate_is_printed_as_a_limit_is_worked_from_it() -> None:
    found = next(
        figure
        for figure in figures()
        if figure.what == "local (ENG)" and figure.effective_from == date(2023, 11, 21)
    )
    worked = limit(kind="local", poll_on=date(2024, 5, 2), electors=7_500)

    assert found.value == "£960.00 + 8p an elector"
    assert worked.amount == Decimal(960) + 7_500 * Decimal("0.08")
