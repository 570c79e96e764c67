"""Finding the one rate that applies to a poll."""

from datetime import date

from campaigns.rules.money import pounds
from campaigns.rules.refusals import Refusal
from campaigns.rules.spending_rates import RATES, Rate

# Kinds of limit, as a person calls the poll.
POLLS = {
    "cam_mayor": "a combined authority mayor",
    "la_mayor": "a local authority mayor",
    "mayor_london": "the Mayor of London",
    "local": "a local election",
    "parish": "a parish election",
    "pcc": "a police and crime commissioner",
    "ukpge_short_county": "a UK general election, short campaign, county seat",
    "ukpge_short_borough": "a UK general election, short campaign, borough seat",
    "ukpge_long_county": "a UK general election, long campaign, county seat",
    "ukpge_long_borough": "a UK general election, long campaign, borough seat",
    "uk_byelection": "a UK Parliament by-election",
    "gla_constituency": "a London Assembly constituency",
    "gla_list": "the London Assembly list",
    "sp_short_county": "the Scottish Parliament, short campaign, county seat",
    "sp_short_burgh": "the Scottish Parliament, short campaign, burgh seat",
    "sp_long": "the Scottish Parliament, long campaign",
    "sp_byelection": "a Scottish Parliament by-election",
    "senedd_individual": "an individual candidate for the Senedd",
    "nia_county": "the Northern Ireland Assembly, county seat",
    "nia_borough": "the Northern Ireland Assembly, borough seat",
}
NATIONS = {
    "ENG": "England",
    "WLS": "Wales",
    "SCT": "Scotland",
    "NIR": "Northern Ireland",
    "UK": "the United Kingdom",
}


class LimitRefused(Refusal):
    """No limit can be given: the rule or a figure that it needs is not known."""


def rate_for(
    *,
    kind: str,
    poll_on: date,
    nation: str | None = None,
    area: str | None = None,
) -> Rate:
    """The one rate that applies to a poll.

    Refused: a kind, nation or area that is not known, a day that no rate covers or
    for which two rates fit, and a figure that may not be used.
    """
    rates = _rates_of_place(kind, nation, area)
    covering = [rate for rate in rates if rate.covers(poll_on)]
    if not covering:
        raise LimitRefused(
            "date_not_covered",
            f"No spending figure was read for {_place(rates[0])} "
            f"with a poll on {day_in_words(poll_on)}.",
        )
    if len(covering) > 1:
        figures = " or ".join(_figures(rate) for rate in covering)
        raise LimitRefused(
            "figure_not_known",
            f"The limit for {_place(rates[0])} with a poll on "
            f"{day_in_words(poll_on)} is not known, because the day of the change "
            f"was not read: {figures}.",
        )
    if covering[0].not_usable:
        raise LimitRefused("figure_not_known", covering[0].not_usable)
    return covering[0]


def _rates_of_place(kind: str, nation: str | None, area: str | None) -> list[Rate]:
    if kind not in POLLS:
        raise LimitRefused(
            "unknown_type", f"There is no spending limit of the type {kind!r}."
        )
    if nation is not None and nation not in NATIONS:
        raise LimitRefused(
            "unknown_nation", f"The nation {nation!r} is none of {', '.join(NATIONS)}."
        )
    rates = [rate for rate in RATES if rate.kind == kind]
    if kind == "pcc":
        return _rates_of_area(rates, area)
    wanted = {nation or rates[0].nation, "UK"}
    found = [rate for rate in rates if rate.nation in wanted]
    if not found:
        place = NATIONS[nation or rates[0].nation]
        raise LimitRefused(
            "unknown_nation",
            f"No spending limit for {POLLS[kind]} in {place} is known.",
        )
    return found


def _rates_of_area(rates: list[Rate], area: str | None) -> list[Rate]:
    if area is None:
        raise LimitRefused(
            "area_missing",
            "The limit for a police and crime commissioner needs the police area.",
        )
    found = [rate for rate in rates if area_key(rate.area) == area_key(area)]
    if not found:
        raise LimitRefused("unknown_area", f"There is no police area called {area!r}.")
    return found


def area_key(area: str) -> str:
    """One police area however it is written: `Avon & Somerset`, `avon-and-somerset`."""
    return " ".join(area.casefold().replace("&", " and ").replace("-", " ").split())


def _figures(rate: Rate) -> str:
    parts = []
    if rate.fixed or not rate.pence_per_elector:
        parts.append(pounds(rate.fixed))
    if rate.per_council:
        parts.append(f"{pounds(rate.per_council)} for each council")
    if rate.pence_per_elector:
        parts.append(f"{rate.pence_per_elector}p for each elector")
    return " and ".join(parts)


def _place(rate: Rate) -> str:
    return f"{POLLS[rate.kind]} in {rate.area or NATIONS[rate.nation]}"


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
