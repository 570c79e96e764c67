"""What a shift leads to at the desk: its session, or the way to make one."""

from campaigns.access import Actor
from campaigns.roles import Capability
from canvassing.models import CanvassSession, Channel
from volunteers.models import Shift, ShiftKind
from volunteers.registry import ShiftPage


def shift_pages(by: Actor, shift: Shift) -> list[ShiftPage]:
    """For those who may see it; a session is made of a shift on the doors, by whoever
    sets up the campaign. One query."""
    sessions = CanvassSession.objects.of(shift.organisation_id).filter(shift=shift)
    session = sessions.select_related("phonebank").first()
    capability, page = _page_of(session) if session else _page_to_make_one(shift)
    may = by.can(
        capability,
        organisation_id=shift.organisation_id,
        campaign_id=shift.campaign_id,
    )
    return [page] if may and page else []


def _page_of(session: CanvassSession) -> tuple[Capability, ShiftPage | None]:
    named = {"session": session.pk}
    if session.channel == Channel.DOOR:
        return Capability.MAKE_LISTS, ShiftPage("Its session", "session", named)
    if session.channel == Channel.STALL:
        return Capability.SEE_ELECTORS, ShiftPage("Its stall", "stall", named)
    bank = getattr(session, "phonebank", None)
    return Capability.MANAGE_CAMPAIGN, (
        ShiftPage("Its phone bank", "phone-bank", {"bank": bank.pk}) if bank else None
    )


def _page_to_make_one(shift: Shift) -> tuple[Capability, ShiftPage | None]:
    on_doors = shift.kind == ShiftKind.DOORS and shift.cancelled_at is None
    page = ShiftPage("Make its session", "session-new", query=f"shift={shift.pk}")
    return Capability.MANAGE_CAMPAIGN, page if on_doors else None
