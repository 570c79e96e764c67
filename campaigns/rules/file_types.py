"""What a file is, from its first bytes: its name and its sender may both be wrong."""

from typing import Final

FIRST_BYTES: Final = 512
UNKNOWN: Final = "application/octet-stream"
CSV: Final = "text/csv"

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
HEIC: Final = "image/heic"
SIGNATURES: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"\xd0\xcf\x11\xe0", "application/vnd.ms-excel"),
)
ZIPPED: Final = b"PK\x03\x04"
WORKBOOK_PARTS: Final = (b"[Content_Types].xml", b"xl/", b"_rels/", b"docProps/")
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What telephones of Apple call their photographs, after `ftyp` at the fifth byte.
HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def content_type(first_bytes: bytes) -> str:
    """The media type of a file that begins so; text of any kind counts as CSV."""
    for signature, found in SIGNATURES:
        if first_bytes.startswith(signature):
            return found
    if first_bytes.startswith(ZIPPED):
        name = first_bytes[30:60]
        is_workbook = name.startswith(WORKBOOK_PARTS)
        return WORKBOOK if is_workbook else "application/zip"
    if first_bytes[4:8] == b"ftyp" and first_bytes[8:12] in HEIC_BRANDS:
        return HEIC
    is_text = first_bytes.startswith(UTF_16) or b"\0" not in first_bytes
    return CSV if is_text else UNKNOWN
