"""One thing done with a row from its page, or that page again with what is wrong."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from campaigns.views.decorators import CampaignRequest, carried_out


def settle(
    request: CampaignRequest,
    action: Callable[..., object],
    *,
    done: str,
    back: str,
    page: Callable[..., HttpResponse],
    **sent: forms.Form,
) -> HttpResponse:
    """Do what was asked, say that it is `done` and go `back` to that address.

    `sent` is the one form that was sent, by its name on the `page`, which is shown with
    it where it has mistakes or the action refuses.
    """
    (form,) = sent.values()
    if carried_out(request, form, action):
        messages.success(request, done)
        return redirect(back)
    return page(**sent)
