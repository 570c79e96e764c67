"""A receipt that is sent: a file or a photograph, and what it proves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from campaigns.models.documents import Row
from campaigns.rules.file_types import JPEG, PDF, PNG

MOST: int = settings.RECEIPT_MOST_BYTES
SIZED = {
    "data-most-bytes": MOST,
    "data-too-large": f"A receipt may be {filesizeformat(MOST)} at most.",
}
NAMELESS = "Choose a file, or take a photograph."


class ReceiptForm(forms.Form):
    """`rows` are what it may prove, each under its name with how it is shown: all of
    one expense or gift, whose first is chosen already, or `of_all`, where none is."""

    of = forms.ChoiceField(
        label="What does it prove?",
        error_messages={"required": "Choose what it proves."},
    )
    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": f"{PDF},{JPEG},{PNG}", **SIZED}),
    )
    photograph = forms.FileField(
        label="Take a photograph",
        required=False,
        allow_empty_file=True,
        # A telephone opens its camera.
        widget=forms.FileInput(attrs={"accept": JPEG, "capture": "environment"}),
    )

    def __init__(
        self,
        *arguments: Any,
        rows: Mapping[str, tuple[str, Row]],
        of_all: bool = False,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.rows = rows
        of = self.fields["of"]
        choices = [(name, label) for name, (label, _) in rows.items()]
        none = [("", "Choose")] if of_all and len(rows) > 1 else []
        of.choices = none + choices  # type: ignore[attr-defined]
        of.initial = next(iter(dict(of.choices)))  # type: ignore[attr-defined]
        if len(rows) == 1:
            of.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """What `attach_document` is asked for."""
        sent = self.cleaned_data
        file: UploadedFile | None = sent.get("file") or sent.get("photograph")
        if file is None:
            raise forms.ValidationError(NAMELESS)
        if "of" not in sent:
            return {}
        _, row = self.rows[sent["of"]]
        return {"to": row, "source": file.file, "name": file.name}
