"""Other names by which files call a column, tried when no supplier's layout fits."""

from campaigns.importers.layouts.base import numbered

ALIASES: dict[str, tuple[str, ...]] = {
    "prefix": (
        "electornumberprefix", "electornoprefix", "prefix", "pd", "pdcode", "district",
        "pollingdistrict", "pollingdistrictcode", "pollingdistrictreference", "pdref",
    ),
    "number": (
        "electornumber", "electorno", "eno", "elno", "rollno", "rollnumber", "number",
        "electoralnumber", "no",
    ),
    "suffix": ("electornumbersuffix", "electornosuffix", "numbersuffix"),
    "reference": (
        "fullelectorno", "fullelectornumber", "electorref", "electorreference",
        "voternumber", "registernumber",
    ),
    "title": ("title", "electortitle"),
    "surname": ("surname", "electorsurname", "lastname", "familyname"),
    "forename": (
        "forename", "forenames", "firstname", "firstnames", "electorforename",
        "givenname", "givennames",
    ),
    "middle": ("middlename", "middlenames", "electormiddlename", "initials", "initial"),
    "whole_name": ("electorname", "name", "fullname", "voter"),
    "markers": (
        "markers", "electormarkers", "franchise", "franchiseflag", "franchisemarker",
        "flag", "flags", "qualification",
    ),
    "opt_out": ("optout", "optoutflag", "openregisteroptout"),
    "attains_on": ("dateofattainment", "attainmentdate", "electordob", "dob", "do18"),
    "postcode": ("postcode", "pcode", "propertypostcode", "housepostcode"),
    "address": (
        "flat", "housename", "housenumber", *numbered("address", "addressline", upto=9),
        *numbered("registeredaddress", "add", "propertyaddress", upto=6), "street",
        "streetname", "road", "locality", "town", "address",
    ),
    "uprn": ("uprn", "propertyurn"),
    "supplier_id": ("electorid", "electoruuid"),
}  # fmt: skip
