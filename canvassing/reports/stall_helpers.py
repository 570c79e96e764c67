"""Who helps at a stall, and how many each has met."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from canvassing.models import (
    CanvassSession,
    Contact,
    ElectorStanding,
    StallHelper,
    StallLink,
)


@dataclass(frozen=True, slots=True)
class HelperRow:
    """A helper: electors `met`, of whom `spoken` to; when the last was filed."""

    helper: StallHelper
    met: int
    spoken: int
    last_at: datetime | None


def contacts_at_stall(session: CanvassSession) -> QuerySet[Contact]:
    """Those of the stall that stand, read from the campaign's since it began."""
    later = Contact.objects.filter(
        organisation=OuterRef("organisation"), corrects=OuterRef("uuid")
    )
    return Contact.objects.of(session.organisation_id).filter(
        ~Exists(later),
        campaign=session.campaign_id,
        effective_at__gte=session.starts_at,
        session=session,
        outcome__isnull=False,
    )


def helpers_of(link: StallLink) -> list[HelperRow]:
    """By their names. Two queries."""
    helpers = list(
        StallHelper.objects.filter(link=link)
        .select_related("volunteer")
        .order_by("volunteer__name", "pk")
    )
    counts = {
        volunteer: (met, spoken, last_at)
        for volunteer, met, spoken, last_at in contacts_at_stall(link.session)
        .order_by()
        .values_list("spoke")
        .annotate(
            met=Count("elector", distinct=True),
            spoken=Count(
                "elector", distinct=True, filter=Q(outcome__counts_as_spoken=True)
            ),
            last_at=Max("received_at"),
        )
    }
    nothing = (0, 0, None)
    return [HelperRow(one, *counts.get(one.volunteer_id, nothing)) for one in helpers]


def met_by(helper: StallHelper) -> int:
    """How many electors this helper has met at the stall."""
    contacts = contacts_at_stall(helper.link.session).filter(spoke=helper.volunteer_id)
    return contacts.order_by().values("elector").distinct().count()


def electors_within(link: StallLink) -> int:
    """How many may be found by its helpers."""
    session: CanvassSession = link.session
    return (
        ElectorStanding.objects.of(session.organisation_id)
        .filter(campaign=session.campaign_id, is_current=True, is_anonymous=False)
        .filter(ward__in=link.wards.values("pk"))
        .count()
    )
