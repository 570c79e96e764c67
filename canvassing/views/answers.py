"""What people say: the answers to a campaign's own questions, and who gave them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page
from canvassing.models import Question
from canvassing.reports.answers import answers_to_questions, who_answered

PER_PAGE = 100


@campaign_page(can=Capability.SEE_ELECTORS)
def answers(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    return render(
        request,
        "canvassing/answers.html",
        {
            "heading": "What people say",
            "rows": answers_to_questions(by=request.actor, campaign=campaign),
        },
    )


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
