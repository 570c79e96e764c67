"""One PDF of all receipts: each page on a sheet of its own, under its number."""

import io
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import NameObject
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from campaigns.actions.document_files import DocumentRefused
from campaigns.actions.documents import void_document
from campaigns.actions.files import open_file
from campaigns.actions.jobs import run_here
from campaigns.actions.receipt_bundles import ask_for_receipts_bundle
from campaigns.exporters.receipts_bundle import Bundle, write_receipts_bundle
from campaigns.models import Campaign, Expense, StoredFile
from campaigns.reports.documents import NumberedPaper, live_papers
from tests.campaigns.actions.test_documents import bill, gift
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.campaigns.receipts import attach, image, pdf
from tests.cast import NOW

pytestmark = pytest.mark.django_db
MARK = "Taken by Agnes Agent on 23 April 2024 at 10 am: receipts"


@pytest.fixture
def bought(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "900.00")


def bundle(campaign: Campaign) -> tuple[Bundle, PdfReader]:
    out = io.BytesIO()
    made = write_receipts_bundle(out, live_papers(campaign), mark=MARK)
    return made, PdfReader(out, strict=True)


def words(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_every_page_stands_on_a_sheet_with_its_number_and_what_it_proves(
    campaign: Campaign, bought: Expense
) -> None:
    invoice = bill(bought)
    attach(invoice, pdf("Plover Press", pages=2), name="plover.pdf")
    attach(gift(campaign), image(size=(300, 200)), name="cheque.jpg")
    wrong = attach(bought, pdf("Blurred"))
    void_document(wrong, reason="Blurred", by=clerk(campaign), at=NOW)
    attach(bought, image("PNG"), name="screen.png")

    made, reader = bundle(campaign)
    sheets = words(reader)

    assert made == Bundle(receipts=3, sheets=4, not_drawn=())
    for number, sheet, expected in zip(
        (1, 2, 3, 4),
        sheets,
        (
            ("Receipt 1", "plover.pdf, page 1 of 2", "Plover Press, page 1"),
            ("Receipt 1", "plover.pdf, page 2 of 2", "Plover Press, page 2"),
            ("Receipt 2", "Donation of £250.00 from Dorothy Penhallow"),
            ("Receipt 4", "Expense of £900.00: Leaflets", "screen.png"),
        ),
        strict=True,
    ):
        for word in (*expected, MARK, f"Sheet {number} of 4"):
            assert word in sheet
    assert "Invoice PP-1 of 3 April 2024, £900.00" in sheets[0]
    assert [str(mark["/Title"]).split(".")[0] for mark in reader.outline] == [
        "1",
        "2",
        "4",
    ]
    # Wider than high, on a sheet that lies.
    assert [page.mediabox.width > 600 for page in reader.pages] == [
        False,
        False,
        True,
        False,
    ]


def test_images_keep_their_dots(campaign: Campaign, bought: Expense) -> None:
    chequered = Image.new("RGB", (40, 60), "red")
    chequered.paste("blue", (0, 0, 20, 30))
    sent = io.BytesIO()
    chequered.save(sent, "PNG")
    attach(bought, sent.getvalue())
    grey = io.BytesIO()
    Image.new("L", (50, 50), 90).save(grey, "JPEG")
    attach(bought, grey.getvalue())

    _, reader = bundle(campaign)
    shown = [page.images[0].image for page in reader.pages]

    assert shown[0].convert("RGB").tobytes() == chequered.tobytes()
    assert shown[1].convert("L").getpixel((25, 25)) == 90


def hostile() -> bytes:
    """A page with a script, a link and an attachment, and a stamp that is seen."""
    plain, made = io.BytesIO(), io.BytesIO()
    canvas = Canvas(plain, pagesize=A4)
    canvas.drawString(72, 700, "Bill")
    canvas.linkURL("https://evil.example/", (0, 0, 500, 500))
    canvas.acroForm.textfield(value="PAID IN FULL", x=72, y=300, width=200, height=40)
    canvas.save()
    writer = PdfWriter(plain)
    writer.add_open_action(JavaScript("app.alert('evil')"))
    writer.add_attachment("evil.exe", b"MZ evil")
    writer.write(made)
    return made.getvalue()


def test_stamps_come_with_a_page_and_scripts_links_and_attachments_do_not(
    campaign: Campaign, bought: Expense
) -> None:
    content = hostile()
    attach(bought, content)
    out = io.BytesIO()

    write_receipts_bundle(out, live_papers(campaign), mark=MARK)
    reader = PdfReader(out, strict=True)

    assert b"evil" in content
    assert "Bill" in words(reader)[0]
    assert "PAID IN FULL" in words(reader)[0]
    assert "/Annots" not in reader.pages[0]
    written = out.getvalue()
    for name in (b"/JavaScript", b"/Names", b"/URI", b"/EmbeddedFile", b"/OpenAction"):
        assert name not in written


def changed(change: Any, **made: Any) -> bytes:
    writer, out = PdfWriter(io.BytesIO(pdf(**made))), io.BytesIO()
    for page in writer.pages:
        change(page)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_was_turned_or_cut_lies_within_its_sheet(
    campaign: Campaign, bought: Expense, turn: int
) -> None:
    def change(page: Any) -> None:
        page.rotate(turn)
        page.cropbox.lower_left = (50, 400)

    attach(bought, changed(change))

    _, reader = bundle(campaign)
    (page,) = reader.pages
    placing = page.get_contents().get_data().decode().splitlines()[1]
    a, b, c, d, e, f = map(float, placing.split()[1:7])
    left, low, right, high = map(float, page["/Resources"]["/XObject"]["/D1"]["/BBox"])
    top_left = {
        0: (left, high),
        90: (left, low),
        180: (right, low),
        270: (right, high),
    }
    corners = {
        (x, y): (a * x + c * y + e, b * x + d * y + f)
        for x in (left, right)
        for y in (low, high)
    }
    (xs, ys), size = zip(*corners.values(), strict=True), page.mediabox
    assert corners[top_left[turn]] == pytest.approx((min(xs), max(ys)))
    assert 12 * mm - 0.1 < min(xs)
    assert max(xs) < size.width - 12 * mm + 0.1
    assert 14 * mm - 0.1 < min(ys)
    assert max(ys) < size.height - 22 * mm + 0.1
    sheet = landscape(A4) if turn in (0, 180) else A4
    assert (size.width, size.height) == pytest.approx(sheet, abs=0.1)


def test_what_cannot_be_drawn_is_said_on_its_sheet_and_the_rest_is_there(
    campaign: Campaign, bought: Expense
) -> None:
    def break_it(page: Any) -> None:
        page[NameObject("/Contents")] = NameObject("/Nothing")

    attach(bought, changed(break_it))
    attach(bought, pdf("After it"))

    made, reader = bundle(campaign)
    broken, after = words(reader)

    assert made.not_drawn == ("1",)
    assert "cannot be drawn here: open the file by itself" in broken
    assert "After it" in after


def test_a_worker_makes_it_for_whoever_sees_money(
    campaign: Campaign, bought: Expense
) -> None:
    with pytest.raises(DocumentRefused):
        ask_for_receipts_bundle(campaign=campaign, by=clerk(campaign), at=NOW)
    attach(bought)

    job = ask_for_receipts_bundle(campaign=campaign, by=clerk(campaign), at=NOW)
    run_here(job)
    run_here(job)

    job.refresh_from_db()
    file = StoredFile.objects.get(job=job)
    assert (file.name, file.capability) == ("receipts-mayor-2024.pdf", "see_money")
    assert job.state == "done"
    with open_file(file) as content:
        assert len(PdfReader(content).pages) == 1


def test_memory_does_not_grow_with_the_receipts(
    campaign: Campaign, tmp_path: Path
) -> None:
    """Ten times as many noisy photographs take no more at once."""
    expense = propose(campaign)
    sent = io.BytesIO()
    Image.effect_noise((1200, 1200), 90).save(sent, "JPEG", quality=90)
    for nth in range(20):
        attach(expense, sent.getvalue() + b"%d" % nth)
    papers = live_papers(campaign)

    def peak(papers: list[NumberedPaper]) -> int:
        tracemalloc.start()
        with (tmp_path / "bundle.pdf").open("wb") as out:
            write_receipts_bundle(out, papers, mark=MARK)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(papers[:1])  # fonts are read once
    few, many = peak(papers[:2]), peak(papers)

    assert (tmp_path / "bundle.pdf").stat().st_size > 10 * 1024**2
    assert many < few + 3 * 1024**2
