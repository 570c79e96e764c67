"""Merge a staged register file into the electorate, in the caller's transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from campaigns.actions import audit
from campaigns.actions.estimated_limits import telling_of_a_register
from campaigns.actions.register_districts import open_districts, place_districts
from campaigns.actions.register_editions import (
    Supply,
    latest_edition,
    lock_council,
    refuse_if_loaded,
    refuse_out_of_turn,
    refuse_part_of_register,
)
from campaigns.actions.register_homes import place_homes
from campaigns.actions.register_lines import (
    Rejected,
    refuse_other_council,
    reject_repeated,
)
from campaigns.actions.register_matching import match_full
from campaigns.actions.register_merge import (
    Tally,
    count_households,
    count_touched_homes,
    merge,
    merge_first,
    prepare_arrivals,
)
from campaigns.actions.register_proposals import propose
from campaigns.actions.register_steps import Step, planned_for_import
from campaigns.actions.register_updates import match_update
from campaigns.models import (
    Council,
    Organisation,
    PollingDistrict,
    RegisterEdition,
    RejectedLine,
)
from campaigns.registry import registry
from campaigns.rules.register_dates import PublishedOn

if TYPE_CHECKING:
    from campaigns.access import Actor

SHOWN_PROBLEMS = 100


@dataclass(frozen=True)
class RegisterFile:
    """A file whose lines are staged (`staged_line`, `staged_home`).

    `warned` counts all warnings by code, `warnings` holds the first ones. `raw_lines`
    reads the text of lines that are rejected later.
    """

    name: str
    sha256: str
    layout: str
    kind: str
    dated: PublishedOn
    lines: int
    rejected: Sequence[Rejected]
    warnings: Sequence[Mapping[str, object]]
    warned: Mapping[str, int]
    raw_lines: Callable[[set[int]], dict[int, str]]


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, or on a dry run would do. Counts are of lines and people.

    `electors`, `households` and `polling_districts` are the council's after it.
    `edition` is None on a dry run.
    """

    layout: str
    kind: str
    published_on: date
    published_assumed: bool
    lines: int
    accepted: int
    rejected: int
    added: int
    changed: int
    moved: int
    renumbered: int
    ended: int
    uncertain: int
    electors: int
    households: int
    polling_districts: int
    edition: int | None
    problems: list[dict[str, object]] = field(default_factory=list)


def merge_register(
    file: RegisterFile,
    *,
    organisation: Organisation,
    council: Council,
    supply: Supply,
    by: "Actor",
    at: datetime,
) -> ImportOutcome:
    """Write one edition and what it changes. Audit: `register.imported`, and of a
    campaign whose limit rests on other electors then, as `telling_of_estimates` says.

    Refused: a file loaded before, out of turn, or of another council.
    """
    lock_council(organisation=organisation, council=council)
    before = latest_edition(organisation=organisation, council=council)
    refuse_if_loaded(organisation=organisation, council=council, sha256=file.sha256)
    refuse_out_of_turn(
        organisation=organisation,
        council=council,
        kind=file.kind,
        published_on=file.dated.on,
        assumed=file.dated.assumed,
    )
    if file.kind == "full":
        refuse_part_of_register(
            organisation=organisation, council=council, lines=file.lines
        )
    edition = _open_edition(file, organisation, council, supply, by=by, at=at)
    step = Step(organisation.pk, council.pk, edition.pk, file.kind == "full")
    refuse_other_council(step, name=council.name)
    with (
        telling_of_a_register(edition, by=by, at=at),
        planned_for_import(step),
    ):
        late, tally, uncertain, households = _apply(
            step,
            is_first=before is None,
            households=before.counts.get("households", 0) if before else 0,
            at=at,
        )
        for hook in registry.electors_changed:
            hook(organisation_id=organisation.pk, table="changed_elector")
    rejected = [*file.rejected, *late]
    _keep_rejected(edition, rejected, file)
    outcome = _outcome(file, edition, before, tally, uncertain, households, rejected)
    edition.counts = _counts(outcome, file)
    edition.save(update_fields=["counts"])
    audit.record(
        "register.imported",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        target=edition,
        kind=file.kind,
        **asdict(tally),
    )
    return outcome


def _open_edition(
    file: RegisterFile,
    organisation: Organisation,
    council: Council,
    supply: Supply,
    *,
    by: "Actor",
    at: datetime,
) -> RegisterEdition:
    edition = RegisterEdition(
        organisation=organisation,
        council=council,
        kind=file.kind,
        published_on=file.dated.on,
        published_assumed=file.dated.assumed,
        layout=file.layout,
        file_name=file.name[:255],
        file_sha256=file.sha256,
        loaded_at=at,
        **vars(supply),
    )
    edition.recorded_by(by)
    edition.save(force_insert=True)
    return edition


def _apply(
    step: Step, *, is_first: bool, households: int, at: datetime
) -> tuple[list[Rejected], Tally, int, int]:
    """Late rejections, what became of whom, how many are uncertain, households."""
    step.run("ANALYZE staged_line, staged_home")
    rejected = reject_repeated(step)
    open_districts(step)
    place_homes(step)
    place_districts(step)
    if is_first:
        tally = merge_first(step, at=at)
        return rejected, tally, 0, count_households(step)
    prepare_arrivals(step)
    if step.is_full:
        match_full(step)
        tally = merge(step, at=at)
        households = count_households(step)
    else:
        rejected += match_update(step)
        households -= count_touched_homes(step, before=True)
        tally = merge(step, at=at)
        households += count_touched_homes(step, before=False)
    return rejected, tally, propose(step) if tally.added else 0, households


def _keep_rejected(
    edition: RegisterEdition, rejected: Sequence[Rejected], file: RegisterFile
) -> None:
    texts = file.raw_lines({one.line for one in rejected if one.raw is None})
    RejectedLine.objects.bulk_create(
        (
            RejectedLine(
                organisation=edition.organisation,
                edition=edition,
                line=one.line,
                code=one.code,
                message=one.message[:300],
                raw=texts.get(one.line, "") if one.raw is None else one.raw,
            )
            for one in sorted(rejected, key=lambda one: one.line)
        ),
        batch_size=1_000,
    )


def _outcome(
    file: RegisterFile,
    edition: RegisterEdition,
    before: RegisterEdition | None,
    tally: Tally,
    uncertain: int,
    households: int,
    rejected: Sequence[Rejected],
) -> ImportOutcome:
    counts = before.counts if before else {}
    districts = PollingDistrict.objects.filter(
        organisation=edition.organisation,
        council=edition.council,
        until_edition__isnull=True,
    )
    problems: list[dict[str, object]] = [
        {"line": one.line, "code": one.code, "message": one.message}
        for one in sorted(rejected, key=lambda one: one.line)
    ]
    return ImportOutcome(
        layout=file.layout,
        kind=file.kind,
        published_on=file.dated.on,
        published_assumed=file.dated.assumed,
        lines=file.lines,
        accepted=file.lines - len(rejected),
        rejected=len(rejected),
        **asdict(tally),
        uncertain=uncertain,
        electors=counts.get("electors", 0) + tally.added - tally.ended,
        households=households,
        polling_districts=districts.count(),
        edition=edition.pk,
        problems=[*problems, *map(dict, file.warnings)][:SHOWN_PROBLEMS],
    )


def _counts(outcome: ImportOutcome, file: RegisterFile) -> dict[str, object]:
    """What the edition remembers of its import: every number, and the warnings."""
    numbers = {k: v for k, v in vars(outcome).items() if isinstance(v, int)}
    numbers.pop("edition")
    numbers.pop("published_assumed")
    return numbers | {
        "warned": dict(file.warned),
        "warnings": [dict(warning) for warning in file.warnings[:SHOWN_PROBLEMS]],
    }
