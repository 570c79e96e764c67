"""Put a council's list of absent voters in force for one poll."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from campaigns.actions import audit
from campaigns.actions.register_editions import lock_council
from campaigns.clock import UK
from campaigns.models import AbsentVoterList, Campaign, Council
from campaigns.registry import registry
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

# Numbers are those of the register as it stands: lists come with it, for one poll.
VOTES = """
INSERT INTO campaigns_absentvote (
    organisation_id, absent_list_id, elector_id, kind, from_on, until_on)
SELECT %(organisation)s, %(list)s, entry.elector_id, staged.kind, min(staged.from_on),
       max(staged.until_on)
FROM staged_absent AS staged
JOIN campaigns_registerentry AS entry
  ON entry.organisation_id = %(organisation)s AND entry.council_id = %(council)s
 AND entry.prefix = staged.prefix AND entry.number = staged.number
 AND entry.suffix = staged.suffix AND entry.until_edition_id IS NULL
GROUP BY entry.elector_id, staged.kind
"""
COUNTS = """
SELECT count(*) FILTER (WHERE kind = 'postal'), count(*) FILTER (WHERE kind = 'proxy'),
       count(*) FILTER (WHERE kind = 'postal_proxy')
FROM campaigns_absentvote
WHERE organisation_id = %(organisation)s AND absent_list_id = %(list)s
"""
UNKNOWN = """
SELECT count(*) FROM staged_absent AS staged
WHERE NOT EXISTS (
    SELECT FROM campaigns_registerentry AS entry
    WHERE entry.organisation_id = %(organisation)s AND entry.council_id = %(council)s
      AND entry.prefix = staged.prefix AND entry.number = staged.number
      AND entry.suffix = staged.suffix AND entry.until_edition_id IS NULL)
"""
CHANGED = """
DROP TABLE IF EXISTS changed_elector;
CREATE TEMP TABLE changed_elector AS
SELECT DISTINCT elector_id FROM campaigns_absentvote
WHERE organisation_id = %(organisation)s AND absent_list_id = ANY(%(lists)s);
ANALYZE changed_elector;
"""


class AbsentListRefused(Refusal):
    """This list may not be put in force now."""


@dataclass(frozen=True)
class AbsentVotersRead:
    """`unknown`: lines whose number nobody on the register has, or that has none."""

    lines: int
    postal: int
    proxy: int
    postal_proxy: int
    unknown: int


def replace_list(
    *,
    file_name: str,
    sha256: str,
    lines: int,
    campaign: Campaign,
    council: Council,
    dated_on: date | None,
    by: "Actor",
    at: datetime,
) -> AbsentVotersRead:
    """From `staged_absent`, in the caller's transaction; the list before is replaced.

    Refused: a council the campaign does not fight in, loaded before and in force, older
    than the list in force, nobody found.
    """
    if not campaign.councils.contains(council):
        raise AbsentListRefused(
            "other_council", f"{campaign} is not fought in {council}."
        )
    lock_council(organisation=campaign.organisation, council=council)
    dated = dated_on or at.astimezone(UK).date()
    before = AbsentVoterList.objects.filter(
        campaign=campaign, council=council, replaced_at__isnull=True
    ).first()
    if before and before.file_sha256 == sha256:
        raise AbsentListRefused("loaded_before", "This list is the one in force.")
    if before and dated_on and dated_on < before.dated_on:
        raise AbsentListRefused(
            "older",
            "This list is older than the one in force, "
            f"of {before.dated_on:%-d %B %Y}.",
        )
    if before:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    new = AbsentVoterList(
        organisation=campaign.organisation,
        campaign=campaign,
        council=council,
        dated_on=dated,
        file_name=file_name[:255],
        file_sha256=sha256,
        loaded_at=at,
    )
    new.recorded_by(by)
    new.save(force_insert=True)
    read = _write_votes(new, before, lines)
    new.counts = vars(read)
    new.save(update_fields=["counts"])
    audit.record(
        "absent_voters.imported",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=new,
        **vars(read),
    )
    return read


def _write_votes(
    new: AbsentVoterList, before: AbsentVoterList | None, lines: int
) -> AbsentVotersRead:
    keys: dict[str, Any] = {
        "organisation": new.organisation_id,
        "council": new.council_id,
        "list": new.pk,
        "lists": [new.pk, before.pk] if before else [new.pk],
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM staged_absent")
        unread = lines - cursor.fetchone()[0]
        cursor.execute(UNKNOWN, keys)
        unknown = cursor.fetchone()[0] + unread
        if lines and unknown == lines:
            raise AbsentListRefused(
                "nobody", f"None of these numbers is on the register of {new.council}."
            )
        cursor.execute(VOTES, keys)
        cursor.execute(COUNTS, keys)
        postal, proxy, postal_proxy = cursor.fetchone()
        cursor.execute(CHANGED, keys)
    for hook in registry.electors_changed:
        hook(organisation_id=new.organisation_id, table="changed_elector")
    return AbsentVotersRead(lines, postal, proxy, postal_proxy, unknown)
