"""The list of the law's figures: each with its source and its mark."""

from datetime import date
from decimal import Decimal

from campaigns.rules.law import figures
from campaigns.rules.marks import Mark
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


def test_vat_the_register_day_and_when_an_expense_is_incurred_are_printed() -> None:
    said = {figure.what: figure for figure in figures()}

    assert said["Amounts are told"].mark is Mark.GENERAL
    assert said["Amounts are told"].caution
    register_day = said["Electors are those of the register as it stands on"]
    assert "notice of the election" in register_day.value
    assert "18" in said["Left out of the electors"].value
    assert "legally committed" in said["An expense is incurred"].value
    appointed = said["Appointed, before the poll, by (combined authority mayors)"]
    assert appointed.value.startswith("4 pm, 19 working days")


def test_what_was_read_in_a_secondary_source_names_it() -> None:
    """Nor does what was worked out, or read, say that it was not read."""
    for figure in figures():
        is_general = figure.mark is Mark.GENERAL
        assert is_general or not figure.source.text.startswith("Not read"), figure


def test_a_rate_is_printed_as_a_limit_is_worked_from_it() -> None:
    found = next(
        figure
        for figure in figures()
        if figure.what == "local (ENG)" and figure.effective_from == date(2023, 11, 21)
    )
    worked = limit(kind="local", poll_on=date(2024, 5, 2), electors=7_500)

    assert found.value == "£960.00 + 8p an elector"
    assert worked.amount == Decimal(960) + 7_500 * Decimal("0.08")
