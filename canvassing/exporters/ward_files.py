"""A job's files, one for each ward: made, kept, and written into the ledger at once."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.utils.text import slugify

from campaigns.access import Actor
from campaigns.actions.exports import record_export
from campaigns.actions.files import store_file
from campaigns.actions.job_parts import commit_soon, finish_part
from campaigns.clock import day_of
from campaigns.exporters.base import moment, watermark
from campaigns.models import Campaign, JobPart, PollingDistrict, Ward
from campaigns.roles import Capability
from canvassing.actions.gotv_lists import build_wards
from canvassing.exporters.canvass_cards import (
    WISHES,
    Columns,
    legend_of,
    write_canvass_cards,
)
from canvassing.exporters.gotv_tables import write_list_csv, write_list_xlsx
from canvassing.exporters.letters import (
    Stationery,
    write_letters,
    write_mailing_table,
)
from canvassing.exporters.paper import Heading, sides_of
from canvassing.exporters.walk_sheets import BOXES, write_walk_sheets
from canvassing.models import GotvList, GotvListWard, LetterRun
from canvassing.reports.list_electors import electors, of_list, of_ward
from canvassing.reports.list_letters import letters_of
from canvassing.rules.gotv import rule_from_json
from canvassing.rules.gotv_sentences import sentence
from canvassing.rules.letters import listed


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be made: `write` fills it, and says how many electors it shows. `ward`
    is None where it holds more than one. `is_printed`: it goes on the campaign's own
    paper."""

    ward: Ward | None
    name: str
    what: str
    write: Callable[[IO[bytes]], int]
    is_printed: bool = False


def issue(
    part: JobPart, *, files: Sequence[NewFile], at: datetime
) -> dict[str, object]:
    """Make the files; then keep them and write each into the ledger, all in one
    transaction with the part's end: no file is issued, or written down, twice."""
    with ExitStack() as stack:
        outs = [stack.enter_context(TemporaryFile()) for _ in files]
        made = [
            (new, out, new.write(out)) for new, out in zip(files, outs, strict=True)
        ]
        with transaction.atomic(savepoint=False):
            result = {
                "files": [_keep(part, *one, at=at) for one in made],
                "electors": max(shown for _, _, shown in made),
                "sides": sum(sides_of(out) for new, out, _ in made if new.is_printed),
            }
            finish_part(part, result)
    return result


def _keep(part: JobPart, new: NewFile, out: IO[bytes], shown: int, at: datetime) -> int:
    job = part.job
    file = store_file(
        out,
        name=new.name,
        kind=job.kind,
        capability=Capability.EXPORT_ELECTORS,
        organisation=job.organisation,
        campaign=job.campaign,
        ward=new.ward,
        job=job,
        at=at,
    )
    record_export(
        what=new.what,
        reason=job.parameters["reason"],
        electors=shown,
        file_name=file.name,
        organisation=job.organisation,
        campaign=job.campaign,
        by=who_asked(part),
        at=at,
    )
    return file.pk


def who_asked(part: JobPart) -> Actor:
    """For the ledger; the right to export was checked when the job was asked for."""
    return Actor(part.job.by_kind, part.job.by_id, part.job.by_label)


def make_wards_of_list(part: JobPart, *, at: datetime) -> dict[str, object]:
    """Some wards of a list and, where asked for, their files, in one transaction."""
    rows = _rows_of(part)
    formats = part.job.parameters["formats"]
    with transaction.atomic():
        commit_soon()
        build_wards(part, rows, at=at)
        counts: dict[str, object] = {"listed": sum(row.listed for row in rows)}
        if not formats:
            return counts
        files = [_list_file(part, row, name, at) for row in rows for name in formats]
        return counts | issue(part, files=files, at=at)


def make_list_files(part: JobPart, *, at: datetime) -> dict[str, object]:
    """Some wards of a list as asked for: who is still open at this moment."""
    formats = part.job.parameters["formats"]
    files = [
        _list_file(part, row, name, at) for row in _rows_of(part) for name in formats
    ]
    return issue(part, files=files, at=at)


def _rows_of(part: JobPart) -> list[GotvListWard]:
    """The wards that the part's key names."""
    rows = (
        GotvListWard.objects.select_related("gotv_list__campaign", "ward")
        .defer("ward__boundary")
        .filter(gotv_list=part.job.parameters["list"], ward__gss__in=part.key.split())
    )
    return list(rows.order_by("ward__gss"))


def _list_file(
    part: JobPart, row: GotvListWard, file_format: str, at: datetime
) -> NewFile:
    gotv_list, ward = row.gotv_list, row.ward
    source = of_list(gotv_list, [ward.pk])
    mark = watermark(by=who_asked(part), at=at, reason=part.job.parameters["reason"])

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
    return NewFile(ward, name, what, write, is_printed=suffix == "pdf")


def make_canvass_cards(part: JobPart, *, at: datetime) -> dict[str, object]:
    """Blank cards of the part's ward, or of the job's polling district in it."""
    campaign = Campaign.objects.get(job=part.job)
    ward = Ward.objects.get(gss=part.key)
    number = part.job.parameters["district"]
    district = PollingDistrict.objects.get(pk=number, ward=ward) if number else None
    columns = Columns.of(campaign, printed_on=day_of(at))
    area = f"{ward.name} {district.code}" if district else ward.name
    heading = Heading(
        title=f"Canvass card: {area}",
        subtitle=legend_of(
            columns.codes, asks_second_preference=campaign.asks_second_preference
        ),
        code="",
        printed=_printed(part, at),
        boxes=columns.boxes,
        wishes=WISHES,
        law=columns.law,
        consent=columns.consent,
        answers=columns.answers,
    )
    source = of_ward(campaign, ward, district=district)
    cards = NewFile(
        ward,
        file_name(f"canvass card {area}", "pdf"),
        f"canvass cards, {area}",
        lambda out: write_canvass_cards(out, electors(source), heading, columns),
        is_printed=True,
    )
    return issue(part, files=[cards], at=at)


def make_letters(part: JobPart, *, at: datetime) -> dict[str, object]:
    """One ward's letters of a run, and the same as the mailing house's table."""
    run = LetterRun.objects.select_related("gotv_list__campaign__election").get(
        pk=part.job.parameters["run"]
    )
    ward = Ward.objects.get(gss=part.key)
    mark = watermark(by=who_asked(part), at=at, reason=part.job.parameters["reason"])
    stationery = _stationery(run, ward)
    name = f"{run.name} {ward.gss} {ward.name}"
    letters = NewFile(
        ward,
        file_name(name, "pdf"),
        f"letters of run {run.pk}, {ward.name}",
        lambda out: write_letters(out, letters_of(run, ward), stationery),
    )
    table = NewFile(
        ward,
        file_name(name, "csv"),
        f"mailing table of run {run.pk}, {ward.name}",
        lambda out: write_mailing_table(
            out, letters_of(run, ward), imprint=run.imprint, mark=mark
        ),
    )
    return issue(part, files=[letters, table], at=at)


def _stationery(run: LetterRun, ward: Ward) -> Stationery:
    campaign = run.gotv_list.campaign
    ours = campaign.candidates.filter(is_ours=True).order_by("position", "pk")
    poll_on = campaign.election.poll_on
    return Stationery(
        title=run.name,
        body=run.body,
        imprint=run.imprint,
        values={
            "candidate": listed(
                [candidate.name for candidate in ours] or [campaign.name]
            ),
            "poll_day": f"{poll_on:%A} {poll_on.day} {poll_on:%B %Y}",
            "ward": ward.name,
        },
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
    return printed_for(who_asked(part), reason=part.job.parameters["reason"], at=at)


def printed_for(by: Actor, *, reason: str, at: datetime) -> str:
    """The foot of every sheet: who took it, when and why."""
    return f"Printed by {by.label} on {moment(at)}, for: {reason}"


def file_name(text: str, suffix: str) -> str:
    """`Evening round E05001 Bilston` -> `evening-round-e05001-bilston.csv`."""
    return f"{slugify(text)[:100]}.{suffix}"
