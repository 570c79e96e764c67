"""What a file of another tool's contacts would do, before anything is written."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from campaigns.importers.tables import file_facts, open_table
from campaigns.models import Campaign, Council, RegisterEdition
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_import import (
    REASONS,
    Translation,
    find_electors,
    translation_for,
)
from canvassing.actions.contact_mappings import told_of
from canvassing.importers.contacts_csv import (
    BadRow,
    batches,
    places_of,
    refuse_unless_enough,
    rows_of,
)
from canvassing.rules.contact_rows import ContactRow

# More different words in a column than any set of codes has: it is the wrong column.
MOST_CODES = 60
PROBLEMS_SHOWN = 50


@dataclass
class ContactsCheck:
    """What the file holds and how it is understood so far.

    `columns` maps our names to the file's; `missing` says what keeps it from being
    loaded. `codes` has for each word of the file how many rows say it, and our code for
    it, empty where it says nothing; `unknown` those that are none of ours. `doubtful`
    counts by reason the rows that would be held because of whom they name.
    """

    header: list[str]
    columns: dict[str, str]
    missing: str = ""
    lines: int = 0
    found: int = 0
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    doubtful: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def check_contacts(
    path: Path,
    *,
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ContactsCheck:
    """Read the whole file and write nothing. Refused: what is not a whole table."""
    facts = file_facts(path)
    table = open_table(path, facts)
    told = told_of(table.header, campaign=campaign)
    places = places_of(table.header, told.columns)
    columns = {column: table.header[place] for column, place in places.items()}
    check = ContactsCheck(list(table.header), columns)
    check.lines = sum(1 for _, cells in table.rows() if any(cells))
    try:
        refuse_unless_enough(places)
    except Refusal as refusal:
        check.missing = refusal.message
        return check
    translation = translation_for(campaign, told.codes)
    words: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    done = 0
    for batch in batches(rows_of(table, places, "")):
        good = [row for row in batch if isinstance(row, ContactRow)]
        for row in batch:
            if isinstance(row, BadRow):
                _note_problem(check, row)
        words.update(word for row in good for word in _words(row))
        electors = find_electors(good, campaign, council, edition)
        doubtful.update(REASONS[reason] for _, reason in electors if reason)
        done += len(batch)
        progress(done, check.lines)
    check.found = done - check.unreadable - doubtful.total()
    check.doubtful = dict(doubtful.most_common())
    _translate(check, words, translation)
    return check


def _note_problem(check: ContactsCheck, row: BadRow) -> None:
    check.unreadable += 1
    if len(check.problems) < PROBLEMS_SHOWN:
        check.problems.append((row.line, row.refusal.message))


def _words(row: ContactRow) -> set[str]:
    return {row.outcome, row.intention, row.voted_last_time} - {""}


def _translate(
    check: ContactsCheck, words: Counter[str], translation: Translation
) -> None:
    if len(words) > MOST_CODES:
        check.missing = (
            f"There are {len(words):,} different answers in its columns of answers:"
            " one of them holds something else."
        )
        return
    known = {*translation.outcomes, *translation.intentions}
    for word, count in words.most_common():
        ours = translation.ours(word)
        if ours and ours not in known:
            check.unknown.append(word)
        check.codes[word] = (count, ours)
