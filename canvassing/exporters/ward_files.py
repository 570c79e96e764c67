"""One ward's file of a job: made, kept, and written into the ledger in one motion."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.text import slugify

from campaigns.access import Actor
from campaigns.actions import jobs
from campaigns.actions.exports import record_export
from campaigns.actions.files import store_file
from campaigns.exporters.base import moment, watermark
from campaigns.models import Campaign, JobPart, PollingDistrict, Ward
from campaigns.roles import Capability
from canvassing.exporters.canvass_cards import (
    boxes_of,
    legend_of,
    write_canvass_cards,
)
from canvassing.exporters.gotv_tables import write_list_csv, write_list_xlsx
from canvassing.exporters.paper import Heading
from canvassing.exporters.walk_sheets import BOXES, write_walk_sheets
from canvassing.models import GotvList, IntentionCode
from canvassing.reports.list_electors import electors, of_list, of_ward
from canvassing.rules.gotv import rule_from_json
from canvassing.rules.gotv_sentences import sentence

Write = Callable[[IO[bytes]], int]


def issue(
    part: JobPart, *, ward: Ward, name: str, what: str, write: Write, at: datetime
) -> dict[str, object]:
    """Have `write` make the file (it returns how many electors it shows), then keep it
    and record it in one transaction, unless another worker has taken the part over."""
    job = part.job
    with tempfile.TemporaryFile() as out:
        shown = write(out)
        with transaction.atomic():
            jobs.still_mine(part)
            file = store_file(
                out,
                name=name,
                kind=job.kind,
                capability=Capability.EXPORT_ELECTORS,
                organisation=job.organisation,
                campaign=job.campaign,
                ward=ward,
                job=job,
                at=at,
            )
            record_export(
                what=what,
                reason=job.parameters["reason"],
                electors=shown,
                file_name=file.name,
                organisation=job.organisation,
                campaign=job.campaign,
                by=who_asked(part),
                at=at,
            )
    return {"file": file.pk, "electors": shown}


def who_asked(part: JobPart) -> Actor:
    """For the ledger; the right to export was checked when the job was asked for."""
    return Actor(part.job.by_kind, part.job.by_id, part.job.by_label)


def make_list_file(part: JobPart, *, at: datetime) -> dict[str, object]:
    """One ward of a list in the format asked for: who is still open at this moment."""
    file_format, reason = part.job.parameters["format"], part.job.parameters["reason"]
    gotv_list = GotvList.objects.select_related("campaign").get(
        pk=part.job.parameters["list"]
    )
    ward = Ward.objects.get(gss=part.key)
    source = of_list(gotv_list, [ward.pk])
    mark = watermark(by=who_asked(part), at=at, reason=reason)

    def write(out: IO[bytes]) -> int:
        if file_format == "csv":
            return write_list_csv(out, source, mark=mark)
        if file_format == "xlsx":
            return write_list_xlsx(out, source, sheet=ward.name, mark=mark)
        heading = _walk_sheet_heading(gotv_list, ward, part, at)
        return write_walk_sheets(out, electors(source), heading)

    suffix = "pdf" if file_format == "walk_sheets" else file_format
    name = file_name(f"{gotv_list.name} {ward.gss} {ward.name}", suffix)
    what = f"{file_format} of list {gotv_list.pk}, {ward.name}"
    return issue(part, ward=ward, name=name, what=what, write=write, at=at)


def make_canvass_cards(part: JobPart, *, at: datetime) -> dict[str, object]:
    """Blank cards of the part's ward, or of the job's polling district in it."""
    campaign = Campaign.objects.get(pk=part.job.campaign_id)
    ward = Ward.objects.get(gss=part.key)
    district = PollingDistrict.objects.filter(
        pk=part.job.parameters["district"], ward=ward
    ).first()
    codes = list(
        IntentionCode.objects.filter(
            campaign=campaign, retired_at__isnull=True
        ).order_by("position", "code")
    )
    area = f"{ward.name} {district.code}" if district else ward.name
    heading = Heading(
        title=f"Canvass card: {area}",
        subtitle=legend_of(codes),
        code="",
        printed=_printed(part, at),
        boxes=boxes_of(codes, campaign.pledge_word),
    )
    source = of_ward(campaign, ward, district=district)
    return issue(
        part,
        ward=ward,
        name=file_name(f"canvass card {area}", "pdf"),
        what=f"canvass cards, {area}",
        write=lambda out: write_canvass_cards(out, electors(source), heading),
        at=at,
    )


def _walk_sheet_heading(
    gotv_list: GotvList, ward: Ward, part: JobPart, at: datetime
) -> Heading:
    rule = sentence(
        rule_from_json(gotv_list.rule), pledge_word=gotv_list.campaign.pledge_word
    )
    return Heading(
        title=f"{ward.name}: {gotv_list.name}",
        subtitle=f"{rule} Still open on {moment(at)}.",
        code=gotv_list.code,
        printed=_printed(part, at),
        boxes=BOXES,
    )


def _printed(part: JobPart, at: datetime) -> str:
    reason = part.job.parameters["reason"]
    return f"Printed by {part.job.by_label} on {moment(at)}, for: {reason}"


def file_name(text: str, suffix: str) -> str:
    """`Evening round E05001 Bilston` -> `evening-round-e05001-bilston.csv`."""
    return f"{slugify(text)[:100]}.{suffix}"
