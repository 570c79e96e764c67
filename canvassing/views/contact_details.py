"""Numbers and addresses: loaded from a file, screened, and consent withdrawn."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import jobs_for
from campaigns.importers.register_jobs import upload_on_disk
from campaigns.models import Campaign, Job
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from canvassing.actions.contact_details import withdraw_consent
from canvassing.actions.screening import FILE_NAME, take_numbers_to_screen
from canvassing.forms.phone_banks import (
    MOST_BYTES,
    DetailsForm,
    NumbersForm,
    ScreeningForm,
)
from canvassing.importers.checked_files import (
    DETAILS as DETAILS_FILE,
)
from canvassing.importers.checked_files import load_checked, start_check
from canvassing.importers.contact_details_csv import Terms
from canvassing.importers.screening_csv import import_screening
from canvassing.models import EmailAddress, PhoneNumber
from canvassing.reports.screening import screening_of
from canvassing.views.electors import standing_or_404

DETAILS: dict[str, type[PhoneNumber] | type[EmailAddress]] = {
    "phone": PhoneNumber,
    "email": EmailAddress,
}


@campaign_page(can=Capability.MANAGE_CAMPAIGN, most_bytes=MOST_BYTES)
def screening(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """How the numbers stand, and the form for what the service answered."""
    form = ScreeningForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_on(form), upload_on_disk(file.file, name=file.name) as path:
            filed = import_screening(
                path,
                screened_on=form.cleaned_data["screened_on"],
                campaign=campaign,
                by=request.actor,
                at=request.business_now,
            )
            messages.success(
                request,
                f"{filed.lines:,} result{'' if filed.lines == 1 else 's'} filed:"
                f" {filed.listed:,} listed,"
                f" {filed.unknown:,} not ours.",
            )
            return redirect("screening", campaign=campaign.slug)
    context = {
        "heading": "Telephone Preference Service",
        "form": form,
        "numbers_form": NumbersForm(),
        "screening": screening_of(campaign, on=request.business_now.date()),
    }
    return render(request, "canvassing/screening.html", context)


@require_POST
@campaign_page(can=Capability.EXPORT_ELECTORS)
def numbers_to_screen(request: CampaignRequest, campaign: Campaign) -> HttpResponseBase:
    """A number a line and nothing else, as a bureau takes it: no watermark."""
    numbers: list[str] = []
    with refusals_shown(request):
        numbers = take_numbers_to_screen(
            campaign=campaign,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.business_now,
        )
    if not numbers:
        return redirect("screening", campaign=campaign.slug)
    answer = StreamingHttpResponse(_lines(numbers), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


def _lines(numbers: list[str]) -> Iterator[str]:
    yield "number\n"
    yield from (f"{number}\n" for number in numbers)


@campaign_page(can=Capability.MANAGE_CAMPAIGN, most_bytes=MOST_BYTES)
def upload(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = DetailsForm(request.POST or None, request.FILES or None, campaign=campaign)
    if form.is_valid():
        typed = form.cleaned_data
        job = start_check(
            DETAILS_FILE,
            typed["file"].file,
            file_name=typed["file"].name,
            campaign=campaign,
            council=typed["council"],
            terms=Terms(typed["source"], typed["notice"]),
            by=request.actor,
            at=request.business_now,
        )
        return redirect("details-check", campaign=campaign.slug, job=job.pk)
    context = {"heading": "Load numbers and e-mail addresses", "form": form}
    return render(request, "canvassing/details_upload.html", context)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def check(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    """What the file would do, or what it did."""
    found = _job(request, job)
    context = {
        "heading": found.title,
        "job": found,
        "is_check": found.kind == DETAILS_FILE.check,
    }
    return render(request, "canvassing/details_check.html", context)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def load(request: CampaignRequest, campaign: Campaign, job: int) -> HttpResponse:
    with refusals_shown(request):
        loading = load_checked(
            DETAILS_FILE,
            _job(request, job),
            by=request.actor,
            at=request.business_now,
        )
        job = loading.pk
    return redirect("details-check", campaign=campaign.slug, job=job)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def withdraw(
    request: CampaignRequest, campaign: Campaign, elector: int, what: str, detail: int
) -> HttpResponse:
    """They no longer agree to be reached by it in this way."""
    standing = standing_or_404(request, campaign, elector)
    if what not in DETAILS:
        raise Http404
    rows = DETAILS[what].objects.of(campaign.organisation_id)
    found = get_object_or_404(rows, pk=detail, elector=standing.elector_id)
    with refusals_shown(request):
        withdraw_consent(
            found,
            channel=request.POST.get("channel", ""),
            by=request.actor,
            at=request.business_now,
        )
        messages.success(request, "Noted: they no longer agree to it.")
    return redirect("elector", campaign=campaign.slug, elector=elector)


def _job(request: CampaignRequest, job: int) -> Job:
    campaign = request.campaign
    jobs = jobs_for(request.actor, Capability.MANAGE_CAMPAIGN, campaign=campaign)
    return get_object_or_404(
        jobs, pk=job, campaign=campaign, kind__in=DETAILS_FILE.kinds
    )
