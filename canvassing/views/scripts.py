"""Scripts: what is said and asked at the door and on the phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_on,
    refusals_shown,
)
from canvassing.actions import scripts as actions
from canvassing.forms.scripts import (
    QuestionForm,
    ScriptForm,
    WordsForm,
    typed_question,
)
from canvassing.models import Question, Script


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def scripts(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    found = Script.objects.filter(campaign=campaign)
    return render(
        request,
        "canvassing/scripts.html",
        {
            "heading": "Scripts",
            "scripts": found.order_by("channel", "name", "-version"),
        },
    )


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def new_script(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = ScriptForm(request.POST or None)
    if made := carried_out(request, form, actions.write_script, campaign=campaign):
        return redirect("script", campaign=campaign.slug, script=made.pk)
    return _form_page(request, form, "New script")


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def usual_scripts(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The two that a campaign begins with, where it has none."""
    made = actions.default_scripts(
        campaign=campaign, by=request.actor, at=request.business_now
    )
    messages.success(request, f"{made} script{'' if made == 1 else 's'} made.")
    return redirect("scripts", campaign=campaign.slug)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def script(request: CampaignRequest, campaign: Campaign, script: int) -> HttpResponse:
    found = _script(campaign, script)
    questions = found.questions.select_related("show_if").order_by("position")
    return render(
        request,
        "canvassing/script.html",
        {
            "heading": found.name,
            "script": found,
            "questions": [(one, _labels(one)) for one in questions],
        },
    )


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def words(request: CampaignRequest, campaign: Campaign, script: int) -> HttpResponse:
    found = _script(campaign, script)
    said = {"opening": found.opening, "closing": found.closing}
    form = WordsForm(request.POST or None, initial=said)
    if form.is_valid():
        with refusals_on(form):
            actions.change_words(
                found, **form.cleaned_data, by=request.actor, at=request.business_now
            )
            return redirect("script", campaign=campaign.slug, script=found.pk)
    return _form_page(request, form, f"Words of {found.name}", found)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def new_question(
    request: CampaignRequest, campaign: Campaign, script: int
) -> HttpResponse:
    found = _script(campaign, script)
    form = QuestionForm(request.POST or None, script=found, question=None)
    if form.is_valid():
        with refusals_on(form):
            actions.add_question(
                found, form.draft(), by=request.actor, at=request.business_now
            )
            return redirect("script", campaign=campaign.slug, script=found.pk)
    return _form_page(request, form, "New question", found)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def question(
    request: CampaignRequest, campaign: Campaign, script: int, question: int
) -> HttpResponse:
    found = _question(campaign, script, question)
    form = QuestionForm(
        request.POST or None,
        script=found.script,
        question=found,
        initial=typed_question(found),
    )
    if form.is_valid():
        with refusals_on(form):
            actions.change_question(
                found, form.draft(), by=request.actor, at=request.business_now
            )
            return redirect("script", campaign=campaign.slug, script=script)
    return _form_page(request, form, "Change the question", found.script)


# What can be done to a question, and to a script, by a button.
TO_QUESTION = {"up": actions.move_up, "remove": actions.remove_question}
TO_SCRIPT = {"publish": actions.publish_script, "retire": actions.retire_script}


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def question_do(
    request: CampaignRequest, campaign: Campaign, script: int, question: int, what: str
) -> HttpResponse:
    found = _question(campaign, script, question)
    with refusals_shown(request):
        TO_QUESTION[what](found, by=request.actor, at=request.business_now)
    return redirect("script", campaign=campaign.slug, script=script)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def script_do(
    request: CampaignRequest, campaign: Campaign, script: int, what: str
) -> HttpResponse:
    found = _script(campaign, script)
    with refusals_shown(request):
        TO_SCRIPT[what](found, by=request.actor, at=request.business_now)
    return redirect("script", campaign=campaign.slug, script=found.pk)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def script_version(
    request: CampaignRequest, campaign: Campaign, script: int
) -> HttpResponse:
    found = _script(campaign, script)
    draft = actions.new_version(found, by=request.actor, at=request.business_now)
    return redirect("script", campaign=campaign.slug, script=draft.pk)


def _script(campaign: Campaign, script: int) -> Script:
    return get_object_or_404(Script, campaign=campaign, pk=script)


def _question(campaign: Campaign, script: int, question: int) -> Question:
    return get_object_or_404(
        Question.objects.select_related("script"),
        script__campaign=campaign,
        script=script,
        pk=question,
    )


def _labels(question: Question) -> list[str]:
    """The words of the answers on which it hangs; a code of ours is its own word."""
    if question.show_if is None:
        return []
    words = {one["code"]: one["label"] for one in question.show_if.options}
    return [words.get(code, code) for code in question.show_if_answers]


def _form_page(
    request: CampaignRequest, form: object, heading: str, script: Script | None = None
) -> HttpResponse:
    return render(
        request,
        "canvassing/script_form.html",
        {"heading": heading, "form": form, "script": script},
    )
