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
    whoever is of age, has an address and agreed to e-mails. Somebody who `has_left`
    was sent it, is none of those it goes to any more, and is not reached."""

    volunteer: Volunteer
    mail: VolunteerMail | None
    is_reached: bool
    has_left: bool

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
    """Of one issue, by name: to its volunteer or its `team`, of which those on the
    shift alone where it is `of_shift`; and whoever was sent it and has left since."""

    people: list[LinkMail]
    team: Team | None
    of_shift: bool

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
    def may_be_sent(self) -> list[LinkMail]:
        return [one for one in self.people if one.may_be_sent]

    @property
    def why_to_nobody(self) -> str:
        """A sentence, where nobody is reached."""
        theirs = [str(one.volunteer) for one in self.people if not one.has_left]
        if not theirs:
            on_shift = " on the shift" if self.of_shift else ""
            return f"{self.team} has no leader and no members{on_shift}."
        are = "are" if theirs[1:] else "is"
        return (
            f"{' and '.join(theirs)} {are} not sent links: they have no e-mail address,"
            " have not agreed to e-mails, or are under 18."
        )


def link_mails(issues: Sequence[RoundIssue]) -> dict[int, LinkMails]:
    """By issue; nothing of those that go to nobody by name. Four queries, or none."""
    named = [one for one in issues if one.team or one.volunteer_id]
    if not named:
        return {}
    mails, whom = _written(named), _whom(named)
    sent = _by_first(key for key, mail in mails.items() if mail.sent_at)
    people = {one.pk: whom[one.pk] | sent.get(one.pk, set()) for one in named}
    volunteers = _volunteers(set().union(*people.values()))
    return {
        one.pk: LinkMails(
            [
                LinkMail(
                    volunteer,
                    mails.get((one.pk, volunteer.pk)),
                    is_reached=is_reached and volunteer.pk in whom[one.pk],
                    has_left=volunteer.pk not in whom[one.pk],
                )
                for volunteer, is_reached in volunteers
                if volunteer.pk in people[one.pk]
            ],
            team=one.team,
            of_shift=bool(one.session and one.session.shift_id),
        )
        for one in named
    }


def _volunteers(pks: set[int]) -> list[tuple[Volunteer, bool]]:
    """By name, each with whether they are reached."""
    adults = Volunteer.objects.filter(pk=OuterRef("pk"), is_under_18=False)
    found = Volunteer.objects.filter(pk__in=pks).annotate(
        is_reached=Exists(reached_by_email(adults))
    )
    return [(one, one.is_reached) for one in found.order_by("name", "pk")]


def _written(issues: Sequence[RoundIssue]) -> dict[tuple[int, int], VolunteerMail]:
    """By issue and volunteer."""
    sent_when = ExpressionWrapper(
        F("sent_at") + F("organisation__clock_offset"), output_field=DateTimeField()
    )
    mails = VolunteerMail.objects.filter(
        kind=MailKind.ROUND, about__in=[one.pk for one in issues]
    )
    return {
        (mail.about, mail.volunteer_id): mail
        for mail in mails.annotate(sent_when=sent_when)
        if mail.about
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
