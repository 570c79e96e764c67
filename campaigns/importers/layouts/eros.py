"""Idox Eros, once called Halarose: full register and monthly update."""

from campaigns.importers.layouts.base import Layout, by_letter, numbered

COLUMNS = {
    "prefix": ("pd",),
    "number": ("eno",),
    "title": ("title",),
    "surname": ("surname",),
    "forename": ("firstname", "firstnames"),
    "middle": ("initials", "initals"),
    "markers": ("franchiseflag",),
    "opt_out": ("optout", "optoutflag"),
    "attains_on": ("dateofattainment",),
    "postcode": ("postcode",),
    "address": numbered("address", upto=9),
    "uprn": ("uprn",),
}
EROS = (
    Layout(
        code="eros_full",
        name="Idox Eros full register",
        kind="full",
        columns=COLUMNS,
        signature=("pd", "eno", "franchiseflag", "surname"),
        lacks=("registercode",),
        notes="`(z)` before a surname: opted out of the open register. Title lines and "
        "repeated headers may stand in mid-file. Some have no postcode column.",
    ),
    Layout(
        code="eros_update",
        name="Idox Eros monthly update",
        kind="update",
        columns=COLUMNS | {"change": ("status", "remove", "removestatus")},
        signature=("pd", "eno", "franchiseflag", "surname", "registercode"),
        change_fields=("change",),
        change_of=by_letter({"A": "add", "M": "amend", "D": "delete"}),
        notes="Lines with the month stand before the header. A means add here.",
    ),
)
