"""Democracy Counts Elector8: full register and update, of 2016 and of today."""

from campaigns.importers.layouts.base import Layout, by_letter, numbered

COLUMNS = {
    "prefix": ("pdcode",),
    "number": ("rollno",),
    "title": ("electortitle",),
    "surname": ("electorsurname",),
    "forename": ("electorforename",),
    "middle": ("electormiddlename",),
    "markers": ("franchisemarker",),
    "attains_on": ("dateofattainment", "attainersdob", "dob"),
    "postcode": ("postcode",),
    "address": numbered("registeredaddress", upto=6),
    "uprn": ("uprn",),
    "supplier_id": ("electorid",),
}
SIGNATURE = ("pdcode", "rollno", "electorsurname")
ELECTOR8 = (
    Layout(
        code="elector8_full",
        name="Elector8 full register",
        kind="full",
        columns=COLUMNS,
        signature=SIGNATURE,
        lacks=("changetypeid",),
        notes="Decimal roll numbers; surnames in capitals; a byte order mark.",
    ),
    Layout(
        code="elector8_update",
        name="Elector8 update",
        kind="update",
        columns=COLUMNS | {"change": ("changetypeid",)},
        signature=(*SIGNATURE, "changetypeid", "electorid"),
        change_fields=("change",),
        change_of=by_letter({"N": "add", "A": "amend", "M": "amend", "D": "delete"}),
        notes="A means amend here.",
    ),
    Layout(
        code="elector8_update_2016",
        name="Elector8 update of 2016",
        kind="update",
        columns=COLUMNS | {"change": ("changetypeid",)},
        signature=(*SIGNATURE, "changetypeid"),
        lacks=("electorid",),
        change_fields=("change",),
        change_of=by_letter({"N": "add", "M": "amend", "D": "delete"}),
    ),
)
