"""Idox Elections, from Strand: full register."""

from campaigns.importers.layouts.base import Layout

STRAND = (
    Layout(
        code="strand_full",
        name="Idox Elections (Strand) full register",
        kind="full",
        columns={
            "prefix": ("district",),
            "number": ("elno",),
            "surname": ("surname",),
            "forename": ("forenames",),
            "markers": ("qualification",),
            "attains_on": ("do18",),
            "postcode": ("pcode",),
            "address": (
                "flat", "housename", "housenumber", "substreetname", "streetname",
                "streetadd1", "streetadd2", "streetadd3", "streetadd4",
            ),
        },
        signature=("district", "elno", "surname", "streetname"),
    ),
)  # fmt: skip
