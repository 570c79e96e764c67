"""Sessions on the doors: made, changed, and shown at the meeting point."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_on
from canvassing.access import issues_for, sessions_for
from canvassing.actions.field_sessions import (
    change_session,
    let_session_guessers_try,
    make_session,
    renew_code,
)
from canvassing.forms.field_sessions import (
    SessionForm,
    as_its_shift,
    sessions_to_come,
    typed_session,
)
from canvassing.models import CanvassSession, Channel, IssueKind, PhoneBank
from canvassing.reports.code_guesses import code_guessed
from canvassing.reports.paper_returns import paper_returns
from canvassing.reports.rounds import WardRounds, wards_with_rounds
from canvassing.reports.rounds_out import rounds_out
from canvassing.reports.sessions import sessions_with_rounds
from canvassing.views.round_links import LET_TRY, NEW_CODE, shown_link
from volunteers.access import CAN, shifts_for
from volunteers.models import Shift
from volunteers.reports.shifts import with_places

LONGEST_ID = 18


@campaign_page(can=Capability.MAKE_LISTS)
def sessions(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Those to come first, then the latest; with the rounds that are out at each."""
    return render(
        request,
        "canvassing/sessions.html",
        {
            "heading": "Sessions",
            "sees_shifts": _sees_shifts(request),
            "rows": sessions_with_rounds(
                request.actor, campaign=campaign, at=request.business_now
            ),
        },
    )


@campaign_page(can=Capability.MAKE_LISTS)
def session(request: CampaignRequest, campaign: Campaign, session: int) -> HttpResponse:
    """Its rounds with their links, its short code, who is out, what came on paper."""
    found = _session(campaign, session)
    issues = issues_for(request.actor, campaign=campaign).filter(session=found)
    rows = rounds_out(issues, at=request.business_now)
    return render(
        request,
        "canvassing/session.html",
        {
            "heading": found.name or str(found.ward or "On the doors"),
            "session": found,
            "shift": _shift(request, found),
            "wards": _wards_to_send_from(request, found),
            "guessed": code_guessed(found),
            "out": [shown_link(request, row) for row in rows if row.is_out],
            "back": [row for row in rows if not row.is_out],
            "paper": paper_returns(found),
        },
    )


@campaign_page(can=Capability.MAKE_LISTS)
def sheet(request: CampaignRequest, campaign: Campaign, session: int) -> HttpResponse:
    """The links of the rounds that are out here, to be printed and laid on a table; one
    that is a volunteer's own is not, as whoever takes it first has the round."""
    found = _session(campaign, session)
    issues = issues_for(request.actor, campaign=campaign).filter(session=found)
    rows = rounds_out(issues.filter(closed_at=None), at=request.business_now)
    out = [row for row in rows if row.is_out]
    return render(
        request,
        "canvassing/session_sheet.html",
        {
            "heading": "Links of the rounds",
            "session": found,
            "out": [
                shown_link(request, row)
                for row in out
                if row.issue.kind != IssueKind.VOLUNTEER
            ],
            "own": [row for row in out if row.issue.kind == IssueKind.VOLUNTEER],
        },
    )


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def new_session(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    now = request.business_now
    form = SessionForm(
        request.POST or None,
        campaign=campaign,
        at=now,
        initial=_begins_with(request, campaign),
    )
    if form.is_valid():
        with refusals_on(form):
            made = make_session(
                form.outing(), campaign=campaign, by=request.actor, at=now
            )
            return redirect("session", campaign=campaign.slug, session=made.pk)
    return _form_page(request, form, "New session")


def _begins_with(request: CampaignRequest, campaign: Campaign) -> dict[str, object]:
    """Today, or the shift that it is made for."""
    asked = request.GET.get("shift", "")
    if asked.isdecimal() and len(asked) <= LONGEST_ID:
        shifts = shifts_for(request.actor, campaign=campaign).select_related("ward")
        if shift := shifts.filter(pk=int(asked)).first():
            return as_its_shift(shift)
    return {"day": request.business_now.date()}


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def edit_session(
    request: CampaignRequest, campaign: Campaign, session: int
) -> HttpResponse:
    found = _session(campaign, session)
    form = SessionForm(
        request.POST or None,
        campaign=campaign,
        at=request.business_now,
        session=found,
        initial=typed_session(found),
    )
    if form.is_valid():
        with refusals_on(form):
            change_session(
                found, form.outing(), by=request.actor, at=request.business_now
            )
            return redirect("session", campaign=campaign.slug, session=found.pk)
    return _form_page(request, form, f"Change {found.name or found}")


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def new_code(
    request: CampaignRequest, campaign: Campaign, session: int
) -> HttpResponse:
    """Of a session on the doors, a phone bank or a stall, or another try for whoever
    guessed at it; back to its page."""
    of_campaign = CanvassSession.objects.of(campaign.organisation_id)
    found = get_object_or_404(of_campaign.filter(campaign=campaign), pk=session)
    asked, words = (
        (let_session_guessers_try, LET_TRY)
        if request.POST.get("wanted") == "let_try"
        else (renew_code, NEW_CODE)
    )
    asked(found, by=request.actor, at=request.business_now)
    messages.success(request, words)
    if found.channel == Channel.PHONE:
        bank = get_object_or_404(PhoneBank, session=found)
        return redirect("phone-bank", campaign=campaign.slug, bank=bank.pk)
    page = "stall-helpers" if found.channel == Channel.STALL else "session"
    return redirect(page, campaign=campaign.slug, session=found.pk)


def _session(campaign: Campaign, session: int) -> CanvassSession:
    return get_object_or_404(sessions_for(campaign), pk=session)


def _wards_to_send_from(
    request: CampaignRequest, session: CanvassSession
) -> list[WardRounds]:
    """Those with rounds that are in, until the session is long over."""
    campaign, at = request.campaign, request.business_now
    if not sessions_to_come(campaign, at=at).filter(pk=session.pk).exists():
        return []
    wards = wards_with_rounds(by=request.actor, campaign=campaign, at=at)
    return [one for one in wards if one.inside > 0]


def _sees_shifts(request: CampaignRequest) -> bool:
    campaign = request.campaign
    return request.actor.can(
        CAN, organisation_id=campaign.organisation_id, campaign_id=campaign.pk
    )


def _shift(request: CampaignRequest, session: CanvassSession) -> Shift | None:
    """The one that it is for, to whoever may see it."""
    shifts = shifts_for(request.actor, campaign=request.campaign)
    if session.shift_id is None or not _sees_shifts(request):
        return None
    return with_places(shifts).filter(pk=session.shift_id).first()


def _form_page(
    request: CampaignRequest, form: SessionForm, heading: str
) -> HttpResponse:
    return render(
        request, "canvassing/session_form.html", {"heading": heading, "form": form}
    )
