"""One line of a statement: what it may have been, what it was, and taking that back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.statement_matches import match_line, set_line_aside, undo_match
from campaigns.actions.statement_refunds import refund_line
from campaigns.forms.expenses import ReasonForm
from campaigns.forms.invoices import StrikeOutForm
from campaigns.forms.statements import AsideForm, MatchForm, RefundForm
from campaigns.models import Campaign, StatementLine, StatementMatch
from campaigns.reports.statement_proposals import OpenThings
from campaigns.reports.statements import SAID, statement_lines
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from campaigns.views.spending import rights

# More than fit on a page are found by searching the expenses instead.
MOST_CHOICES = 100


@campaign_page(can=Capability.SEE_MONEY)
def line(request: CampaignRequest, campaign: Campaign, line: int) -> HttpResponse:
    return _page(request, campaign, _line(campaign, line))


def _page(
    request: CampaignRequest,
    campaign: Campaign,
    found: StatementLine,
    **bound: forms.Form,
) -> HttpResponse:
    """The line with a form for each thing it may be said to be.

    `bound` holds the one form that was sent and has mistakes.
    """
    things = OpenThings(campaign)
    context: dict[str, Any] = {
        "heading": found.description,
        "line": found,
        "proposals": things.proposals(found),
        "disputes": things.disputes(found),
        "match_form": MatchForm(candidates=things.of(found)[:MOST_CHOICES]),
        "aside_form": AsideForm(),
        "refund_form": None if found.is_out else RefundForm(campaign=campaign),
        "said": [
            (match, bound.get(_undo_name(match), _undo_form(match)))
            for match in found.matches.all()
        ],
        "entry": _entry(found),
        **rights(request, campaign),
        **bound,
    }
    return render(
        request,
        "campaigns/spending/statement_line.html",
        context,
        status=400 if bound else 200,
    )


def _entry(line: StatementLine) -> str:
    """What the form of an expense or a donation begins with, as in an address."""
    whom, day = ("supplier", "incurred_on") if line.is_out else ("donor", "received_on")
    left = f"{line.left:.2f}"  # type: ignore[attr-defined]
    return urlencode({"amount": left, whom: line.description[:200], day: line.day})


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def match(request: CampaignRequest, campaign: Campaign, line: int) -> HttpResponse:
    """A proposal that is accepted, or what a person chose themselves."""
    found = _line(campaign, line)
    form = MatchForm(request.POST, candidates=OpenThings(campaign).of(found))
    return _say(
        request, found, match_line, done="It is matched.", line=found, match_form=form
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def refund(request: CampaignRequest, campaign: Campaign, line: int) -> HttpResponse:
    """Money of an invoice that came back, where its credit note is not here yet."""
    found = _line(campaign, line)
    return _say(
        request,
        found,
        refund_line,
        done="The credit note is filed.",
        line=found,
        refund_form=RefundForm(request.POST, campaign=campaign),
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def aside(request: CampaignRequest, campaign: Campaign, line: int) -> HttpResponse:
    found = _line(campaign, line)
    return _say(
        request,
        found,
        set_line_aside,
        done="It is set aside; the line and your reason stay.",
        line=found,
        aside_form=AsideForm(request.POST),
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def undo(request: CampaignRequest, campaign: Campaign, match: int) -> HttpResponse:
    found = get_object_or_404(
        StatementMatch.objects.select_related("line"),
        organisation_id=campaign.organisation_id,
        line__campaign=campaign,
        pk=match,
    )
    return _say(
        request,
        _line(campaign, found.line_id),
        undo_match,
        done="It is undone; what was said and your reason stay.",
        match=found,
        **{_undo_name(found): _undo_form(found, request.POST)},
    )


def _undo_name(match: StatementMatch) -> str:
    return f"undo_{match.pk}_form"


def _undo_form(match: StatementMatch, sent: QueryDict | None = None) -> ReasonForm:
    """Only without a credit note that the match filed may an expense count more."""
    filed = match.made and match.credit_note and not match.refund_id
    form = StrikeOutForm if filed else ReasonForm
    return form(sent, auto_id=f"undo_{match.pk}_%s")


def _say(
    request: CampaignRequest,
    found: StatementLine,
    action: Callable[..., object],
    *,
    done: str,
    **named: Any,
) -> HttpResponse:
    """Do it, or show the line again with what is wrong.

    Of `named` what ends in `_form` is the one form that was sent.
    """
    (name,) = (name for name in named if name.endswith("_form"))
    form = named.pop(name)
    campaign = request.campaign
    if carried_out(request, form, action, **named):
        messages.success(request, done)
        if "next" in request.POST:
            return redirect("statements", campaign=campaign.slug)
        return redirect("statement-line", campaign=campaign.slug, line=found.pk)
    return _page(request, campaign, _line(campaign, found.pk), **{name: form})


def _line(campaign: Campaign, line: int) -> StatementLine:
    return get_object_or_404(
        statement_lines(campaign).select_related("statement").prefetch_related(*SAID),
        pk=line,
    )
