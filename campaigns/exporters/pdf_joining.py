"""Sheets out of many PDFs and images, one after another in one file.

Each is written as soon as it is given, and only one source is in memory at a time.
"""

import io
from collections.abc import Iterable, Mapping
from typing import IO, Final

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

# What may hang on a drawing, is seen on no sheet, and may be large.
LEFT_OUT: Final = frozenset({"/Metadata", "/PieceInfo", "/AF"})
FREE: Final = b"0000000000 65535 f \n"

Matrix = tuple[float, float, float, float, float, float]
Drawing = tuple[PdfObject, Matrix]


class PdfJoiner:
    """A PDF that is written from its first sheet to its last."""

    def __init__(self, out: IO[bytes], *, title: str) -> None:
        self._out = out
        self._places: list[int | None] = []
        self._sheets: list[IndirectObject] = []
        self._marks: list[tuple[str, IndirectObject]] = []
        out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._tree = self.reserve()
        self._info = self.write(dictionary(Title=TextStringObject(title)))

    def reserve(self) -> IndirectObject:
        """A reference to what is written later."""
        self._places.append(None)
        return IndirectObject(len(self._places), 0, None)

    def write(
        self, value: PdfObject, reserved: IndirectObject | None = None
    ) -> IndirectObject:
        """Write one object; what is answered refers to it."""
        body = io.BytesIO()
        # Before anything else: what cannot be written leaves nothing behind.
        value.write_to_stream(body)
        reference = reserved or self.reserve()
        self._places[reference.idnum - 1] = self._out.tell()
        self._out.write(b"%d 0 obj\n" % reference.idnum)
        self._out.write(body.getbuffer())
        self._out.write(b"\nendobj\n")
        return reference

    def add_sheet(
        self, size: tuple[float, float], drawings: Iterable[Drawing], *, mark: str = ""
    ) -> None:
        """One page of this width and height in points.

        Each of `drawings` is a form or an image with the matrix that puts it in its
        place. `mark` is what the list of contents calls the page.
        """
        content, shown = placed(drawings)
        sheet = self.write(
            dictionary(
                Type=NameObject("/Page"),
                Parent=self._tree,
                MediaBox=array((0, 0, *size)),
                Resources=dictionary(XObject=shown),
                Contents=self.write(stream({}, content)),
            )
        )
        self._sheets.append(sheet)
        if mark:
            self._marks.append((mark, sheet))

    def close(self) -> int:
        """Write what holds the sheets together; answers how many there are."""
        count = NumberObject(len(self._sheets))
        kids = ArrayObject(self._sheets)
        tree = dictionary(Type=NameObject("/Pages"), Kids=kids, Count=count)
        self.write(tree, self._tree)
        root = self.write(
            dictionary(
                Type=NameObject("/Catalog"),
                Pages=self._tree,
                Outlines=self._write_marks(),
                PageMode=NameObject("/UseOutlines"),
            )
        )
        start, size = self._out.tell(), len(self._places) + 1
        self._out.write(b"xref\n0 %d\n" % size + FREE)
        for place in self._places:
            self._out.write(FREE if place is None else b"%010d 00000 n \n" % place)
        self._out.write(b"trailer\n")
        end = dictionary(Size=NumberObject(size), Root=root, Info=self._info)
        end.write_to_stream(self._out)
        self._out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
        return len(self._sheets)

    def _write_marks(self) -> IndirectObject:
        """The list of contents, in which each line knows its neighbours."""
        top = self.reserve()
        lines = [self.reserve() for _ in self._marks]
        for nth, (mark, sheet) in enumerate(self._marks):
            line = dictionary(
                Title=TextStringObject(mark),
                Parent=top,
                Dest=ArrayObject([sheet, NameObject("/Fit")]),
            )
            if nth:
                line[NameObject("/Prev")] = lines[nth - 1]
            if nth + 1 < len(lines):
                line[NameObject("/Next")] = lines[nth + 1]
            self.write(line, lines[nth])
        ends = {"/First": lines[0], "/Last": lines[-1]} if lines else {}
        return self.write(dictionary(ends, Count=NumberObject(len(lines))), top)


class Source:
    """One file that drawings are taken from: each object of it is taken over once."""

    def __init__(self, joiner: PdfJoiner) -> None:
        self._joiner = joiner
        self._taken: dict[tuple[int, int], IndirectObject] = {}
        self._waiting: list[tuple[IndirectObject, IndirectObject]] = []

    def take(self, value: PdfObject) -> PdfObject:
        """The value as it is in the new file, after whatever it refers to."""
        taken = self._renumbered(value)
        try:
            while self._waiting:
                there, here = self._waiting.pop()
                self._joiner.write(self._renumbered(there.get_object()), here)
        finally:
            self._waiting.clear()
        return taken

    def _renumbered(self, value: PdfObject | None) -> PdfObject:
        if isinstance(value, IndirectObject):
            key = (value.idnum, value.generation)
            if key not in self._taken:
                self._taken[key] = self._joiner.reserve()
                self._waiting.append((value, self._taken[key]))
            return self._taken[key]
        if isinstance(value, ArrayObject):
            return ArrayObject(self._renumbered(one) for one in value)
        if isinstance(value, DictionaryObject):
            entries = {
                key: self._renumbered(value.raw_get(key))
                for key in value
                if key not in LEFT_OUT
            }
            if isinstance(value, StreamObject):
                return stream(entries, packed(value))
            return dictionary(entries)
        return NullObject() if value is None else value


def placed(drawings: Iterable[Drawing]) -> tuple[bytes, DictionaryObject]:
    """What draws them one over the other, and what it names them by."""
    lines, shown = [], {}
    for nth, (drawing, matrix) in enumerate(drawings):
        numbers = " ".join(f"{number:.4f}" for number in matrix)
        lines.append(f"q {numbers} cm /D{nth} Do Q")
        shown[f"/D{nth}"] = drawing
    return "\n".join(lines).encode(), dictionary(shown)


def packed(value: StreamObject) -> bytes:
    """The bytes of a stream as they stand in its file."""
    return StreamObject.get_data(value)


def stream(entries: Mapping[str, PdfObject], content: bytes) -> StreamObject:
    made = StreamObject()
    made.update(dictionary(entries))
    made.set_data(content)
    return made


def dictionary(
    entries: Mapping[str, PdfObject] | None = None, **named: PdfObject
) -> DictionaryObject:
    pairs = {**(entries or {}), **{f"/{name}": value for name, value in named.items()}}
    return DictionaryObject({NameObject(name): value for name, value in pairs.items()})


def array(numbers: Iterable[float]) -> ArrayObject:
    return ArrayObject(FloatObject(round(number, 4)) for number in numbers)
