"""Letter runs: written, their expense proposed to the agent, and printed only then."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from campaigns.access import Actor
from campaigns.actions import audit, jobs
from campaigns.actions.expenses import propose_expense
from campaigns.actions.exports import reason_given
from campaigns.actions.supply import refuse_locked_copies
from campaigns.clock import UK, day_of
from campaigns.models import ExpenseCategory, ExpenseState, Job, Ward
from campaigns.reports.imprints import ordered_imprint
from campaigns.roles import Capability
from canvassing.actions.exports import may_export
from canvassing.models import GotvList, LetterRun, ListState, Wording
from canvassing.reports.list_letters import count_letters
from canvassing.rules.letters import (
    LetterRefused,
    checked_body,
    checked_price,
    cost,
)

LETTER_FILES: Final = "letter_files"


def propose_letter_run(
    *,
    gotv_list: GotvList,
    name: str,
    wording: str,
    body: str,
    one_per_household: bool = True,
    supplier: str,
    supplier_address: str = "",
    price_per_copy: Decimal,
    used_from: date,
    used_until: date,
    by: Actor,
    at: datetime,
) -> LetterRun:
    """Write letters to a list, and propose copies × price to the agent.

    `used_from` and `used_until` are the first and last day on which they are delivered.
    The supplier is named as the printer in the imprint, with their address.
    Refused: a list that is not ready, an imprint that is not complete, a text with a
    field that does not exist, nobody to write to, no right to propose expenses.
    """
    campaign = gotv_list.campaign
    _refuse_unready(gotv_list, by)
    if wording not in Wording:
        raise LetterRefused("wording", f"Choose one of {', '.join(Wording.values)}.")
    run = LetterRun(
        organisation_id=campaign.organisation_id,
        gotv_list=gotv_list,
        name=name.strip() or f"Letters: {gotv_list.name}",
        wording=wording,
        body=checked_body(body),
        one_per_household=one_per_household,
        imprint=ordered_imprint(campaign, supplier=supplier, address=supplier_address),
        price_per_copy=checked_price(price_per_copy),
        created_at=at,
    )
    run.copies = _letters_now(run, wards_of(gotv_list))
    if not run.copies:
        raise LetterRefused("nobody", "Nobody on this list can be sent such a letter.")
    run.recorded_by(by)
    with transaction.atomic():
        run.save(force_insert=True)
        run.expense = propose_expense(
            campaign=campaign,
            description=f"{run.name}: {run.copies:,} letters",
            supplier=supplier,
            supplier_address=supplier_address,
            category=ExpenseCategory.UNSOLICITED,
            amount=cost(run.copies, run.price_per_copy),
            incurred_on=at.astimezone(UK).date(),
            used_from=used_from,
            used_until=used_until,
            source=f"letter_run:{run.pk}",
            by=by,
            at=at,
        )
        run.save(update_fields=["expense"])
        _record("letter_run.proposed", run, by=by, at=at, copies=run.copies)
    return run


def print_letters(*, run: LetterRun, reason: str, by: Actor, at: datetime) -> Job:
    """Start making the letters and the mailing house's table, one of each per ward.

    Refused until the agent has committed the expense; without a reason; in a ward where
    the actor may not export; and where there are more letters now than were agreed.
    """
    reason = reason_given(reason)
    if run.expense is None or run.expense.state != ExpenseState.COMMITTED:
        raise LetterRefused(
            "expense_not_committed",
            "The agent has not committed the expense of these letters.",
        )
    refuse_locked_copies(run.gotv_list.campaign, on=day_of(at))
    wards = may_export(run.gotv_list.campaign, list(wards_of(run.gotv_list)), by=by)
    now = _letters_now(run, wards)
    if now > run.copies:
        raise LetterRefused(
            "more_letters",
            f"There are {now:,} letters now, but {run.copies:,} were agreed.",
        )
    run.imprint = ordered_imprint(
        run.gotv_list.campaign,
        supplier=run.expense.supplier,
        address=run.expense.supplier_address,
    )
    with transaction.atomic():
        run.job = jobs.start_job(
            LETTER_FILES,
            title=run.name,
            organisation=run.organisation,
            campaign=run.gotv_list.campaign,
            parts=[ward.gss for ward in wards],
            parameters={"run": run.pk, "reason": reason},
            by=by,
            at=at,
        )
        run.save(update_fields=["job", "imprint"])
        _record("letter_run.printed", run, by=by, at=at, letters=now, reason=reason)
    return run.job


def finish_printing(job_id: int, *, at: datetime) -> dict[str, object]:
    """Called once the letters of every ward are made."""
    LetterRun.objects.filter(job_id=job_id).update(printed_at=at)
    return {}


def wards_of(gotv_list: GotvList) -> QuerySet[Ward]:
    return Ward.objects.filter(gotvlistward__gotv_list=gotv_list).order_by("gss")


def _letters_now(run: LetterRun, wards: Iterable[Ward]) -> int:
    return count_letters(
        run.gotv_list,
        [ward.pk for ward in wards],
        wording=run.wording,
        one_per_household=run.one_per_household,
    )


def _refuse_unready(gotv_list: GotvList, by: Actor) -> None:
    if gotv_list.state != ListState.READY:
        raise LetterRefused("list_not_ready", "This list is not ready yet.")
    if not by.can(
        Capability.PROPOSE_EXPENSE,
        organisation_id=gotv_list.organisation_id,
        campaign_id=gotv_list.campaign_id,
    ):
        raise LetterRefused(
            "may_not_propose", "Letters cost money: an organiser proposes them."
        )


def _record(
    verb: str, run: LetterRun, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=run.organisation_id,
        campaign_id=run.gotv_list.campaign_id,
        target=run,
        **data,
    )
