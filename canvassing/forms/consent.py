"""The tick of whoever read the wording out and was told yes, where views need it."""

from django import forms

from campaigns.models import Campaign
from canvassing.rules.opinions import CONSENT_NOW, consent_text, needs_consent


def offer_consent(form: forms.Form, campaign: Campaign) -> None:
    """A field `consent`; none for a party, which may keep views without."""
    organisation = campaign.organisation
    if needs_consent(organisation.controller_kind):
        words = consent_text(CONSENT_NOW, organisation=organisation.name)
        form.fields["consent"] = forms.BooleanField(
            required=False,
            label="They agreed that we keep what they think",
            help_text=f"In these words, read out to them: “{words}”",
        )


def consent_said(form: forms.Form) -> str:
    """The version agreed to; empty for none."""
    return CONSENT_NOW if form.cleaned_data.get("consent") else ""
