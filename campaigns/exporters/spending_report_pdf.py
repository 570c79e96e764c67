"""The spending report on paper: sums, working, chart, heads and every expense."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from campaigns.clock import UK
from campaigns.exporters.fonts import BOLD, REGULAR, register_fonts
from campaigns.exporters.spending_chart_drawing import chart_drawing
from campaigns.reports.cautions import SpendingWarning
from campaigns.reports.counted_expenses import CountedExpense
from campaigns.reports.spending_position import (
    PeriodPosition,
    SpendingPosition,
)
from campaigns.rules.money import pounds

MARGIN = 18 * mm
PADDING = 6  # that ReportLab puts round every frame
WIDTH = A4[0] - 2 * MARGIN - 2 * PADDING
INK = colors.HexColor("#16202a")
QUIET = colors.HexColor("#4d5b69")
LINE = colors.HexColor("#d5dbe1")
CAUTION = (colors.HexColor("#8a5a00"), colors.HexColor("#fbefd6"))
STOP = (colors.HexColor("#b3261e"), colors.HexColor("#fbe3e1"))

BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9, leading=12.5, textColor=INK)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=10.5)
NOTE = ParagraphStyle("note", SMALL, textColor=QUIET)
RIGHT = ParagraphStyle("right", SMALL, alignment=TA_RIGHT)
HEAD = ParagraphStyle("head", SMALL, fontName=BOLD, textColor=QUIET)
HEAD_RIGHT = ParagraphStyle("head right", HEAD, alignment=TA_RIGHT)
TITLE = ParagraphStyle("title", BODY, fontName=BOLD, fontSize=18, leading=22)
SECTION = ParagraphStyle(
    "section",
    BODY,
    fontName=BOLD,
    fontSize=11.5,
    leading=15,
    spaceBefore=12,
    keepWithNext=1,
)
FIGURE = ParagraphStyle("figure", BODY, fontName=BOLD, fontSize=15, leading=19)


def write_pdf(out: IO[bytes], position: SpendingPosition, *, mark: str) -> None:
    """The whole report; `mark` goes to the foot of every page."""
    register_fonts()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=f"Spending report, {position.campaign}",
        author="Committee Room",
        lang="en-GB",
    )

    def foot(canvas: Canvas, _: Any) -> None:
        canvas.setFont(REGULAR, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN + PADDING, 10 * mm, mark)
        number = f"Page {canvas.getPageNumber()}"
        canvas.drawRightString(MARGIN + PADDING + WIDTH, 10 * mm, number)

    document.build(list(_story(position)), onFirstPage=foot, onLaterPages=foot)


def _story(position: SpendingPosition) -> Iterator[Flowable]:
    campaign = position.campaign
    yield Paragraph("Spending report", TITLE)
    yield _text(
        f"{campaign} · poll on {_day(campaign.election.poll_on)} · as it stood on "
        f"{_moment(position.at)}",
        NOTE,
    )
    for part in position.periods:
        yield Spacer(1, 8)
        if part.name:
            yield _text(f"{_title(part)}, {_days(part)}", HEAD)
        yield _figures(part)
    yield Spacer(1, 4)
    for warning in position.warnings:
        yield _warning(warning)
    for part in position.periods:
        yield KeepTogether([*_limit(part)])
    for part in position.periods:
        yield KeepTogether(
            [
                Paragraph(_title(part, "Booked spending against the limit"), SECTION),
                Spacer(1, 4),
                chart_drawing(part, width=WIDTH, height=165),
            ]
        )
    for part in position.periods:
        title = Paragraph(_title(part, "By head of the return"), SECTION)
        yield KeepTogether([title, _heads(part)])
    yield KeepTogether([Paragraph("Beside the limit", SECTION), _beside(position)])
    yield KeepTogether([*_deadlines(position)])
    yield from _expenses("Committed", [ln for ln in position.lines if ln.is_committed])
    yield from _expenses(
        "Proposed, not counted until the agent commits them",
        [ln for ln in position.lines if ln.is_proposed],
    )


def _title(part: PeriodPosition, title: str = "") -> str:
    """Names the period too where there are two."""
    return ", ".join(filter(None, (title, part.name))).capitalize()


def _days(part: PeriodPosition) -> str:
    return f"{_day(part.period.first_on)} to {_day(part.period.last_on)}"


def _figures(position: PeriodPosition) -> Flowable:
    used = "" if position.percent is None else f"{position.percent} % of the limit"
    figures = (
        ("Limit", position.limit, "" if position.basis.is_official else "an estimate"),
        ("Counted", position.counted, used),
        ("Ordered, not invoiced", position.ordered, "of what is counted"),
        ("Left", position.left, f"{pounds(position.proposed)} more is proposed"),
    )
    cells = [
        [
            _text(label, NOTE),
            Paragraph("none yet" if sum_ is None else pounds(sum_), FIGURE),
            _text(note, NOTE),
        ]
        for label, sum_, note in figures
    ]
    table = Table([cells], colWidths=[WIDTH / 4] * 4)
    table.setStyle(
        TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.6, LINE),
                ("INNERGRID", (0, 0), (-1, -1), 0.6, LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        )
    )
    return table


def _warning(warning: SpendingWarning) -> Flowable:
    edge, ground = STOP if warning.level == "stop" else CAUTION
    text = Paragraph(
        f'<font name="{BOLD}">Warning.</font> {_safe(warning.message)}', BODY
    )
    table = Table([[text]], colWidths=[WIDTH], spaceBefore=4)
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), ground),
                ("LINEBEFORE", (0, 0), (0, -1), 3, edge),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ]
        )
    )
    return table


def _limit(position: PeriodPosition) -> Iterator[Flowable]:
    basis = position.basis
    yield Paragraph(_title(position, "How the limit is worked out"), SECTION)
    yield _text(
        f"From the {basis.basis}." if basis.is_official else f"An {basis.basis}."
    )
    if basis.limit is None:
        yield _text(basis.missing)
        return
    for step in basis.limit.working:
        yield _text(step.sentence)
    if basis.electors_loaded is not None:
        yield _text(f"Electors loaded from registers: {basis.electors_loaded:,}.")
    yield _text(f"Counts what is used from {_days(position)}.")
    yield _text(
        f"Figures: {basis.limit.source}. Mark {basis.limit.mark}: "
        f"{basis.limit.mark.meaning}. {basis.limit.note}",
        NOTE,
    )


def _heads(position: PeriodPosition) -> Flowable:
    rows = [
        [
            _text(row.label, SMALL),
            *(_text(pounds(sum_), RIGHT) for sum_ in (row.counted, row.ordered)),
            _text(pounds(row.proposed), RIGHT),
        ]
        for row in position.by_category
    ]
    totals = (position.counted, position.ordered, position.proposed)
    sums = [_text(pounds(total), HEAD_RIGHT) for total in totals]
    rows.append([_text("Together", HEAD), *sums])
    return _table(
        ("Head", "Counted", "Of that, not invoiced", "Proposed"),
        rows,
        (WIDTH - 90 * mm, 30 * mm, 32 * mm, 28 * mm),
        numbers_from=1,
    )


def _beside(position: SpendingPosition) -> Flowable:
    donations = position.donations
    sums = (
        ("Used outside the regulated period", position.outside),
        ("Never counted, by law", position.excluded),
        ("Copies in hand, if they are used", position.in_hand),
        ("Borne by others", position.borne_by_others),
        ("Candidate's personal expenses, reported but not counted", position.personal),
        ("Donations accepted", donations.accepted),
        ("Donations received and not yet decided", donations.undecided),
        ("Donations returned", donations.returned),
    )
    rows = [[_text(label, SMALL), _text(pounds(sum_), RIGHT)] for label, sum_ in sums]
    return _table(("", ""), rows, (WIDTH - 34 * mm, 34 * mm), numbers_from=1)


def _deadlines(position: SpendingPosition) -> Iterator[Flowable]:
    due = position.deadlines
    yield Paragraph("When it is due", SECTION)
    yield _text(f"{due.basis} {due.caution}".strip(), NOTE)
    rows = [[_text(one.label, SMALL), _text(_day(one.day), RIGHT)] for one in due.days]
    yield _table(("", ""), rows, (WIDTH - 34 * mm, 34 * mm), numbers_from=1)


def _expenses(title: str, lines: Sequence[CountedExpense]) -> Iterator[Flowable]:
    if not lines:
        return
    rows = [_expense_row(line) for line in lines]
    together = sum((line.counted for line in lines), Decimal("0.00"))
    sum_ = _text(pounds(together), HEAD_RIGHT)
    rows.append(["", _text("Together", HEAD), "", "", sum_])
    yield Paragraph(title, SECTION)
    yield _table(
        ("Incurred", "What and from whom", "Used", "Amount", "Counted"),
        rows,
        (20 * mm, WIDTH - 102 * mm, 34 * mm, 24 * mm, 24 * mm),
        numbers_from=3,
    )


def _expense_row(line: CountedExpense) -> list[Any]:
    expense = line.expense
    used = f"{expense.used_from:%-d %b} – {_short_day(expense.used_until)}"
    what = (
        f"{_safe(expense.description)}<br/>"
        f'<font color="{QUIET.hexval()}">{_safe(expense.supplier)} · '
        f"{expense.get_category_display()} · {expense.get_kind_display()}</font>"
    )
    for note in _notes(line):
        what += f"<br/>{_safe(note)}"
    return [
        _text(_short_day(expense.incurred_on), SMALL),
        Paragraph(what, SMALL),
        _text(used, SMALL),
        _text(pounds(expense.amount), RIGHT),
        _text(pounds(line.counted), RIGHT),
    ]


def _notes(line: CountedExpense) -> Iterator[str]:
    expense = line.expense
    if expense.market_value is not None:
        found = f", by {expense.value_basis}" if expense.value_basis else ""
        yield f"Commercial value {pounds(expense.market_value)}{found}."
    if line.exclusion:
        yield f"Never counted: {line.exclusion}. {expense.excluded_reason}"
    if expense.authority:
        yield f"By the written authority of {expense.authority.holder}."
    if line.use:
        yield (
            f"{line.use.short:,} of {line.use.copies:,} copies used in the period, "
            f"{line.use.in_hand:,} in hand."
        )
    if expense.inside_reason:
        yield f"Part used in the period: {expense.inside_reason}."
    for share, amount in line.borne:
        yield (
            f"{pounds(amount)} borne by {share.bearer} ({share.figures}): "
            f"{share.reason}"
        )
    if line.long and line.long.counted:
        yield f"In the long campaign {pounds(line.long.counted)} counts."
    if expense.over_limit_reason:
        yield f"Committed past the limit: {expense.over_limit_reason}"


def _table(
    heads: Sequence[str],
    rows: list[list[Any]],
    widths: Sequence[float],
    *,
    numbers_from: int,
) -> Flowable:
    has_heads = any(heads)
    if has_heads:
        head: list[Any] = [
            _text(word, HEAD_RIGHT if at >= numbers_from else HEAD)
            for at, word in enumerate(heads)
        ]
        rows = [head, *rows]
    table = Table(rows, colWidths=widths, repeatRows=1 if has_heads else 0)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return table


def _text(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(_safe(text), style)


def _safe(text: str) -> str:
    """Paragraphs read tags, so that what people typed must hold none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _short_day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _moment(at: datetime) -> str:
    local = at.astimezone(UK)
    return f"{_day(local.date())} at {local:%H:%M}"
