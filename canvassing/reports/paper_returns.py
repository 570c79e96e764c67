"""What was typed in from the cards of a session: by whom it was said, and when."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F

from canvassing.models import CanvassSession, Channel, Contact, RoundKnocker


@dataclass(frozen=True, slots=True)
class PaperReturns:
    """One volunteer's answers on paper; `name` is empty where none was said.

    `hours` are the session's, None where their phone has counted them or it has no end.
    """

    volunteer_id: int | None
    name: str
    doors: int
    answers: int
    hours: float | None


def paper_returns(session: CanvassSession) -> list[PaperReturns]:
    """By name. Two queries."""
    contacts = Contact.objects.of(session.organisation_id).filter(
        campaign=session.campaign_id,
        effective_at__gte=session.starts_at - timedelta(days=1),
        session=session,
        channel=Channel.PAPER,
        outcome__isnull=False,
    )
    counted = (
        contacts.values("spoke", name=F("spoke__name"))
        .annotate(doors=Count("elector__address", distinct=True), answers=Count("pk"))
        .order_by("name", "spoke")
    )
    on_phones = set(
        RoundKnocker.objects.filter(issue__session=session).values_list(
            "volunteer", flat=True
        )
    )
    ended_at = session.ends_at or session.starts_at
    hours = (ended_at - session.starts_at) / timedelta(hours=1) or None
    return [
        PaperReturns(
            row["spoke"],
            row["name"] or "",
            row["doors"],
            row["answers"],
            hours if row["spoke"] and row["spoke"] not in on_phones else None,
        )
        for row in counted
    ]
