"""The shape of the spending chart, once for the screen and once for paper."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.clock import UK
from campaigns.reports.spending_position import PeriodPosition

HEADROOM = Decimal("1.08")


@dataclass(frozen=True, slots=True)
class Point:
    """A day and a sum, both as a part of the whole width and height (0 to 1)."""

    x: float
    y: float
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SpendingChart:
    """`used` up to today and `booked` from today on are one line; y grows upwards."""

    used: tuple[Point, ...]
    booked: tuple[Point, ...]
    with_proposed: tuple[Point, ...]
    today: Point | None
    limit_y: float | None
    top: Decimal


def spending_chart(position: PeriodPosition) -> SpendingChart:
    """Booked spending over the regulated period, against the limit."""
    period, weeks = position.period, position.weeks
    most = max(position.limit or Decimal(0), weeks[-1].with_proposed, Decimal(1))
    top = most * HEADROOM

    def point(on: date, amount: Decimal) -> Point:
        return Point(
            (on - period.first_on).days / max(period.days - 1, 1),
            float(amount / top),
            on,
            amount,
        )

    start = point(period.first_on, Decimal("0.00"))
    booked = [start, *(point(week.ends_on, week.booked) for week in weeks)]
    today = position.at.astimezone(UK).date()
    now = _between(booked, today) if today in period else None
    return SpendingChart(
        used=_up_to(booked, today, now),
        booked=_from(booked, today, now),
        with_proposed=(start, *(point(w.ends_on, w.with_proposed) for w in weeks)),
        today=now,
        limit_y=None if position.limit is None else float(position.limit / top),
        top=top,
    )


def _between(points: list[Point], on: date) -> Point:
    """Where the straight line between two week ends passes on a day."""
    after = next(point for point in points if point.on >= on)
    before = [point for point in points if point.on <= on][-1]
    if after.on == before.on:
        return after
    part = (on - before.on).days / (after.on - before.on).days
    return Point(
        before.x + part * (after.x - before.x),
        before.y + part * (after.y - before.y),
        on,
        before.amount + Decimal(part) * (after.amount - before.amount),
    )


def _up_to(points: list[Point], on: date, now: Point | None) -> tuple[Point, ...]:
    return (*(p for p in points if p.on < on), *((now,) if now else ()))


def _from(points: list[Point], on: date, now: Point | None) -> tuple[Point, ...]:
    return (*((now,) if now else ()), *(p for p in points if p.on > on))
