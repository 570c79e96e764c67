"""What must hold before a page is shown: who asks, for what, by what right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial, wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm, Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime

from campaigns.access import Actor, actor_of_user, campaigns_for
from campaigns.clock import now
from campaigns.models import Campaign, User
from campaigns.roles import SECOND_FACTOR, Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.once import carried_out_once


class CampaignRequest(HttpRequest):
    """A request that `campaign_page` has let through."""

    user: User
    actor: Actor
    campaign: Campaign
    business_now: datetime


View = Callable[..., HttpResponseBase]


def campaign_page(
    *, can: Capability, most_bytes: int | None = None, when_too_large: str = ""
) -> Callable[[View], View]:
    """Sign in, load the campaign, and check the right to see it, in one motion.

    The view gets a `CampaignRequest` and `campaign`. A campaign that is not theirs
    looks exactly like one that does not exist. Whoever may export elector data there
    must have shown their second factor. `request.business_now` is the organisation's
    time, as UK time. A form that is sent twice is carried out once. `view.capability`
    says what the page asks for, and `view.most_bytes` how large a form it takes, where
    that is more than usual, with `view.when_too_large` as the advice to whoever sends
    more.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def page(
            request: HttpRequest, *, campaign: str, **named: Any
        ) -> HttpResponseBase:
            actor = actor_of_user(cast(User, request.user), at=now())
            found = get_object_or_404(campaigns_for(actor, can), slug=campaign)
            if lacks_second_factor(request, actor, found.organisation_id):
                return redirect_to_login(
                    request.get_full_path(), reverse("account:second-factor")
                )
            ours = cast(CampaignRequest, request)
            ours.actor, ours.campaign = actor, found
            ours.business_now = localtime(now(found.organisation))
            return carried_out_once(ours, partial(view, ours, campaign=found, **named))

        page.capability = can  # type: ignore[attr-defined]
        if most_bytes is not None:
            page.most_bytes = most_bytes  # type: ignore[attr-defined]
            page.when_too_large = when_too_large  # type: ignore[attr-defined]
        return page

    return decorate


def may_open(request: HttpRequest, view: View) -> bool:
    """Whether somebody signed in holds, in any campaign, what the page asks for."""
    if not request.user.is_authenticated:
        return False
    actor = actor_of_user(request.user, at=now())
    asked = getattr(view, "capability", None)
    return asked in actor.capabilities and not lacks_second_factor(request, actor)


def lacks_second_factor(
    request: HttpRequest, actor: Actor, organisation_id: int | None = None
) -> bool:
    """Must this person still enter a second factor, here or (None) anywhere?"""
    needs_one = any(
        grant.capabilities & SECOND_FACTOR
        for grant in actor.grants
        if organisation_id in (None, grant.organisation_id)
    )
    return needs_one and not is_verified(request)


def is_verified(request: HttpRequest) -> bool:
    """Has this person shown a second factor since they signed in?"""
    return bool(request.user.is_verified())  # type: ignore[union-attr]


@contextmanager
def refusals_shown(request: HttpRequest) -> Iterator[None]:
    """Say a refusal as a message; the page then goes on to its redirect."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, refusal.message)


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Say a refusal on the form it was sent by; the page then shows it again."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, refusal.message)


def carried_out(
    request: CampaignRequest, form: Form, action: Callable[..., Any], **named: Any
) -> Any:
    """Do what a form was sent for: what the action made, or None.

    None where nothing was sent, or where the form now says what is wrong with it.
    """
    if form.is_valid():
        with refusals_on(form):
            return action(
                by=request.actor, at=request.business_now, **named, **form.cleaned_data
            )
    return None
