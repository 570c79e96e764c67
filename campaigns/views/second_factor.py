"""The second factor: show it, set it up, and keep codes for a lost phone."""

from typing import cast
from urllib.parse import urlencode

import django_otp
import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from campaigns.access import actor_of_user
from campaigns.actions.second_factor import (
    SecondFactorRefused,
    begin_second_factor,
    confirm_second_factor,
    make_backup_codes,
)
from campaigns.clock import now
from campaigns.forms.account import CodeForm
from campaigns.models import User
from campaigns.reports.demo_accounts import demo_code
from campaigns.views.decorators import is_verified


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Type the code of the app, or a backup code."""
    user = cast(User, request.user)
    if not django_otp.user_has_device(user):
        return _go_on_to("account:second-factor-set-up", request)
    if is_verified(request):
        return render(request, "account/second_factor_done.html")
    shown = demo_code(user, at=now())
    form = CodeForm(request.POST or None, initial={"code": shown})
    if form.is_valid():
        device = django_otp.match_token(user, form.cleaned_data["code"])
        if device is not None:
            django_otp.login(request, device)
            return redirect(_next(request))
        form.add_error("code", "That code does not fit. Wait for the next one.")
    context = {"form": form, "demo_code": shown, "next": _next(request)}
    return render(request, "account/second_factor.html", context)


@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """Show a secret to the app, and let a code prove that the app took it.

    Whoever has an app already must have shown it before setting up another.
    """
    user = cast(User, request.user)
    if django_otp.user_has_device(user) and not is_verified(request):
        return _go_on_to("account:second-factor", request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device = confirm_second_factor(
                user,
                form.cleaned_data["code"],
                by=actor_of_user(user, at=now()),
                at=now(),
            )
        except SecondFactorRefused as refusal:
            form.add_error("code", refusal.message)
        else:
            django_otp.login(request, device)
            return _new_backup_codes(request)
    address = begin_second_factor(user).config_url
    context = {
        "form": form,
        "address": address,
        "picture": segno.make(address).svg_data_uri(scale=5, border=2),
        "next": _next(request),
    }
    return render(request, "account/second_factor_set_up.html", context)


@login_required
@require_POST
def backup_codes(request: HttpRequest) -> HttpResponse:
    if not is_verified(request):
        return redirect("account:second-factor")
    return _new_backup_codes(request)


def _new_backup_codes(request: HttpRequest) -> HttpResponse:
    """Shown once: only they can be typed, and nobody can look them up again."""
    user = cast(User, request.user)
    codes = make_backup_codes(user, by=actor_of_user(user, at=now()), at=now())
    context = {"codes": codes, "next": _next(request)}
    return render(request, "account/backup_codes.html", context)


def _next(request: HttpRequest) -> str:
    """Where they were going: an address of ours, or the front page."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _go_on_to(route: str, request: HttpRequest) -> HttpResponse:
    return redirect(f"{resolve_url(route)}?{urlencode({'next': _next(request)})}")
