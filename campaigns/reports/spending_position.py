"""Where a campaign stands against its spending limit: one answer for every edge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from campaigns.clock import UK
from campaigns.models import Campaign, ExpenseCategory
from campaigns.reports.campaign_deadlines import (
    CampaignDeadlines,
    campaign_deadlines,
)
from campaigns.reports.campaign_limit import (
    CampaignLimit,
    campaign_limit,
    long_limit,
)
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.candidate_payments import candidate_cautions
from campaigns.reports.cautions import SpendingWarning, about_the_lines
from campaigns.reports.counted_expenses import (
    NOTHING,
    CountedExpense,
    counted_expenses,
    refund_due_of,
)
from campaigns.reports.donation_position import DonationPosition, donation_position
from campaigns.reports.late_claims import campaigners_caution
from campaigns.reports.others_campaigns import outside_caution
from campaigns.reports.spending_forecast import Week, spending_forecast
from campaigns.rules.figures import cautions_on
from campaigns.rules.money import pounds
from campaigns.rules.permissible_donations import FIGURES as DONATION_FIGURES
from campaigns.rules.regulated_periods import RegulatedPeriod

LONG = "long campaign"
WARN_AT = (100, 90, 80)  # percent of the limit


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """One head of the return, in pounds; `ordered` is part of `counted`."""

    category: str
    label: str
    counted: Decimal
    ordered: Decimal
    proposed: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPosition:
    """Pounds to the penny against the limit of one regulated period, as true `at`.

    `counted` is every committed expense's part towards the limit, and `ordered` what
    of that is not yet invoiced; `left` is the limit less `counted`, below nought when
    passed. `in_hand` is what stock would count on top if it were all used in the
    period: its room is kept. `proposed` is apart. `limit`, `left` and `percent` (to a
    tenth, never rounded up) are None where there is no limit to be given:
    `basis.missing` says why.
    `name` is "short campaign" or "long campaign", empty where there is but one.
    """

    name: str
    at: datetime
    basis: CampaignLimit
    period: RegulatedPeriod
    counted: Decimal
    ordered: Decimal
    in_hand: Decimal
    proposed: Decimal
    by_category: tuple[CategoryTotal, ...]
    lines: tuple[CountedExpense, ...]
    weeks: tuple[Week, ...]

    @property
    def limit(self) -> Decimal | None:
        return self.basis.limit.amount if self.basis.limit else None

    @property
    def invoiced(self) -> Decimal:
        return self.counted - self.ordered

    @property
    def is_over(self) -> bool:
        return self.at.astimezone(UK).date() > self.period.last_on

    @property
    def is_last(self) -> bool:
        """Whether nothing can be used for the campaign after it."""
        return self.name != LONG

    @property
    def left(self) -> Decimal | None:
        return None if self.limit is None else self.limit - self.counted

    @property
    def percent(self) -> Decimal | None:
        return percent_of(self.counted, self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingPosition(PeriodPosition):
    """The position of the (short) regulated period, with the `long` campaign before it.

    What was used `outside` of every period, copies neither used nor written off
    (`stock_in_hand`), those `written_off`, what is `excluded` by law, `personal` and
    `borne_by_others` do not count. `refunds_due` was paid to suppliers above what is
    owed them, and has not come back.
    """

    campaign: Campaign
    long: PeriodPosition | None
    outside: Decimal
    stock_in_hand: Decimal
    written_off: Decimal
    refunds_due: Decimal
    excluded: Decimal
    personal: Decimal
    borne_by_others: Decimal
    donations: DonationPosition
    deadlines: CampaignDeadlines
    warnings: tuple[SpendingWarning, ...]

    @property
    def periods(self) -> tuple[PeriodPosition, ...]:
        """In the order of their days."""
        return (self.long, self) if self.long else (self,)


def spending_position(
    campaign: Campaign, *, at: datetime, deadlines: CampaignDeadlines | None = None
) -> SpendingPosition:
    """The position now, in a fixed number of queries (ten at most).

    `deadlines`, where they were worked out before, are not worked out again.
    """
    basis, periods = campaign_limit(campaign), campaign_periods(campaign)
    lines = counted_expenses(campaign, periods)
    name = "short campaign" if periods.long else ""
    short = _in_period(lines, periods.short, name=name, basis=basis, at=at)
    long = None
    if periods.long:
        long = _in_period(
            [line.long for line in lines if line.long],
            periods.long,
            name=LONG,
            basis=long_limit(campaign, basis),
            at=at,
        )
    committed = [line for line in lines if line.is_committed]
    own = [line for line in committed if not line.is_borne and not line.is_personal]
    donations = donation_position(campaign, at=at)
    deadlines = deadlines or campaign_deadlines(campaign)
    return SpendingPosition(
        **{field.name: getattr(short, field.name) for field in fields(short)},
        campaign=campaign,
        long=long,
        outside=total(
            (line for line in own if not line.exclusion), lambda line: line.cut.outside
        ),
        stock_in_hand=total(own, lambda line: line.cut.in_hand),
        written_off=total(own, lambda line: line.cut.written_off),
        refunds_due=total(
            (line for line in committed if not line.is_borne),
            lambda line: refund_due_of(line.expense),
        ),
        excluded=total(
            (line for line in own if line.exclusion), lambda line: line.cut.value
        ),
        personal=total(
            (line for line in committed if line.is_personal),
            lambda line: line.cut.value,
        ),
        borne_by_others=total(own, lambda line: line.cut.borne_by_others),
        donations=donations,
        deadlines=deadlines,
        warnings=(
            *_about_the_limit(basis),
            *(SpendingWarning("period", caution) for caution in periods.cautions),
            *about_the_sums(short, short.counted, short.proposed),
            *(_about_the_long(long) if long else ()),
            *about_the_lines(committed, campaign.election),
            *_about_the_invoices(own, deadlines.last_day("bills_received")),
            *_about_donations(donations, campaign.election.poll_on),
            *_not_read("others_sum_not_read", outside_caution(campaign, basis)),
            *(SpendingWarning(*said) for said in candidate_cautions(campaign)),
            *_not_read("campaigners_late", _campaigners_late(campaign, own, deadlines)),
        ),
    )


def _in_period(
    lines: list[CountedExpense],
    period: RegulatedPeriod,
    *,
    name: str,
    basis: CampaignLimit,
    at: datetime,
) -> PeriodPosition:
    committed = [line for line in lines if line.is_committed]
    proposed = (line for line in lines if line.is_proposed)
    return PeriodPosition(
        name=name,
        at=at,
        basis=basis,
        period=period,
        counted=total(committed, lambda line: line.counted),
        ordered=total(committed, lambda line: line.ordered),
        in_hand=total(committed, lambda line: line.in_hand),
        proposed=total(proposed, lambda line: line.counted),
        by_category=_by_category(lines),
        lines=tuple(lines),
        weeks=spending_forecast(lines, period),
    )


def percent_of(amount: Decimal, limit: Decimal | None) -> Decimal | None:
    """To a tenth, rounded down, so that 99.99 % is not shown as all."""
    if not limit:
        return None
    return (amount * 100 / limit).quantize(Decimal("0.1"), ROUND_DOWN)


def total(
    lines: Iterable[CountedExpense], amount: Callable[[CountedExpense], Decimal]
) -> Decimal:
    return sum(map(amount, lines), NOTHING)


def _by_category(lines: list[CountedExpense]) -> tuple[CategoryTotal, ...]:
    def of(category: str) -> CategoryTotal:
        own = [line for line in lines if line.expense.category == category]
        committed = [line for line in own if line.is_committed]
        return CategoryTotal(
            category,
            str(ExpenseCategory(category).label),
            total(committed, lambda line: line.counted),
            total(committed, lambda line: line.ordered),
            total((ln for ln in own if ln.is_proposed), lambda line: line.counted),
        )

    return tuple(of(category) for category in ExpenseCategory.values)


def _about_the_limit(basis: CampaignLimit) -> Iterable[SpendingWarning]:
    if basis.limit is None:
        yield SpendingWarning(
            "no_limit", f"There is no limit yet. {basis.missing}", "stop"
        )
    elif not basis.is_official:
        yield SpendingWarning(
            "estimate",
            f"The limit is an {basis.basis}. It is worked from {basis.electors:,} "
            f"electors; {basis.electors_loaded:,} are loaded.",
        )
    if basis.limit is not None:
        for message in basis.limit.warnings:
            yield SpendingWarning("figure", message)


def _about_the_long(long: PeriodPosition) -> Iterable[SpendingWarning]:
    """Of its own; that the numbers are an estimate is said of both at once."""
    for found in _about_the_limit(long.basis):
        if found.code != "estimate":
            yield replace(found, message=f"Long campaign. {found.message}")
    yield from about_the_sums(long, long.counted, long.proposed)


def about_the_sums(
    period: PeriodPosition, counted: Decimal, proposed: Decimal
) -> Iterable[SpendingWarning]:
    """The highest of 80, 90 and 100 % that is reached, and what is proposed on top."""
    limit, of = period.limit, f" of the {period.name}" if period.name else ""
    if limit is None:
        return
    reached = next((p for p in WARN_AT if counted * 100 >= limit * p), None)
    if counted > limit:
        yield SpendingWarning(
            "over_limit",
            f"The limit{of} is passed by {pounds(counted - limit)}.",
            "stop",
        )
    elif reached is not None:
        yield SpendingWarning(
            f"reached_{reached}",
            f"{percent_of(counted, limit)} % of the limit{of} is used: "
            f"{pounds(limit - counted)} is left.",
            "stop" if reached == WARN_AT[0] else "caution",
        )
    yield from _about_stock(period, counted, limit)
    if counted <= limit < counted + proposed:
        yield SpendingWarning(
            "proposed_over_limit",
            f"With everything that is proposed the limit{of} would be passed by "
            f"{pounds(counted + proposed - limit)}.",
        )


def _about_stock(
    period: PeriodPosition, counted: Decimal, limit: Decimal
) -> Iterable[SpendingWarning]:
    if not period.in_hand:
        return
    of = f" of the {period.name}" if period.name else ""
    over = counted + period.in_hand - limit
    is_passed = counted <= limit and over > 0
    if period.is_last and period.is_over:
        passed = f"With them the limit{of} is passed by {pounds(over)}."
        yield SpendingWarning(
            "in_hand",
            f"Copies of {pounds(period.in_hand)} are neither delivered nor written "
            "off: mark what was delivered, and write off the rest."
            f"{f' {passed}' if is_passed else ''}",
            "stop",
        )
    elif is_passed:
        yield SpendingWarning(
            "in_hand_over_limit",
            f"If all the copies in hand are used, the limit{of} is passed by "
            f"{pounds(over)}: do not use them, and write them off.",
            "stop",
        )
    else:
        yield SpendingWarning(
            "in_hand",
            f"Copies in hand would count {pounds(period.in_hand)} if they were used: "
            f"that room{of} is kept for them.",
        )


def _about_the_invoices(
    own: list[CountedExpense], claims_by: date
) -> Iterable[SpendingWarning]:
    live = [
        (line, bill)
        for line in own
        for bill in line.expense.invoices.all()
        if bill.voided_at is None
    ]
    disputed = sum(bill.disputed for _, bill in live)
    if disputed:
        are = "1 invoice is" if disputed == 1 else f"{disputed} invoices are"
        yield SpendingWarning(
            "disputed_invoices",
            f"{are} disputed: what is not settled counts whole, may not be paid, and "
            "goes into the return as disputed.",
        )
    late = sum(
        bill.received_on > claims_by and not line.expense.is_campaigners
        for line, bill in live
    )
    if late:
        came = "1 invoice" if late == 1 else f"{late} invoices"
        yield SpendingWarning(
            "late_invoices",
            f"{came} came after {claims_by:%-d %B %Y}, the last day for claims, and "
            "may be paid only with the leave of a court.",
        )


def _campaigners_late(
    campaign: Campaign, own: list[CountedExpense], deadlines: CampaignDeadlines
) -> str:
    """No query where nothing is spent by a local campaigner, and one where it is."""
    any_theirs = any(line.expense.is_campaigners for line in own)
    return campaigners_caution(campaign, deadlines) if any_theirs else ""


def _about_donations(
    donations: DonationPosition, poll_on: date
) -> Iterable[SpendingWarning]:
    if donations.accepted or donations.undecided or donations.returned:
        yield from _not_read("since_when", cautions_on(DONATION_FIGURES, poll_on))
    if donations.overdue:
        yield SpendingWarning(
            "donations_overdue",
            "Kept longer than 30 days, neither accepted nor returned, so that the law "
            f"takes them as accepted: {donations.overdue} of the donations.",
            "stop",
        )


def _not_read(code: str, caution: str) -> Iterable[SpendingWarning]:
    if caution:
        yield SpendingWarning(code, caution)
