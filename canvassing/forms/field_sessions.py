"""What is typed about sessions on the doors and about sending rounds out."""

from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from campaigns.clock import UK
from campaigns.forms.money_fields import DayField
from campaigns.models import Campaign
from canvassing.access import sessions_for
from canvassing.actions.field_sessions import Outing
from canvassing.forms.session_choice import SessionChoice, ShiftChoice
from canvassing.models import CanvassRound, CanvassSession, IssueKind
from volunteers.forms.choosing import VolunteerChoice
from volunteers.models import Shift, ShiftKind, Team, Volunteer

OUT_OR_CUT = "A round is out already, or was cut anew: choose among those of now."
USUAL_LENGTH = timedelta(hours=4)
AFTER_SESSION = timedelta(hours=1)
JUST_OVER = timedelta(hours=6)


class ClockField(forms.TimeField):
    """A time of the day in the United Kingdom."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **options)


def moment(day: Any, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=UK)


class SessionForm(forms.Form):
    """A session: its name, when and where they meet, and for which shift."""

    name = forms.CharField(max_length=120, label="What is it called?")
    day = DayField()
    begins = ClockField(label="From")
    ends = ClockField(label="Until")
    meeting_point = forms.CharField(
        max_length=200, required=False, label="Where do they meet?"
    )
    shift = ShiftChoice(
        Shift.objects.none(),
        required=False,
        label="For which shift?",
        empty_label="None",
        help_text="Whoever has a place on it finds their round on their own page.",
    )

    def __init__(
        self,
        *arguments: Any,
        campaign: Campaign,
        at: datetime,
        session: CanvassSession | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        free = Shift.objects.of(campaign.organisation_id).filter(
            Q(
                canvasssession=None,
                cancelled_at=None,
                ends_at__gt=at,
                kind=ShiftKind.DOORS,
            )
            | Q(pk=session.shift_id if session else None),
            campaign=campaign,
        )
        field = cast(forms.ModelChoiceField, self.fields["shift"])
        field.queryset = (
            free.select_related("ward")
            .defer("ward__boundary")
            .order_by("starts_at", "pk")
        )

    def outing(self) -> Outing:
        said = self.cleaned_data
        return Outing(
            said["name"],
            said["meeting_point"],
            moment(said["day"], said["begins"]),
            moment(said["day"], said["ends"]),
            said["shift"],
        )


def typed_session(session: CanvassSession) -> dict[str, object]:
    """A session as the form was filled in."""
    starts, ends = localtime(session.starts_at), session.ends_at
    return {
        "name": session.name,
        "meeting_point": session.meeting_point,
        "day": starts.date(),
        "begins": starts.time(),
        "ends": localtime(ends).time() if ends else None,
        "shift": session.shift_id,
    }


def as_its_shift(shift: Shift) -> dict[str, object]:
    """What a session for this shift begins with."""
    return {
        "name": shift.ward.name if shift.ward else "",
        "meeting_point": shift.meeting_point,
        "day": localtime(shift.starts_at).date(),
        "begins": localtime(shift.starts_at).time(),
        "ends": localtime(shift.ends_at).time(),
        "shift": shift.pk,
    }


class SendOutForm(forms.Form):
    """To whom a round goes out, at which session, until when."""

    kind = forms.ChoiceField(
        label="Who takes it?",
        choices=IssueKind.choices,
        widget=forms.RadioSelect,
        initial=IssueKind.MEETING_POINT,
    )
    volunteer = VolunteerChoice(
        Volunteer.objects.none(),
        required=False,
        empty_label="Choose…",
        help_text="The link works on their phone alone.",
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), required=False, empty_label="Choose…"
    )
    session = SessionChoice(
        CanvassSession.objects.none(),
        required=False,
        empty_label="None",
        help_text=(
            "Whoever opens the link is asked for the session’s short code; without a"
            " session, for one of the round’s own."
        ),
    )
    day = DayField(label="Until")
    clock = ClockField(label="At")
    by_email = forms.BooleanField(
        required=False,
        label="E-mail the link",
        help_text=(
            "To them; or to the team’s leader and to each member who has a place on the"
            " session’s shift. To nobody under 18, without an address or who has not"
            " agreed to e-mails. The short code is not in it: say it where you meet."
        ),
    )

    def __init__(
        self,
        *arguments: Any,
        campaign: Campaign,
        at: datetime,
        session: str = "",
        **named: Any,
    ) -> None:
        """`session` is the id of the one that it begins with; else the next one."""
        super().__init__(*arguments, **named)
        volunteers = Volunteer.objects.of(campaign.organisation_id).filter(
            stood_down_at=None, is_under_18=False
        )
        teams = Team.objects.of(campaign.organisation_id)
        sessions = sessions_to_come(campaign, at=at)
        cast(VolunteerChoice, self.fields["volunteer"]).offer(volunteers)
        for name, rows in (("team", teams.order_by("name")), ("session", sessions)):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = rows
        chosen = next(
            (one for one in sessions if str(one.pk) == session), sessions.first()
        )
        until = localtime(_until(chosen, at=at))
        self.fields["session"].initial = chosen
        self.fields["day"].initial = until.date()
        self.fields["clock"].initial = until.time()

    def issue(self) -> dict[str, Any]:
        """What `issue_round` is asked for. What only another kind needs is unread."""
        said = self.cleaned_data
        return {
            "kind": IssueKind(said["kind"]),
            "by_email": said["by_email"] and said["kind"] != IssueKind.MEETING_POINT,
            "volunteer": said["volunteer"],
            "team": said["team"],
            "session": said["session"],
            "expires_at": moment(said["day"], said["clock"]),
        }


class SendSeveralForm(SendOutForm):
    """The same of several rounds of a ward, at one session: to a team, or to whoever is
    at the meeting point."""

    rounds = forms.ModelMultipleChoiceField(
        CanvassRound.objects.none(),
        label="Which rounds?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick the rounds to send out.",
            "invalid_choice": OUT_OR_CUT,
            "invalid_pk_value": OUT_OR_CUT,
        },
    )
    field_order = ("rounds",)

    def __init__(
        self, *arguments: Any, rounds: QuerySet[CanvassRound], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        del self.fields["volunteer"]
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [
            one for one in IssueKind.choices if one[0] != IssueKind.VOLUNTEER
        ]
        session = cast(forms.ModelChoiceField, self.fields["session"])
        session.required, session.empty_label = True, "Choose…"
        session.help_text = "Whoever opens a link is asked for its short code."
        field = cast(forms.ModelMultipleChoiceField, self.fields["rounds"])
        field.queryset = rounds

    def issues(self) -> dict[str, Any]:
        """What `issue_rounds` is asked for."""
        said = self.cleaned_data
        return {
            "rounds": list(said["rounds"]),
            "kind": IssueKind(said["kind"]),
            "by_email": said["by_email"] and said["kind"] != IssueKind.MEETING_POINT,
            "team": said["team"],
            "session": said["session"],
            "expires_at": moment(said["day"], said["clock"]),
        }


def sessions_to_come(campaign: Campaign, *, at: datetime) -> Any:
    """Sessions on the doors that are on, to come, or only just over; soonest first."""
    not_over = Q(ends_at__gte=at - JUST_OVER) | Q(
        ends_at=None, starts_at__gte=at - JUST_OVER
    )
    return sessions_for(campaign).filter(not_over).order_by("starts_at")


def _until(session: CanvassSession | None, *, at: datetime) -> datetime:
    """An hour after the session, or four hours from now."""
    if session is None or session.starts_at > at + USUAL_LENGTH:
        return at + USUAL_LENGTH
    ends = session.ends_at or session.starts_at + USUAL_LENGTH
    return max(ends + AFTER_SESSION, at + AFTER_SESSION)
