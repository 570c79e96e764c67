"""Idox Elections, from Strand: full register, and the forms that print no header."""

import re

from campaigns.importers.layouts.base import Change, Layout, numbered

COLUMNS = {
    "prefix": ("district",),
    "number": ("elno",),
    "surname": ("surname",),
    "forename": ("forenames",),
    "markers": ("qualification",),
    "attains_on": ("do18",),
    "postcode": ("pcode",),
}
HOME = (
    "flat", "housename", "housenumber", "substreetname", "streetname",
    "streetadd1", "streetadd2", "streetadd3", "streetadd4",
)  # fmt: skip
# Column by column, as no file prints it. The address lines say all that the house
# number, flat and street say again behind them.
START, NAMES = ("district", "elno"), ("qualification", "do18", "surname", "forenames")
HOUSE = ("house", "prefix", "road", *numbered("unknown", upto=4), "pcode")
END = (*NAMES, *numbered("address", upto=8), *HOUSE)
UNPRINTED = COLUMNS | {"address": numbered("address", upto=8)}
DISTRICT, ROLL = re.compile(r"\S{1,12}"), re.compile(r"\d+(?:[/.]\d+)?")
FLAGS, DATE = re.compile(r"[A-Za-z /]*"), re.compile(r"|\d.*\d|[A-Z]+")
NAME = re.compile(r".*[^\W\d].*")
POSTCODE = re.compile(r"|[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}", re.IGNORECASE)
SIGN = re.compile(r"[+=-][A-Za-z]{3,}")


def change_by_sign(text: str) -> Change | None:
    """`+Jan` came in January, `-Feb` went in February, `=Mar` was changed in March."""
    signs: dict[str, Change] = {"+": "add", "-": "delete", "=": "amend"}
    return signs.get(text[:1])


STRAND = (
    Layout(
        code="strand_full",
        name="Idox Elections (Strand) full register",
        kind="full",
        columns=COLUMNS | {"address": HOME},
        signature=("district", "elno", "surname", "streetname"),
    ),
    Layout(
        code="strand_full_no_header",
        name="Idox Elections (Strand) full register without a header",
        kind="full",
        columns=UNPRINTED,
        signature=(*START, *END),
        lacks=("change",),
        unprinted_header=(*START, *END),
        begins={0: DISTRICT, 1: ROLL, 2: FLAGS, 3: DATE, 4: NAME, 21: POSTCODE},
    ),
    Layout(
        code="strand_update_no_header",
        name="Idox Elections (Strand) update without a header",
        kind="update",
        columns=UNPRINTED | {"change": ("change",)},
        signature=(*START, "change", *END),
        change_fields=("change",),
        change_of=change_by_sign,
        unprinted_header=(*START, "change", *END),
        begins={0: DISTRICT, 1: ROLL, 2: SIGN, 4: DATE, 5: NAME, 22: POSTCODE},
    ),
)
