"""Register and absent voters' files: what a file is, and its terms of supply."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from campaigns.actions.register_editions import Supply
from campaigns.importers.layouts.base import FIELDS
from campaigns.models import (
    AbsentVoteKind,
    Campaign,
    Council,
    RegisterKind,
    SuppliedTo,
)

MOST_BYTES = 1024**3
TOO_LARGE = "No council's file is larger than 1 GB."
KINDS = [("", "As the file's layout says"), *RegisterKind.choices]


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class CouncilFileForm(forms.Form):
    """A file of one of the campaign's councils."""

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(
            attrs={"data-most-bytes": MOST_BYTES, "data-too-large": TOO_LARGE}
        ),
    )
    council = forms.ModelChoiceField(
        Council.objects.none(), label="Council", empty_label="Choose…"
    )

    def __init__(
        self, *arguments: Any, councils: QuerySet[Council], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["council"].queryset = councils  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class RegisterFileForm(CouncilFileForm):
    kind = forms.ChoiceField(label="What is it?", choices=KINDS, required=False)
    published_on = day_field(
        "Published on", "Left empty: as the file says, else today, marked as assumed."
    )
    supplied_to = forms.ChoiceField(
        label="Supplied to",
        choices=SuppliedTo.choices,
        help_text="A candidate's copy serves that candidate's campaign only.",
    )
    supplied_by = forms.CharField(label="Supplied by", max_length=200, required=False)
    supplied_on = day_field("Supplied on")
    permitted_use = forms.CharField(
        label="Permitted use", max_length=300, required=False
    )
    destroy_by = day_field(
        "Destroy by", "We warn a month before; past it the copy is locked."
    )

    def supply(self, campaign: Campaign) -> Supply:
        given = self.cleaned_data
        is_candidates = given["supplied_to"] == SuppliedTo.CANDIDATE
        return Supply(
            supplied_to=given["supplied_to"],
            supplied_by=given["supplied_by"],
            supplied_on=given["supplied_on"],
            permitted_use=given["permitted_use"],
            campaign=campaign if is_candidates else None,
            destroy_by=given["destroy_by"],
        )


class AbsentVotersForm(CouncilFileForm):
    kind = forms.ChoiceField(
        label="Voters without a kind in the file vote",
        choices=AbsentVoteKind.choices,
        initial=AbsentVoteKind.POSTAL,
    )
    dated_on = day_field("List dated", "Left empty: today.")


class ColumnsForm(forms.Form):
    """Which column of an unknown layout holds what; remembered for the next file."""

    def __init__(self, *arguments: Any, header: list[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(text, text) for text in header if text.strip()]
        for name, label in FIELDS.items():
            self.fields[name] = self._field(name, label, choices)

    @staticmethod
    def _field(name: str, label: str, choices: list[tuple[str, str]]) -> forms.Field:
        if name == "address":
            return forms.MultipleChoiceField(
                label=label,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        none = ("", "not in this file")
        return forms.ChoiceField(label=label, choices=[none, *choices], required=False)

    def columns(self) -> dict[str, object]:
        return {name: named for name, named in self.cleaned_data.items() if named}
