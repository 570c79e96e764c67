"""Receipts as they are sent: told by content, looked into, and images written anew."""

import hashlib
import io
from dataclasses import dataclass
from typing import IO, Final

from django.conf import settings
from PIL import Image, ImageOps
from pypdf import PdfReader, apply_configuration

from campaigns.rules.file_types import FIRST_BYTES, HEIC, JPEG, PDF, PNG, content_type
from campaigns.rules.refusals import Refusal

BLOCK: Final = 1024 * 1024
MOST_PAGES: Final = 100
# Of the tree in which a PDF keeps its pages: branches may be counted many times over.
MOST_NODES: Final = 2000
# A JPEG is read at the size that it is kept in; a PNG has to be read whole.
MOST_PIXELS: Final = {JPEG: 50_000_000, PNG: 25_000_000}
# How often a JPEG may go over all its dots again, which takes seconds each time.
MOST_SCANS: Final = 100
SCAN: Final = b"\xff\xda"
# A4 at 300 dots an inch.
LONGEST_SIDE: Final = 3508
QUALITY: Final = 85
BROKEN_IMAGE: Final = (
    "broken",
    "This image cannot be opened: take or scan it once more.",
)
ENDINGS: Final = {PDF: "pdf", JPEG: "jpg", PNG: "png"}


class DocumentRefused(Refusal):
    """The file cannot be kept as a receipt, or not voided as asked."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """What is to be kept of a file, with the measure of what was sent."""

    content: IO[bytes]
    content_type: str
    sha256: str
    pages: int

    @property
    def ending(self) -> str:
        return ENDINGS[self.content_type]


def receive_file(source: IO[bytes]) -> ReceivedFile:
    """Look at a file that somebody sent; `source` is read from its beginning.

    A PDF is kept as it came. An image is written anew, upright and without what else
    was in its file, such as the place where it was taken.
    Refused: no PDF, JPEG or PNG by its content, nothing in it, too large, too many
    pages or pixels, locked with a password, or not to be opened.
    """
    sha256 = _measured(source)
    source.seek(0)
    kind = content_type(source.read(FIRST_BYTES))
    source.seek(0)
    if kind == PDF:
        return ReceivedFile(source, kind, sha256, _pages_of(source))
    if kind in MOST_PIXELS:
        return ReceivedFile(_written_anew(source, kind), kind, sha256, 1)
    if kind == HEIC:
        raise DocumentRefused(
            "heic",
            "This is a HEIC photograph, which not everybody can open: send it as a "
            "JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible).",
        )
    raise DocumentRefused(
        "wrong_kind",
        "A receipt is a PDF, or a photograph or scan as JPEG or PNG: this file is "
        "none of them, whatever its name says.",
    )


def _measured(source: IO[bytes]) -> str:
    """The digest of a file that is neither empty nor too large."""
    most: int = settings.RECEIPT_MOST_BYTES
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    while size <= most and (block := source.read(BLOCK)):
        digest.update(block)
        size += len(block)
    if not size:
        raise DocumentRefused("empty", "There is nothing in this file.")
    if size > most:
        raise DocumentRefused(
            "too_large",
            f"A receipt may be {most // 1024**2} MB at most: scan it with fewer dots "
            "an inch, or send its pages one by one.",
        )
    return digest.hexdigest()


def _pages_of(source: IO[bytes]) -> int:
    """How many pages a PDF has, once each was looked up."""
    try:
        with apply_configuration(page_tree_maximum_entries=MOST_NODES):
            reader = PdfReader(source)
            is_locked = reader.is_encrypted
            pages = 0 if is_locked else len([page.mediabox for page in reader.pages])
    # A hostile file makes the reader fail in any way that there is.
    except Exception as error:
        raise DocumentRefused(
            "broken", "This PDF cannot be opened: save or print it as a PDF once more."
        ) from error
    if is_locked:
        raise DocumentRefused(
            "locked",
            "This PDF is locked with a password: print it to a new PDF, and send that.",
        )
    if not 0 < pages <= MOST_PAGES:
        raise DocumentRefused(
            "pages", f"A receipt has 1 to {MOST_PAGES} pages, this one {pages}."
        )
    return pages


def _written_anew(source: IO[bytes], kind: str) -> IO[bytes]:
    if kind == JPEG and source.read().count(SCAN) > MOST_SCANS:
        raise DocumentRefused(*BROKEN_IMAGE)
    source.seek(0)
    try:
        with Image.open(source, formats=_NAMES[kind]) as raw:
            _refuse_beyond(MOST_PIXELS[kind], raw)
            raw.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image = _on_white(ImageOps.exif_transpose(raw))
    except DocumentRefused:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MOST_PIXELS[kind]) from error
    except Exception as error:
        raise DocumentRefused(*BROKEN_IMAGE) from error
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Comments and profiles, which would be written with it.
    image.info.clear()
    kept = io.BytesIO()
    image.save(kept, _NAMES[kind][0], quality=QUALITY, optimize=True)
    return kept


# A telephone's JPEG may hold a second picture.
_NAMES: Final = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",)}


def _on_white(image: Image.Image) -> Image.Image:
    """In grey or in colours, where nothing shines through."""
    if image.mode in ("L", "RGB"):
        return image.copy()
    if image.has_transparency_data:
        above = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(above, mask=above)
        return image
    return image.convert("RGB")


def _refuse_beyond(most: int, image: Image.Image) -> None:
    width, height = image.size
    if width * height > most:
        raise _too_many_pixels(most)


def _too_many_pixels(most: int) -> DocumentRefused:
    return DocumentRefused(
        "pixels",
        f"This image has more than {most // 10**6} million dots: scan or photograph "
        "it at a smaller size.",
    )
