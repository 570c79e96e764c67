"""What the Telephone Preference Service answered: a table of numbers, listed or not."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from campaigns.access import Actor
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.models import Campaign
from campaigns.phone_numbers import PhoneNumberRefused, e164
from campaigns.rules.refusals import Refusal
from canvassing.actions.screening import Screened, file_screening
from canvassing.rules.contact_rows import NO, YES, plain

NUMBER = ("number", "phone", "telephone", "phonenumber", "telephonenumber")
LISTED = ("listed", "tps", "ontps", "result", "tpsctps", "status")
WORDS = dict.fromkeys(YES | {"listed", "tps", "ctps", "match"}, True) | dict.fromkeys(
    NO | {"not listed", "clear", "no match"}, False
)


class ScreeningFileRefused(Refusal):
    """The file does not say of each number whether it is listed."""


def import_screening(
    path: Path, *, screened_on: date, campaign: Campaign, by: Actor, at: datetime
) -> Screened:
    """File the answer of one day, all of it or nothing.

    Refused: what is not a whole table, one without a column of numbers and one of
    results, a row whose number or result cannot be read, a day that has not come.
    """
    table = open_table(path, file_facts(path), names=frozenset((*NUMBER, *LISTED)))
    header = [plain(name) for name in table.header]
    number = next((header.index(name) for name in NUMBER if name in header), None)
    listed = next((header.index(name) for name in LISTED if name in header), None)
    if number is None or listed is None:
        raise ScreeningFileRefused(
            "columns", "The file needs a column “number” and a column “listed”."
        )
    results = _results(table, number, listed)
    return file_screening(
        results, screened_on=screened_on, campaign=campaign, by=by, at=at
    )


def _results(table: Table, number: int, listed: int) -> Iterator[tuple[str, bool]]:
    for line, cells in table.rows():
        if not any(cells):
            continue
        try:
            yield e164(cells[number]), WORDS[cells[listed].strip().casefold()]
        except (PhoneNumberRefused, KeyError, IndexError) as error:
            raise ScreeningFileRefused(
                "row",
                f"Line {line}: it needs a number, and yes or no. Nothing was filed.",
            ) from error
