"""The public page of a campaign on which people offer to help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.clock import day_of, now
from campaigns.models import Campaign
from campaigns.reports.imprints import shown_imprint
from campaigns.rules.refusals import Refusal
from volunteers.access import sign_up_page
from volunteers.actions.volunteers import sign_up
from volunteers.forms.sign_up import SignUpForm
from volunteers.rules.promises import promise_on
from volunteers.views.limits import too_often

MOST_AN_HOUR = 30  # a street stall signs people up on one phone
HOUR = 60 * 60


def help_us(request: HttpRequest, slug: str) -> HttpResponse:
    """What is typed again, or for somebody known, is answered like the first time.

    The page asks for help with the campaign, so it is not open without an imprint.
    """
    campaign = get_object_or_404(
        Campaign.objects.select_related("organisation", "election"), slug=slug
    )
    organisation = campaign.organisation
    today = day_of(now(organisation))
    context: dict[str, object] = {
        "heading": _("Help %(campaign)s") % {"campaign": campaign},
        "campaign": campaign,
        "organisation": organisation,
        "promise": promise_on(today).worded_for(
            organisation.name, language=get_language()
        ),
        "imprint": shown_imprint(campaign),
    }
    if campaign.closed_at or campaign.election.days_to_go(today) < 0:
        return render(request, "volunteers/field/over.html", context)
    if not context["imprint"]:
        return render(request, "volunteers/field/not_yet.html", context)
    form = SignUpForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and too_often(
        request, "sign-up", most=MOST_AN_HOUR, seconds=HOUR
    ):
        return render(request, "volunteers/field/too_often.html", context, status=429)
    if form.is_valid() and _taken_in(form, campaign):
        return redirect("field-thanks", slug=slug)
    return render(request, "volunteers/field/help.html", context | {"form": form})


def _taken_in(form: SignUpForm, campaign: Campaign) -> bool:
    """A machine is told the same, and nothing is done."""
    if form.is_a_machine:
        return True
    try:
        sign_up(
            form.details(),
            campaign=campaign,
            channels=form.cleaned_data["channels"],
            by=sign_up_page(),
            at=now(campaign.organisation),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = get_object_or_404(
        Campaign.objects.select_related("organisation"), slug=slug
    )
    return render(
        request,
        "volunteers/field/thanks.html",
        {
            "heading": _("Thank you"),
            "campaign": campaign,
            "organisation": campaign.organisation,
            "imprint": shown_imprint(campaign),
        },
    )
