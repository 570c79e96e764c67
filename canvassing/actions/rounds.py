"""Cut wards into rounds: one at a time, or many in a job."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from campaigns.access import Actor, wards_for
from campaigns.actions import audit, jobs
from campaigns.actions.job_parts import finish_part
from campaigns.actions.supply import refuse_locked_copies
from campaigns.clock import day_of
from campaigns.models import Campaign, Job, JobPart, Ward
from campaigns.roles import Capability
from canvassing.models import (
    CanvassRound,
    LocalRound,
    RoundDoor,
    RoundIssue,
    WhomToSee,
)
from canvassing.reports.round_doors import (
    doors_to_cut,
    local_stretches,
    street_keys,
)
from canvassing.rules.local_rounds import by_local_round
from canvassing.rules.round_names import name_local_round, name_rounds
from canvassing.rules.rounds import SIZES, USUAL_SIZE, Door, RoundsRefused, cut

JOB_KIND: Final = "cut_rounds"
ADD_DOORS: Final = """
INSERT INTO canvassing_rounddoor
    (organisation_id, campaign_id, round_id, address_id, position, is_live)
SELECT %(organisation)s, %(campaign)s, door.*, true
FROM unnest(%(rounds)s::bigint[], %(addresses)s::bigint[], %(positions)s::smallint[])
     AS door
-- Cut into a round of another ward at this moment.
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """What came of cutting a ward: new rounds and their doors, how many of the rounds
    are a local party's own, and how many rounds that were out stayed as they were."""

    rounds: int
    doors: int
    local: int
    kept: int


@dataclass(frozen=True, slots=True)
class NewRound:
    """The doors of a round to be made, in walking order."""

    name: str
    doors: Sequence[Door]
    local_round: int | None = None


def cut_rounds(
    *,
    campaign: Campaign,
    ward: Ward,
    size: int = USUAL_SIZE,
    whom_to_see: str = WhomToSee.ALL,
    by: Actor,
    at: datetime,
) -> Cut:
    """Cut a ward into rounds of about `size` households, in place of those not out.

    A round that is out keeps its doors; one that was ever out or printed is retired,
    and any other is gone. A local party's own rounds come first, whatever their size.
    Doors at which nobody is to be seen, or nobody may call, are left out. Refused: a
    ward out of reach, a closed campaign, a locked register copy, a size outside
    `SIZES`, and a ward with nobody to see. Audit verb: `rounds.cut`.
    """
    refuse_cutting(campaign, size=size, at=at)
    if not may_cut(campaign, by=by).filter(pk=ward.pk).exists():
        raise RoundsRefused("ward", f"{ward} is not one of your wards here.")
    with transaction.atomic():
        made = _cut(campaign, ward, size=size, whom_to_see=whom_to_see, by=by, at=at)
        if not made.rounds:
            raise RoundsRefused(
                "nobody",
                f"Nobody in {ward} is left to see under"
                f" “{WhomToSee(whom_to_see).label}”.",
            )
    return made


def cut_campaign(
    *,
    campaign: Campaign,
    wards: Collection[Ward] = (),
    size: int = USUAL_SIZE,
    whom_to_see: str = WhomToSee.ALL,
    by: Actor,
    at: datetime,
) -> Job:
    """Start cutting these wards or, where none is said, every one in the actor's reach,
    a part for each.

    Refused as `cut_rounds`; a ward with nobody to see gets no rounds.
    """
    refuse_cutting(campaign, size=size, at=at)
    reach = dict(may_cut(campaign, by=by).order_by("gss").values_list("pk", "gss"))
    if not reach:
        raise RoundsRefused("ward", "No ward of this campaign is yours to cut.")
    if beyond := [ward for ward in wards if ward.pk not in reach]:
        raise RoundsRefused("ward", f"{beyond[0]} is not one of your wards here.")
    chosen = {ward.pk for ward in wards} or set(reach)
    return jobs.start_job(
        JOB_KIND,
        title=f"Rounds: {WhomToSee(whom_to_see).label.lower()}",
        organisation=campaign.organisation,
        campaign=campaign,
        parts=[gss for pk, gss in reach.items() if pk in chosen],
        parameters={"size": size, "whom_to_see": whom_to_see},
        by=by,
        at=at,
    )


def cut_part(part: JobPart, *, at: datetime) -> dict[str, object]:
    """Cut one ward of a job, and end its part with it."""
    job = part.job
    if job.campaign is None:
        raise LookupError(f"Job {job.pk} is of no campaign.")
    with transaction.atomic(savepoint=False):
        made = _cut(
            job.campaign,
            Ward.objects.get(gss=part.key),
            size=job.parameters["size"],
            whom_to_see=job.parameters["whom_to_see"],
            by=Actor(job.by_kind, job.by_id, job.by_label),
            at=at,
        )
        finish_part(part, asdict(made))
    return asdict(made)


def may_cut(campaign: Campaign, *, by: Actor) -> QuerySet[Ward]:
    return wards_for(by, Capability.MAKE_LISTS, campaign=campaign)


def refuse_cutting(campaign: Campaign, *, size: int, at: datetime) -> None:
    if campaign.closed_at:
        raise RoundsRefused("campaign_closed", f"{campaign.name} is closed.")
    if size not in SIZES:
        raise RoundsRefused(
            "size", f"A round has {SIZES.start} to {SIZES.stop - 1} households."
        )
    refuse_locked_copies(campaign, on=day_of(at))


def _cut(
    campaign: Campaign,
    ward: Ward,
    *,
    size: int,
    whom_to_see: str,
    by: Actor,
    at: datetime,
) -> Cut:
    kept = _clear(campaign, ward, at=at)
    doors = doors_to_cut(campaign, ward, whom_to_see=whom_to_see)
    new = _planned(campaign, ward, doors, size=size, taken=kept)
    rounds = CanvassRound.objects.bulk_create(
        CanvassRound(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            ward=ward,
            name=one.name,
            whom_to_see=whom_to_see,
            local_round_id=one.local_round,
            doors=len(one.doors),
            made_at=at,
        )
        for one in new
    )
    _add_doors(campaign, [round_.pk for round_ in rounds], [one.doors for one in new])
    local = sum(one.local_round is not None for one in new)
    made = Cut(rounds=len(new), doors=len(doors), local=local, kept=len(kept))
    audit.record(
        "rounds.cut",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=ward,
        whom_to_see=whom_to_see,
        size=size,
        **asdict(made),
    )
    return made


def _clear(campaign: Campaign, ward: Ward, *, at: datetime) -> list[str]:
    """Make room for new rounds; returns the names of those that are out and stay.

    Locks the ward, that it is not cut twice at a time, and its rounds, that none is
    handed out meanwhile.
    """
    Ward.objects.select_for_update(no_key=True).only("pk").get(pk=ward.pk)
    live = CanvassRound.objects.of(campaign.organisation_id).filter(
        campaign=campaign, ward=ward, retired_at__isnull=True
    )
    list(live.select_for_update().order_by("pk").values_list("pk"))
    issues = RoundIssue.objects.filter(round=OuterRef("pk"))
    is_out = Exists(issues.filter(closed_at__isnull=True))
    is_known = Exists(issues)
    rows = live.annotate(is_out=is_out, is_known=is_known).values_list(
        "pk", "name", "is_out", "is_known", "printed_at"
    )
    gone, retired, kept = [], [], []
    for pk, name, out, known, printed_at in rows:
        if out:
            kept.append(name)
        elif known or printed_at:
            retired.append(pk)
        else:
            gone.append(pk)
    doors = RoundDoor.objects.of(campaign.organisation_id)
    CanvassRound.objects.filter(pk__in=retired).update(retired_at=at)
    doors.filter(round__in=retired).update(is_live=False)
    doors.filter(round__in=gone).delete()
    CanvassRound.objects.filter(pk__in=gone).delete()
    return kept


def _planned(
    campaign: Campaign,
    ward: Ward,
    doors: list[Door],
    *,
    size: int,
    taken: list[str],
) -> list[NewRound]:
    """The local parties' own rounds, and what is left in rounds of that size."""
    stretches = local_stretches(campaign, ward)
    keys = street_keys(campaign, ward, {one.street_key for one in stretches})
    own, rest = by_local_round(doors, stretches, street_keys=keys)
    names = LocalRound.objects.in_bulk(list(own))
    new: list[NewRound] = []
    for pk, its_doors in own.items():
        used = [*taken, *(one.name for one in new)]
        name = name_local_round(names[pk].name, taken=used)
        new.append(NewRound(name, its_doors, pk))
    pieces = cut(rest, size=size)
    used = [*taken, *(one.name for one in new)]
    words = name_rounds(ward.name, pieces, taken=used)
    return new + [NewRound(*one) for one in zip(words, pieces, strict=True)]


def _add_doors(
    campaign: Campaign, rounds: Sequence[int], doors: Sequence[Sequence[Door]]
) -> None:
    rows = [
        (pk, door.address_id, at)
        for pk, its_doors in zip(rounds, doors, strict=True)
        for at, door in enumerate(its_doors, start=1)
    ]
    if not rows:
        return
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            ADD_DOORS,
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                **dict(zip(("rounds", "addresses", "positions"), columns, strict=True)),
            },
        )
