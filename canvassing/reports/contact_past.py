"""What a contact is now: what it took the place of, and what stands without it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from django.db import connection

from canvassing.models import Contact

# The oldest first. Ids are made by senders, who could send a circle.
PAST: Final = """
WITH RECURSIVE past (id, corrects, step) AS (
    SELECT c.id, c.corrects, 0 FROM canvassing_contact c WHERE c.id = %(contact)s
    UNION ALL
    SELECT c.id, c.corrects, past.step + 1
    FROM past JOIN canvassing_contact c
         ON c.organisation_id = %(organisation)s AND c.uuid = past.corrects
) CYCLE id SET is_circle USING way
SELECT id FROM past WHERE NOT is_circle ORDER BY step DESC
"""
# One statement: as it was made and, the newest first, each time that it stood again.
Statement = list[Contact]


@dataclass(frozen=True, slots=True)
class Past:
    """Of a contact that counts: its `statements`, the one that stands first, each
    before the one that it took the place of. What was taken back is none of them, and
    is in its `chain`, the oldest first, with all else."""

    statements: list[Statement]
    chain: list[Contact]

    @property
    def last(self) -> Statement:
        return self.statements[0]

    @property
    def before(self) -> Contact | None:
        """What stands again where the last is taken back, as it was made."""
        earlier = self.statements[1][-1] if self.statements[1:] else None
        return earlier if earlier and earlier.outcome_id else None

    @property
    def contacts(self) -> list[Contact]:
        return [one for statement in self.statements for one in statement]


def taken_back_id(uuid: UUID) -> UUID:
    """The id of what takes back the contact of this one, so that it does so once: what
    it had corrected, said again, or nothing."""
    return uuid5(uuid, "taken back")


def past_of(contact: Contact) -> Past:
    """Two queries."""
    chain, statements = _oldest_first(contact), dict[UUID | None, list[Statement]]()
    for one in chain:
        earlier = statements.get(one.corrects, [])
        if one.corrects and one.uuid == taken_back_id(one.corrects):
            again, *rest = earlier[1:] or [[]]
            statements[one.uuid] = [[one, *again], *rest]
        else:
            statements[one.uuid] = [[one], *earlier]
    return Past(statements[contact.uuid], chain)


def _oldest_first(contact: Contact) -> list[Contact]:
    with connection.cursor() as cursor:
        cursor.execute(
            PAST,
            {"contact": contact.pk, "organisation": contact.organisation_id},
        )
        ids = [id_ for (id_,) in cursor.fetchall()]
    named = ("outcome", "intention", "voted_last_time", "elector", "campaign")
    found = Contact.objects.select_related(*named).in_bulk(ids)
    return [found[id_] for id_ in ids]
