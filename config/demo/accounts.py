"""The demo's money as data: what was bought, who pays, who gave."""

from dataclasses import dataclass
from datetime import date

from config.demo import cast


@dataclass(frozen=True)
class Purchase:
    """An expense and how far it has come. Days are of 2024, as (month, day).

    `bill` is the invoice and `paid` whether it has been settled; `value` is what a
    gift is worth. `shared` names who bears how many of how many parts.
    """

    campaign: str
    description: str
    supplier: str
    category: str
    amount: str
    incurred: tuple[int, int]
    used: tuple[tuple[int, int], tuple[int, int]]
    kind: str = "incurred"
    value: str = ""
    duty: str = ""
    committed: bool = True
    bill: tuple[str, tuple[int, int]] | None = None
    paid: tuple[int, int] | None = None
    shared: tuple[str, int, int, str] | None = None
    voided: str = ""


@dataclass(frozen=True)
class Gift:
    """A donation: received, then accepted or returned."""

    campaign: str
    donor: str
    kind: str
    address: str
    amount: str
    received: tuple[int, int] | None
    accepted: tuple[int, int] | None = None
    returned: tuple[int, int] | None = None
    in_kind: str = ""
    # What was looked at and found, or how it was returned.
    found: tuple[tuple[str, str], ...] = ()
    checked: str = ""


@dataclass(frozen=True)
class Notice:
    """The numbers a returning officer gave for the limit."""

    campaign: str
    electors: int
    councils: int | None
    given: tuple[int, int]
    document: str


def day(month_and_day: tuple[int, int]) -> date:
    return date(2024, *month_and_day)


SUPPLIERS = {
    "Plover Press": "Unit 7, Ganderwick Lane, Birmingham BM12 0BD",
    "Marten Mailing": "2 Cinderholt Way, Sandwell SD4 0AF",
    "Linnet Digital": "The Old Forge, Velvetgate, Coventry CY3 0AB",
    "Harrow & Flax Lettings": "19 Orchardcombe Street, Birmingham BM44 0AE",
    "Saffron Hall Trust": "Saffron Hall, Tansymere Road, Dudley DU6 0AD",
    "Two Rivers Coaches": "Depot 3, Barrowdale Drive, Walsall WL9 0BA",
    "Kingfisher Party": "1 Canal Row, Birmingham BM1 0AA",
    "Ruth Ashdene": "care of 1 Canal Row, Birmingham BM1 0AA",
}

BOTH = ("Beth Calloway, joint candidate", 1, 2, "It asks for a vote for both alike.")
WHOLE_PERIOD = ((3, 27), (5, 2))
PURCHASES = (
    Purchase(
        cast.MAYOR, "February newsletter, printing and post", "Plover Press",
        "unsolicited", "12400.00", (1, 29), ((2, 5), (2, 19)),
        bill=("PP-1187", (2, 6)), paid=(2, 20),
    ),
    Purchase(
        cast.MAYOR, "First leaflet, 620,000 printed", "Plover Press",
        "unsolicited", "31620.00", (3, 14), ((3, 28), (4, 8)),
        bill=("PP-1203", (3, 28)), paid=(4, 11),
    ),
    Purchase(
        cast.MAYOR, "First leaflet, delivered by post", "Marten Mailing",
        "unsolicited", "38440.00", (3, 14), ((3, 28), (4, 8)),
        bill=("4471", (4, 9)), paid=(4, 19),
    ),
    Purchase(
        cast.MAYOR, "Letters to postal voters", "Marten Mailing",
        "unsolicited", "18950.00", (4, 3), ((4, 10), (4, 17)),
        bill=("4502", (4, 18)),
    ),
    Purchase(
        cast.MAYOR, "Second leaflet, 440,000 printed", "Plover Press",
        "unsolicited", "27280.00", (4, 5), ((4, 15), (4, 22)),
        bill=("PP-1240", (4, 19)),
    ),
    Purchase(
        cast.MAYOR, "Adverts on local news sites", "Linnet Digital",
        "advertising", "9800.00", (3, 25), WHOLE_PERIOD,
        bill=("LD/24/031", (4, 2)), paid=(4, 16),
    ),
    Purchase(
        cast.MAYOR, "Campaign office, rent for the period", "Harrow & Flax Lettings",
        "administration", "4200.00", (3, 1), WHOLE_PERIOD,
        bill=("0091", (3, 27)), paid=(3, 28),
        shared=("Kingfisher Party", 1, 3, "A third of the rooms is the party's own."),
    ),
    Purchase(
        cast.MAYOR, "Organiser on loan from the party", "Kingfisher Party",
        "staff", "0.00", (3, 27), WHOLE_PERIOD,
        kind="notional", value="4100.00", duty="organiser",
    ),
    Purchase(
        cast.MAYOR, "Desks and screens lent free", "Kingfisher Party",
        "administration", "0.00", (3, 27), WHOLE_PERIOD,
        kind="notional", value="850.00",
    ),
    Purchase(
        cast.MAYOR, "Hall for the spring debate", "Saffron Hall Trust",
        "meetings", "640.00", (4, 2), ((4, 18), (4, 18)),
        bill=("SH 24-17", (4, 19)),
    ),
    Purchase(
        cast.MAYOR, "Minibus and driver", "Two Rivers Coaches",
        "transport", "3900.00", (4, 4), ((4, 8), (5, 2)),
    ),
    Purchase(
        cast.MAYOR, "Train and taxi fares of the candidate", "Ruth Ashdene",
        "transport", "312.40", (4, 1), ((4, 1), (4, 20)), kind="personal",
    ),
    Purchase(
        cast.MAYOR, "Posters for the last week", "Plover Press",
        "advertising", "1150.00", (4, 22), ((4, 26), (5, 2)), committed=False,
    ),
    Purchase(
        cast.MAYOR, "Balloons", "Saffron Hall Trust",
        "meetings", "86.00", (4, 8), ((4, 18), (4, 18)), committed=False,
        voided="Not wanted: the hall forbids them.",
    ),
    Purchase(
        cast.BY_ELECTION, "Leaflet for both candidates, 3,600", "Plover Press",
        "unsolicited", "396.00", (4, 2), ((4, 6), (4, 14)),
        bill=("PP-1231", (4, 8)), paid=(4, 15), shared=BOTH,
    ),
    Purchase(
        cast.BY_ELECTION, "Letters to postal voters", "Marten Mailing",
        "unsolicited", "412.50", (4, 8), ((4, 12), (4, 16)),
        bill=("4511", (4, 17)), shared=BOTH,
    ),
    Purchase(
        cast.BY_ELECTION, "Garden boards, 60", "Plover Press",
        "advertising", "318.00", (4, 9), ((4, 13), (5, 2)), shared=BOTH,
    ),
    Purchase(
        cast.BY_ELECTION, "Eve of poll card", "Plover Press",
        "unsolicited", "288.00", (4, 22), ((5, 1), (5, 2)), committed=False,
        shared=BOTH,
    ),
)  # fmt: skip

ON_THE_DAY = ("register_on_the_day", "Register of March with its update of April")
GIFTS = (
    Gift(
        cast.MAYOR, "Kingfisher Party", "party", SUPPLIERS["Kingfisher Party"],
        "110000.00", (3, 4), (3, 5),
        found=(("register_of_parties", "Kingfisher Party, entry PP 0000"),),
    ),
    Gift(
        cast.MAYOR, "Amalgamated Lamplighters' Union", "trade_union",
        "8 Lanternbrook Place, Dudley DU2 0AA", "18000.00", (3, 20), (3, 22),
        found=(("list_of_unions", "In the list of 2024, entry 000T"),),
    ),
    Gift(
        cast.MAYOR, "Dorothy Penhallow", "individual",
        "14 Fallowshaw Road, Solihull SU5 0AB", "5000.00", (4, 2), (4, 3),
        found=(("register_entry", "AB1 123, Solihull"), ON_THE_DAY),
    ),
    Gift(
        cast.MAYOR, "Velvetgate Looms Ltd", "company",
        "Velvetgate, Coventry CY3 0AB", "2500.00", (4, 9),
        found=(("company_number", "00000000 (invented)"),),
    ),
    Gift(
        cast.MAYOR, "A cheque with no name", "anonymous", "", "400.00", (3, 28),
        returned=(4, 10), checked="The bank could not say who drew it.",
    ),
    Gift(
        cast.MAYOR, "Desmond Pinnock", "individual",
        "3 Umbercombe Close, Walsall WL7 0AA", "750.00", None,
    ),
    Gift(
        cast.BY_ELECTION, "Friar Park Allotment Society", "association",
        "9 Rowanstead Walk, Sandwell SD6 0AB", "300.00", (4, 5), (4, 8),
        found=(
            ("members", "Its rules of 2019, and a chair and a secretary"),
            ("main_office", "9 Rowanstead Walk, Sandwell"),
            ("carries_on_activities", "Lets allotments in Friar Park; seen on site"),
        ),
    ),
    Gift(
        cast.BY_ELECTION, "Beverley Cunningham", "individual",
        "21 Ambercombe Drive, Sandwell SD6 0AD", "150.00", (4, 12), (4, 15),
        in_kind="Use of her van for a month",
        found=(("register_entry", "FP2 41, Sandwell"), ON_THE_DAY),
    ),
)  # fmt: skip

NOTICES = (
    Notice(
        cast.MAYOR, 2_018_546, 7, (3, 28),
        "Letter of the combined authority returning officer (invented for the demo)",
    ),
    Notice(
        cast.BY_ELECTION, 8160, None, (3, 28),
        "Letter of the returning officer (invented for the demo)",
    ),
)  # fmt: skip
