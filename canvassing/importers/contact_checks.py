"""What a file of another tool's contacts would do, before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaigns.access import Actor
from campaigns.importers.tables import file_facts, open_table
from campaigns.models import Campaign, Council, RegisterEdition
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_context import context_of
from canvassing.actions.contact_import import (
    Translation,
    consents_in,
    taken_for,
    translation_for,
)
from canvassing.actions.contact_mappings import told_of
from canvassing.importers.contacts_csv import (
    BadRow,
    places_of,
    refuse_unless_enough,
    rows_of,
)
from canvassing.importers.row_batches import batches, lines_of
from canvassing.rules.contact_rows import ROW_REASONS, ContactRow
from canvassing.rules.contacts import REASONS, reason_to_hold, says_nothing

# More different words in a column than any set of codes has: it is the wrong column.
MOST_CODES = 60
PROBLEMS_SHOWN = 50


@dataclass
class ContactsCheck:
    """What the file holds and how it is understood so far.

    `columns` maps our names to the file's; `missing` says what keeps it from being
    loaded. `codes` has for each word of the file how many rows say it, and our code for
    it, empty where it says nothing; `unknown` those that are none of ours. `fit` counts
    the rows that can be filed, `doubtful` by reason those that would be held, and
    `nothing_said` those to be passed over.
    """

    header: list[str]
    columns: dict[str, str]
    missing: str = ""
    lines: int = 0
    fit: int = 0
    nothing_said: int = 0
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    doubtful: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def check_contacts(
    path: Path,
    *,
    by: Actor,
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
    check.lines = lines_of(table)
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
        _count(words, good)
        said = taken_for(
            good,
            campaign=campaign,
            council=council,
            edition=edition,
            translation=translation,
        )
        telling = [one for one in said if not says_nothing(one[1])]
        check.nothing_said += len(said) - len(telling)
        doubtful.update(ROW_REASONS[reason] for _, _, reason in telling if reason)
        items = [item for _, item, reason in telling if not reason]
        context = context_of(items, by=by, campaign=campaign, lock=False)
        if context.consented is not None:
            brought = {consent.elector_id for consent in consents_in(said)}
            context = replace(context, consented={*context.consented, *brought})
        reasons = filter(None, (reason_to_hold(item, context) for item in items))
        doubtful.update(REASONS[reason] for reason in reasons)
        done += len(batch)
        progress(done, check.lines)
    check.fit = done - check.unreadable - check.nothing_said - doubtful.total()
    check.doubtful = dict(doubtful.most_common())
    _translate(check, words, translation)
    return check


def _note_problem(check: ContactsCheck, row: BadRow) -> None:
    """In words that quote nothing: the job stays when what the row says is erased."""
    check.unreadable += 1
    if len(check.problems) < PROBLEMS_SHOWN:
        check.problems.append((row.line, ROW_REASONS[row.refusal.code]))


def _words(row: ContactRow) -> set[str]:
    return {row.outcome, row.intention, row.voted_last_time} - {""}


def _count(words: Counter[str], rows: Iterable[ContactRow]) -> None:
    """No more of them than tell that a column holds something else."""
    for word in (word for row in rows for word in _words(row)):
        if word in words or len(words) <= MOST_CODES:
            words[word] += 1


def _translate(
    check: ContactsCheck, words: Counter[str], translation: Translation
) -> None:
    if len(words) > MOST_CODES:
        check.missing = (
            f"There are more than {MOST_CODES} different answers in its columns of"
            " answers: one of them holds something else."
        )
        return
    known = {*translation.outcomes, *translation.intentions}
    for word, count in words.most_common():
        ours = translation.ours(word)
        if ours and ours not in known:
            check.unknown.append(word)
        check.codes[word] = (count, ours)
