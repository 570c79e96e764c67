"""Rounds that are out: who has each, on which phones, and how far they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count, Exists, OuterRef

from canvassing.access import adults_on
from canvassing.models import (
    ClosedBecause,
    FieldPhone,
    HeldItem,
    IssueKind,
    RoundIssue,
    RoundKnocker,
)
from canvassing.models.round_issues import GIVEN_BACK
from canvassing.reports.code_guesses import guessed_at
from canvassing.reports.knocker_hours import KnockerHours, knocker_hours
from canvassing.reports.link_mails import LinkMails, link_mails
from canvassing.rules.contact_times import FILED_LATE
from canvassing.rules.short_codes import Guessed
from canvassing.rules.under_18 import is_said
from volunteers.models import Team

SILENT_AFTER: Final = timedelta(minutes=45)
# Leaflets go out over days.
LONG_SILENT: Final = timedelta(days=3)

# A door is done when somebody there was called on since the round went out.
DOORS_DONE: Final = """
SELECT i.id, count(DISTINCT d.address_id)
FROM canvassing_roundissue i
JOIN canvassing_rounddoor d ON d.organisation_id = i.organisation_id
     AND d.round_id = i.round_id
JOIN campaigns_elector e ON e.organisation_id = d.organisation_id
     AND e.address_id = d.address_id
JOIN canvassing_electorstanding s ON s.organisation_id = i.organisation_id
     AND s.campaign_id = i.campaign_id AND s.elector_id = e.id
     AND s.last_contact_at >= i.issued_at
     AND s.last_contact_at <= coalesce(i.closed_at, 'infinity')
WHERE i.id = ANY(%s::bigint[])
GROUP BY i.id
"""


@dataclass(frozen=True, slots=True)
class PhoneOut:
    """A phone of an issue; `is_silent` where it has not been heard from for long,
    `is_of_another_team` where the round is a team's, and its person is not in it.
    `may_be_cut_off` also where what it sends late would still be filed by itself."""

    phone: FieldPhone
    is_open: bool
    is_silent: bool
    may_be_cut_off: bool
    held: int
    is_of_another_team: bool


@dataclass(frozen=True, slots=True)
class KnockerOut:
    """Somebody on a round; `hours` on it, None before the first door. `joined_as` is
    the name that was typed, where we hold another for their number and no phone of
    theirs says so."""

    knocker: RoundKnocker
    hours: KnockerHours | None
    joined_as: str = ""


@dataclass(frozen=True, slots=True)
class IssueOut:
    """A round that went out. `knockers` are those who are on it now, or were when it
    came back; `gone` have left it before. `is_accompanied` by an organiser's word.
    `link_mails` of one that is out to somebody by name."""

    issue: RoundIssue
    is_out: bool
    doors_done: int
    phones: list[PhoneOut] = field(default_factory=list)
    knockers: list[KnockerOut] = field(default_factory=list)
    gone: list[KnockerOut] = field(default_factory=list)
    guessed: Guessed | None = None
    has_adult: bool = True
    is_accompanied: bool = False
    link_mails: LinkMails | None = None

    @property
    def everybody(self) -> list[KnockerOut]:
        return self.knockers + self.gone

    @property
    def hours(self) -> float:
        """Of everybody who was on it."""
        spent = (one.hours.spent for one in self.everybody if one.hours)
        return round(sum(spent, timedelta()) / timedelta(hours=1), 1)

    @property
    def how(self) -> str:
        """`out`, or how it came back."""
        if self.is_out:
            return "out"
        because = self.issue.closed_because or ClosedBecause.EXPIRED
        return str(ClosedBecause(because).label).lower()

    @property
    def held(self) -> int:
        return sum(one.held for one in self.phones)

    @property
    def has_no_adult(self) -> bool:
        """Somebody under 18 is on it, or has a phone of it, and nobody of age is there:
        an organiser has to send somebody. Not with leaflets, which show nobody."""
        if not self.is_out or self.has_adult or self.issue.is_of_leaflets:
            return False
        phones = [one.phone.volunteer for one in self.phones if one.is_open]
        there = [*phones, *(one.knocker.volunteer for one in self.knockers)]
        return any(one.is_under_18 and one.stood_down_at is None for one in there)


def rounds_out(issues: Iterable[RoundIssue], *, at: datetime) -> list[IssueOut]:
    """Those that are out first, by the names of the rounds. Fourteen queries."""
    found = sorted(
        issues, key=lambda issue: (not issue.is_out(at), issue.what_is_out.name)
    )
    if not found:
        return []
    done = _doors_done(found)
    phones = _phones(found, at=at)
    knockers = _knockers(found, phones)
    guessed = guessed_at(found[0].organisation_id, [one.code_name for one in found])
    mails = link_mails([one for one in found if one.is_out(at)])
    with_adult = set(adults_on(found, at=at).values_list("issue", flat=True))
    return [
        IssueOut(
            issue,
            issue.is_out(at),
            done.get(issue.pk, 0),
            phones.get(issue.pk, []),
            *_by_presence(knockers.get(issue.pk, [])),
            guessed.get(issue.code_name),
            has_adult=issue.pk in with_adult,
            is_accompanied=is_said(issue.accompanied_at, at=at),
            link_mails=mails.get(issue.pk),
        )
        for issue in found
    ]


def _by_presence(
    knockers: Sequence[KnockerOut],
) -> tuple[list[KnockerOut], list[KnockerOut]]:
    """Those who are there, and those who have left."""
    there = [one for one in knockers if one.knocker.left_at is None]
    return there, [one for one in knockers if one.knocker.left_at]


def _doors_done(issues: Sequence[RoundIssue]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(DOORS_DONE, [[issue.pk for issue in issues]])
        return dict(cursor.fetchall())


def _phones(issues: Sequence[RoundIssue], *, at: datetime) -> dict[int, list[PhoneOut]]:
    out = {issue.pk: issue.is_out(at) for issue in issues}
    silent_after = {
        issue.pk: LONG_SILENT if issue.is_of_leaflets else SILENT_AFTER
        for issue in issues
    }
    phones = list(
        FieldPhone.objects.filter(issue__in=out)
        .select_related("volunteer")
        .order_by("joined_at", "pk")
    )
    held = _held([phone.pk for phone in phones])
    for_teams = any(issue.kind == IssueKind.TEAM for issue in issues)
    strangers = _strangers(phones) if for_teams else frozenset()
    found: dict[int, list[PhoneOut]] = {}
    for phone in phones:
        is_open = out[phone.issue_id] and phone.closed_at is None
        is_silent = is_open and at - phone.last_seen_at >= silent_after[phone.issue_id]
        row = PhoneOut(
            phone,
            is_open=is_open,
            is_silent=is_silent,
            may_be_cut_off=is_open or _files_late(phone, at=at),
            held=held.get(phone.pk, 0),
            is_of_another_team=phone.pk in strangers,
        )
        found.setdefault(phone.issue_id, []).append(row)
    return found


def _files_late(phone: FieldPhone, *, at: datetime) -> bool:
    if phone.closed_at is None or phone.closed_because not in GIVEN_BACK:
        return False
    return at - phone.closed_at <= FILED_LATE


def _strangers(phones: Sequence[FieldPhone]) -> frozenset[int]:
    """The phones on a team's round of whoever is not of the team."""
    of_teams = FieldPhone.objects.filter(
        pk__in=[phone.pk for phone in phones], issue__kind=IssueKind.TEAM
    )
    members = Team.members.through.objects.filter(
        team=OuterRef("issue__team"), volunteer=OuterRef("volunteer")
    )
    return frozenset(of_teams.exclude(Exists(members)).values_list("pk", flat=True))


def _held(phones: Sequence[int]) -> dict[int, int]:
    """How much of what each sent waits for an organiser."""
    waiting = HeldItem.objects.filter(
        by_kind="link", by_id__in=phones, resolved_at__isnull=True
    )
    return dict(waiting.values_list("by_id").annotate(Count("pk")))


def _knockers(
    issues: Sequence[RoundIssue],
    phones: Mapping[int, Sequence[PhoneOut]],
) -> dict[int, list[KnockerOut]]:
    on_phones = {
        (issue, one.phone.volunteer_id, one.phone.joined_as)
        for issue, theirs in phones.items()
        for one in theirs
    }
    knockers = (
        RoundKnocker.objects.filter(issue__in=[issue.pk for issue in issues])
        .select_related("volunteer", "address")
        .order_by("joined_at", "pk")
    )
    hours = knocker_hours([issue.pk for issue in issues])
    found: dict[int, list[KnockerOut]] = {}
    for knocker in knockers:
        row = KnockerOut(
            knocker,
            hours.get((knocker.issue_id, knocker.volunteer_id)),
            ""
            if (knocker.issue_id, knocker.volunteer_id, knocker.joined_as) in on_phones
            else knocker.joined_as,
        )
        found.setdefault(knocker.issue_id, []).append(row)
    return found
