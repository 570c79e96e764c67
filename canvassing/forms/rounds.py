"""What is typed about rounds: how to cut them, and a local party's list of its own."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from campaigns.models import Campaign, Council, Ward
from canvassing.forms.gotv_lists import ReasonField, WardsField
from canvassing.importers.local_rounds import MOST_BYTES
from canvassing.models import CanvassRound, WhomToSee
from canvassing.rules.rounds import SIZES, USUAL_SIZE

CUT_ANEW = "The ward was cut anew meanwhile: choose among the rounds of now."
TOO_LARGE = "A list of local rounds is no larger than 5 MB."


class CutForm(forms.Form):
    """Whom to see, with how many there are where that was counted, and the size."""

    whom_to_see = forms.ChoiceField(
        label="Whom to see", initial=WhomToSee.ALL, widget=forms.RadioSelect
    )
    size = forms.IntegerField(
        label="Households a round",
        min_value=SIZES.start,
        max_value=SIZES.stop - 1,
        initial=USUAL_SIZE,
        help_text="About 40 are one evening of a team of four.",
    )

    def __init__(
        self,
        *arguments: Any,
        counts: Mapping[WhomToSee, tuple[int, int]] | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ChoiceField, self.fields["whom_to_see"])
        field.choices = [
            (whom.value, _label(whom, counts.get(whom) if counts else None))
            for whom in WhomToSee
        ]


class CutWardsForm(CutForm):
    """The same for some wards of the actor's, or for all of them."""

    wards = WardsField()
    field_order = ("wards",)

    def __init__(self, *arguments: Any, wards: QuerySet[Ward], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(WardsField, self.fields["wards"])
        field.queryset = (
            wards.select_related("council")
            .defer("boundary")
            .order_by("council__name", "name", "gss")
        )


def _label(whom: WhomToSee, count: tuple[int, int] | None) -> str:
    if count is None:
        return str(whom.label)
    electors, doors = count
    return f"{whom.label}: {electors:,} at {doors:,} door{'' if doors == 1 else 's'}"


class LocalRoundsForm(forms.Form):
    """A local party's list of its rounds in one council."""

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(
            attrs={"data-most-bytes": MOST_BYTES, "data-too-large": TOO_LARGE}
        ),
    )
    council = forms.ModelChoiceField(
        Council.objects.none(), label="Council", empty_label="Choose…"
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelChoiceField, self.fields["council"])
        field.queryset = campaign.councils.order_by("name")

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class PrintForm(forms.Form):
    reason = ReasonField()


class CardsForm(PrintForm):
    """The cards of some rounds of a ward; none chosen means all of them."""

    rounds = forms.ModelMultipleChoiceField(
        CanvassRound.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": CUT_ANEW,
            "invalid_pk_value": CUT_ANEW,
        },
    )

    def __init__(
        self, *arguments: Any, rounds: QuerySet[CanvassRound], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelMultipleChoiceField, self.fields["rounds"])
        field.queryset = rounds

    @property
    def chosen(self) -> list[CanvassRound]:
        """In the order of the walk."""
        field = cast(forms.ModelMultipleChoiceField, self.fields["rounds"])
        chosen = self.cleaned_data["rounds"] or cast(Any, field.queryset)
        return list(chosen)
