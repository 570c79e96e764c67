"""Get-out-the-vote lists: asked for, made some wards at a time, and frozen."""

import math
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from campaigns.access import Actor, wards_for
from campaigns.actions import audit, jobs
from campaigns.actions.exports import ExportRefused, reason_given
from campaigns.actions.job_parts import still_mine
from campaigns.actions.supply import refuse_locked_copies
from campaigns.clock import day_of
from campaigns.models import Campaign, JobPart, Ward
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.models import Channel, GotvEntry, GotvList, GotvListWard
from canvassing.reports.gotv_selection import ORDER, Selection, selection
from canvassing.rules.gotv import FORMATS, GotvRule, Reason, rule_from_json

JOB_KIND: Final = "gotv_list"
LISTED: Final = -1  # beside the places of the reasons
# The claim, commit and end of a part cost as much as a ward: where wards are many, a
# part is several of them, whose codes are its key.
PARTS: Final = 32  # enough that no worker waits long for another's last
MOST_WARDS: Final = 6
COUNTED: Final = ("electors", "listed", "households", "excluded", "built_at")


class GotvListRefused(Refusal):
    """A list that cannot be made as asked."""


# Whoever is listed is filed in final order, straight from an index; the others are only
# counted, in one pass. Both read the same conditions in the same snapshot.
BUILD = """
WITH filed AS (
    INSERT INTO canvassing_gotventry
        (organisation_id, gotv_list_id, ward_id, elector_id, address_id, position)
    SELECT %(organisation)s, %(list)s, s.ward_id, s.elector_id, s.address_id,
           row_number() OVER (PARTITION BY s.ward_id
               ORDER BY s.polling_district_id, s.walk_position, s.elector_id)
    FROM canvassing_electorstanding s
    WHERE {of_wards} AND {listed}
    RETURNING ward_id, address_id
)
SELECT ward_id, %(listed)s, count(*), count(DISTINCT address_id)
FROM filed GROUP BY ward_id
UNION ALL
SELECT ward_id, reason, count(*), 0 FROM (
    SELECT s.ward_id, {first_reason} AS reason
    FROM canvassing_electorstanding s WHERE {of_wards} AND s.is_current
) AS judged WHERE reason IS NOT NULL GROUP BY ward_id, reason
UNION ALL
SELECT s.ward_id, %(ended)s, count(*), 0
FROM canvassing_electorstanding s
JOIN campaigns_elector e ON e.id = s.elector_id
WHERE {of_wards} AND NOT s.is_current AND e.merged_into_id IS NULL
GROUP BY s.ward_id
"""


def make_gotv_list(
    *,
    campaign: Campaign,
    name: str,
    rule: GotvRule,
    reason: str,
    wards: Sequence[Ward] | None = None,
    channel: str = Channel.DOOR,
    file_formats: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> GotvList:
    """Start making a list of these wards, or of all that the actor reaches.

    With `file_formats` each ward's files come with it, for the same reason. Refused: no
    reason, wards that the actor does not reach, a rule that names a code or a candidate
    that the campaign does not have; files, where the actor may not export; a register
    copy that is locked.
    """
    refuse_locked_copies(campaign, on=day_of(at))
    selection(campaign, rule=rule, channel=channel)
    refuse_unknown_formats(file_formats)
    chosen = reachable_wards(campaign, wards, by=by)
    if file_formats:
        reachable_wards(campaign, chosen, by=by, capability=Capability.EXPORT_ELECTORS)
    with transaction.atomic():
        gotv_list = GotvList(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            name=name.strip() or f"{Channel(channel).label} list",
            channel=channel,
            rule=rule.as_json(),
            reason=reason_given(reason),
            code=secrets.token_hex(5).upper(),
            asked_at=at,
        )
        gotv_list.recorded_by(by)
        gotv_list.save(force_insert=True)
        GotvListWard.objects.bulk_create(
            GotvListWard(
                organisation_id=campaign.organisation_id, gotv_list=gotv_list, ward=ward
            )
            for ward in chosen
        )
        _start_job(gotv_list, chosen, file_formats, by=by, at=at)
    return gotv_list


def refuse_unknown_formats(formats: Sequence[str]) -> None:
    for name in formats:
        if name not in FORMATS:
            raise ExportRefused("format", f"Choose one of {', '.join(FORMATS)}.")


def _start_job(
    gotv_list: GotvList,
    wards: Sequence[Ward],
    file_formats: Sequence[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    gotv_list.job = jobs.start_job(
        JOB_KIND,
        title=f"List: {gotv_list.name}",
        organisation=gotv_list.organisation,
        campaign=gotv_list.campaign,
        parts=_shared_out(wards),
        parameters={
            "list": gotv_list.pk,
            "formats": list(file_formats),
            "reason": gotv_list.reason,
        },
        by=by,
        at=at,
    )
    gotv_list.save(update_fields=["job"])
    audit.record(
        "gotv_list.made",
        by=by,
        at=at,
        organisation_id=gotv_list.organisation_id,
        campaign_id=gotv_list.campaign_id,
        target=gotv_list,
        rule=gotv_list.rule,
        wards=len(wards),
        reason=gotv_list.reason,
    )


def _shared_out(wards: Sequence[Ward]) -> list[str]:
    """The keys of the parts: the codes of one ward, or of some neighbours."""
    size = min(MOST_WARDS, math.ceil(len(wards) / PARTS))
    codes = [ward.gss for ward in wards]
    return [" ".join(codes[at : at + size]) for at in range(0, len(codes), size)]


def reachable_wards(
    campaign: Campaign,
    wards: Sequence[Ward] | None,
    *,
    by: Actor,
    capability: Capability = Capability.MAKE_LISTS,
) -> list[Ward]:
    """These wards, or all that the actor reaches, in the order of their codes.

    Refused: none at all, or one that the actor does not reach.
    """
    reach = list(wards_for(by, capability, campaign=campaign).order_by("gss"))
    if wards is not None:
        if beyond := sorted({ward.gss for ward in wards} - {w.gss for w in reach}):
            raise GotvListRefused(
                "ward", f"Ward {beyond[0]} is not one of yours in this campaign."
            )
        wanted = {ward.pk for ward in wards}
        reach = [ward for ward in reach if ward.pk in wanted]
    if not reach:
        raise GotvListRefused("no_wards", "Choose at least one ward.")
    return reach


def build_wards(part: JobPart, rows: Sequence[GotvListWard], *, at: datetime) -> None:
    """Make these wards of a list, in place of what an earlier attempt made of them.

    Counts go into each row: `excluded` is by first reason.
    """
    gotv_list = rows[0].gotv_list
    rule = rule_from_json(gotv_list.rule)
    chosen = selection(gotv_list.campaign, rule=rule, channel=gotv_list.channel)
    ward_ids = [row.ward_id for row in rows]
    with transaction.atomic(savepoint=False):
        still_mine(part)
        GotvEntry.objects.filter(
            organisation=gotv_list.organisation_id,
            gotv_list=gotv_list,
            ward__in=ward_ids,
        ).delete()
        found = _file_entries(gotv_list, ward_ids, chosen)
        for row in rows:
            row.listed, row.households = found[row.ward_id].pop(LISTED, (0, 0))
            row.excluded = {
                ORDER[place].value: count
                for place, (count, _) in sorted(found[row.ward_id].items())
            }
            row.electors = row.listed + sum(row.excluded.values())
            row.built_at = at
        GotvListWard.objects.bulk_update(rows, COUNTED)


def _file_entries(
    gotv_list: GotvList, ward_ids: Sequence[int], chosen: Selection
) -> dict[int, dict[int, tuple[int, int]]]:
    """By ward and place (`LISTED` or a reason's): how many electors, how many homes."""
    of_wards, parameters = chosen.of_wards(ward_ids)
    query = BUILD.format(
        of_wards=of_wards, listed=chosen.listed, first_reason=chosen.first_reason
    )
    places = {"listed": LISTED, "ended": ORDER.index(Reason.ENDED)}
    found: dict[int, dict[int, tuple[int, int]]] = {ward: {} for ward in ward_ids}
    with connection.cursor() as cursor:
        cursor.execute(query, {**parameters, **places, "list": gotv_list.pk})
        for ward, place, count, homes in cursor.fetchall():
            found[ward][place] = count, homes
    return found


def freeze(job_id: int, *, at: datetime) -> dict[str, object]:
    """Called once all wards are made: the list is ready and changes no more."""
    gotv_list = GotvList.objects.get(job_id=job_id)
    GotvList.objects.filter(pk=gotv_list.pk).update(frozen_at=at)
    return {"list": gotv_list.pk}
