"""File the rows of another tool's contacts: find their electors, translate their codes.

A doubtful row is held for a person, never guessed at.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.models import Campaign, Candidate, Council, RegisterEdition
from campaigns.rules.elector_numbers import ElectorNumber
from canvassing.actions.contact_filing import filed_hashes
from canvassing.actions.contacts import record_contacts
from canvassing.actions.opinions import ConsentSaid, note_consents_elsewhere
from canvassing.models import (
    Channel,
    HeldItem,
    HeldKind,
    IntentionCode,
    OutcomeCode,
    OutcomeKind,
)
from canvassing.rules.contact_rows import ROW_REASONS, ContactRow, may_be
from canvassing.rules.contacts import Answer, ContactItem, says_nothing, storable

NOBODY = 0  # no elector has this id

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
# By postcode, where no more of the address is told.
BY_POSTCODE = """
SELECT wanted.n, e.id, e.name_key
FROM unnest(%(places)s::int[], %(postcodes)s::text[]) AS wanted (n, postcode)
JOIN campaigns_address a ON a.organisation_id = %(organisation)s
     AND a.council_id = %(council)s AND a.postcode = wanted.postcode
JOIN campaigns_elector e ON e.organisation_id = %(organisation)s
     AND e.address_id = a.id AND e.merged_into_id IS NULL
"""


@dataclass(frozen=True)
class Translation:
    """How the other tool's words become ours.

    `codes` maps its codes for outcomes and intentions to ours, as told; `names` our
    codes and labels, folded, to our codes. A code in neither stands for itself.
    """

    codes: Mapping[str, str]
    names: Mapping[str, str]
    outcomes: Collection[str]
    intentions: Collection[str]
    spoken: str
    candidates: Mapping[str, int]

    def ours(self, code: str) -> str:
        if code in self.codes:
            return self.codes[code]
        return self.names.get(code.casefold(), code)

    def answer(self, row: ContactRow) -> tuple[str, str]:
        """Our codes of outcome and intention: other tools keep both in one column."""
        outcome, intention = self.ours(row.outcome), self.ours(row.intention)
        if intention not in self.intentions and intention in self.outcomes:
            outcome, intention = outcome or intention, ""
        if outcome not in self.outcomes and outcome in self.intentions:
            outcome, intention = "", intention or outcome
        if intention or row.pledge is not None:
            outcome = outcome or self.spoken
        return outcome, intention


def translation_for(campaign: Campaign, codes: Mapping[str, str]) -> Translation:
    outcomes = list(OutcomeCode.objects.filter(campaign=campaign).order_by("position"))
    intentions = list(IntentionCode.objects.filter(campaign=campaign))
    ours = [
        *((code.code, code.label) for code in intentions),
        *((code.code, code.label) for code in outcomes),
    ]
    candidates = Candidate.objects.filter(campaign=campaign)
    return Translation(
        codes=codes,
        names={label.casefold(): code for code, label in ours}
        | {code.casefold(): code for code, _ in ours},
        outcomes={code.code for code in outcomes},
        intentions={code.code for code in intentions},
        spoken=next((o.code for o in outcomes if o.kind == OutcomeKind.SPOKEN), ""),
        candidates={
            name.casefold(): candidate.pk
            for candidate in candidates
            for name in (candidate.party, candidate.name)
            if name
        },
    )


class HeldRow(NamedTuple):
    """A row for a person to look at: its text, which is the same each time, what is
    shown of it, and `said`, what can be filed once they have looked."""

    line: int
    uuid: UUID
    text: str
    shown: str
    code: str
    reason: str
    said: ContactItem | None = None


def taken_for(
    rows: Sequence[ContactRow],
    *,
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None,
    translation: Translation,
) -> list[tuple[ContactRow, ContactItem, str]]:
    """Each row with the contact that it says, and why its elector is doubtful, a key of
    `ROW_REASONS`. Elector numbers are those of `edition`, or of today's register.
    """
    electors = find_electors(rows, campaign, council, edition)
    return [
        (row, _item(row, elector_id or NOBODY, translation), reason)
        for row, (elector_id, reason) in zip(rows, electors, strict=True)
    ]


def consents_in(
    taken: Sequence[tuple[ContactRow, ContactItem, str]],
) -> list[ConsentSaid]:
    """Of the electors who are certain."""
    return [
        ConsentSaid(item.elector_id, row.consent_wording, row.consented_at)
        for row, item, reason in taken
        if row.consented_at and not reason
    ]


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
) -> Counter[str]:
    """File what is certain, hold what is doubtful, pass over what says nothing.

    Returns how many of each `Answer`, of `nothing_said` and of `let_go`.
    """
    on_file = filed_hashes([row.uuid for row in rows], campaign=campaign)
    counts: Counter[str] = Counter()
    items, doubtful = [], []
    taken = taken_for(
        rows,
        campaign=campaign,
        council=council,
        edition=edition,
        translation=translation,
    )
    note_consents_elsewhere(consents_in(taken), by=by, at=at, campaign=campaign)
    for row, item, reason in taken:
        # As it was understood then, or as a person filed it for whoever was meant.
        if row.uuid in on_file and (reason or not row.brings_id):
            counts[Answer.ALREADY_FILED] += 1
        elif says_nothing(item):
            counts["nothing_said"] += 1
        elif reason:
            of_row = (row.line, row.uuid, row.text, row.content)
            doubtful.append(HeldRow(*of_row, reason, ROW_REASONS[reason], item))
        else:
            items.append(item)
    verdicts = record_contacts(items, by=by, at=at, campaign=campaign)
    filed = [one.uuid for one in verdicts if one.answer is Answer.FILED]
    _wait_no_longer(filed, at=at, campaign=campaign)
    held = [one.uuid for one in verdicts if one.answer is Answer.HELD]
    counts.update(one.answer for one in verdicts if one.answer is not Answer.HELD)
    counts += _wait_or_let_go(held, campaign=campaign)
    return counts + hold_rows(doubtful, by=by, at=at, campaign=campaign)


def _wait_no_longer(
    filed: Collection[UUID], *, at: datetime, campaign: Campaign
) -> None:
    """What was held of a row at an earlier loading, before its code or number was
    known, is filed by now."""
    held = HeldItem.objects.of(campaign.organisation_id)
    held.filter(uuid__in=filed, resolved_at=None).update(
        resolved_at=at, resolution="Filed."
    )


def hold_rows(
    rows: Sequence[HeldRow],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> Counter[str]:
    """Keep rows for a person to look at; again, as they are understood by now."""
    held = [
        HeldItem(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            kind=HeldKind.ROW,
            uuid=row.uuid,
            content_hash=sha256(row.text.encode()).hexdigest(),
            payload={
                "line": row.line,
                "row": storable(row.shown),
                "said": row.said and row.said.as_json(),
            },
            code=row.code,
            reason=f"Line {row.line}: {row.reason}"[:300],
            received_at=at,
        )
        for row in rows
    ]
    for item in held:
        item.recorded_by(by)
    HeldItem.objects.bulk_create(
        {(item.uuid, item.content_hash): item for item in held}.values(),
        update_conflicts=True,
        update_fields=["payload", "code", "reason"],
        unique_fields=["organisation", "kind", "uuid", "content_hash"],
    )
    return _wait_or_let_go([row.uuid for row in rows], campaign=campaign)


def _wait_or_let_go(uuids: Sequence[UUID], *, campaign: Campaign) -> Counter[str]:
    """What is held of them waits for a person, unless one let it go before."""
    if not uuids:
        return Counter()
    waiting = set(
        HeldItem.objects.of(campaign.organisation_id)
        .filter(uuid__in=uuids, resolved_at=None)
        .values_list("uuid", flat=True)
    )
    return Counter(Answer.HELD if uuid in waiting else "let_go" for uuid in uuids)


def _item(row: ContactRow, elector_id: int, translation: Translation) -> ContactItem:
    second = translation.candidates.get(row.second_preference.casefold(), 0)
    outcome, intention = translation.answer(row)
    return ContactItem(
        uuid=row.uuid,
        elector_id=elector_id,
        outcome=outcome,
        channel=Channel.IMPORT,
        said_at=row.said_at,
        intention=intention,
        pledge=row.pledge,
        second_preference_id=second if row.second_preference else None,
        voted_last_time=translation.ours(row.voted_last_time),
        note=row.note,
    )


class NamesElector(Protocol):
    """A row of a file, as far as it says whom it is about."""

    @property
    def number(self) -> ElectorNumber | None: ...
    @property
    def name_key(self) -> str: ...
    @property
    def address_key(self) -> str: ...


Found = tuple[int | None, str]


def find_electors(
    rows: Sequence[NamesElector],
    campaign: Campaign,
    council: Council,
    edition: RegisterEdition | None,
) -> list[Found]:
    """For each row its elector, or None and the reason, a key of `ROW_REASONS`."""
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
        _with_number(row, by_number[n])
        if row.number
        else _by_name(row.name_key, by_address[n], where="there")
        for n, row in enumerate(rows)
    ]


def find_in_postcodes(
    named: Sequence[tuple[str, str]], campaign: Campaign, council: Council
) -> list[Found]:
    """For each name key and postcode the only elector of that name in it, or None and
    the reason, a key of `ROW_REASONS`."""
    found = _look_up(
        BY_POSTCODE,
        places=list(range(len(named))),
        postcodes=[postcode for _name, postcode in named],
        organisation=campaign.organisation_id,
        council=council.pk,
    )
    return [
        _by_name(name, found[n], where="in_postcode")
        for n, (name, _postcode) in enumerate(named)
    ]


def find_homes(
    keys: Sequence[str], campaign: Campaign, council: Council
) -> list[int | None]:
    """For each address somebody who lives there, or None."""
    found = _look_up(
        BY_ADDRESS,
        places=list(range(len(keys))),
        keys=list(keys),
        organisation=campaign.organisation_id,
        council=council.pk,
        edition=None,
    )
    return [min((one for one, _ in found[n]), default=None) for n in range(len(keys))]


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


def _with_number(row: NamesElector, candidates: Sequence[tuple[int, str]]) -> Found:
    if not candidates:
        return None, "number_unknown"
    [(elector_id, key), *_] = candidates
    return (elector_id, "") if may_be(row.name_key, key) else (None, "name_differs")


def _by_name(name: str, candidates: Sequence[tuple[int, str]], *, where: str) -> Found:
    """Of one surname and forename, middle names apart."""
    named = {
        elector_id
        for elector_id, key in candidates
        if key == name or key.startswith(f"{name} ")
    }
    if len(named) == 1:
        return named.pop(), ""
    return None, f"several_{where}" if named else f"nobody_{where}"
