"""The days that election law does not count, besides Saturdays and Sundays."""

from datetime import date
from functools import cache

from uk_election_timetables.calendars import Country, UnitedKingdomBankHolidays

COUNTRIES = {
    "ENG": Country.ENGLAND,
    "WLS": Country.WALES,
    "SCT": Country.SCOTLAND,
    "NIR": Country.NORTHERN_IRELAND,
}


@cache
def bank_holidays(nation: str) -> frozenset[date]:
    """Bank holidays, Good Friday and Christmas Eve of a nation, 2012 to 2028.

    From the calendar that comes with uk-election-timetables; England's for a poll of
    the whole United Kingdom.
    """
    country = COUNTRIES.get(nation, Country.ENGLAND)
    matchers = UnitedKingdomBankHolidays().from_country(country).exempted_dates()
    days = {date(day.year, day.month, day.day) for day in matchers}
    return frozenset(days | {date(day.year, 12, 24) for day in days})
