"""What people say: the answers to a campaign's own questions, and who gave them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from canvassing.actions.exports import ask_for_answers
from canvassing.forms.scripts import AnswersForm
from canvassing.models import Question
from canvassing.reports.answers import answers_to_questions, who_answered
from canvassing.reports.answers_table import scripts_asked

PER_PAGE = 100


@campaign_page(can=Capability.SEE_ELECTORS)
def answers(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    return render(
        request,
        "canvassing/answers.html",
        {
            "heading": "What people say",
            "rows": answers_to_questions(by=request.actor, campaign=campaign),
            "form": AnswersForm(scripts=scripts_asked(campaign)),
            "may_export": request.actor.can(
                Capability.EXPORT_ELECTORS,
                organisation_id=campaign.organisation_id,
                campaign_id=campaign.pk,
            ),
        },
    )


@require_POST
@campaign_page(can=Capability.EXPORT_ELECTORS)
def answers_file(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Start making the table; the job's page then has it."""
    form = AnswersForm(request.POST, scripts=scripts_asked(campaign))
    if job := carried_out(request, form, ask_for_answers, campaign=campaign):
        return redirect("job", campaign=campaign.slug, job=job.pk)
    for sentences in form.errors.values():
        messages.error(request, " ".join(map(str, sentences)))
    return redirect("answers", campaign=campaign.slug)


@campaign_page(can=Capability.SEE_ELECTORS)
def answered(
    request: CampaignRequest, campaign: Campaign, question: int, code: str
) -> HttpResponse:
    found = get_object_or_404(Question, script__campaign=campaign, pk=question)
    labels = {one["code"]: one["label"] for one in found.options}
    if code not in labels:
        raise Http404
    people = who_answered(found, code, by=request.actor, campaign=campaign)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "canvassing/answers_electors.html",
        {"heading": labels[code], "question": found, "rows": page, "page": page},
    )
