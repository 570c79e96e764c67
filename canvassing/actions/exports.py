"""Asking for files of electors: who may, why, and the job that makes them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import jobs
from campaigns.actions.exports import ExportRefused, reason_given
from campaigns.actions.supply import refuse_locked_copies
from campaigns.clock import day_of
from campaigns.models import Campaign, Job, PollingDistrict, Ward
from campaigns.roles import Capability
from canvassing.actions.gotv_lists import reachable_wards, refuse_unknown_formats
from canvassing.models import CanvassRound, GotvList, ListState
from canvassing.reports.answers_table import scripts_asked
from canvassing.rules.gotv import FORMATS

LIST_FILES: Final = "gotv_files"
CANVASS_CARDS: Final = "canvass_cards"
ROUND_CARDS: Final = "round_cards"
ANSWERS: Final = "answers"
OPT_OUTS: Final = "opt_outs"
# A table, as a program or a spreadsheet reads it.
TABLE_FORMATS: Final = {name: FORMATS[name] for name in ("csv", "xlsx")}
# The part of a file that holds every ward.
WHOLE: Final = "all"


def ask_for_list_files(
    *,
    gotv_list: GotvList,
    file_format: str,
    reason: str,
    wards: Sequence[Ward] | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Start making one file for each of these wards of a list, or for all in reach.

    Each file shows who is still open when it is made. Refused: no reason, a list that
    is not ready, wards in which the actor may not export.
    """
    reason = reason_given(reason)
    refuse_locked_copies(gotv_list.campaign, on=day_of(at))
    refuse_unknown_formats([file_format])
    if gotv_list.state != ListState.READY:
        raise ExportRefused("list_not_ready", "This list is not ready yet.")
    on_list = Ward.objects.filter(gotvlistward__gotv_list=gotv_list)
    chosen = may_export(
        gotv_list.campaign, list(on_list) if wards is None else wards, by=by
    )
    with transaction.atomic():
        return jobs.start_job(
            LIST_FILES,
            title=f"{FORMATS[file_format]}: {gotv_list.name}",
            organisation=gotv_list.organisation,
            campaign=gotv_list.campaign,
            parts=[ward.gss for ward in chosen],
            parameters={
                "list": gotv_list.pk,
                "formats": [file_format],
                "reason": reason,
            },
            by=by,
            at=at,
        )


def ask_for_canvass_cards(
    *,
    campaign: Campaign,
    ward: Ward,
    reason: str,
    district: PollingDistrict | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Start making blank canvass cards of a ward, or of one polling district in it.

    Refused: no reason, a ward in which the actor may not export, a district elsewhere.
    """
    reason = reason_given(reason)
    refuse_locked_copies(campaign, on=day_of(at))
    may_export(campaign, [ward], by=by)
    if district is not None and district.ward_id != ward.pk:
        raise ExportRefused("district", f"{district} does not lie in {ward}.")
    with transaction.atomic():
        return jobs.start_job(
            CANVASS_CARDS,
            title=f"Canvass cards: {district or ward}",
            organisation=campaign.organisation,
            campaign=campaign,
            parts=[ward.gss],
            parameters={"district": district and district.pk, "reason": reason},
            by=by,
            at=at,
        )


def ask_for_round_cards(
    *,
    campaign: Campaign,
    ward: Ward,
    rounds: Sequence[CanvassRound],
    returns_link: Callable[[CanvassRound], str],
    reason: str,
    by: Actor,
    at: datetime,
) -> Job:
    """Start making the cards of these rounds of a ward as one file, in their order.

    `returns_link` is where a round's returns are typed in, for its QR code. Refused: no
    reason, no rounds, one of another ward or that was cut anew, a ward in which the
    actor may not export, a locked register copy.
    """
    reason = reason_given(reason)
    refuse_locked_copies(campaign, on=day_of(at))
    may_export(campaign, [ward], by=by)
    if not rounds:
        raise ExportRefused("no_rounds", f"{ward} has no rounds yet: cut it first.")
    if any(one.ward_id != ward.pk or one.retired_at for one in rounds):
        raise ExportRefused("retired", "Print the rounds of now: these were cut anew.")
    number = f"{len(rounds)} round{'' if len(rounds) == 1 else 's'}"
    with transaction.atomic():
        return jobs.start_job(
            ROUND_CARDS,
            title=f"Canvass cards of {number}: {ward}",
            organisation=campaign.organisation,
            campaign=campaign,
            parts=[ward.gss],
            parameters={
                "rounds": [[one.pk, returns_link(one)] for one in rounds],
                "reason": reason,
            },
            by=by,
            at=at,
        )


def ask_for_answers(
    *, campaign: Campaign, script: str = "", reason: str, by: Actor, at: datetime
) -> Job:
    """Start making the table of what was answered to a script, in all its versions, or
    to every script of the campaign where none is named.

    One file of the campaign; for whoever is held to some wards one of each. Refused: no
    reason, a script that asked nothing of its own, nowhere to export, a locked register
    copy.
    """
    reason = reason_given(reason)
    refuse_locked_copies(campaign, on=day_of(at))
    wards = reachable_wards(
        campaign, None, by=by, capability=Capability.EXPORT_ELECTORS
    )
    asked = scripts_asked(campaign)
    if script not in asked and (script or not asked):
        raise ExportRefused("script", "Nothing was asked with this script.")
    with transaction.atomic():
        return jobs.start_job(
            ANSWERS,
            title=f"Answers: {script or 'all scripts'}",
            organisation=campaign.organisation,
            campaign=campaign,
            parts=_parts(wards, campaign, by=by),
            parameters={"script": script, "reason": reason},
            by=by,
            at=at,
        )


def ask_for_opt_outs(
    *, campaign: Campaign, file_format: str, reason: str, by: Actor, at: datetime
) -> Job:
    """Start making the table of who asked not to be contacted.

    One file of the campaign; for whoever is held to some wards one of each. Refused: no
    reason, a format that is none, nowhere to export, a locked register copy.
    """
    reason = reason_given(reason)
    refuse_locked_copies(campaign, on=day_of(at))
    if file_format not in TABLE_FORMATS:
        raise ExportRefused("format", "Choose CSV or an Excel workbook.")
    wards = reachable_wards(
        campaign, None, by=by, capability=Capability.EXPORT_ELECTORS
    )
    with transaction.atomic():
        return jobs.start_job(
            OPT_OUTS,
            title="Who asked not to be contacted",
            organisation=campaign.organisation,
            campaign=campaign,
            parts=_parts(wards, campaign, by=by),
            parameters={"format": file_format, "reason": reason},
            by=by,
            at=at,
        )


def _parts(wards: Sequence[Ward], campaign: Campaign, *, by: Actor) -> list[str]:
    """One of the whole campaign, or, for whoever is held to some wards, one of each."""
    is_whole = by.ward_ids(Capability.EXPORT_ELECTORS, campaign=campaign) is None
    return [WHOLE] if is_whole else [ward.gss for ward in wards]


def may_export(campaign: Campaign, wards: Sequence[Ward], *, by: Actor) -> list[Ward]:
    """These wards; refused if the actor may not export electors of one of them."""
    return reachable_wards(
        campaign, wards, by=by, capability=Capability.EXPORT_ELECTORS
    )
