"""Sending a round out, and what can be done about one that is out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import wards_for
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from canvassing.access import issues_for, rounds_for
from canvassing.actions.joined_names import same_on_round
from canvassing.actions.round_issues import (
    close_phone,
    issue_round,
    issue_rounds,
    let_issue_guessers_try,
    mail_link,
    renew_issue_code,
    say_accompanied,
    take_back,
)
from canvassing.forms.field_sessions import SendOutForm, SendSeveralForm
from canvassing.models import ClosedBecause, FieldPhone, RoundIssue
from canvassing.reports.rounds import live_rounds
from canvassing.reports.rounds_out import rounds_out
from canvassing.views.round_links import LET_TRY, NEW_CODE, shown_link
from volunteers.models import Volunteer


@campaign_page(can=Capability.MAKE_LISTS)
def send_out(request: CampaignRequest, campaign: Campaign, round: int) -> HttpResponse:
    """To one volunteer, a team, or whoever is at the meeting point."""
    found = get_object_or_404(rounds_for(request.actor, campaign=campaign), pk=round)
    now = request.business_now
    form = SendOutForm(request.POST or None, campaign=campaign, at=now)
    if form.is_valid():
        with refusals_on(form):
            issue = issue_round(found, by=request.actor, at=now, **form.issue())
            return redirect("issue", campaign=campaign.slug, issue=issue.pk)
    return render(
        request,
        "canvassing/round_send_out.html",
        {"heading": f"Send out {found.name}", "round": found, "form": form},
    )


@campaign_page(can=Capability.MAKE_LISTS)
def send_several_out(
    request: CampaignRequest, campaign: Campaign, gss: str
) -> HttpResponse:
    """Several of a ward's rounds at one session, whose page then has their links."""
    wards = wards_for(request.actor, Capability.MAKE_LISTS, campaign=campaign)
    ward = get_object_or_404(wards.defer("boundary"), gss=gss)
    now = request.business_now
    out = RoundIssue.objects.filter(
        campaign=campaign, round__isnull=False, closed_at=None, expires_at__gt=now
    )
    form = SendSeveralForm(
        request.POST or None,
        campaign=campaign,
        rounds=live_rounds(campaign, ward).exclude(pk__in=out.values("round")),
        at=now,
        session=request.GET.get("session", ""),
    )
    if form.is_valid():
        with refusals_on(form):
            made = issue_rounds(by=request.actor, at=now, **form.issues())
            count = "1 round is" if len(made) == 1 else f"{len(made)} rounds are"
            messages.success(request, f"{count} out.")
            return redirect(
                "session", campaign=campaign.slug, session=made[0].session_id
            )
    return render(
        request,
        "canvassing/rounds_send_out.html",
        {"heading": f"Send out rounds of {ward}", "ward": ward, "form": form},
    )


@campaign_page(can=Capability.MAKE_LISTS)
def issue(request: CampaignRequest, campaign: Campaign, issue: int) -> HttpResponse:
    """One round that is or was out: its link, its phones, who is at which door."""
    found = _issue(request, campaign, issue)
    if found.is_of_leaflets:
        return _to_page_of(found)
    [row] = rounds_out([found], at=request.business_now)
    return render(
        request,
        "canvassing/round_out.html",
        {
            "heading": found.what_is_out.name,
            "row": row,
            "shown": shown_link(request, row) if row.is_out else None,
        },
    )


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def issue_code(
    request: CampaignRequest, campaign: Campaign, issue: int
) -> HttpResponse:
    """A new code for a round that goes by one of its own, or another try for whoever
    guessed at it."""
    found = _issue(request, campaign, issue)
    asked, words = (
        (let_issue_guessers_try, LET_TRY)
        if request.POST.get("wanted") == "let_try"
        else (renew_issue_code, NEW_CODE)
    )
    with refusals_shown(request):
        asked(found, by=request.actor, at=request.business_now)
        messages.success(request, words)
    return _to_page_of(found)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def issue_mail(
    request: CampaignRequest, campaign: Campaign, issue: int
) -> HttpResponse:
    """The link by e-mail to whoever has the round, each once."""
    found = _issue(request, campaign, issue)
    with refusals_shown(request):
        whom = mail_link(found, by=request.actor, at=request.business_now)
        if whom:
            names = ", ".join(map(str, whom))
            messages.success(request, f"The link goes by e-mail to {names}.")
        else:
            messages.info(
                request, "Nobody is sent the link again: it was e-mailed before."
            )
    return _to_page_of(found)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def issue_take_back(
    request: CampaignRequest, campaign: Campaign, issue: int
) -> HttpResponse:
    found = _issue(request, campaign, issue)
    with refusals_shown(request):
        if take_back(found, by=request.actor, at=request.business_now):
            messages.success(
                request, f"{found.what_is_out} is back. Its phones show nothing."
            )
        else:
            messages.info(request, f"{found.what_is_out} was back already.")
    return _to_page_of(found)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def phone_cut_off(
    request: CampaignRequest, campaign: Campaign, issue: int, phone: int
) -> HttpResponse:
    """One phone alone, also of a round that was handed back; what it still sends is
    held."""
    found = _issue(request, campaign, issue)
    cut_off = get_object_or_404(
        FieldPhone.objects.select_related("volunteer"), issue=found, pk=phone
    )
    if close_phone(
        cut_off, ClosedBecause.REVOKED, by=request.actor, at=request.business_now
    ):
        messages.success(request, f"The phone of {cut_off.volunteer} is cut off.")
    else:
        messages.info(request, f"The phone of {cut_off.volunteer} was cut off already.")
    return _to_page_of(found)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def issue_accompanied(
    request: CampaignRequest, campaign: Campaign, issue: int
) -> HttpResponse:
    """An adult is with those under 18: their phones show the doors again."""
    found = _issue(request, campaign, issue)
    with refusals_shown(request):
        say_accompanied(found, by=request.actor, at=request.business_now)
        messages.success(request, "Noted: their phones show the doors again.")
    return _to_page_of(found)


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def issue_same_person(
    request: CampaignRequest, campaign: Campaign, issue: int, volunteer: int
) -> HttpResponse:
    """Whoever joined under another name is who we hold for their number."""
    found = _issue(request, campaign, issue)
    held = get_object_or_404(
        Volunteer.objects.of(campaign.organisation_id), pk=volunteer
    )
    if same_on_round(found, held.pk, by=request.actor, at=request.business_now):
        messages.success(request, f"Noted: that is {held}.")
    return _to_page_of(found)


def _to_page_of(issue: RoundIssue) -> HttpResponse:
    campaign, what = issue.what_is_out.campaign.slug, issue.what_is_out.pk
    if issue.is_of_leaflets:
        return redirect("leaflet-round", campaign=campaign, round=what)
    return redirect("issue", campaign=campaign, issue=issue.pk)


def _issue(request: CampaignRequest, campaign: Campaign, issue: int) -> RoundIssue:
    return get_object_or_404(issues_for(request.actor, campaign=campaign), pk=issue)
