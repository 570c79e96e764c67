"""What a page or an image shows, as one drawing that can be put on any sheet.

No script, link, attachment or action of the file comes with it.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from PIL import Image
from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from campaigns.exporters.pdf_joining import (
    Drawing,
    Matrix,
    PdfJoiner,
    Source,
    array,
    dictionary,
    packed,
    placed,
    stream,
)

AS_IT_IS: Final[Matrix] = (1, 0, 0, 1, 0, 0)
# Flags of what is written over a page: hidden, or not for the screen.
UNSEEN: Final = 2 | 32
PNG_HEAD: Final = 8
COLOURS: Final = {"L": ("/DeviceGray", 1), "RGB": ("/DeviceRGB", 3)}


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawing, and its width and height in points; `matrix` puts it at 0, 0."""

    drawing: PdfObject
    width: float
    height: float
    matrix: Matrix = AS_IT_IS


def page_shown(joiner: PdfJoiner, source: Source, page: PageObject) -> Shown:
    """A page of a PDF, upright, with what stamps and filled-in fields write over it."""
    left, low, right, high = map(float, page.cropbox)
    if right <= left or high <= low:
        raise ValueError("A page without any surface.")
    upright: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -left, -low),
        90: (0, -1, 1, 0, -low, right),
        180: (-1, 0, 0, -1, right, high),
        270: (0, 1, -1, 0, high, -left),
    }
    turned = (page.rotation or 0) % 360
    width, height = right - left, high - low
    if turned in (90, 270):
        width, height = height, width
    drawing = joiner.write(page_drawing(joiner, source, page))
    return Shown(drawing, width, height, upright[turned])


def page_drawing(joiner: PdfJoiner, source: Source, page: PageObject) -> StreamObject:
    """The form that draws a page as it lies in its file."""
    box = array(map(float, page.cropbox))
    drawings = [(_page_form(joiner, source, page, box), AS_IT_IS)]
    content, named = placed([*drawings, *_written_over(source, page)])
    return _form(box, dictionary(XObject=named), content)


def _form(box: ArrayObject, resources: PdfObject, content: bytes) -> StreamObject:
    entries = dictionary(
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Form"),
        BBox=box,
        Resources=resources,
    )
    return stream(entries, content)


def _page_form(
    joiner: PdfJoiner, source: Source, page: PageObject, box: ArrayObject
) -> PdfObject:
    given = page.raw_get("/Resources") if "/Resources" in page else dictionary()
    form = _form(box, source.take(given), b"")
    content = _entry(page, "/Contents")
    if isinstance(content, StreamObject):
        form.set_data(packed(content))
        for key in ("/Filter", "/DecodeParms"):
            if key in content:
                form[NameObject(key)] = source.take(content.raw_get(key))
    elif content is not None:
        unpacked = b"\n".join(part.get_object().get_data() for part in content)
        form.set_data(zlib.compress(unpacked))
        form[NameObject("/Filter")] = NameObject("/FlateDecode")
    if "/Group" in page:
        form[NameObject("/Group")] = source.take(page.raw_get("/Group"))
    return joiner.write(form)


def _written_over(source: Source, page: PageObject) -> Iterator[Drawing]:
    """The looks of stamps, notes and fields, each where it stands on the page."""
    for note in _entry(page, "/Annots") or ():
        found = note.get_object()
        if _entry(found, "/F") and found["/F"] & UNSEEN:
            continue
        looks = _entry(_entry(found, "/AP"), "/N")
        if not isinstance(looks, StreamObject):
            looks = _entry(looks, _entry(found, "/AS") or "/Off")
        if isinstance(looks, StreamObject) and "/BBox" in looks:
            drawn = looks.indirect_reference
            if drawn is not None:
                yield source.take(drawn), _stretched(looks, found)


def _entry(entries: Any, key: str) -> Any:
    """What stands under a key, wherever in the file it is; None where nothing does."""
    if not isinstance(entries, DictionaryObject) or key not in entries:
        return None
    found = entries[key]
    return None if isinstance(found, NullObject) else found


def _stretched(looks: StreamObject, note: DictionaryObject) -> Matrix:
    """From the box of its looks, as its own matrix turns it, to its place."""
    a, b, c, d, e, f = map(float, _entry(looks, "/Matrix") or AS_IT_IS)
    x0, y0, x1, y1 = map(float, _entry(looks, "/BBox"))
    corners = [(x, y) for x in (x0, x1) for y in (y0, y1)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    left, low, right, high = map(float, _entry(note, "/Rect"))
    left, right = sorted((left, right))
    low, high = sorted((low, high))
    across = (right - left) / ((max(xs) - min(xs)) or 1)
    up = (high - low) / ((max(ys) - min(ys)) or 1)
    return (across, 0, 0, up, left - across * min(xs), low - up * min(ys))


def image_shown(joiner: PdfJoiner, content: IO[bytes]) -> Shown:
    """An image as `receive_file` wrote it: its bytes are taken as they are."""
    with Image.open(content) as image:
        (width, height), kind = image.size, image.format
        space, colours = COLOURS[image.mode]
    content.seek(0)
    entries = dictionary(
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(width),
        Height=NumberObject(height),
        ColorSpace=NameObject(space),
        BitsPerComponent=NumberObject(8),
    )
    data = content.read()
    if kind == "JPEG":
        entries[NameObject("/Filter")] = NameObject("/DCTDecode")
    else:
        data = _dots_of_png(data)
        entries[NameObject("/Filter")] = NameObject("/FlateDecode")
        entries[NameObject("/DecodeParms")] = dictionary(
            Predictor=NumberObject(15),
            Colors=NumberObject(colours),
            Columns=NumberObject(width),
        )
    drawing = joiner.write(stream(entries, data))
    return Shown(drawing, width, height, (width, 0, 0, height, 0, 0))


def _dots_of_png(content: bytes) -> bytes:
    """The packed rows of a PNG, which a PDF packs alike."""
    rows, at = [], PNG_HEAD
    while at < len(content):
        length = int.from_bytes(content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            rows.append(content[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(rows)
