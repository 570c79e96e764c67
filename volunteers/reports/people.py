"""Volunteers as a list: who was asked, who came, and who has not for three weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from volunteers.models import (
    Consent,
    ConsentChannel,
    Invitation,
    ShiftSignUp,
    Volunteer,
)
from volunteers.rules.elector_data import (
    SENTENCES,
    PromiseGiven,
    barrier_to_elector_data,
)

QUIET_FOR = timedelta(weeks=3)


def reached_by_email(volunteers: QuerySet[Volunteer]) -> QuerySet[Volunteer]:
    """Those who help, have an address and agreed to e-mails."""
    agreed = Consent.objects.filter(
        volunteer=OuterRef("pk"),
        channel=ConsentChannel.EMAIL,
        withdrawn_at__isnull=True,
    )
    return volunteers.filter(Exists(agreed), stood_down_at=None).exclude(email="")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; an empty text is no condition."""

    words: str = ""
    ward: str = ""
    branch: str = ""
    kind: str = ""
    # quiet, unasked, to_settle, stood_down or nothing
    which: str = ""


def with_history(volunteers: QuerySet[Volunteer]) -> QuerySet[Volunteer]:
    """With `asked_at` and `came_at`, the last time of each."""
    asked = Invitation.objects.filter(volunteer=OuterRef("pk")).order_by("-asked_at")
    came = ShiftSignUp.objects.filter(
        volunteer=OuterRef("pk"), came=True, withdrawn_at__isnull=True
    ).order_by()
    return volunteers.annotate(
        asked_at=Subquery(asked.values("asked_at")[:1]),
        came_at=Subquery(
            came.values("volunteer")
            .annotate(last=Max("shift__starts_at"))
            .values("last")
        ),
    )


def found(
    volunteers: QuerySet[Volunteer], wanted: Wanted, *, at: datetime
) -> QuerySet[Volunteer]:
    """Those who are wanted, by name; who has stood down only where that is asked."""
    rows = with_history(volunteers).select_related("home_ward", "affiliate")
    rows = rows.defer("home_ward__boundary")
    for word in wanted.words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if wanted.ward:
        rows = rows.filter(home_ward__gss=wanted.ward)
    if wanted.branch:
        rows = rows.filter(branch__iexact=wanted.branch)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    rows = rows.filter(stood_down_at__isnull=wanted.which != "stood_down")
    return _narrowed(rows, wanted.which, at).order_by("name", "pk")


def _narrowed(
    rows: QuerySet[Volunteer], which: str, at: datetime
) -> QuerySet[Volunteer]:
    long_ago = Q(came_at__isnull=True) | Q(came_at__lt=at - QUIET_FOR)
    match which:
        case "quiet":
            return rows.filter(long_ago)
        case "unasked":
            not_lately = Q(asked_at__isnull=True) | Q(asked_at__lt=at - QUIET_FOR)
            return rows.filter(long_ago & not_lately)
        case "to_settle":
            return rows.filter(maybe_same_as__isnull=False)
    return rows


@dataclass(frozen=True)
class Counts:
    """How many help, have not come for three weeks, and wait for a decision."""

    helping: int
    quiet: int
    to_settle: int


def counts(volunteers: QuerySet[Volunteer], *, at: datetime) -> Counts:
    helping = volunteers.filter(stood_down_at__isnull=True)
    lately = ShiftSignUp.objects.filter(
        volunteer=OuterRef("pk"),
        came=True,
        withdrawn_at__isnull=True,
        shift__starts_at__gte=at - QUIET_FOR,
    )
    return Counts(
        helping=helping.count(),
        quiet=helping.exclude(Exists(lately)).count(),
        to_settle=helping.filter(maybe_same_as__isnull=False).count(),
    )


def branches_of(volunteers: QuerySet[Volunteer]) -> list[str]:
    named = volunteers.exclude(branch="").values_list("branch", flat=True)
    return list(named.distinct().order_by("branch"))


def why_no_elector_data(volunteer: Volunteer, *, at: datetime) -> str:
    """A sentence where they may not hold elector data by themselves; else empty."""
    barrier = barrier_to_elector_data(
        promises=_promises(volunteer),
        is_under_18=volunteer.is_under_18,
        is_accompanied=False,
        stood_down_at=volunteer.stood_down_at,
        at=at,
    )
    return SENTENCES[barrier] if barrier else ""


def has_promised(volunteer: Volunteer, *, at: datetime) -> bool:
    """Whether a data promise of theirs holds."""
    return any(promise.holds(at) for promise in _promises(volunteer))


def _promises(volunteer: Volunteer) -> list[PromiseGiven]:
    given = volunteer.undertakings.values_list("given_at", "until_at")
    return [PromiseGiven(given_at, until_at) for given_at, until_at in given]


def agreed_channels(volunteers: QuerySet[Volunteer]) -> QuerySet[Volunteer]:
    """With `agreed`, the consents that stand, by channel."""
    standing = Consent.objects.filter(withdrawn_at__isnull=True).order_by("channel")
    return volunteers.prefetch_related(Prefetch("consents", standing, "agreed"))
