"""When the party goes out: the outings of the campaign, from February to the poll."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from config.demo import cast
from config.demo.region import wards

UK = ZoneInfo("Europe/London")
FIRST_DAY = date(2024, 2, 6)
BY_ELECTION_CALLED = date(2024, 3, 26)
POLL = date(2024, 5, 2)
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Outing:
    """A time when some go out together; `kind` is that of a volunteers' shift."""

    kind: str
    campaign: str
    ward: str
    starts_at: datetime
    ends_at: datetime
    places: int
    meeting_point: str


def outings() -> Iterator[Outing]:
    """Every outing up to polling day, in order."""
    day = FIRST_DAY
    while day <= POLL:
        yield from polling_day() if day == POLL else ordinary_day(day)
        day += timedelta(days=1)


def ordinary_day(day: date) -> Iterator[Outing]:
    friar_park = cast.BY_ELECTION if day >= BY_ELECTION_CALLED else cast.MAYOR
    match day.weekday():
        case 0 | 2:
            yield outing("phones", cast.MAYOR, cast.SHARD_END, day, "18:30", 2, 6)
            if friar_park == cast.BY_ELECTION:
                yield outing("doors", friar_park, cast.FRIAR_PARK, day, "18:00", 2, 10)
        case 1:
            yield outing("leaflets", cast.MAYOR, cast.BLAKENALL, day, "09:30", 2.5, 4)
            yield outing("doors", friar_park, cast.FRIAR_PARK, day, "18:00", 2, 8)
            yield outing("doors", cast.MAYOR, cast.SHARD_END, day, "18:30", 1.5, 4)
        case 3:
            yield outing("doors", cast.MAYOR, cast.SHARD_END, day, "18:00", 2, 8)
        case 4:
            yield outing("phones", cast.NEXT_MAYOR, cast.BLAKENALL, day, "18:00", 2, 3)
        case 5:
            yield outing("doors", friar_park, cast.FRIAR_PARK, day, "10:30", 2.5, 12)
            yield outing("stall", cast.MAYOR, cast.BLAKENALL, day, "11:00", 2, 4)
            yield outing("doors", cast.MAYOR, cast.SHARD_END, day, "14:00", 2, 10)
            yield from ward_teams(day)
        case 6:
            yield outing("doors", cast.MAYOR, cast.BLAKENALL, day, "14:00", 2.5, 8)
            yield from ward_teams(day)


def ward_teams(day: date) -> Iterator[Outing]:
    """Small teams in the other wards, five on each day of the weekend."""
    others = [ward.gss for ward in wards() if ward.gss not in SHOWN]
    dice = Random(day.isoformat())  # noqa: S311 - the same wards each time
    for gss in dice.sample(others, 5):
        yield outing("doors", cast.MAYOR, gss, day, "11:00", 1.5, 4)


SHOWN = (cast.FRIAR_PARK, cast.SHARD_END, cast.BLAKENALL)


def polling_day() -> Iterator[Outing]:
    for start in ("07:00", "12:00", "17:00"):
        yield outing("telling", cast.BY_ELECTION, cast.FRIAR_PARK, POLL, start, 3, 3)
        yield outing("doors", cast.BY_ELECTION, cast.FRIAR_PARK, POLL, start, 3, 10)
        yield outing("doors", cast.MAYOR, cast.SHARD_END, POLL, start, 3, 10)


def outing(
    kind: str,
    campaign: str,
    ward: str,
    day: date,
    start: str,
    hours: float,
    places: int,
) -> Outing:
    starts_at = datetime.combine(day, time.fromisoformat(start), UK)
    return Outing(
        kind,
        campaign,
        ward,
        starts_at,
        starts_at + timedelta(hours=hours),
        places,
        MEETING_POINTS.get(ward, "The bus shelter by the shops"),
    )


MEETING_POINTS = {
    cast.FRIAR_PARK: "Friar Park community café",
    cast.SHARD_END: "The library car park",
    cast.BLAKENALL: "The clock on the green",
}
