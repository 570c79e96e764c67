"""Hostile files: what is no receipt is said to be none, and nothing is kept."""

import io
import struct
import zlib

import pytest
from django.test import override_settings
from PIL import Image
from pypdf import PdfWriter

from campaigns.actions.document_files import (
    LONGEST_SIDE,
    DocumentRefused,
    receive_file,
)
from campaigns.models import Campaign, MoneyDocument, StoredFile
from campaigns.rules.file_types import JPEG, PDF, PNG
from tests.campaigns.purchases import propose
from tests.campaigns.receipts import attach, image, locked_pdf, pdf

PAGE_OF_HTML = b"<!doctype html><script>alert(1)</script>"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


def png_of(width: int, height: int) -> bytes:
    """The head of a PNG that says how large it is; its dots are a few bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", size), chunk(b"IDAT", dots), chunk(b"IEND", b""))
    )


def many_pages(count: int) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    writer.write(made)
    return made.getvalue()


def tree_of_pages(levels: int) -> bytes:
    """A PDF in which each level of the tree names the next ten times over."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    for level in range(levels):
        kids = b" ".join([b"%d 0 R" % (level + 3)] * 10)
        objects.append(b"<< /Type /Pages /Count 1 /Kids [%s] >>" % kids)
    objects.append(b"<< /Type /Page /MediaBox [0 0 9 9] >>")
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s"
        % (
            len(objects) + 1,
            table,
        )
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            len(out),
        )
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="zero bytes"),
        pytest.param(PAGE_OF_HTML, "wrong_kind", id="HTML"),
        pytest.param(b"MZ" + bytes(600), "wrong_kind", id="a program"),
        pytest.param(b"GIF89a" + bytes(600), "wrong_kind", id="GIF"),
        pytest.param(b" " + pdf(), "wrong_kind", id="PDF that begins later"),
        pytest.param(HEIC, "heic", id="HEIC"),
        pytest.param(b"%PDF-1.7\n" + PAGE_OF_HTML, "broken", id="PDF that is HTML"),
        pytest.param(pdf()[:300], "broken", id="half a PDF"),
        pytest.param(many_pages(101), "pages", id="too many pages"),
        pytest.param(many_pages(0), "pages", id="no page"),
        pytest.param(tree_of_pages(9), "broken", id="a tree of a thousand million"),
        pytest.param(locked_pdf(), "locked", id="locked PDF"),
        pytest.param(image()[:200], "broken", id="half a JPEG"),
        pytest.param(png_of(100, 100), "broken", id="PNG of too few dots"),
        pytest.param(png_of(30_000, 30_000), "pixels", id="bomb"),
        pytest.param(png_of(5_001, 5_001), "pixels", id="more than the cap"),
        pytest.param(
            image()[:-2] + b"\xff\xda\0\0" * 101, "broken", id="a hundred scans"
        ),
        pytest.param(b"\xff\xd8\xff" + PAGE_OF_HTML, "broken", id="JPEG that is HTML"),
    ],
)
def test_what_is_no_receipt_is_refused_in_one_sentence(
    content: bytes, code: str
) -> None:
    with pytest.raises(DocumentRefused) as refused:
        receive_file(io.BytesIO(content))

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.django_db
def test_a_refusal_keeps_nothing_and_takes_no_number(campaign: Campaign) -> None:
    expense = propose(campaign)

    with pytest.raises(DocumentRefused):
        attach(expense, PAGE_OF_HTML, name="invoice.pdf")

    assert not MoneyDocument.objects.exists()
    assert not StoredFile.objects.exists()


@override_settings(RECEIPT_MOST_BYTES=2 * 1024**2)
def test_too_large_says_how_large_it_may_be() -> None:
    with pytest.raises(DocumentRefused) as refused:
        receive_file(io.BytesIO(pdf() + bytes(2 * 1024**2)))

    assert "may be 2 MB at most" in refused.value.message


def test_a_pdf_is_kept_as_it_came_with_its_pages_counted() -> None:
    content = pdf(pages=3)

    received = receive_file(io.BytesIO(content))

    assert (received.content_type, received.pages) == (PDF, 3)
    received.content.seek(0)
    assert received.content.read() == content


def test_an_image_is_written_anew_with_nothing_else_in_its_file() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Taken at 14 Fallowshaw Road"
    exif[0x0112] = 6
    polyglot = (
        image(size=(80, 40), exif=exif, comment=b"secret") + b"PK\x03\x04<script>"
    )

    received = receive_file(io.BytesIO(polyglot))
    kept = received.content
    kept.seek(0)
    content = kept.read()
    picture = Image.open(kept)

    assert received.content_type == JPEG
    assert picture.size == (40, 80), "upright, as it was held"
    assert not picture.getexif()
    for hidden in (b"Fallowshaw", b"secret", b"<script>", b"PK\x03\x04"):
        assert hidden in polyglot
        assert hidden not in content


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16", "CMYK"])
def test_an_image_of_any_kind_of_colours_is_kept(mode: str) -> None:
    sent, kind = io.BytesIO(), "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (30, 20)).save(sent, kind)

    received = receive_file(sent)

    with Image.open(received.content) as picture:
        assert picture.mode in ("L", "RGB")
        assert picture.size == (30, 20)


def test_what_shines_through_becomes_white() -> None:
    sent = io.BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(sent, "PNG")

    with Image.open(receive_file(sent).content) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photograph_is_kept_as_fine_as_a_printed_sheet() -> None:
    received = receive_file(io.BytesIO(image(size=(4000, 5000), quality=20)))
    wide = receive_file(io.BytesIO(image("PNG", size=(4000, 100))))

    with Image.open(received.content) as picture:
        assert picture.size == (2806, LONGEST_SIDE)
    assert wide.content_type == PNG


def test_two_images_that_look_the_same_are_two_files() -> None:
    plain = image()
    content = [plain, plain + b"\0"]

    first, second = (receive_file(io.BytesIO(one)) for one in content)

    assert first.sha256 != second.sha256
