"""Of what a campaign's people are reminded by e-mail, by when, and who they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from campaigns.clock import day_of
from campaigns.models import Campaign, DeadlineReminder, Donation, RemindersOff, User
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.people import members_of
from campaigns.roles import Role
from campaigns.rules.budget_weeks import last_uncounted_day
from campaigns.rules.deadline_reminders import notice_due, notices_to_come
from campaigns.rules.money import pounds
from campaigns.rules.permissible_donations import DONATION_OVER, return_by

DONATIONS, STOCK = "donations", "stock"
# Who is written to besides the agent, who always is.
ALSO = {
    "agent": Role.CANDIDATE,
    "personal_expenses": Role.CANDIDATE,
    "declaration": Role.CANDIDATE,
    DONATIONS: Role.TREASURER,
}
REMINDED = (Role.AGENT, Role.CANDIDATE, Role.TREASURER)
# What is to be done, and the page on which it is.
TASKS = {
    "agent": (
        "The election agent is appointed by then, with an office in the area; "
        "otherwise the candidate is their own agent.",
        "money",
    ),
    "bills_received": (
        "Suppliers’ bills must have come in by then. One that comes later may be paid "
        "only with the leave of a court.",
        "expenses",
    ),
    "personal_expenses": (
        "The candidate gives the agent a written statement of their personal expenses.",
        "expenses",
    ),
    "campaigners": (
        "Whoever the agent authorised to campaign in writing makes a return of what "
        "they spent, with a declaration, to the returning officer.",
        "spending-authorities",
    ),
    "bills_paid": (
        "All bills must be paid by then. One that is not may be paid only with the "
        "leave of a court.",
        "expenses",
    ),
    "return": (
        "The return goes to the returning officer, with the agent’s declaration. Also "
        "when nothing was spent.",
        "money",
    ),
    "declaration": (
        "The candidate’s own declaration goes to the returning officer within 7 "
        "working days of the return. This is the last day if the return goes in on its "
        "last day: sooner where it goes sooner.",
        "money",
    ),
}


@dataclass(frozen=True, slots=True)
class ToRemind:
    """One deadline as a reminder tells it. `page` is the name of a route."""

    code: str
    label: str
    task: str
    page: str
    day: date
    basis: str = ""

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(filter(None, (Role.AGENT, ALSO.get(self.code))))


def deadlines_to_remind(campaign: Campaign, *, on: date) -> tuple[ToRemind, ...]:
    """What is due on this day or after it, the first one first.

    Nothing for a closed campaign. Refused as `campaign_deadlines` refuses.
    """
    if campaign.closed_at is not None:
        return ()
    every = (*_of_the_election(campaign), *besides_the_result(campaign, on=on))
    return tuple(sorted((due for due in every if due.day >= on), key=lambda d: d.day))


def _of_the_election(campaign: Campaign) -> Iterator[ToRemind]:
    found = campaign_deadlines(campaign)
    basis = " ".join(filter(None, (found.basis, found.caution)))
    for due in found.days:
        if not due.done:
            yield ToRemind(
                due.code, due.label, *TASKS[due.code], due.day, due.how or basis
            )


def besides_the_result(campaign: Campaign, *, on: date) -> tuple[ToRemind, ...]:
    """Those that do not hang on the result, the passed ones too: the last uncounted
    day, and the donations that wait on this day."""
    return (stock_deadline(campaign), *_donations(campaign, on))


def stock_deadline(campaign: Campaign) -> ToRemind:
    """The day before the first regulated period begins. No query."""
    periods = campaign_periods(campaign)
    every = filter(None, (periods.short, periods.long))
    return ToRemind(
        STOCK,
        "Last day to deliver stock without counting it",
        "Leaflets and other stock delivered to electors after that day count towards "
        "the limit, whenever they were bought.",
        "budget",
        last_uncounted_day(period.first_on for period in every),
        " ".join(periods.cautions),
    )


def _donations(campaign: Campaign, on: date) -> Iterator[ToRemind]:
    """Those that need a check and were not decided on, by the day they came. No donor
    is named: an e-mail is no safe place for that."""
    waiting = (
        Donation.objects.of(campaign.organisation_id)
        .filter(
            campaign=campaign,
            voided_at__isnull=True,
            accepted_on__isnull=True,
            returned_on__isnull=True,
            received_on__lte=on,
            amount__gt=DONATION_OVER,
        )
        .order_by()
        .values_list("received_on")
        .annotate(Count("pk"), Sum("amount"))
    )
    for received_on, count, amount in waiting:
        if received_on is not None:
            yield ToRemind(
                DONATIONS,
                "Donations to be decided on",
                _decide(count, amount),
                "donations",
                return_by(received_on),
            )


def _decide(count: int, amount: Decimal) -> str:
    what = "1 donation" if count == 1 else f"{count} donations"
    return (
        f"{what} of more than {pounds(DONATION_OVER)}, {pounds(amount)} in all: check "
        "that the donor may give, and accept or return by then. Kept longer, the law "
        "takes it as accepted."
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom the campaign's deadlines concern. `roles` are those that do."""

    user: User
    roles: tuple[str, ...]
    is_off: bool

    @property
    def role_names(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)

    def hears_of(self, due: ToRemind) -> bool:
        return not self.is_off and not due.roles.isdisjoint(self.roles)


def readers(campaign: Campaign, *, at: datetime) -> tuple[Reader, ...]:
    """By name, one for each person. Two queries."""
    off = RemindersOff.objects.filter(campaign=campaign, user=OuterRef("user"))
    held = (
        members_of(campaign, at=at)
        .filter(role__in=REMINDED, from_at__lte=at, user__is_active=True)
        .annotate(is_off=Exists(off))
    )
    people: dict[int, Reader] = {}
    for one in held:
        before = people.get(one.user_id)
        roles = (*(before.roles if before else ()), one.role)
        people[one.user_id] = Reader(one.user, roles, one.is_off)
    return tuple(people.values())


@dataclass(frozen=True, slots=True)
class Notice:
    """One e-mail that goes, or would go, to somebody."""

    due: ToRemind
    days_before: int
    goes_on: date
    readers: tuple[Reader, ...]


def notices_due(campaign: Campaign, *, at: datetime) -> Iterator[Notice]:
    """Those whose day has come, whether they were written down or not."""
    on, people = day_of(at), readers(campaign, at=at)
    for due in deadlines_to_remind(campaign, on=on):
        days_before = notice_due(due.day, on=on)
        if days_before is not None:
            goes_on = due.day - timedelta(days=days_before)
            yield Notice(due, days_before, goes_on, _who(due, people))


def coming_notices(campaign: Campaign, *, at: datetime) -> list[Notice]:
    """Those whose day is still to come, as things stand, the next one first."""
    on, people = day_of(at), readers(campaign, at=at)
    found = [
        Notice(due, days_before, goes_on, _who(due, people))
        for due in deadlines_to_remind(campaign, on=on)
        for days_before, goes_on in notices_to_come(due.day, after=on)
    ]
    return sorted(found, key=lambda notice: notice.goes_on)


def _who(due: ToRemind, people: Iterable[Reader]) -> tuple[Reader, ...]:
    return tuple(reader for reader in people if reader.hears_of(due))


def told_of(reminder: DeadlineReminder, *, at: datetime) -> ToRemind | None:
    """The deadline that a reminder is still to tell its reader of.

    None once it has passed, moved or is settled, the campaign is closed, or the reader
    has left or wants none.
    """
    campaign = reminder.campaign
    for due in deadlines_to_remind(campaign, on=day_of(at)):
        if (due.code, due.day) == (reminder.code, reminder.due_on):
            people = readers(campaign, at=at)
            who = (one.user.pk for one in people if one.hears_of(due))
            return due if reminder.user_id in who else None
    return None


def reminders_written(campaign: Campaign) -> QuerySet[DeadlineReminder]:
    """What was sent or waits to be, the latest first."""
    return (
        DeadlineReminder.objects.of(campaign.organisation_id)
        .filter(campaign=campaign)
        .select_related("user")
        .order_by("-asked_at", "-pk")
    )


def not_sent(campaign: Campaign) -> int:
    """How many could not be sent so far."""
    return DeadlineReminder.objects.filter(
        ~Q(fault=""),
        Q(organisation=campaign.organisation_id, campaign=campaign),
        sent_at__isnull=True,
    ).count()
