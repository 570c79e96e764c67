"""The return: as the books stand, and its versions to sign and to file."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.return_files import ask_for_return_files
from campaigns.actions.returns import (
    SIGNS,
    file_return,
    make_return,
    sign_return,
    words_of,
)
from campaigns.forms.returns import FileReturnForm, MakeReturnForm, SignForm
from campaigns.models import Campaign, Declarant, ReturnState, ReturnVersion
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.return_changes import return_changes
from campaigns.reports.return_checks import return_checks, sections_to_look_at
from campaigns.reports.return_form import read_back
from campaigns.reports.return_inspection import NOTES
from campaigns.reports.return_versions import (
    BooksNow,
    ReturnStanding,
    return_versions,
)
from campaigns.reports.spending_return import spending_return
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out


@campaign_page(can=Capability.SEE_MONEY)
def books(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The return as it would be if it were made now."""
    return _books(request, campaign, _make_form(campaign))


def _books(
    request: CampaignRequest, campaign: Campaign, make_form: forms.Form
) -> HttpResponse:
    at, deadlines = request.business_now, campaign_deadlines(campaign)
    made = spending_return(campaign, at=at, deadlines=deadlines)
    checks = return_checks(campaign, made, at=at, deadlines=deadlines)
    context = {
        "heading": "The return",
        "made": made,
        "versions": return_versions(campaign),
        "checks": checks,
        "to_look_at": sections_to_look_at(made, checks),
        "deadlines": deadlines,
        "make_form": make_form,
        "is_agent": _may(request, campaign, Declarant.AGENT),
    }
    status = 400 if make_form.is_bound else 200
    return render(request, "campaigns/spending/return.html", context, status=status)


def _make_form(
    campaign: Campaign, request: CampaignRequest | None = None
) -> forms.Form:
    filed = return_versions(campaign).filter(state=ReturnState.FILED)
    sent = request.POST if request else None
    return MakeReturnForm(sent, is_correction=filed.exists())


def _may(request: CampaignRequest, campaign: Campaign, declarant: str) -> bool:
    return request.actor.can(
        SIGNS[Declarant(declarant)],
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )


@require_POST
@campaign_page(can=Capability.DECLARE_MONEY)
def make(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = _make_form(campaign, request)
    if made := carried_out(request, form, make_return, campaign=campaign):
        messages.success(
            request, f"Version {made.version} is made: both of you can sign it."
        )
        return _to(made)
    return _books(request, campaign, form)


@campaign_page(can=Capability.SEE_MONEY)
def version(request: CampaignRequest, campaign: Campaign, version: int) -> HttpResponse:
    """One version, with its declarations and what can be done with it."""
    return _page(request, campaign, _found(campaign, version))


def _found(campaign: Campaign, version: int) -> ReturnVersion:
    found = get_object_or_404(return_versions(campaign), version=version)
    found.campaign = campaign
    return found


def _to(made: ReturnVersion) -> HttpResponse:
    return redirect("return-version", campaign=made.campaign.slug, version=made.version)


def _page(
    request: CampaignRequest,
    campaign: Campaign,
    found: ReturnVersion,
    **bound: forms.Form,
) -> HttpResponse:
    standing = ReturnStanding(campaign, found)
    checks = return_checks(
        campaign,
        standing.kept,
        at=request.business_now,
        deadlines=standing.deadlines,
    )
    context = {
        "heading": f"The return, version {found.version}",
        "version": found,
        "standing": standing,
        "books": BooksNow(campaign, found, request.business_now, standing.deadlines),
        "made": standing.kept,
        "checks": checks,
        "to_look_at": sections_to_look_at(standing.kept, checks),
        "is_kept_back": found.is_draft and any(check.blocks for check in checks),
        "declarants": [
            {
                "code": declarant,
                "label": declarant.label,
                "signed": standing.declaration(declarant),
                "may_sign": _may(request, campaign, declarant),
                "words": words_of(standing, declarant),
                "named": standing.named(declarant),
                "form": bound.get(declarant) or SignForm(auto_id=f"{declarant}-%s"),
            }
            for declarant in Declarant
        ],
        "inspection_notes": NOTES,
        "is_agent": _may(request, campaign, Declarant.AGENT),
        "file_form": bound.get("file") or _file_form(standing, request),
        "sent": next(iter(bound.values()), None),
    }
    status = 400 if bound else 200
    return render(
        request, "campaigns/spending/return_version.html", context, status=status
    )


def _file_form(
    standing: ReturnStanding, request: CampaignRequest, *, sent: bool = False
) -> FileReturnForm:
    return FileReturnForm(
        request.POST if sent else None,
        is_declared=Declarant.CANDIDATE not in standing.missing,
        initial={"filed_on": request.business_now.date()},
    )


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def sign(
    request: CampaignRequest, campaign: Campaign, version: int, declarant: str
) -> HttpResponse:
    """The action lets each sign their own declaration only."""
    found = _found(campaign, version)
    if declarant not in Declarant:
        raise Http404
    form = SignForm(request.POST, auto_id=f"{declarant}-%s")
    action = partial(sign_return, found, declarant=declarant)
    if carried_out(request, form, action):
        messages.success(request, "It is signed.")
        return _to(found)
    return _page(request, campaign, found, **{declarant: form})


@require_POST
@campaign_page(can=Capability.DECLARE_MONEY)
def file(request: CampaignRequest, campaign: Campaign, version: int) -> HttpResponse:
    found = _found(campaign, version)
    form = _file_form(ReturnStanding(campaign, found), request, sent=True)
    if carried_out(request, form, partial(file_return, found)):
        messages.success(request, "It is filed; nothing of this version changes now.")
        return _to(found)
    return _page(request, campaign, found, file=form)


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def files(request: CampaignRequest, campaign: Campaign, version: int) -> HttpResponse:
    """PDF, workbook and tables of one version, made by a worker."""
    job = ask_for_return_files(
        _found(campaign, version), by=request.actor, at=request.business_now
    )
    return redirect("job", campaign=campaign.slug, job=job.pk)


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def inspection_copy(
    request: CampaignRequest, campaign: Campaign, version: int
) -> HttpResponse:
    """The same of a copy that anybody may look at."""
    job = ask_for_return_files(
        _found(campaign, version),
        for_inspection=True,
        by=request.actor,
        at=request.business_now,
    )
    return redirect("job", campaign=campaign.slug, job=job.pk)


@campaign_page(can=Capability.SEE_MONEY)
def changes(request: CampaignRequest, campaign: Campaign, version: int) -> HttpResponse:
    """What differs from an earlier version, the one before it unless asked."""
    found = _found(campaign, version)
    others = [one for one in return_versions(campaign) if one.version < found.version]
    asked = request.GET.get("since")
    before = next((one for one in others if str(one.version) == asked), None)
    before = before or next(iter(others), None)
    return render(
        request,
        "campaigns/spending/return_changes.html",
        {
            "heading": f"What changed in version {found.version}",
            "version": found,
            "before": before,
            "others": others,
            "sections": return_changes(
                read_back(before.content), read_back(found.content)
            )
            if before
            else (),
        },
    )
