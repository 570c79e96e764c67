"""The papers that go with a return: which they are, and what became of them since."""

from collections.abc import Iterator, Sequence

from campaigns.clock import day_of
from campaigns.models import Campaign, MoneyDocument
from campaigns.reports.documents import (
    LIVE,
    NumberedPaper,
    all_documents,
    in_order_for,
    number_for,
    what_it_proves,
)
from campaigns.reports.return_form import (
    Column,
    Line,
    Section,
    SpendingReturn,
    in_words,
)

PAPER = (
    Column("number", "No."),
    Column("item", "Item"),
    Column("proves", "What it proves"),
    Column("name", "File"),
    Column("pages", "Pages", under="name"),
    Column("sha256", "SHA-256", under="name"),
)
ROW = "moneydocument:"
NO_LONGER = "What it proves was voided after this version was made."


def paper_section(
    campaign: Campaign, sections: Sequence[Section], documents: Sequence[MoneyDocument]
) -> Section:
    """Every paper of the lines of these sections, by its number, with its line's. What
    proves another campaign's bill of which this one bears a share is among them, by
    that campaign's number."""
    items = {
        row: line.values["number"]
        for section in sections
        for line in section.lines
        for row in line.rows
        if row.startswith(ROW)
    }
    return Section(
        "papers",
        "Invoices, receipts and other papers attached",
        PAPER,
        tuple(
            _line(campaign, one, items[key])
            for one in documents
            if (key := f"{ROW}{one.pk}") in items
        ),
        note="Each stands under its number in the file of the return with its papers.",
    )


def _line(campaign: Campaign, document: MoneyDocument, item: str) -> Line:
    """Of another campaign's, whoever reads this return may not open the file itself."""
    values = {
        "number": number_for(campaign, document),
        "item": item,
        "proves": what_it_proves(document),
        "name": document.name,
        "pages": str(document.pages),
        "sha256": document.sha256,
    }
    key = f"{ROW}{document.pk}"
    is_own = document.campaign_id == campaign.pk
    file = (f"storedfile:{document.file_id}",) if is_own else ()
    return Line(key, values, (key, *file))


def papers_of(campaign: Campaign, kept: SpendingReturn) -> list[NumberedPaper]:
    """The papers that a version was made with, by their numbers, those too that were
    voided since, which is said. Two queries."""
    frozen = dict(_frozen(kept))
    found = all_documents(campaign.organisation_id).filter(pk__in=frozen)
    standing = set(found.filter(LIVE).values_list("pk", flat=True))
    return [
        NumberedPaper(
            one,
            number_for(campaign, one),
            proves=values.get("proves") or what_it_proves(one),
            item=values["item"],
            since=_since(one, is_standing=one.pk in standing),
        )
        for one in in_order_for(campaign, found)
        for values in (frozen[one.pk],)
    ]


def _frozen(kept: SpendingReturn) -> Iterator[tuple[int, dict[str, str]]]:
    """By the paper's id what the version says of it. The first form had no schedule of
    papers: there the lines themselves name theirs."""
    if kept.form > 1:
        for line in kept.section("papers").lines:
            yield int(line.key.removeprefix(ROW)), dict(line.values)
        return
    for section in kept.sections:
        for line in section.lines:
            for row in line.rows:
                if row.startswith(ROW):
                    yield int(row.removeprefix(ROW)), {"item": line.values["number"]}


def _since(document: MoneyDocument, *, is_standing: bool) -> str:
    if document.voided_at:
        day = in_words(day_of(document.voided_at))
        return f"Voided on {day}, after this version was made: {document.void_reason}"
    return "" if is_standing else NO_LONGER
