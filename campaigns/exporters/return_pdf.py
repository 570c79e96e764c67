"""A version of the return on paper: every section, then the two declarations."""

from collections.abc import Iterator, Sequence
from typing import IO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
)

from campaigns.actions.returns import words_of
from campaigns.clock import UK
from campaigns.exporters.base import moment
from campaigns.exporters.fonts import BOLD
from campaigns.exporters.paper import (
    HEAD,
    HEAD_RIGHT,
    MARGIN,
    NOTE,
    PADDING,
    QUIET,
    RIGHT,
    SECTION,
    SMALL,
    TITLE,
    paragraph,
    ruled_table,
    safe,
    write_paper,
)
from campaigns.models import Declarant, ReturnDeclaration
from campaigns.reports.return_form import (
    DAY,
    POUNDS,
    Cell,
    Column,
    Section,
    in_words,
)
from campaigns.reports.return_inspection import TITLE as COPY
from campaigns.reports.return_inspection import InspectionCopy
from campaigns.reports.return_versions import ReturnStanding

PAGE = landscape(A4)
WIDTH = PAGE[0] - 2 * MARGIN - 2 * PADDING
FORM = "Return of election expenses"
ROOM = 40 * mm
# So short a section stands on one page, and so do these.
SHORT = 4
WHOLE = frozenset(("particulars", "summary"))
UNBOUND = ParagraphStyle("unbound", SECTION, keepWithNext=0)
# Millimetres; what is left over goes to the texts, by their weights.
FIXED = {"number": 11, "item": 12}
FIXED_BY_KIND = {POUNDS: 27, DAY: 29}
WEIGHTS = {
    "what": 2.6,
    "value": 8.0,
    "supplier": 1.6,
    "donor": 2.0,
    "kind": 1.6,
    "bill": 1.4,
    "who": 1.6,
    "proves": 2.0,
    "name": 1.6,
}


def write_return(
    out: IO[bytes], standing: ReturnStanding, copy: InspectionCopy | None = None
) -> None:
    """The identification mark stands at the foot of every page; of what was not filed
    it is said there too, and of a `copy` for inspection that it is one."""
    version = standing.version
    named = f"{FORM}: {COPY.lower()}" if copy else FORM
    state = "" if version.is_filed else f" · {version.get_state_display()}, not filed"
    write_paper(
        out,
        _story(standing, copy),
        title=f"{named}, {standing.campaign}",
        foot=f"{named} {version.mark}{state}",
        size=PAGE,
    )


def _story(standing: ReturnStanding, copy: InspectionCopy | None) -> Iterator[Flowable]:
    made, version = copy.made if copy else standing.kept, standing.version
    if copy:
        yield Paragraph(COPY, TITLE)
        yield Spacer(1, 4)
        for note in copy.notes:
            yield paragraph(note, SMALL)
    nil = "Nil return of election expenses" if made.is_nil else ""
    yield Paragraph(nil or FORM, SECTION if copy else TITLE)
    yield paragraph(
        f"{standing.campaign} · identification mark {version.mark} · made on "
        f"{in_words(version.made_at.astimezone(UK).date())}, as the books then stood",
        NOTE,
    )
    if version.correction and version.corrects:
        yield paragraph(
            f"It corrects version {version.corrects.version}: {version.correction}"
        )
    for section in made.sections:
        yield from _section(section)
    yield Spacer(1, 10)
    for warning in made.warnings:
        text = f'<font name="{BOLD}">Note.</font> {safe(warning)}'
        yield Paragraph(text, SMALL)
    yield PageBreak()
    for declarant in Declarant:
        yield KeepTogether([*_declaration(standing, declarant)])


def _section(section: Section) -> Iterator[Flowable]:
    if len(section.lines) <= SHORT or section.code in WHOLE:
        yield KeepTogether([*_title_and_lines(section)])
        return
    # A title never stands at the foot of a page without a line of its table.
    yield CondPageBreak(ROOM)
    yield from _title_and_lines(section)


def _title_and_lines(section: Section) -> Iterator[Flowable]:
    yield Paragraph(safe(section.title), UNBOUND)
    if not section.lines:
        yield paragraph("Nil")
        return
    if section.note:
        yield paragraph(section.note, NOTE)
    columns = section.shown_columns
    rows = [[_cell(cell) for cell in cells] for _, cells in section.entries]
    if section.has_totals:
        sums = [paragraph(total, HEAD_RIGHT) for _, total in section.totals]
        rows.append([paragraph("Sum", HEAD), *sums[1:]])
    first = next((n for n, one in enumerate(columns) if one.kind == POUNDS), None)
    yield ruled_table(
        [column.label for column in columns],
        rows,
        _widths(columns),
        numbers_from=len(columns) if first is None else first,
        has_sum=section.has_totals,
    )


def _cell(cell: Cell) -> Paragraph:
    quiet = QUIET.hexval()
    notes = (
        f'<font color="{quiet}">{safe(f"{label}: {note}")}</font>'
        for label, note in cell.notes
    )
    said = "<br/>".join(filter(None, (safe(cell.text), *notes)))
    return Paragraph(said, RIGHT if cell.column.kind == POUNDS else SMALL)


def _widths(columns: Sequence[Column]) -> list[float]:
    fixed = {
        column.code: mm * FIXED.get(column.code, FIXED_BY_KIND.get(column.kind, 0))
        for column in columns
    }
    weights = {
        code: 0 if width else WEIGHTS.get(code, 1.0) for code, width in fixed.items()
    }
    unit = (WIDTH - sum(fixed.values())) / (sum(weights.values()) or 1)
    return [fixed[one.code] or weights[one.code] * unit for one in columns]


def _declaration(standing: ReturnStanding, declarant: Declarant) -> Iterator[Flowable]:
    signed = standing.declaration(declarant)
    yield Paragraph(f"Declaration of the {declarant.label.lower()}", SECTION)
    if signed is None:
        words = words_of(standing, declarant)
        yield paragraph(words.text)
        yield paragraph(f"{words.caution} {_why_later(standing)}".strip(), NOTE)
        yield Spacer(1, 20)
        yield paragraph(
            f"Signed {'_' * 44}  Date {'_' * 20}  {standing.named(declarant)}"
        )
        yield Spacer(1, 14)
        return
    yield paragraph(signed.wording)
    yield Spacer(1, 6)
    yield paragraph(_signature(signed), HEAD)
    yield paragraph(f"Words: {signed.source} (mark {signed.mark}).", NOTE)


def _why_later(standing: ReturnStanding) -> str:
    reason = standing.version.declaration_follows
    return f"To follow: {reason}" if reason else ""


def _signature(signed: ReturnDeclaration) -> str:
    return f"Signed by {signed.name} on {moment(signed.signed_at)}"
