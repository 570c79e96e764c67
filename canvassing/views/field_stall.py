"""A stall's helper finds whoever stands there, and files what they say. What is in an
address names nobody, and opens nothing to anybody else."""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from campaigns.rules.refusals import Refusal
from canvassing.actions.stall_finds import (
    Visit,
    found_sealed,
    look_for,
    sealed_found,
    visit_sealed,
)
from canvassing.actions.stall_links import leave_stall
from canvassing.actions.stall_talks import (
    StallSaid,
    file_at_stall,
    keep_details_at_stall,
    keep_wish_at_stall,
    note_consent_at_stall,
    undo_at_stall,
    undo_wish_at_stall,
    visit_now,
)
from canvassing.forms.calls import SpokenForm
from canvassing.forms.stall_talks import FindForm, GivenForm
from canvassing.models import OutcomeKind, Script
from canvassing.reports.call_questions import (
    Asking,
    every_question,
    questions_of,
)
from canvassing.reports.codes import outcome_of_kind
from canvassing.reports.door_words import REGISTER_LINK, last_day, say_of
from canvassing.reports.stall_find import shown_before
from canvassing.reports.stall_helpers import met_by
from canvassing.reports.stall_person import (
    PersonAtStall,
    outcomes_at_stall,
    person_at_stall,
    script_at_stall,
)
from canvassing.rules.contact_details import CONSENT
from canvassing.rules.contacts import Answer
from canvassing.rules.keypad import PaperWish
from canvassing.rules.stalls import MOST_FOUND
from canvassing.views.stall_pages import (
    SHUT,
    HelperRequest,
    helper_page,
    log,
    shut,
)
from canvassing.views.verdict_words import reason_in_words

# What somebody asks of us: how the page names it, and how it says it.
AWAY: Final = {
    "all": PaperWish.OFF_THE_LIST,
    "doors": PaperWish.NO_VISITS,
    "doors_now": PaperWish.NO_VISITS_NOW,
}
WISHES: Final = {**AWAY, "views": PaperWish.NO_VIEWS}
WORDS: Final = {
    "all": gettext_noop("No visits, calls, letters or e-mail, for good"),
    "doors": gettext_noop("Do not knock, for good"),
    "doors_now": gettext_noop("Do not knock, for this election"),
    "views": gettext_noop("Do not record my views"),
}


@require_GET
@helper_page()
def stall(request: HelperRequest) -> HttpResponse:
    """Whom to look for."""
    return _finding(request, FindForm())


@require_POST
@helper_page()
def find(request: HelperRequest) -> HttpResponse:
    """The few who fit, or why none is shown."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return _finding(request, form)
    try:
        found = look_for(
            form.cleaned_data["words"],
            helper=request.helper,
            by=request.actor,
            at=request.business_now,
        )
    except Refusal as refusal:
        log.info("refused", code=refusal.code)
        form.add_error(None, refusal.message)
        return _finding(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    if found.people:
        visits = [Visit.of(row.elector_id) for row in found.people]
        return redirect("field-stall-found", sealed_found(visits, request.helper))
    return _finding(request, form, looked=found.looked.value)


@require_GET
@helper_page()
def found(request: HelperRequest, found: str) -> HttpResponse:
    """Those who were found, as long as they are to be seen."""
    helper = request.helper
    visits = {one.elector_id: one for one in found_sealed(found, helper)}
    people = shown_before(
        list(visits), by=request.actor, campaign=helper.link.session.campaign
    )
    rows = [(row, visits[row.elector_id].sealed_for(helper)) for row in people]
    return _render(request, "found", heading=_("Who is it?"), rows=rows)


@require_GET
@helper_page()
def person(request: HelperRequest, visit: str) -> HttpResponse:
    return _person(request, visit)


@require_POST
@helper_page(shut_too=True)
def outcome(request: HelperRequest) -> HttpResponse:
    """File what came of it, or ask what follows from the first answers."""
    sealed = request.POST.get("visit", "")
    visit_sealed(sealed, request.helper)
    chosen = request.POST.get("outcome", "")
    if chosen in {code.code for code in outcomes_at_stall(request.helper)}:
        return _file(request, sealed, StallSaid(chosen))
    if chosen != OutcomeKind.SPOKEN:
        messages.error(request, _("Say what came of it."))
        return redirect("field-stall-person", sealed)
    shown = None if request.shut_because else _look(request, _visit(request, sealed))
    if shown is None:
        return _file_whole(request, sealed)
    script = script_at_stall(request.helper, request.POST.get("script", ""))
    step = 2 if request.POST.get("step") == "2" else 1
    form = _spoken(request, script, shown.asking, step=step)
    if not form.is_valid():
        return _person(request, sealed, script=script, spoken=form)
    if form.has_more:
        more = _spoken(request, script, shown.asking, step=2)
        return _person(request, sealed, script=script, more=more)
    return _file(request, sealed, _said(request, script, form))


@require_POST
@helper_page()
def undo(request: HelperRequest) -> HttpResponse:
    """Take back a wish, or what was filed, and then have them before one anew."""
    if "wish" in request.POST:
        return _undo_wish(request)
    helper = request.helper
    visit = visit_sealed(request.POST.get("visit", ""), helper)
    undo_at_stall(visit, helper=helper, by=request.actor, at=request.business_now)
    messages.success(request, _("Taken back. Say what they said."))
    return redirect("field-stall-person", visit.again().sealed_for(helper))


def _undo_wish(request: HelperRequest) -> HttpResponse:
    sealed = request.POST.get("visit", "")
    visit = visit_sealed(sealed, request.helper)
    wish = WISHES.get(request.POST["wish"])
    if wish is None:
        messages.error(request, _("Say how they want to be left alone."))
    else:
        undo_wish_at_stall(
            visit,
            wish,
            helper=request.helper,
            by=request.actor,
            at=request.business_now,
        )
        messages.success(request, _("Taken back."))
    return redirect("field-stall-person", sealed)


@require_POST
@helper_page(shut_too=True)
def views(request: HelperRequest) -> HttpResponse:
    """They agree that what they think is kept, or want none of it kept."""
    sealed = request.POST.get("visit", "")
    visit = visit_sealed(sealed, request.helper)
    of: dict[str, Any] = {
        "helper": request.helper,
        "by": request.actor,
        "at": request.business_now,
    }
    said = request.POST.get("said", "")
    if said == "agree":
        note_consent_at_stall(visit, **of)
        messages.success(request, _("Noted: they agreed that we keep their answers."))
    elif said == "object":
        keep_wish_at_stall(visit, PaperWish.NO_VIEWS, **of)
        messages.success(request, _("Noted: nothing of their views is kept."))
    else:
        messages.error(request, _("Say whether they agree."))
    return redirect("field-stall-person", sealed)


@require_POST
@helper_page(shut_too=True)
def away(request: HelperRequest) -> HttpResponse:
    """Take them off the list."""
    sealed = request.POST.get("visit", "")
    visit = visit_sealed(sealed, request.helper)
    wish = AWAY.get(request.POST.get("how", ""))
    if wish is None:
        messages.error(request, _("Say how they want to be left alone."))
    else:
        keep_wish_at_stall(
            visit,
            wish,
            helper=request.helper,
            by=request.actor,
            at=request.business_now,
        )
        messages.success(request, _("Noted: we will keep to it."))
    return redirect("field-stall-person", sealed)


@require_POST
@helper_page(shut_too=True)
def given(request: HelperRequest) -> HttpResponse:
    """A number or an address that they leave, with consent."""
    sealed = request.POST.get("visit", "")
    visit = visit_sealed(sealed, request.helper)
    form = GivenForm(request.POST)
    if form.is_valid():
        try:
            keep_details_at_stall(
                visit,
                form.given,
                helper=request.helper,
                by=request.actor,
                at=request.business_now,
            )
        except Refusal as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Kept, with their consent."))
            return redirect("field-stall-person", sealed)
    return _person(request, sealed, given=form)


@require_POST
@helper_page(shut_too=True)
def leave(request: HelperRequest) -> HttpResponse:
    """The key stays on the phone and opens nothing: what the phone still sends is
    held."""
    leave_stall(request.helper, by=request.actor, at=request.business_now)
    sentence = _("You have signed out. Thank you for helping.")
    return shut(request, sentence, status=HTTPStatus.OK)


def _file_whole(request: HelperRequest, sealed: str) -> HttpResponse:
    """Nobody is shown to whoever sends it, so that nothing more is asked: all that was
    said is filed or held."""
    script = script_at_stall(request.helper, request.POST.get("script", ""))
    asked = every_question(script, campaign=request.helper.link.session.campaign)
    form = SpokenForm(request.POST, asked=asked, keeps_views=True, step=2)
    form.full_clean()
    return _file(request, sealed, _said(request, script, form))


def _said(request: HelperRequest, script: Script | None, form: SpokenForm) -> StallSaid:
    campaign_id = request.helper.link.session.campaign_id
    code = outcome_of_kind(OutcomeKind.SPOKEN, campaign_id=campaign_id)
    return StallSaid(code, script=script, **form.said)


def _file(request: HelperRequest, sealed: str, said: StallSaid) -> HttpResponse:
    helper = request.helper
    visit = visit_sealed(sealed, helper)
    verdict = file_at_stall(
        visit,
        said,
        helper=helper,
        by=request.actor,
        at=request.business_now,
    )
    if verdict.answer is Answer.HELD:
        messages.warning(
            request,
            _("Kept for the organiser: %(why)s") % {"why": reason_in_words(verdict)},
        )
        return redirect("field-stall")
    filed = Visit(visit.elector_id, verdict.uuid)
    return redirect("field-stall-person", filed.sealed_for(helper))


def _visit(request: HelperRequest, sealed: str) -> Visit:
    return visit_now(visit_sealed(sealed, request.helper), request.helper)


def _look(request: HelperRequest, visit: Visit) -> PersonAtStall | None:
    return person_at_stall(
        visit.elector_id,
        visit.uuid,
        helper=request.helper,
        by=request.actor,
        at=request.business_now,
    )


def _spoken(
    request: HelperRequest, script: Script | None, asking: Asking, *, step: int = 1
) -> SpokenForm:
    """The form of what may be asked, with what was sent."""
    campaign = request.helper.link.session.campaign
    return SpokenForm(
        request.POST if request.method == "POST" else None,
        asked=questions_of(script, asking, campaign=campaign),
        keeps_views=asking.keeps_views,
        step=step,
    )


def _finding(
    request: HelperRequest,
    form: FindForm,
    *,
    looked: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    campaign = request.helper.link.session.campaign
    return _render(
        request,
        "find",
        status=status,
        form=form,
        looked=looked,
        most=MOST_FOUND,
        met=met_by(request.helper),
        register_link=REGISTER_LINK,
        register_by=last_day(
            "registration", campaign=campaign, at=request.business_now
        ),
    )


def _person(request: HelperRequest, sealed: str, **forms: Any) -> HttpResponse:
    """Somebody as a door shows them, or what was filed of them; to whoever may see them
    still."""
    if request.shut_because:
        return shut(request, _(SHUT[request.shut_because]))
    visit = _visit(request, sealed)
    shown = _look(request, visit)
    if shown is None:
        return _gone(request)
    campaign, at = request.helper.link.session.campaign, request.business_now
    context: dict[str, Any] = {
        "heading": shown.standing.elector.full_name,
        "person": shown,
        "wishes": [
            (key, _(WORDS[key])) for key, one in WISHES.items() if one in shown.wishes
        ],
        "visit": visit.sealed_for(request.helper),
        "script": shown.script,
        "asking": shown.asking,
        "outcomes": outcomes_at_stall(request.helper),
        "say": say_of(campaign, at=at),
        "postal_by": last_day("postal", campaign=campaign, at=at),
        "wording": CONSENT.text,
        "given": GivenForm(),
        **forms,
    }
    if "spoken" not in context:
        context["spoken"] = _spoken(request, shown.script, shown.asking)
    return _render(request, "person", **context)


def _gone(request: HelperRequest) -> HttpResponse:
    messages.error(request, _("They are no longer on the register for these wards."))
    return redirect("field-stall")


def _render(
    request: HelperRequest,
    page: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    session = request.helper.link.session
    context.setdefault("heading", session.name)
    context["stall"], context["campaign"] = session, session.campaign
    template = f"canvassing/stall_hand/{page}.html"
    return render(request, template, context, status=status)
