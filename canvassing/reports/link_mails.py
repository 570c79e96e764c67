"""To whom the links of rounds go by e-mail, and how those e-mails stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef

from canvassing.models import RoundIssue
from volunteers.models import MailKind, ShiftSignUp, Team, Volunteer, VolunteerMail
from volunteers.reports.people import reached_by_email


@dataclass(frozen=True, slots=True)
class LinkMail:
    """Of one issue to one person; `mail` is None where none was written. Reached is
    whoever is of age, has an address and agreed to e-mails."""

    volunteer: Volunteer
    mail: VolunteerMail | None
    is_reached: bool

    @property
    def sent_at(self) -> datetime | None:
        """By the organisation's clock."""
        return self.mail.sent_when if self.mail else None  # type: ignore[attr-defined]

    @property
    def may_be_sent(self) -> bool:
        """Also once more, where it was given up."""
        return self.is_reached and (
            self.mail is None or self.mail.given_up_at is not None
        )


@dataclass(frozen=True, slots=True)
class LinkMails:
    """Of one issue, by name: to its volunteer or, where `of_team`, to its team."""

    people: list[LinkMail]
    of_team: bool

    @property
    def written(self) -> list[LinkMail]:
        return [one for one in self.people if one.mail]

    @property
    def goes_to(self) -> list[Volunteer]:
        """Who has one, or would be sent one."""
        return [one.volunteer for one in self.people if one.mail or one.is_reached]

    @property
    def left_out(self) -> list[Volunteer]:
        goes = self.goes_to
        return [one.volunteer for one in self.people if one.volunteer not in goes]

    @property
    def reached(self) -> list[Volunteer]:
        return [one.volunteer for one in self.people if one.is_reached]

    @property
    def may_be_sent(self) -> bool:
        return any(one.may_be_sent for one in self.people)


def link_mails(issues: Sequence[RoundIssue]) -> dict[int, LinkMails]:
    """By issue; nothing of those that go to nobody by name. Four queries, or none."""
    whom = _whom(issues)
    if not whom:
        return {}
    sent_when = ExpressionWrapper(
        F("sent_at") + F("organisation__clock_offset"), output_field=DateTimeField()
    )
    mails = VolunteerMail.objects.filter(kind=MailKind.ROUND, about__in=whom)
    written = {
        (mail.about, mail.volunteer_id): mail
        for mail in mails.annotate(sent_when=sent_when)
    }
    adults = Volunteer.objects.filter(pk=OuterRef("pk"), is_under_18=False)
    everybody = Volunteer.objects.filter(pk__in=set().union(*whom.values()))
    found = everybody.annotate(is_reached=Exists(reached_by_email(adults)))
    volunteers = list(found.order_by("name", "pk"))
    of_teams = {one.pk for one in issues if one.team}
    return {
        issue: LinkMails(
            [
                LinkMail(one, written.get((issue, one.pk)), one.is_reached)
                for one in volunteers
                if one.pk in theirs
            ],
            of_team=issue in of_teams,
        )
        for issue, theirs in whom.items()
    }


def _whom(issues: Sequence[RoundIssue]) -> dict[int, set[int]]:
    """Its volunteer; or the leader of its team, and the members who help still and have
    a place on the shift of its session, where that is of a shift."""
    members = _members({one.team_id for one in issues if one.team_id})
    places = _places({one.session.shift_id for one in issues if one.session})
    whom: dict[int, set[int]] = {}
    for one in issues:
        theirs = members.get(one.team_id, set()) if one.team_id else set()
        if one.session and one.session.shift_id:
            theirs = theirs & places.get(one.session.shift_id, set())
        by_name = one.team.leader_id if one.team else one.volunteer_id
        if by_name or theirs:
            whom[one.pk] = theirs | ({by_name} if by_name else set())
    return whom


def _members(teams: set[int]) -> dict[int, set[int]]:
    rows = Team.members.through.objects.filter(
        team__in=teams, volunteer__stood_down_at=None
    )
    return _by_first(rows.values_list("team", "volunteer") if teams else ())


def _places(shifts: set[int | None]) -> dict[int, set[int]]:
    known = shifts - {None}
    rows = ShiftSignUp.objects.filter(
        shift__in=known, waits=False, withdrawn_at__isnull=True
    )
    return _by_first(rows.values_list("shift", "volunteer") if known else ())


def _by_first(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for first, second in pairs:
        found.setdefault(first, set()).add(second)
    return found
