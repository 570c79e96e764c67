"""The registers held: what each copy brought, its terms, and its end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.exports import ExportRefused
from campaigns.actions.supply import destroy_edition
from campaigns.exporters.rejected_lines import rejected_lines_csv
from campaigns.models import Campaign
from campaigns.reports.register_copies import copies_of, registers_of
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown

PER_PAGE = 100


@campaign_page(can=Capability.IMPORT_REGISTER)
def register(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    return render(
        request,
        "campaigns/register.html",
        {"heading": "Register", "registers": registers_of(campaign)},
    )


@campaign_page(can=Capability.IMPORT_REGISTER)
def edition(request: CampaignRequest, campaign: Campaign, edition: int) -> HttpResponse:
    found = get_object_or_404(copies_of(campaign), pk=edition)
    rejected = found.rejected_lines.order_by("line")
    return render(
        request,
        "campaigns/edition.html",
        {
            "heading": str(found),
            "edition": found,
            "page": Paginator(rejected, PER_PAGE).get_page(request.GET.get("page")),
        },
    )


@require_POST
@campaign_page(can=Capability.IMPORT_REGISTER)
def rejected(
    request: CampaignRequest, campaign: Campaign, edition: int
) -> HttpResponseBase:
    """The lines that could not go in, of the whole council, as CSV; and why."""
    found = get_object_or_404(copies_of(campaign), pk=edition)
    try:
        blocks = rejected_lines_csv(
            found,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.business_now,
        )
    except ExportRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("edition", campaign=campaign.slug, edition=edition)
    named = f'attachment; filename="not-read-{edition}.csv"'
    return StreamingHttpResponse(
        blocks,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": named},
    )


@require_POST
@campaign_page(can=Capability.IMPORT_REGISTER)
def destroy(request: CampaignRequest, campaign: Campaign, edition: int) -> HttpResponse:
    """Remove a copy, and say what stays because another copy has it too."""
    found = get_object_or_404(copies_of(campaign), pk=edition)
    with refusals_shown(request):
        gone = destroy_edition(found, by=request.actor, at=request.business_now)
        stay = sum(gone.resting_on.values())
        messages.success(
            request,
            f"Destroyed: {gone.entries:,} entries, {gone.rejected_lines:,} lines that"
            f" could not go in. {stay:,} entries stay, as another copy has them.",
        )
    return redirect("edition", campaign=campaign.slug, edition=edition)
