"""One call after the other, as a caller makes them. No address names anybody."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from campaigns.rules.refusals import Refusal
from canvassing.access import actor_of_caller
from canvassing.actions.call_claims import (
    claim_next_call,
    end_claims,
    live_claim,
    renew_call,
)
from canvassing.actions.call_outcomes import CallSaid, file_call
from canvassing.actions.call_undo import undo_call
from canvassing.actions.call_wishes import note_wish_of_views
from canvassing.actions.phone_banks import calling_hours, leave_bank
from canvassing.forms.calls import CallBackForm, SpokenForm
from canvassing.models import CallOutcome, ClaimEnd, PhoneBank
from canvassing.reports.call_on_page import call_on_page, claim_of
from canvassing.reports.call_questions import (
    Asking,
    asking_of,
    every_question,
    questions_of,
)
from canvassing.reports.call_queue import (
    calls_of_caller,
    next_due,
    queue_of,
    to_undo,
)
from canvassing.reports.door_words import ways_to_vote
from canvassing.rules.calls import CallBackRefused
from canvassing.rules.contacts import Answer, Verdict
from canvassing.views.call_pages import (
    CallerRequest,
    caller_page,
    shut,
)
from canvassing.views.verdict_words import reason_in_words

# Said once it is noted that they agree to their views being kept, or do not.
VIEWS = {
    True: gettext_noop("Noted: they agreed that we keep their answers."),
    False: gettext_noop("Noted: nothing of their views is kept."),
}
# One tap says all there is to say.
AT_ONCE = (
    CallOutcome.NO_ANSWER,
    CallOutcome.ENGAGED,
    CallOutcome.WRONG_NUMBER,
    CallOutcome.REFUSED,
    CallOutcome.LANGUAGE,
    CallOutcome.MOVED,
    CallOutcome.DECEASED,
)


@require_GET
@caller_page()
def calls(request: CallerRequest) -> HttpResponse:
    """The call that is theirs; without one, the way to the next, or when it is due."""
    return _page(request)


@require_POST
@caller_page()
def next_call(request: CallerRequest) -> HttpResponse:
    bank, at = request.caller.bank, request.business_now
    if _makes_calls(request):
        live = claim_next_call(bank, caller_id=request.caller.volunteer_id, at=at)
        if live is None and queue_of(bank, at=at).due:
            messages.info(
                request,
                _("Whoever is due is with somebody else just now: try again shortly."),
            )
    return redirect("field-calls")


@require_POST
@caller_page(shut_too=True)
def outcome(request: CallerRequest) -> HttpResponse:
    """File what came of a call, or ask what follows from the first answers."""
    chosen = request.POST.get("outcome", "")
    if chosen == CallOutcome.SPOKEN:
        return _spoken(request)
    if chosen == CallOutcome.CALL_BACK:
        return _call_back(request)
    if chosen == CallOutcome.DO_NOT_CALL:
        return _file(
            request,
            CallSaid(chosen, by_any_channel=request.POST.get("any") == "yes"),
        )
    if chosen in AT_ONCE:
        return _file(request, CallSaid(chosen))
    messages.error(request, _("Say what came of the call."))
    return redirect("field-calls")


@require_POST
@caller_page()
def undo(request: CallerRequest) -> HttpResponse:
    """Take back what they said last, and have them on the line once more."""
    try:
        live = undo_call(
            _call(request),
            caller=request.caller,
            by=actor_of_caller(request.caller),
            at=request.business_now,
        )
    except Refusal as refusal:
        return _refused(request, refusal)
    again = _("Taken back. Say what came of this call.")
    later = _("Taken back. They are in the queue again.")
    messages.success(request, again if live else later)
    return redirect("field-calls")


@require_POST
@caller_page(shut_too=True)
def views(request: CallerRequest) -> HttpResponse:
    """They agree that what they think is kept, or want none of it kept."""
    said = {"agree": True, "object": False}.get(request.POST.get("said", ""))
    if said is None:
        messages.error(request, _("Say whether they agree."))
        return redirect("field-calls")
    try:
        note_wish_of_views(
            _call(request),
            agrees=said,
            caller=request.caller,
            by=actor_of_caller(request.caller),
            at=request.business_now,
        )
    except Refusal as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, _(VIEWS[said]))
    return redirect("field-calls")


@require_POST
@caller_page()
def renew(request: CallerRequest) -> HttpResponse:
    """How many seconds the call is theirs; none where it is not any more. It runs out
    once the bank makes no calls."""
    bank, caller_id = request.caller.bank, request.caller.volunteer_id
    if _makes_calls(request):
        seconds = renew_call(
            _call(request), bank=bank, caller_id=caller_id, at=request.business_now
        )
    else:
        live = live_claim(bank, caller_id=caller_id)
        seconds = live.seconds_left if live else None
    return JsonResponse({"seconds_left": seconds or 0})


@require_POST
@caller_page()
def give_back(request: CallerRequest) -> HttpResponse:
    """Without a call: somebody else has them next."""
    end_claims(
        request.caller.bank,
        because=ClaimEnd.GIVEN_BACK,
        at=request.business_now,
        caller_id=request.caller.volunteer_id,
    )
    return redirect("field-calls")


@require_POST
@caller_page()
def leave(request: CallerRequest) -> HttpResponse:
    """The key stays on the phone and opens nothing: what the phone still sends is
    held."""
    leave_bank(
        request.caller, by=actor_of_caller(request.caller), at=request.business_now
    )
    sentence = _("You have signed out. Thank you for calling.")
    context = {"heading": _("Phone bank"), "sentence": sentence}
    return render(request, "canvassing/calls/shut.html", context)


def _spoken(request: CallerRequest) -> HttpResponse:
    step = 2 if request.POST.get("step") == "2" else 1
    bank = request.caller.bank
    claim = claim_of(_call(request), request.caller)
    asking = (
        asking_of(claim.elector_id, campaign=bank.campaign, at=request.business_now)
        if claim and not request.shut_because
        else None
    )
    if asking is None:
        return _file_whole(request)
    spoken_form = _spoken_form(bank, asking)
    form = spoken_form(request.POST, step=step)
    if not form.is_valid():
        return _page(request, spoken=form)
    if form.has_more:
        return _page(request, more=spoken_form(request.POST, step=2))
    return _file(request, CallSaid(CallOutcome.SPOKEN, **form.said))


def _file_whole(request: CallerRequest) -> HttpResponse:
    """Nobody is shown to whoever sends it, so that nothing more is asked: all that was
    said is filed or held."""
    bank = request.caller.bank
    asked = every_question(bank.session.script, campaign=bank.campaign)
    form = SpokenForm(request.POST, asked=asked, keeps_views=True, step=2)
    form.full_clean()
    return _file(request, CallSaid(CallOutcome.SPOKEN, **form.said))


def _call_back(request: CallerRequest) -> HttpResponse:
    """What is refused stays in the form, to be put right."""
    form = CallBackForm(request.POST)
    if not form.is_valid() and not request.shut_because:
        return _page(request, later=form)
    at = form.cleaned_data.get("call_back_at")
    try:
        verdict = _filed(request, CallSaid(CallOutcome.CALL_BACK, call_back_at=at))
    except CallBackRefused as refusal:
        if live_claim(request.caller.bank, caller_id=request.caller.volunteer_id):
            form.add_error("call_back_at", _(refusal.message))
            return _page(request, later=form)
        return _refused(request, refusal)
    return _noted(request, CallOutcome.CALL_BACK, verdict)


def _file(request: CallerRequest, said: CallSaid) -> HttpResponse:
    try:
        verdict = _filed(request, said)
    except Refusal as refusal:
        return _refused(request, refusal)
    return _noted(request, said.outcome, verdict)


def _filed(request: CallerRequest, said: CallSaid) -> Verdict:
    caller = request.caller
    return file_call(
        _call(request),
        said,
        bank=caller.bank,
        caller_id=caller.volunteer_id,
        by=actor_of_caller(caller),
        at=request.business_now,
    )


def _refused(request: CallerRequest, refusal: Refusal) -> HttpResponse:
    messages.error(request, _(refusal.message))
    return redirect("field-calls")


def _noted(request: CallerRequest, outcome: str, verdict: Verdict) -> HttpResponse:
    if verdict.answer is Answer.HELD:
        messages.warning(
            request,
            _("Kept for the organiser: %(why)s") % {"why": reason_in_words(verdict)},
        )
    else:
        label = CallOutcome(outcome).label
        messages.success(request, _("Noted: %(what)s.") % {"what": label.lower()})
    return redirect("field-calls")


def _call(request: CallerRequest) -> UUID:
    """What was sent as the call; one that is nobody's where it is none."""
    try:
        return UUID(request.POST.get("call", ""))
    except ValueError:
        return UUID(int=0)


def _spoken_form(bank: PhoneBank, asking: Asking | None) -> Callable[..., SpokenForm]:
    """The form of what may be asked."""
    return partial(
        SpokenForm,
        asked=questions_of(bank.session.script, asking, campaign=bank.campaign),
        keeps_views=asking is not None and asking.keeps_views,
    )


def _makes_calls(request: CallerRequest) -> bool:
    bank = request.caller.bank
    return bank.is_open and calling_hours(bank).is_open(request.business_now)


def _page(request: CallerRequest, **forms: Any) -> HttpResponse:
    if request.shut_because:
        return shut(request, request.shut_because)
    caller, at = request.caller, request.business_now
    bank, hours = caller.bank, calling_hours(caller.bank)
    context: dict[str, Any] = {
        "heading": bank.session.name,
        "bank": bank,
        "at": at,
        "queue": queue_of(bank, at=at),
        "closes_at": hours.closes_at(at),
        "calls": calls_of_caller(bank, caller_id=caller.volunteer_id),
        "to_undo": to_undo(bank, caller_id=caller.volunteer_id, at=at),
    }
    live = live_claim(bank, caller_id=caller.volunteer_id)
    page = live and call_on_page(live.claim, caller, seconds_left=live.seconds_left)
    if live and page:
        asking = asking_of(live.claim.elector_id, campaign=bank.campaign, at=at)
        context |= {
            "call": live.claim,
            "page": page,
            "asking": asking,
            "spoken": _spoken_form(bank, asking)(None),
            "later": CallBackForm(),
            "ways": ways_to_vote(bank.campaign, at=at),
            **forms,
        }
        return render(request, "canvassing/calls/call.html", context)
    if live:
        end_claims(
            bank,
            because=ClaimEnd.GIVEN_BACK,
            at=at,
            caller_id=caller.volunteer_id,
        )
    if not hours.is_open(at):
        context["opens_at"] = hours.opens_at(at)
        return render(request, "canvassing/calls/closed.html", context)
    if not context["queue"].due:
        context["due_at"] = next_due(bank, caller_id=caller.volunteer_id)
    return render(request, "canvassing/calls/ready.html", context)
