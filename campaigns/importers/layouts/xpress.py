"""Xpress: full registers with one or two name columns, and the monthly update."""

from campaigns.importers.layouts.base import Change, Layout, numbered

FULL = {
    "prefix": ("electornumberprefix",),
    "number": ("electornumber",),
    "suffix": ("electornumbersuffix",),
    "markers": ("electormarkers",),
    "attains_on": ("electordob",),
    "postcode": ("postcode",),
    "address": numbered("address", upto=6),
}


def change_by_month(created: str, changed: str, deleted: str) -> Change | None:
    """The month columns of the monthly update: which of them is not zero.

    Deleted in the month in which it was created: the line cancels itself out. Else
    delete beats amend and amend beats create, save that what was created and changed
    in one month is new to us. No month at all restates what is on the register.
    """
    months = {"": 0} | {str(month): month for month in range(13)}
    try:
        made, altered, ended = (months[text] for text in (created, changed, deleted))
    except KeyError:
        return None
    if ended:
        return "drop" if made == ended else "delete"
    return "add" if made and altered in (0, made) else "amend"


XPRESS = (
    Layout(
        code="xpress_full",
        name="Xpress full register",
        kind="full",
        columns=FULL
        | {"surname": ("electorsurname",), "forename": ("electorforename",)},
        signature=("electornumberprefix", "electornumber", "electorsurname"),
        notes="Postcode repeated in the last address line; windows-1252.",
    ),
    Layout(
        code="xpress_full_single_name",
        name="Xpress full register, one name column",
        kind="full",
        columns=FULL | {"whole_name": ("electorname",)},
        signature=("electornumberprefix", "electornumber", "electorname"),
        notes="Surname first, no comma.",
    ),
    Layout(
        code="xpress_update",
        name="Xpress monthly update",
        kind="update",
        columns={
            "reference": ("electornumber",),
            "surname": ("electorsurname",),
            "forename": ("electorforename",),
            "markers": ("markersregistertext",),
            "attains_on": ("electordob",),
            "postcode": ("propertypostcode",),
            "address": numbered("propertyaddress", upto=5),
            "created_month": ("electorcreatedmonth",),
            "changed_month": ("electorchangedmonth",),
            "deleted_month": ("electordeletedmonth",),
            "register_month": ("currentregistermonth",),
        },
        signature=("electornumber", "electorcreatedmonth", "electordeletedmonth"),
        change_fields=("created_month", "changed_month", "deleted_month"),
        change_of=change_by_month,
    ),
)
