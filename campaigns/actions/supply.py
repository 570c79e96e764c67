"""Destroy a copy of a register, and say what stays and on which other copy it rests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from campaigns.actions import audit
from campaigns.actions.estimated_limits import telling_of_a_register
from campaigns.actions.register_editions import lock_council
from campaigns.actions.remaining_facts import fall_back
from campaigns.models import Campaign, RegisterEdition, RejectedLine
from campaigns.registry import registry
from campaigns.rules.refusals import Refusal
from campaigns.rules.supply_terms import CopyState, copy_state

if TYPE_CHECKING:
    from campaigns.access import Actor

# A later full register that has the same line unchanged is a copy of it as well.
REST_ON_ANOTHER = """
WITH resting AS (
    SELECT entry.elector_id, entry.id, min(later.id) AS edition_id
    FROM campaigns_registerentry AS entry
    JOIN campaigns_registeredition AS later
      ON later.organisation_id = %(organisation)s AND later.council_id = %(council)s
     AND later.kind = 'full' AND later.destroyed_at IS NULL
     AND later.id > %(edition)s
     AND (entry.until_edition_id IS NULL OR entry.until_edition_id > later.id)
    WHERE entry.organisation_id = %(organisation)s
      AND entry.council_id = %(council)s AND entry.from_edition_id = %(edition)s
    GROUP BY entry.elector_id, entry.id
), moved AS (
    UPDATE campaigns_registerentry AS entry SET from_edition_id = resting.edition_id
    FROM resting
    WHERE entry.organisation_id = %(organisation)s
      AND entry.elector_id = resting.elector_id AND entry.id = resting.id
    RETURNING entry.from_edition_id
)
SELECT from_edition_id, count(*) FROM moved GROUP BY 1 ORDER BY 1
"""
REMOVE = """
DROP TABLE IF EXISTS changed_elector;
CREATE TEMP TABLE changed_elector (elector_id bigint);
WITH removed AS (
    DELETE FROM campaigns_registerentry
    WHERE organisation_id = %(organisation)s AND council_id = %(council)s
      AND from_edition_id = %(edition)s
    RETURNING elector_id
)
INSERT INTO changed_elector SELECT elector_id FROM removed;
"""
LEAVE = """
UPDATE campaigns_elector AS elector SET on_register = false, changed_at = %(at)s
FROM changed_elector AS changed
WHERE elector.id = changed.elector_id AND elector.on_register
  AND NOT EXISTS (SELECT FROM campaigns_registerentry AS entry
                  WHERE entry.organisation_id = %(organisation)s
                    AND entry.elector_id = elector.id
                    AND entry.until_edition_id IS NULL)
"""
# Of whom no copy is left, the register's facts go; what they told us stays.
FORGET = """
UPDATE campaigns_elector AS elector
SET title = '', forename = '', middle_names = '', surname = '', name_key = '',
    markers = '', attains_on = NULL, elector_number = '', supplier_id = '',
    address_id = NULL
FROM changed_elector AS changed
WHERE elector.id = changed.elector_id
  AND NOT EXISTS (SELECT FROM campaigns_registerentry AS entry
                  WHERE entry.organisation_id = %(organisation)s
                    AND entry.elector_id = elector.id)
"""
# What a match remembers of them was in the copy too: it can no longer be undone.
FORGET_BEFORE = """
WITH RECURSIVE told (elector_id) AS (
    SELECT elector_id FROM changed_elector
    UNION
    SELECT merge.tombstone_id
    FROM campaigns_electormerge AS merge JOIN told ON told.elector_id = merge.kept_id
    WHERE merge.organisation_id = %(organisation)s AND merge.undone_at IS NULL
)
UPDATE campaigns_electormerge AS merge SET before = '{}' FROM told
WHERE merge.organisation_id = %(organisation)s AND merge.kept_id = told.elector_id
"""
# Nothing is left by which a person could decide about them.
CLOSE_PROPOSALS = """
UPDATE campaigns_matchproposal AS proposal
SET state = 'different', decided_at = %(at)s, decided_by = 'The copy was destroyed'
FROM changed_elector AS changed
WHERE proposal.organisation_id = %(organisation)s AND proposal.state = 'open'
  AND changed.elector_id IN (proposal.older_id, proposal.newer_id)
  AND NOT EXISTS (SELECT FROM campaigns_registerentry AS entry
                  WHERE entry.organisation_id = %(organisation)s
                    AND entry.elector_id = changed.elector_id)
"""


class CopyRefused(Refusal):
    """This copy of a register may not be used so."""


@dataclass(frozen=True)
class Destroyed:
    """`resting_on`: edition id -> entries that stay because that copy has them too."""

    entries: int
    rejected_lines: int
    electors_off: int
    electors_forgotten: int
    resting_on: dict[int, int]


@transaction.atomic(durable=True)
def destroy_edition(
    edition: RegisterEdition, *, by: "Actor", at: datetime
) -> Destroyed:
    """Remove its entries and its rejected lines; what another copy has too stays.

    An elector has the facts of the last entry that is left; one of whom no copy is left
    keeps an id and what was recorded of them, and no name. Refused: destroyed already.
    Audit: `register.destroyed`, and of limits as an import.
    """
    lock_council(organisation=edition.organisation, council=edition.council)
    edition = RegisterEdition.objects.select_for_update().get(pk=edition.pk)
    if edition.destroyed_at:
        raise CopyRefused("destroyed", "This copy has been destroyed already.")
    keys: dict[str, int | datetime] = {
        "organisation": edition.organisation_id,
        "council": edition.council_id,
        "edition": edition.pk,
        "at": at,
    }
    with telling_of_a_register(edition, by=by, at=at):
        with connection.cursor() as cursor:
            cursor.execute(REST_ON_ANOTHER, keys)
            resting_on = dict(cursor.fetchall())
            cursor.execute(REMOVE, keys)
            cursor.execute("SELECT count(*) FROM changed_elector")
            entries = cursor.fetchone()[0]
            cursor.execute(LEAVE, keys)
            off = cursor.rowcount
            cursor.execute(FORGET, keys)
            forgotten = cursor.rowcount
            cursor.execute("ANALYZE changed_elector")
            cursor.execute(FORGET_BEFORE, keys)
            cursor.execute(CLOSE_PROPOSALS, keys)
        fall_back(organisation=edition.organisation_id, at=at)
        edition.destroyed_at = at
        edition.counts.pop("warnings", None)
        edition.save(update_fields=["destroyed_at", "counts"])
    for hook in registry.electors_changed:
        hook(organisation_id=edition.organisation_id, table="changed_elector")
    lines, _ = RejectedLine.objects.filter(edition=edition).delete()
    audit.record(
        "register.destroyed",
        by=by,
        at=at,
        organisation_id=edition.organisation_id,
        target=edition,
        entries=entries,
        electors_off=off,
    )
    return Destroyed(entries, lines, off, forgotten, resting_on)


def state_of(edition: RegisterEdition, *, on: date) -> CopyState:
    return copy_state(
        edition.destroy_by, on=on, destroyed=edition.destroyed_at is not None
    )


def refuse_locked_copies(campaign: Campaign, *, on: date) -> None:
    """Call before electors are listed or exported for a campaign.

    Refused: the copy its electors rest on is past its date and locked, or is the copy
    of a candidate in another campaign.
    """
    for edition in copies_in_use(campaign):
        if state_of(edition, on=on) is CopyState.LOCKED:
            raise CopyRefused(
                "locked",
                f"The register of {edition.council} had to be destroyed by "
                f"{edition.destroy_by:%-d %B %Y}: destroy it or load another copy.",
            )
        if edition.campaign_id not in (None, campaign.pk):
            raise CopyRefused(
                "other_campaign",
                f"The register of {edition.council} was supplied to the candidate of "
                "another campaign, and serves that one only.",
            )


def copies_in_use(campaign: Campaign) -> list[RegisterEdition]:
    """The full register each of the campaign's councils rests on now."""
    latest = (
        RegisterEdition.objects.filter(
            organisation=campaign.organisation_id,
            council__in=campaign.councils.all(),
            kind="full",
            destroyed_at__isnull=True,
        )
        .select_related("council")
        .order_by("council_id", "-id")
        .distinct("council_id")
    )
    return list(latest)
