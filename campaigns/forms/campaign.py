"""What a campaign is called, plans and prints, and where it is fought."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from campaigns.actions.campaign_settings import (
    ONLY_THE_AGENT,
    SETTINGS,
    may_be_joint,
)
from campaigns.models import Campaign, Ward
from campaigns.rules.spending_limits import JOINT_MEANS


class CampaignForm(forms.ModelForm):
    """The campaign's own settings, and its organisation's privacy notice."""

    pledge_word = forms.ChoiceField(
        label="When somebody says they will vote for us, it is",
        choices=[("pledge", "a pledge"), ("promise", "a promise")],
    )
    privacy_notice_url = forms.URLField(
        label="Privacy notice",
        required=False,
        assume_scheme="https",
        help_text="Where people read how you use their data. "
        "One for all campaigns of the organisation, set by organisers of all.",
    )

    class Meta:
        model = Campaign
        fields = SETTINGS
        labels: ClassVar = {
            "pledges_planned": "How many are planned",
            "agent_name": "Election agent",
            "joint_candidates": "Joint candidates",
            "imprint_promoter": "Promoter",
            "imprint_on_behalf_of": "On behalf of",
            "imprint_printer": "Printer",
        }
        help_texts: ClassVar = {
            "joint_candidates": f"1 for a candidate alone. {JOINT_MEANS}",
            "imprint_promoter": "Name and address of who has it published, "
            "usually the agent.",
            "imprint_on_behalf_of": "Name and address of each candidate.",
            "imprint_printer": "Name and address of who prints it.",
        }
        widgets: ClassVar = {
            "imprint_promoter": forms.Textarea(attrs={"rows": 2}),
            "imprint_on_behalf_of": forms.Textarea(attrs={"rows": 2}),
            "imprint_printer": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(
        self,
        *arguments: Any,
        may_set_notice: bool,
        may_move_the_limit: bool,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        owner = self.instance.organisation
        self.initial["privacy_notice_url"] = owner.privacy_notice_url
        for field in self.fields.values():
            field.show_hidden_initial = True
        self.fields["privacy_notice_url"].disabled = not may_set_notice
        if not may_be_joint(self.instance):
            del self.fields["joint_candidates"]
        elif not may_move_the_limit:
            self.fields["joint_candidates"].disabled = True
            self.fields["joint_candidates"].help_text = ONLY_THE_AGENT
        word = self.instance.pledge_word
        choices: Any = self.fields["pledge_word"]
        if word not in dict(choices.choices):
            choices.choices = [*choices.choices, (word, word)]

    @property
    def retyped(self) -> dict[str, Any]:
        """What differs from what the page showed, which may be hours old by now."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class WardsForm(forms.Form):
    """The wards of the campaign, of those on offer."""

    wards = forms.ModelMultipleChoiceField(
        Ward.objects.none(),
        label="Wards",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one ward."},
    )

    def __init__(self, *arguments: Any, wards: QuerySet[Ward], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["wards"].queryset = wards  # type: ignore[attr-defined]
