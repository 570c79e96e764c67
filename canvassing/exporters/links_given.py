"""Links as volunteers are given them: on their own page, to the round, the phone bank
or the stall of their shift; by e-mail, to their round. Each asks for its short code."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

from django.db.models import Q, QuerySet

from canvassing.actions import phone_banks, round_issues, stall_links
from canvassing.models import (
    FieldPhone,
    IssueKind,
    PhoneBank,
    RoundIssue,
    StallLink,
)
from canvassing.reports.link_mails import link_mails
from canvassing.rules.round_names import head_of
from volunteers.models import Shift, ShiftKind, Volunteer, VolunteerMail
from volunteers.registry import WayIn

JOIN: Final = "/field/join"
# The round that a phone has.
ROUND: Final = "/field/"

OpenT = TypeVar("OpenT", PhoneBank, StallLink)


def address_of(secret: str) -> str:
    """The secret follows `#`, where no log and no referrer has it."""
    return f"{JOIN}#{secret}"


def ways_in(volunteer: Volunteer, shift: Shift, at: datetime) -> list[WayIn]:
    """What is out to them by name or to their team, or is open for whoever comes, at a
    shift of this kind. Two queries."""
    ways: Callable[[Volunteer, Shift, datetime], list[WayIn]]
    match shift.kind:
        case ShiftKind.DOORS | ShiftKind.LEAFLETS:
            ways = _rounds
        case ShiftKind.PHONES:
            ways = _banks
        case ShiftKind.STALL:
            ways = _stalls
        case _:
            return []
    return ways(volunteer, shift, at)


def round_in_mail(mail: VolunteerMail, at: datetime) -> WayIn | None:
    """Its link, made anew from its seed, since no copy of it is kept; None where it is
    not out any more, or does not go to them by now."""
    issues = RoundIssue.objects.of(mail.organisation_id).filter(pk__in=[mail.about])
    named = ("round", "leaflet_round", "team", "session")
    issue = issues.select_related(*named).first()
    if issue is None or not issue.is_out(at):
        return None
    mails = link_mails([issue]).get(issue.pk)
    is_theirs = mails is not None and mail.volunteer in mails.reached
    return _to_join(issue) if is_theirs else None


def _rounds(volunteer: Volunteer, shift: Shift, at: datetime) -> list[WayIn]:
    """A phone of theirs that has it already opens it without the link, which would be
    refused on any other."""
    out = RoundIssue.objects.of(shift.organisation_id).filter(
        Q(kind=IssueKind.VOLUNTEER, volunteer=volunteer)
        | Q(kind=IssueKind.TEAM, team__in=volunteer.teams.values("pk"))
        | Q(kind=IssueKind.TEAM, team__leader=volunteer),
        campaign=shift.campaign_id,
        leaflet_round__isnull=shift.kind != ShiftKind.LEAFLETS,
        closed_at=None,
        expires_at__gt=at,
    )
    phones = FieldPhone.objects.filter(
        issue__in=out, volunteer=volunteer, closed_at=None
    )
    joined = set(phones.values_list("issue", flat=True))
    return [
        WayIn("round", head_of(issue.what_is_out.name), ROUND, has_joined=True)
        if issue.pk in joined
        else _to_join(issue)
        for issue in out.select_related("round", "leaflet_round").order_by(
            "-issued_at", "-pk"
        )
    ]


def _to_join(issue: RoundIssue) -> WayIn:
    """Without its streets, which nobody is told before they said the code."""
    path = address_of(round_issues.link_secret(issue))
    return WayIn("round", head_of(issue.what_is_out.name), path)


def _banks(volunteer: Volunteer, shift: Shift, at: datetime) -> list[WayIn]:
    """Those that call while the shift is on, for everybody or for their affiliate."""
    banks = PhoneBank.objects.of(shift.organisation_id).filter(
        Q(affiliate=None) | Q(affiliate=volunteer.affiliate_id),
        Q(session__ends_at=None) | Q(session__ends_at__gt=at),
        campaign=shift.campaign_id,
        opened_at__isnull=False,
        closed_at=None,
    )
    if shift.ward_id:
        banks = banks.filter(Q(session__ward=None) | Q(session__ward=shift.ward_id))
    return [
        WayIn("phones", str(bank), address_of(phone_banks.link_secret(bank)))
        for bank in _at(shift, banks)
    ]


def _stalls(volunteer: Volunteer, shift: Shift, at: datetime) -> list[WayIn]:
    """Those that are open while the shift is on."""
    links = StallLink.objects.of(shift.organisation_id).filter(
        session__campaign=shift.campaign_id,
        closed_at=None,
        expires_at__gt=at,
    )
    if shift.ward_id:
        links = links.filter(wards=shift.ward_id)
    return [
        WayIn("stall", str(link), address_of(stall_links.link_secret(link)))
        for link in _at(shift, links)
    ]


def _at(shift: Shift, open_: "QuerySet[OpenT]") -> list[OpenT]:
    """Those of the shift's own session where there are any, else those whose session
    is on while it is."""
    own = Q(session__shift=shift)
    meanwhile = Q(session__starts_at__lt=shift.ends_at) & (
        Q(session__ends_at=None) | Q(session__ends_at__gt=shift.starts_at)
    )
    found = list(
        open_.filter(own | meanwhile).select_related("session").order_by("-pk")
    )
    theirs = [one for one in found if one.session.shift_id == shift.pk]
    return theirs or found
