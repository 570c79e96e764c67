"""Prints at the committee room: their sides counted, their cost proposed once."""

from datetime import datetime

from campaigns.access import Actor
from campaigns.actions.printing import propose_printing
from campaigns.clock import day_of
from campaigns.models import Campaign, Expense, Job
from campaigns.reports.expense_table import PRINTING
from canvassing.models import CanvassRound


def finish_prints(job_id: int) -> dict[str, object]:
    """Called once all files of a job are made: propose what printing them costs, as of
    when they were asked for.

    `sides` are those of all its parts, `proposed` the pounds, where a price is set.
    Nothing at all where no file of the job is for paper.
    """
    job = Job.objects.get(pk=job_id)
    results = job.parts.values_list("result", flat=True)
    sides = sum(result.get("sides", 0) for result in results)
    if not sides:
        return {}
    proposed = propose_printing(
        campaign=Campaign.objects.get(job=job),
        what=job.title,
        sides=sides,
        source=f"{PRINTING}job:{job.pk}",
        by=Actor(job.by_kind, job.by_id, job.by_label),
        at=job.asked_at,
    )
    return {"sides": sides} | ({"proposed": str(proposed.amount)} if proposed else {})


def propose_card(
    round_: CanvassRound, *, sides: int, by: Actor, at: datetime
) -> Expense | None:
    """What printing the card of one round costs, once a day: whoever takes the file
    again prints it again only on another day."""
    return propose_printing(
        campaign=round_.campaign,
        what=f"Canvass card: {round_.name}",
        sides=sides,
        source=f"{PRINTING}round:{round_.pk}:{day_of(at)}",
        by=by,
        at=at,
    )
