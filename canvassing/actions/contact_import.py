"""File the rows of another tool's contacts: find their electors, translate their codes.

A doubtful row is held for a person, never guessed at.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.models import Campaign, Candidate, Council, RegisterEdition
from canvassing.actions.contacts import record_contacts
from canvassing.models import Channel, HeldItem, OutcomeCode, OutcomeKind
from canvassing.rules.contact_rows import ContactRow
from canvassing.rules.contacts import Answer, ContactItem

HELD_ROW = "contact_row"

# By number, as the register stood at an edition or stands now.
BY_NUMBER = """
SELECT wanted.n, e.id, e.name_key
FROM unnest(%(places)s::int[], %(prefixes)s::text[], %(numbers)s::text[],
            %(suffixes)s::text[]) AS wanted (n, prefix, number, suffix)
JOIN campaigns_registerentry r ON r.organisation_id = %(organisation)s
     AND r.council_id = %(council)s AND r.prefix = wanted.prefix
     AND r.number = wanted.number AND r.suffix = wanted.suffix
JOIN campaigns_elector e ON e.id = r.elector_id
WHERE CASE WHEN %(edition)s::bigint IS NULL THEN r.until_edition_id IS NULL
      ELSE r.from_edition_id <= %(edition)s
           AND (r.until_edition_id IS NULL OR r.until_edition_id > %(edition)s) END
"""
# By address, any spelling of it that is known.
BY_ADDRESS = """
SELECT wanted.n, e.id, e.name_key
FROM unnest(%(places)s::int[], %(keys)s::text[]) AS wanted (n, key)
JOIN LATERAL (
    SELECT a.id FROM campaigns_address a
    WHERE a.organisation_id = %(organisation)s AND a.council_id = %(council)s
      AND a.key = wanted.key
    UNION
    SELECT l.address_id FROM campaigns_addressalias l
    WHERE l.organisation_id = %(organisation)s AND l.council_id = %(council)s
      AND l.key = wanted.key
) home ON true
JOIN campaigns_elector e ON e.organisation_id = %(organisation)s
     AND e.address_id = home.id AND e.merged_into_id IS NULL
"""
REASONS = {
    "number_unknown": "No elector has this number in that register.",
    "name_differs": "The elector with this number has another name.",
    "nobody_there": "Nobody of this name is registered at this address.",
    "several_there": "Several people of this name are registered at this address.",
}


@dataclass(frozen=True)
class Translation:
    """How the other tool's words become ours.

    `codes` maps its codes for outcomes and intentions to ours; a code that is not
    there stands for itself.
    """

    codes: Mapping[str, str]
    spoken: str
    candidates: Mapping[str, int]


def translation_for(campaign: Campaign, codes: Mapping[str, str]) -> Translation:
    spoken = OutcomeCode.objects.filter(campaign=campaign, kind=OutcomeKind.SPOKEN)
    candidates = Candidate.objects.filter(campaign=campaign)
    return Translation(
        codes,
        spoken.order_by("position", "pk").values_list("code", flat=True).first() or "",
        {
            name.casefold(): candidate.pk
            for candidate in candidates
            for name in (candidate.party, candidate.name)
            if name
        },
    )


@transaction.atomic
def record_rows(
    rows: Sequence[ContactRow],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None,
    translation: Translation,
) -> Counter[Answer]:
    """File what is certain and hold the rest; returns how many of each answer.

    Elector numbers are those of `edition`, or of the register as it stands.
    """
    electors = _find_electors(rows, campaign, council, edition)
    items, doubtful = [], []
    for row, (elector_id, reason) in zip(rows, electors, strict=True):
        if elector_id is None:
            doubtful.append((row.line, row.uuid, row.content, reason, REASONS[reason]))
        else:
            items.append(_item(row, elector_id, translation))
    verdicts = record_contacts(items, by=by, at=at, campaign=campaign)
    counts = Counter(verdict.answer for verdict in verdicts)
    counts[Answer.HELD] += hold_rows(doubtful, by=by, at=at, campaign=campaign)
    return counts


def hold_rows(
    rows: Iterable[tuple[int, UUID, str, str, str]],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> int:
    """Keep rows, given as (line, uuid, text, code, reason), for a person to look at."""
    held = [
        HeldItem(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            kind=HELD_ROW,
            uuid=uuid,
            content_hash=sha256(text.encode()).hexdigest(),
            payload={"line": line, "row": text},
            code=code,
            reason=f"Line {line}: {reason}"[:300],
            received_at=at,
        )
        for line, uuid, text, code, reason in rows
    ]
    for item in held:
        item.recorded_by(by)
    HeldItem.objects.bulk_create(held, ignore_conflicts=True)
    return len(held)


def _item(row: ContactRow, elector_id: int, translation: Translation) -> ContactItem:
    codes = translation.codes
    second = translation.candidates.get(row.second_preference.casefold(), 0)
    is_answer = row.intention or row.pledge is not None
    outcome = codes.get(row.outcome, row.outcome)
    return ContactItem(
        uuid=row.uuid,
        elector_id=elector_id,
        outcome=outcome or (translation.spoken if is_answer else ""),
        channel=row.channel if row.channel in Channel else Channel.IMPORT,
        said_at=row.said_at,
        intention=codes.get(row.intention, row.intention),
        pledge=row.pledge,
        second_preference_id=second if row.second_preference else None,
        voted_last_time=codes.get(row.voted_last_time, row.voted_last_time),
        note=row.note,
    )


Found = tuple[int | None, str]


def _find_electors(
    rows: Sequence[ContactRow],
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None,
) -> list[Found]:
    """For each row its elector, or None and the reason, a key of `REASONS`."""
    numbered = {n: row.number for n, row in enumerate(rows) if row.number}
    homes = {n: row.address_key for n, row in enumerate(rows) if not row.number}
    where = {
        "organisation": campaign.organisation_id,
        "council": council.pk,
        "edition": edition and edition.pk,
    }
    by_number = _look_up(
        BY_NUMBER,
        places=list(numbered),
        prefixes=[number.prefix for number in numbered.values()],
        numbers=[number.number for number in numbered.values()],
        suffixes=[number.suffix for number in numbered.values()],
        **where,
    )
    by_address = _look_up(
        BY_ADDRESS, places=list(homes), keys=list(homes.values()), **where
    )
    return [
        _with_number(row, by_number[n]) if row.number else _at_home(row, by_address[n])
        for n, row in enumerate(rows)
    ]


class _Candidates(dict[int, list[tuple[int, str]]]):
    def __missing__(self, place: int) -> list[tuple[int, str]]:
        return []


def _look_up(statement: str, **parameters: Any) -> _Candidates:
    found = _Candidates()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for place, elector_id, key in cursor.fetchall():
            found.setdefault(place, []).append((elector_id, key))
    return found


def _with_number(row: ContactRow, candidates: Sequence[tuple[int, str]]) -> Found:
    if not candidates:
        return None, "number_unknown"
    [(elector_id, key), *_] = candidates
    surname = row.name_key.partition(" ")[0]
    if surname and key.partition(" ")[0] != surname:
        return None, "name_differs"
    return elector_id, ""


def _at_home(row: ContactRow, candidates: Sequence[tuple[int, str]]) -> Found:
    """Of one surname and forename, middle names apart."""
    named = {
        elector_id
        for elector_id, key in candidates
        if key == row.name_key or key.startswith(f"{row.name_key} ")
    }
    if len(named) == 1:
        return named.pop(), ""
    return None, "several_there" if named else "nobody_there"
