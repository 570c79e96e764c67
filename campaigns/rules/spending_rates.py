"""The dated table of what candidates may spend. A rate is added, never edited.

Dates are half-open. Where the day of a change was not read, the older and the newer
rate overlap for the days on which either might apply, and no limit can be given for
a poll on those days. Where a rate's own first or last days are in doubt, `sure_from`
and `sure_until` bound the polls for which they are not.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.rules import spending_sources as read_in
from campaigns.rules.marks import Mark, Source

NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one kind of candidate in one nation may spend between two days.

    `fixed` and `per_council` are pounds, `pence_per_elector` pence. A `caution` is
    shown as a warning with every limit worked from the rate; a `note` is not. A rate
    with `not_usable` gives no limit, and the text says why.
    """

    kind: str
    nation: str
    effective_from: date | None
    effective_to: date | None
    fixed: Decimal
    pence_per_elector: Decimal
    mark: Mark
    source: Source
    per_council: Decimal = NOUGHT
    area: str = ""
    sure_from: date | None = None
    sure_until: date | None = None
    caution: str = ""
    note: str = ""
    not_usable: str = ""

    def covers(self, day: date) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day < self.effective_to
        )

    def is_sure_on(self, day: date) -> bool:
        """Are this rate's dates beyond doubt for a poll on that day?"""
        return (self.sure_from is None or self.sure_from <= day) and (
            self.sure_until is None or day < self.sure_until
        )


UPRATED_2014 = date(2014, 8, 4)
UPRATED_2023 = date(2023, 11, 21)  # derived: the earlier text was superseded that day
UPRATED_2024 = date(2024, 2, 7)  # derived: a sister order made with it says so
# A poll whose notice came before a change may have been left under the old figure.
SURE_AFTER_2023 = date(2024, 1, 1)
SURE_AFTER_2024 = date(2024, 4, 1)
START_OF_2005, START_OF_2006 = date(2005, 1, 1), date(2006, 1, 1)
MAY_2021_POLLS = date(2021, 5, 6)
APPROVED_2024, AFTER_MARCH_2024 = date(2024, 3, 20), date(2024, 4, 1)
LAW_LAST_READ = date(2026, 11, 22)

PROPOSED_FOR_LONDON = "London Elects calls this figure proposed; the made law not read."
COUNCILS_NOTE = (
    "Councils as counted by the returning officer: a county council whose electors "
    "are those of its districts may be left out."
)


def _mayoral() -> tuple[Rate, ...]:
    old, new = (Decimal(2362), Decimal("5.9")), (Decimal(3040), Decimal(8))
    cam, local = "cam_mayor", "la_mayor"
    return (
        Rate(
            cam,
            "ENG",
            date(2017, 1, 27),
            UPRATED_2024,
            NOUGHT,
            old[1],
            Mark.READ,
            read_in.CAM_ORDER_2017,
            per_council=old[0],
            sure_from=date(2017, 2, 1),
            note=COUNCILS_NOTE,
        ),
        Rate(
            cam,
            "ENG",
            UPRATED_2024,
            None,
            NOUGHT,
            new[1],
            Mark.DERIVED,
            read_in.CAM_ORDER_2024,
            per_council=new[0],
            sure_from=SURE_AFTER_2024,
            note=COUNCILS_NOTE,
            caution="£3,040 and 8p are the figures another order says it aligns with; "
            "the combined authorities' own order was not seen in text.",
        ),
        Rate(
            local,
            "ENG",
            date(2017, 1, 1),
            AFTER_MARCH_2024,
            old[0],
            old[1],
            Mark.DERIVED,
            read_in.LA_MAYORS_2024,
        ),
        Rate(
            local,
            "ENG",
            APPROVED_2024,
            None,
            new[0],
            new[1],
            Mark.READ,
            read_in.LA_MAYORS_2024,
        ),
        Rate(
            local,
            "WLS",
            None,
            None,
            old[0],
            old[1],
            Mark.READ,
            read_in.LA_MAYORS_2024,
            sure_from=AFTER_MARCH_2024,
        ),
    )


def _local() -> tuple[Rate, ...]:
    kind = "local"
    first, second = (Decimal(600), Decimal(5)), (Decimal(740), Decimal(6))
    third, fourth = (Decimal(806), Decimal(7)), (Decimal(960), Decimal(8))
    return (
        Rate(
            kind,
            "ENG",
            START_OF_2005,
            UPRATED_2014,
            *first,
            Mark.READ,
            read_in.LIMITS_2014,
            sure_from=START_OF_2006,
        ),
        Rate(
            kind,
            "WLS",
            START_OF_2005,
            UPRATED_2014,
            *first,
            Mark.READ,
            read_in.LIMITS_2014,
            sure_from=START_OF_2006,
        ),
        Rate(
            kind,
            "ENG",
            UPRATED_2014,
            MAY_2021_POLLS,
            *second,
            Mark.READ,
            read_in.LIMITS_2014,
        ),
        Rate(
            kind,
            "ENG",
            date(2021, 1, 1),
            UPRATED_2023,
            *third,
            Mark.SECONDARY,
            read_in.LOCAL_2021,
        ),
        Rate(
            kind,
            "ENG",
            UPRATED_2023,
            None,
            *fourth,
            Mark.READ,
            read_in.COMMISSION_LOCAL,
            sure_from=SURE_AFTER_2023,
        ),
        Rate(
            kind,
            "WLS",
            UPRATED_2014,
            LAW_LAST_READ,
            *second,
            Mark.READ,
            read_in.LIMITS_2014,
        ),
        # The same figures as England's of 2021, so no older than they are.
        Rate(
            kind, "WLS", date(2021, 1, 1), None, *third, Mark.READ, read_in.SECTION_76
        ),
        Rate(
            kind,
            "SCT",
            date(2005, 4, 1),
            date(2022, 1, 1),
            *first,
            Mark.READ,
            read_in.SCOTTISH_LOCAL_2005,
        ),
        Rate(
            kind,
            "SCT",
            date(2005, 4, 2),
            date(2022, 1, 1),
            Decimal(705),
            Decimal(6),
            Mark.GENERAL,
            read_in.NOT_READ,
        ),
        Rate(
            kind,
            "SCT",
            date(2022, 1, 1),
            None,
            *third,
            Mark.SECONDARY,
            read_in.WEST_LOTHIAN_2022,
        ),
        Rate(
            kind,
            "NIR",
            START_OF_2005,
            None,
            *first,
            Mark.READ,
            read_in.NI_ACT_1962,
            sure_from=START_OF_2006,
        ),
        Rate(
            "parish",
            "ENG",
            UPRATED_2023,
            None,
            *fourth,
            Mark.GENERAL,
            read_in.COMMISSION_LOCAL,
            sure_from=SURE_AFTER_2023,
            caution="Taken from the figure for local elections; "
            "not read on a page about parishes.",
        ),
    )


def _uk_parliament() -> tuple[Rate, ...]:
    spans = (
        ("short", START_OF_2005, UPRATED_2014, 7150, 7, 5, Mark.READ),
        ("short", UPRATED_2014, UPRATED_2023, 8700, 9, 6, Mark.READ),
        ("short", UPRATED_2023, None, 11390, 12, 8, Mark.SECONDARY),
        ("long", date(2010, 1, 1), UPRATED_2014, 25000, 7, 5, Mark.READ),
        ("long", UPRATED_2014, UPRATED_2023, 30700, 9, 6, Mark.READ),
        ("long", UPRATED_2023, None, 40220, 12, 8, Mark.SECONDARY),
    )
    sure = {
        START_OF_2005: START_OF_2006,
        UPRATED_2023: SURE_AFTER_2023,
        date(2010, 1, 1): date(2011, 1, 1),
    }
    newest = {"short": read_in.HOUNSLOW_2024, "long": read_in.IFG_2024}
    rates = [
        Rate(
            f"ukpge_{campaign}_{area}",
            "UK",
            start,
            end,
            Decimal(fixed),
            Decimal(pence),
            mark,
            read_in.LIMITS_2014 if mark is Mark.READ else newest[campaign],
            sure_from=sure.get(start),
        )
        for campaign, start, end, fixed, county, borough, mark in spans
        for area, pence in (("county", county), ("borough", borough))
    ]
    return (
        *rates,
        Rate(
            "uk_byelection",
            "UK",
            date(2001, 1, 1),
            UPRATED_2023,
            Decimal(100_000),
            NOUGHT,
            Mark.SECONDARY,
            read_in.ERSKINE_MAY,
            sure_from=date(2002, 1, 1),
        ),
        Rate(
            "uk_byelection",
            "UK",
            UPRATED_2023,
            None,
            Decimal(180_050),
            NOUGHT,
            Mark.GENERAL,
            read_in.UPRATING_2023,
            sure_from=SURE_AFTER_2023,
            caution="The figure is not known: £180,050 and £180,060 both fit the "
            "uprating that was read, and neither was read itself. The lower is shown.",
        ),
    )


def _london() -> tuple[Rate, ...]:
    figures = (
        ("mayor_london", 420_000, 760_410),
        ("gla_constituency", 35_000, 63_360),
        ("gla_list", 330_000, 597_460),
    )
    return tuple(
        rate
        for kind, old, new in figures
        for rate in (
            Rate(
                kind,
                "ENG",
                date(2000, 1, 1),
                AFTER_MARCH_2024,
                Decimal(old),
                NOUGHT,
                Mark.SECONDARY,
                read_in.LONDON_ELECTS,
                sure_from=date(2001, 1, 1),
            ),
            Rate(
                kind,
                "ENG",
                date(2024, 3, 1),
                None,
                Decimal(new),
                NOUGHT,
                Mark.SECONDARY,
                read_in.LONDON_ELECTS,
                caution=PROPOSED_FOR_LONDON,
            ),
        )
    )


def _devolved() -> tuple[Rate, ...]:
    since, changed = date(2016, 1, 1), date(2026, 5, 7)
    nia_from, nia_to = date(2011, 1, 1), date(2012, 1, 1)
    return (
        Rate(
            "sp_short_county",
            "SCT",
            since,
            None,
            Decimal(8700),
            Decimal(9),
            Mark.READ,
            read_in.SCOTTISH_PARLIAMENT_2015,
            sure_until=changed,
        ),
        Rate(
            "sp_short_burgh",
            "SCT",
            since,
            None,
            Decimal(8700),
            Decimal(6),
            Mark.READ,
            read_in.SCOTTISH_PARLIAMENT_2015,
            sure_until=changed,
        ),
        Rate(
            "sp_byelection",
            "SCT",
            date(2010, 1, 1),
            None,
            Decimal(100_000),
            NOUGHT,
            Mark.READ,
            read_in.SCOTTISH_PARLIAMENT_2015,
            sure_from=date(2011, 1, 1),
            sure_until=changed,
        ),
        Rate(
            "sp_long",
            "SCT",
            since,
            None,
            NOUGHT,
            NOUGHT,
            Mark.GENERAL,
            read_in.SCOTTISH_PARLIAMENT_2015,
            not_usable="The amounts for the long campaign before a Scottish Parliament "
            "poll were cut off in the text that was read, so no limit can be given.",
        ),
        Rate(
            "senedd_individual",
            "WLS",
            date(2026, 1, 1),
            None,
            Decimal(52_500),
            NOUGHT,
            Mark.SECONDARY,
            read_in.SENEDD_2026,
            caution="Proposed in April 2025; the Order as made was not read.",
        ),
        Rate(
            "nia_county",
            "NIR",
            nia_from,
            nia_to,
            Decimal(7150),
            Decimal(7),
            Mark.SECONDARY,
            read_in.NIA_2011,
        ),
        Rate(
            "nia_borough",
            "NIR",
            nia_from,
            nia_to,
            Decimal(7150),
            Decimal(5),
            Mark.SECONDARY,
            read_in.NIA_2011,
        ),
    )


OTHER_RATES: tuple[Rate, ...] = (
    *_mayoral(),
    *_local(),
    *_uk_parliament(),
    *_london(),
    *_devolved(),
)
