"""What waits for somebody of the campaign to settle it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Count, Q

from campaigns.access import Actor
from campaigns.clock import UK
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Expense,
    ExpenseState,
    Job,
    JobState,
    LimitNotice,
    PollingDistrict,
    RegisterEdition,
)
from campaigns.reports.campaign_deadlines import Deadline, campaign_deadlines
from campaigns.reports.campaign_limit import fixed_sum
from campaigns.reports.deadlines_to_remind import stock_deadline
from campaigns.reports.donation_position import donations_to_decide
from campaigns.reports.imprints import imprint_check
from campaigns.reports.matches import proposals_waiting
from campaigns.reports.statement_proposals import unpaid_invoices
from campaigns.roles import Capability
from campaigns.rules.imprints import Medium
from campaigns.times import clock
from canvassing.reports.activity import shifts_short_of_people
from canvassing.reports.held_items import reasons_held
from volunteers.reports.mails import mails_not_sent

C = Capability
SOON = timedelta(days=30)
RECENTLY = timedelta(days=7)
NEAR = timedelta(days=14)
UNTIL_DONE = frozenset(("return", "declaration"))


@dataclass(frozen=True)
class Need:
    """One sentence, and the kind of thing it is about; `target` is a row's id."""

    kind: str
    sentence: str
    target: int | None = None


Needs = Iterator[Need]


def needs(*, by: Actor, campaign: Campaign, at: datetime, to_check: int) -> list[Need]:
    """Everything that waits, of what the actor could settle. At most fourteen queries.

    `to_check` is how many electors' right to vote is not known, counted elsewhere.
    """
    asked: list[tuple[Capability, Callable[[Campaign, datetime], Needs]]] = [
        (C.IMPORT_REGISTER, partial(_matches, by=by)),
        (C.MANAGE_CAMPAIGN, _short_shifts),
        (C.MANAGE_VOLUNTEERS, partial(_mails, by=by)),
        (C.IMPORT_REGISTER, _copies_near_their_end),
        (C.IMPORT_REGISTER, _districts_without_ward),
        (C.SEE_MONEY, _expenses),
        (C.COMMIT_EXPENSE, _limit),
        (C.RECORD_DONATIONS, _donations),
        (C.SEE_MONEY, _stock),
        (C.SEE_MONEY, _deadlines),
        (C.SEE_CAMPAIGN, _failed_jobs),
        (C.MANAGE_CAMPAIGN, _imprint),
    ]
    found: list[Need] = []
    if _anywhere(by, C.RECORD_CONTACTS, campaign):
        found.extend(_held(campaign, by))
    for capability, look in asked:
        if _everywhere(by, capability, campaign):
            found.extend(look(campaign, at))
    if to_check and _everywhere(by, C.IMPORT_REGISTER, campaign):
        found.append(Need("markers", f"{_many(to_check, 'right')} to vote to check"))
    return found


def _anywhere(by: Actor, capability: Capability, campaign: Campaign) -> bool:
    return by.can(
        capability, organisation_id=campaign.organisation_id, campaign_id=campaign.pk
    )


def _everywhere(by: Actor, capability: Capability, campaign: Campaign) -> bool:
    return by.ward_ids(capability, campaign=campaign) is None


def _matches(campaign: Campaign, at: datetime, *, by: Actor) -> Needs:
    waiting = (
        proposals_waiting(campaign, by=by)
        .order_by("council__name")
        .values_list("council__name")
        .annotate(Count("pk"))
    )
    for council, count in waiting:
        yield Need(
            "matches", f"Register of {council}: {_many(count, 'uncertain match', 'es')}"
        )


def _short_shifts(campaign: Campaign, at: datetime) -> Needs:
    for shift, taken in shifts_short_of_people(campaign, at=at)[:4]:
        where = shift.ward or shift.meeting_point or shift.get_kind_display()
        yield Need(
            "shift",
            f"{_when(shift.starts_at)}, {where}:"
            f" {taken} of {shift.places} places filled",
            shift.pk,
        )


def _mails(campaign: Campaign, at: datetime, *, by: Actor) -> Needs:
    count = mails_not_sent(by, campaign=campaign).count()
    if count:
        yield Need("mails", f"{_many(count, 'e-mail')} to volunteers not sent")


def _when(starts_at: datetime) -> str:
    """Saturday 10 am; Tuesday 6.30 pm."""
    starts = starts_at.astimezone(UK)
    return f"{starts:%A} {clock(starts)}"


def _held(campaign: Campaign, by: Actor) -> Needs:
    for one in reasons_held(by, campaign=campaign)[:3]:
        yield Need("held", f"{_many(one.count, 'contact')} held: {one.sentence}")


def _copies_near_their_end(campaign: Campaign, at: datetime) -> Needs:
    today = at.astimezone(UK).date()
    ending = (
        RegisterEdition.objects.of(campaign.organisation_id)
        .filter(council__campaign=campaign, destroyed_at__isnull=True)
        .filter(Q(campaign=campaign) | Q(campaign__isnull=True))
        .filter(destroy_by__lt=today + SOON)
        .select_related("council")
        .order_by("destroy_by")
    )
    for edition in ending:
        late = edition.destroy_by is not None and edition.destroy_by < today
        words = "was to be destroyed" if late else "destroy"
        yield Need(
            "copy",
            f"Register copy of {edition.council}: {words} by"
            f" {edition.destroy_by:%-d %B %Y}",
            edition.pk,
        )


def _districts_without_ward(campaign: Campaign, at: datetime) -> Needs:
    count = (
        PollingDistrict.objects.of(campaign.organisation_id)
        .filter(council__campaign=campaign, ward__isnull=True)
        .filter(until_edition__isnull=True)
        .count()
    )
    if count:
        yield Need("districts", f"{_many(count, 'polling district')} in no ward yet")


def _expenses(campaign: Campaign, at: datetime) -> Needs:
    count = Expense.objects.filter(
        campaign=campaign, state=ExpenseState.PROPOSED
    ).count()
    if count:
        yield Need("expenses", f"{_many(count, 'expense')} waiting for the agent")


def _limit(campaign: Campaign, at: datetime) -> Needs:
    official = LimitNotice.objects.filter(
        campaign=campaign, is_official=True, voided_at__isnull=True
    )
    if not (official.exists() or fixed_sum(campaign)):
        yield Need("limit", "The spending limit rests on no official notice yet")


def _donations(campaign: Campaign, at: datetime) -> Needs:
    waiting = donations_to_decide(campaign, on=at.astimezone(UK).date())
    if waiting and waiting[0].decide_by:
        first = waiting[0]
        when = (
            "one is past its 30 days"
            if first.days_over
            else f"the first by {first.decide_by:%-d %B %Y}"
        )
        yield Need(
            "donations", f"{_many(len(waiting), 'donation')} to decide on, {when}"
        )


def _stock(campaign: Campaign, at: datetime) -> Needs:
    today = at.astimezone(UK).date()
    due = stock_deadline(campaign)
    if today <= due.day <= today + NEAR:
        yield Need("stock", f"{due.label}: {due.day:%-d %B %Y}")


def _deadlines(campaign: Campaign, at: datetime) -> Needs:
    """What is to be done within a fortnight, and what is overdue until it is done; of
    what comes after the poll (bills, return, declarations), once that is over."""
    today, poll_on = at.astimezone(UK).date(), campaign.election.poll_on
    for deadline in campaign_deadlines(campaign).days:
        if today <= poll_on < deadline.day:
            continue
        if not deadline.done and today <= deadline.day <= today + NEAR:
            yield Need(
                "deadline",
                f"{deadline.label}: by {deadline.day:%-d %B %Y} at the latest",
            )
        elif deadline.day < today and _is_open(campaign, deadline):
            yield Need(
                "deadline",
                f"Overdue. {deadline.label}: it was due by {deadline.day:%-d %B %Y}",
            )


def _is_open(campaign: Campaign, deadline: Deadline) -> bool:
    """Whether something past its day is known not to be done: bills that are not paid,
    the return and the declaration."""
    if deadline.code == "bills_paid":
        theirs = {"expense__authority__kind": AuthorityKind.CAMPAIGNER}
        return unpaid_invoices(campaign).exclude(**theirs).exists()
    return deadline.code in UNTIL_DONE and not deadline.done


def _failed_jobs(campaign: Campaign, at: datetime) -> Needs:
    failed = (
        Job.objects.of(campaign.organisation_id)
        .filter(Q(campaign=campaign) | Q(campaign__isnull=True))
        .filter(state=JobState.FAILED, asked_at__gte=at - RECENTLY)
        .order_by("-pk")
    )
    for job in failed[:3]:
        yield Need("job", f"{job.title} failed: {job.message}".rstrip(": "), job.pk)


def _imprint(campaign: Campaign, at: datetime) -> Needs:
    missing = imprint_check(campaign, Medium.PRINT).missing
    if missing:
        yield Need(
            "imprint",
            f"The imprint lacks {missing[0]}: no letter without it",
            campaign.pk,
        )


def _many(count: int, thing: str, ending: str = "s") -> str:
    return f"{count:,} {thing}{'' if count == 1 else ending}"
