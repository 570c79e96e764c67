"""Lists: all of them, a new one, one with its wards, and one ward of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_on
from canvassing.access import letter_runs_for, lists_for, wards_of_list
from canvassing.actions.exports import ask_for_list_files
from canvassing.actions.gotv_lists import make_gotv_list, reachable_wards
from canvassing.forms.gotv_lists import FilesForm, ListForm
from canvassing.models import GotvList
from canvassing.reports.gotv_lists import count_for_rule, sum_of, ward_page
from canvassing.rules.gotv import rule_from_json
from canvassing.rules.gotv_sentences import sentence

PER_PAGE = 30


@campaign_page(can=Capability.MAKE_LISTS)
def lists(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    found = lists_for(request.actor, campaign=campaign).prefetch_related("wards")
    page = Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, sentence_of(row), sum_of(row.wards.all())) for row in page]
    return render(
        request,
        "canvassing/gotv_lists.html",
        {"heading": "Lists", "rows": rows, "page": page},
    )


@campaign_page(can=Capability.MAKE_LISTS)
def new_list(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The rule as a form; one button counts, the other makes the list."""
    form = ListForm(request.POST or None, campaign=campaign, actor=request.actor)
    would_list = None
    if form.is_valid():
        with refusals_on(form):
            if "count" not in request.POST:
                made = _make(request, campaign, form)
                return redirect("list", campaign=campaign.slug, gotv_list=made.pk)
            would_list = _count(request, campaign, form)
    return render(
        request,
        "canvassing/gotv_list_new.html",
        {"heading": "New list", "form": form, "would_list": would_list},
    )


def _make(request: CampaignRequest, campaign: Campaign, form: ListForm) -> GotvList:
    typed = form.cleaned_data
    return make_gotv_list(
        campaign=campaign,
        name=typed["name"],
        rule=form.rule,
        reason=typed["reason"],
        wards=form.chosen_wards,
        channel=typed["channel"],
        file_formats=typed["file_formats"],
        by=request.actor,
        at=request.business_now,
    )


def _count(request: CampaignRequest, campaign: Campaign, form: ListForm) -> int:
    return count_for_rule(
        campaign,
        rule=form.rule,
        channel=form.cleaned_data["channel"],
        wards=reachable_wards(campaign, form.chosen_wards, by=request.actor),
    )


@campaign_page(can=Capability.MAKE_LISTS)
def one_list(
    request: CampaignRequest, campaign: Campaign, gotv_list: int
) -> HttpResponse:
    found = get_object_or_404(lists_for(request.actor, campaign=campaign), pk=gotv_list)
    wards = list(wards_of_list(request.actor, found))
    runs = letter_runs_for(request.actor, campaign=campaign)
    return render(
        request,
        "canvassing/gotv_list.html",
        {
            "heading": found.name,
            "list": found,
            "sentence": sentence_of(found),
            "wards": [(row, sum_of([row])) for row in wards],
            "total": sum_of(wards),
            "form": FilesForm(),
            "runs": runs.filter(gotv_list=found).order_by("-pk"),
        },
    )


@campaign_page(can=Capability.MAKE_LISTS)
def ward_of_list(
    request: CampaignRequest, campaign: Campaign, gotv_list: int, gss: str
) -> HttpResponse:
    found = get_object_or_404(lists_for(request.actor, campaign=campaign), pk=gotv_list)
    row = get_object_or_404(wards_of_list(request.actor, found), ward__gss=gss)
    number = request.GET.get("page", "1")
    page = ward_page(found, row.ward, page=int(number) if number.isdecimal() else 1)
    return render(
        request,
        "canvassing/gotv_list_ward.html",
        {
            "heading": row.ward.name,
            "list": found,
            "sentence": sentence_of(found),
            "row": row,
            "sum": sum_of([row]),
            "page": page,
            "form": FilesForm(),
        },
    )


@require_POST
@campaign_page(can=Capability.MAKE_LISTS)
def list_files(
    request: CampaignRequest, campaign: Campaign, gotv_list: int, gss: str = ""
) -> HttpResponse:
    """Ask for files of a list, or of one ward of it; the job's page then has them."""
    found = get_object_or_404(lists_for(request.actor, campaign=campaign), pk=gotv_list)
    rows = wards_of_list(request.actor, found)
    wards = [row.ward for row in (rows.filter(ward__gss=gss) if gss else rows)]
    try:
        job = ask_for_list_files(
            gotv_list=found,
            wards=wards,
            file_format=request.POST.get("file_format", ""),
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.business_now,
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("list", campaign=campaign.slug, gotv_list=gotv_list)
    return redirect("job", campaign=campaign.slug, job=job.pk)


def sentence_of(gotv_list: GotvList) -> str:
    rule = rule_from_json(gotv_list.rule)
    return sentence(rule, pledge_word=gotv_list.campaign.pledge_word)
