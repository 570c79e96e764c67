"""The spending report on paper: sums, working, chart, heads and every expense."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from campaigns.exporters.base import moment
from campaigns.exporters.fonts import BOLD
from campaigns.exporters.paper import (
    BODY,
    CAUTION,
    HEAD,
    HEAD_RIGHT,
    LINE,
    NOTE,
    QUIET,
    RIGHT,
    SECTION,
    SMALL,
    STOP,
    TITLE,
    WIDTH,
    paragraph,
    ruled_table,
    safe,
    write_paper,
)
from campaigns.exporters.spending_chart_drawing import chart_drawing
from campaigns.reports.campaign_deadlines import Deadline
from campaigns.reports.cautions import SpendingWarning
from campaigns.reports.counted_expenses import CountedExpense
from campaigns.reports.spending_position import (
    PeriodPosition,
    SpendingPosition,
)
from campaigns.rules.money import pounds

FIGURE = ParagraphStyle("figure", BODY, fontName=BOLD, fontSize=15, leading=19)


def write_pdf(out: IO[bytes], position: SpendingPosition, *, mark: str) -> None:
    """The whole report; `mark` goes to the foot of every page."""
    write_paper(
        out,
        _story(position),
        title=f"Spending report, {position.campaign}",
        foot=mark,
    )


def _story(position: SpendingPosition) -> Iterator[Flowable]:
    campaign = position.campaign
    yield Paragraph("Spending report", TITLE)
    yield paragraph(
        f"{campaign} · poll on {_day(campaign.election.poll_on)} · as it stood on "
        f"{moment(position.at)}",
        NOTE,
    )
    for part in position.periods:
        yield Spacer(1, 8)
        if part.name:
            yield paragraph(f"{_title(part)}, {_days(part)}", HEAD)
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
            paragraph(label, NOTE),
            Paragraph("none yet" if sum_ is None else pounds(sum_), FIGURE),
            paragraph(note, NOTE),
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
        f'<font name="{BOLD}">Warning.</font> {safe(warning.message)}', BODY
    )
    table = Table([[text]], colWidths=[WIDTH], spaceBefore=4, splitInRow=1)
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
    yield paragraph(
        f"From the {basis.basis}." if basis.is_official else f"An {basis.basis}."
    )
    if basis.limit is None:
        yield paragraph(basis.missing)
        return
    for step in basis.limit.working:
        yield paragraph(step.sentence)
    if basis.electors_loaded is not None:
        yield paragraph(f"Electors loaded from registers: {basis.electors_loaded:,}.")
    yield paragraph(f"Counts what is used from {_days(position)}.")
    yield paragraph(
        f"Figures: {basis.limit.source}. Mark {basis.limit.mark}: "
        f"{basis.limit.mark.meaning}. {basis.limit.note}",
        NOTE,
    )


def _heads(position: PeriodPosition) -> Flowable:
    rows = [
        [
            paragraph(row.label, SMALL),
            *(paragraph(pounds(sum_), RIGHT) for sum_ in (row.counted, row.ordered)),
            paragraph(pounds(row.proposed), RIGHT),
        ]
        for row in position.by_category
    ]
    totals = (position.counted, position.ordered, position.proposed)
    sums = [paragraph(pounds(total), HEAD_RIGHT) for total in totals]
    rows.append([paragraph("Together", HEAD), *sums])
    return ruled_table(
        ("Head", "Counted", "Of that, not invoiced", "Proposed"),
        rows,
        (WIDTH - 90 * mm, 30 * mm, 32 * mm, 28 * mm),
        numbers_from=1,
    )


def _beside(position: SpendingPosition) -> Flowable:
    donations = position.donations
    sums = (
        ("Used outside the regulated period", position.outside),
        ("Copies in hand, neither delivered nor written off", position.stock_in_hand),
        ("Copies written off", position.written_off),
        ("Never counted, by law", position.excluded),
        ("Owed to us: paid too much, due back from suppliers", position.refunds_due),
        ("Borne by others", position.borne_by_others),
        ("Candidate's personal expenses, reported but not counted", position.personal),
        ("Donations accepted", donations.accepted),
        ("Donations received and not yet decided", donations.undecided),
        ("Donations returned", donations.returned),
    )
    rows = [
        [paragraph(label, SMALL), paragraph(pounds(sum_), RIGHT)]
        for label, sum_ in sums
    ]
    return ruled_table(("", ""), rows, (WIDTH - 34 * mm, 34 * mm), numbers_from=1)


def _deadlines(position: SpendingPosition) -> Iterator[Flowable]:
    due = position.deadlines
    yield Paragraph("When it is due", SECTION)
    yield paragraph(f"{due.basis} {due.caution}".strip(), NOTE)
    rows = [
        [_due(one), paragraph(one.done or _day(one.day), RIGHT)] for one in due.days
    ]
    yield ruled_table(("", ""), rows, (WIDTH - 34 * mm, 34 * mm), numbers_from=1)


def _due(deadline: Deadline) -> Paragraph:
    how = f'<font color="{QUIET.hexval()}">{safe(deadline.how)}</font>'
    said = filter(None, (safe(deadline.label), deadline.how and how))
    return Paragraph("<br/>".join(said), SMALL)


def _expenses(title: str, lines: Sequence[CountedExpense]) -> Iterator[Flowable]:
    if not lines:
        return
    rows = [_expense_row(line) for line in lines]
    together = sum((line.counted for line in lines), Decimal("0.00"))
    sum_ = paragraph(pounds(together), HEAD_RIGHT)
    rows.append(["", paragraph("Together", HEAD), "", "", sum_])
    yield Paragraph(title, SECTION)
    yield ruled_table(
        ("Incurred", "What and from whom", "Used", "Amount", "Counted"),
        rows,
        (20 * mm, WIDTH - 102 * mm, 34 * mm, 24 * mm, 24 * mm),
        numbers_from=3,
        has_sum=True,
    )


def _expense_row(line: CountedExpense) -> list[Any]:
    expense = line.expense
    used = f"{expense.used_from:%-d %b} – {_short_day(expense.used_until)}"
    what = (
        f"{safe(expense.description)}<br/>"
        f'<font color="{QUIET.hexval()}">{safe(expense.supplier)} · '
        f"{expense.get_category_display()} · {expense.get_kind_display()}</font>"
    )
    for note in _notes(line):
        what += f"<br/>{safe(note)}"
    return [
        paragraph(_short_day(expense.incurred_on), SMALL),
        Paragraph(what, SMALL),
        paragraph(used, SMALL),
        paragraph(pounds(expense.amount), RIGHT),
        paragraph(pounds(line.counted), RIGHT),
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
            f"{line.use.in_hand:,} in hand, {line.use.written_off:,} written off."
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


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _short_day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
