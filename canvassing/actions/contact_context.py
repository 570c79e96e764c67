"""What the verdicts on a batch of contacts rest on, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import BigIntegerField

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.planned import planned_cursor
from campaigns.roles import Capability
from canvassing.models import OpinionConsent
from canvassing.reports.codes import codes_of
from canvassing.reports.scripts import script_rules
from canvassing.rules.contacts import ContactContext, ContactItem, ElectorFacts, Ours
from canvassing.rules.opinions import needs_consent

BIGGEST_ID = BigIntegerField.MAX_BIGINT

# Whoever was merged into another is found under the older id.
ELECTORS = """
SELECT wanted.given, s.elector_id, s.ward_id, s.is_current, s.is_anonymous,
       s.address_id, EXISTS (
           SELECT FROM canvassing_viewsobjection o
           WHERE o.organisation_id = %(organisation)s AND o.elector_id = s.elector_id
             AND o.lifted_at IS NULL)
FROM (
    SELECT e.id AS given, coalesce(e.merged_into_id, e.id) AS elector_id
    FROM campaigns_elector e
    WHERE e.organisation_id = %(organisation)s AND e.id = ANY(%(electors)s::bigint[])
) wanted
JOIN canvassing_electorstanding s ON s.organisation_id = %(organisation)s
     AND s.campaign_id = %(campaign)s AND s.elector_id = wanted.elector_id
ORDER BY s.elector_id
"""
# The rows that may change, in the order of their electors.
LOCKED = "FOR NO KEY UPDATE OF s"
ORIGINALS = """
SELECT c.uuid, CASE WHEN c.campaign_id = %(campaign)s THEN c.elector_id END
FROM canvassing_contact c
WHERE c.organisation_id = %(organisation)s AND c.uuid = ANY(%(uuids)s::uuid[])
"""

OURS = """
SELECT ARRAY(SELECT id FROM canvassing_canvasssession
             WHERE campaign_id = %(campaign)s::bigint
               AND id = ANY(%(sessions)s::bigint[])),
       ARRAY(SELECT id FROM volunteers_volunteer
             WHERE organisation_id = %(organisation)s::bigint
               AND id = ANY(%(volunteers)s::bigint[]))
"""


def context_of(
    items: Sequence[ContactItem],
    *,
    by: Actor,
    campaign: Campaign,
    ours: Ours | None = None,
    lock: bool = True,
) -> ContactContext:
    """Gather it, with the standing of every elector concerned locked where they may
    change; `ours` is looked up unless the caller knows."""
    corrected = _electors_of_originals(items, campaign)
    ids = {item.elector_id for item in items} | set(filter(None, corrected.values()))
    electors = electors_of(sorted(ids), campaign, lock=lock)
    return ContactContext(
        codes=codes_of(campaign),
        electors=electors,
        originals={
            uuid: electors.get(elector_id) if elector_id else None
            for uuid, elector_id in corrected.items()
        },
        reach=by.ward_ids(Capability.RECORD_CONTACTS, campaign=campaign),
        asks_second_preference=campaign.asks_second_preference,
        ours=ours or _ours_among(items, campaign),
        doors=by.address_ids(Capability.RECORD_CONTACTS, campaign=campaign),
        scripts=script_rules(
            campaign, {item.script_id for item in items if item.script_id}
        ),
        consented=_consented(electors, campaign),
    )


def _consented(
    electors: Mapping[int, ElectorFacts], campaign: Campaign
) -> set[int] | None:
    """Who has agreed that we keep what they think; None where a party keeps it."""
    if not needs_consent(campaign.organisation.controller_kind):
        return None
    standing = OpinionConsent.objects.of(campaign.organisation_id).filter(
        elector__in={facts.elector_id for facts in electors.values()},
        withdrawn_at=None,
    )
    return set(standing.values_list("elector_id", flat=True))


def _electors_of_originals(
    items: Sequence[ContactItem], campaign: Campaign
) -> dict[UUID, int | None]:
    uuids = [item.corrects for item in items if item.corrects]
    if not uuids:
        return {}
    with planned_cursor() as cursor:
        cursor.execute(
            ORIGINALS,
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                "uuids": uuids,
            },
        )
        return dict(cursor.fetchall())


def electors_of(
    ids: list[int], campaign: Campaign, *, lock: bool
) -> dict[int, ElectorFacts]:
    """By the id given."""
    with planned_cursor() as cursor:
        cursor.execute(
            ELECTORS + (LOCKED if lock else ""),
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                "electors": _possible(ids),
            },
        )
        return {given: ElectorFacts(*facts) for given, *facts in cursor.fetchall()}


def _ours_among(items: Sequence[ContactItem], campaign: Campaign) -> Ours:
    """Those of us whom the items name."""
    sessions = {item.session_id for item in items if item.session_id}
    volunteers = {item.spoke_id for item in items if item.spoke_id}
    if not sessions and not volunteers:
        return Ours()
    with planned_cursor() as cursor:
        cursor.execute(
            OURS,
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                "sessions": _possible(sessions),
                "volunteers": _possible(volunteers),
            },
        )
        of_session, of_volunteer = cursor.fetchone()
    return Ours(set(of_session), set(of_volunteer))


def _possible(ids: Iterable[int]) -> str:
    """As an array; a number that no id can be is nobody's."""
    return f"{{{','.join(str(n) for n in ids if abs(n) <= BIGGEST_ID)}}}"
