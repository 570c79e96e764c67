"""A local party's own rounds: what there is, a new list of them, and one put aside."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign, Council
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from canvassing.actions.local_rounds import retire_local_round
from canvassing.forms.rounds import LocalRoundsForm
from canvassing.importers.local_rounds import (
    MOST_BYTES,
    LocalRoundsRead,
    import_local_rounds,
)
from canvassing.models import LocalRound, LocalStretch


@campaign_page(can=Capability.MANAGE_CAMPAIGN, most_bytes=MOST_BYTES)
def local_rounds(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = LocalRoundsForm(
        request.POST or None, request.FILES or None, campaign=campaign
    )
    read: LocalRoundsRead | None = None
    if form.is_valid():
        with refusals_on(form):
            typed = form.cleaned_data
            read = _read(request, typed["file"], typed["council"])
    stretches = LocalStretch.objects.order_by("position")
    rounds = (
        LocalRound.objects.of(campaign.organisation_id)
        .filter(council__in=campaign.councils.all(), retired_at__isnull=True)
        .select_related("council")
        .prefetch_related(Prefetch("stretches", stretches))
        .annotate(streets=Count("stretches"))
        .order_by("council__name", "name")
    )
    return render(
        request,
        "canvassing/local_rounds.html",
        {"heading": "Local rounds", "form": form, "read": read, "rounds": rounds},
    )


def _read(
    request: CampaignRequest, file: UploadedFile, council: Council
) -> LocalRoundsRead:
    """Through a file of its own name, of which a refusal speaks."""
    with TemporaryDirectory() as folder:
        path = Path(folder, Path(file.name or "rounds").name)
        with path.open("wb") as out:
            out.writelines(file.chunks())
        return import_local_rounds(
            path,
            organisation=request.campaign.organisation,
            council=council,
            by=request.actor,
            at=request.business_now,
        )


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def retire(
    request: CampaignRequest, campaign: Campaign, local_round: int
) -> HttpResponse:
    ours = LocalRound.objects.of(campaign.organisation_id).filter(
        council__in=campaign.councils.all()
    )
    found = get_object_or_404(ours, pk=local_round)
    with refusals_shown(request):
        retire_local_round(found, by=request.actor, at=request.business_now)
        messages.success(request, f"{found} is put aside.")
    return redirect("local-rounds", campaign=campaign.slug)
