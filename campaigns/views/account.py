"""Sign in, and choose a campaign."""

from typing import Any, cast

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from campaigns.access import actor_of_user, campaigns_for
from campaigns.clock import now
from campaigns.forms.account import SignInForm
from campaigns.models import User
from campaigns.reports.demo_accounts import demo_accounts, demo_password
from campaigns.reports.people import handed_work
from campaigns.roles import Capability


class SignIn(auth.LoginView):
    authentication_form = SignInForm
    template_name = "account/sign_in.html"
    redirect_authenticated_user = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """In the demonstration a chosen account comes with its password typed in."""
        chosen = demo_accounts(at=now()).filter(user__email=self.request.GET.get("as"))
        return {
            **super().get_form_kwargs(),
            "typed_in": (chosen[0].user.email, demo_password()) if chosen else None,
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            heading="Sign in",
            demo_accounts=demo_accounts(at=now()),
            demo_password=demo_password(),
        )


class NewPassword(auth.PasswordResetConfirmView):
    """Choose a password with the link of somebody who gave a role."""

    template_name = "account/new_password.html"
    success_url = reverse_lazy("account:sign-in")


@login_required
def front_page(request: HttpRequest) -> HttpResponse:
    """Straight to the only campaign, or to the choice."""
    actor = actor_of_user(cast(User, request.user), at=now())
    ours = campaigns_for(actor, Capability.SEE_CAMPAIGN)[:2]
    if len(ours) == 1:
        return redirect("today", campaign=ours[0].slug)
    return redirect("account:campaigns")


@login_required
def choose_campaign(request: HttpRequest) -> HttpResponse:
    """Every campaign of theirs; a data clerk's opens at the electors."""
    user = cast(User, request.user)
    actor = actor_of_user(user, at=now())
    seen = campaigns_for(actor, Capability.SEE_CAMPAIGN)
    typed_for = campaigns_for(actor, Capability.SEE_ELECTORS).exclude(pk__in=seen)
    return render(
        request,
        "account/campaigns.html",
        {
            "heading": "Your campaigns",
            "handed_work": handed_work(user, at=now()),
            "seen": seen.order_by("-election__poll_on", "name"),
            "typed_for": typed_for.order_by("-election__poll_on", "name"),
        },
    )
