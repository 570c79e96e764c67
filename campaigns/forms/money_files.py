"""A file about money, whose it is, and what its columns hold."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from campaigns.actions.money_mappings import ToldColumns
from campaigns.importers.money_columns import Columns

MOST_BYTES = 10 * 1024**2
TOO_LARGE = "A statement or a file of invoices is at most 10 MB."


class MoneyFileForm(forms.Form):
    """A file, and whose it is: of `source_name` a known one, or a new one by name."""

    source_name: str
    neither = "Choose one, or name a new one."

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(
            attrs={"data-most-bytes": MOST_BYTES, "data-too-large": TOO_LARGE}
        ),
    )

    def __init__(self, *arguments: Any, sources: QuerySet[Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelChoiceField, self.fields[self.source_name])
        field.queryset = sources
        known = list(sources[:2])
        if not known:
            del self.fields[self.source_name]
        elif len(known) == 1:
            field.initial = known[0]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        new = f"{self.source_name}_name"
        if bool(cleaned.get(self.source_name)) == bool(cleaned.get(new)):
            self.add_error(new, self.neither)
        return cleaned

    @property
    def told(self) -> dict[str, Any]:
        """What was typed besides the file."""
        return {
            name: typed for name, typed in self.cleaned_data.items() if name != "file"
        }


class ColumnsForm(forms.Form):
    """Which column of a file holds what, as guessed or told before: `found` is the
    result of its check."""

    def __init__(
        self,
        *arguments: Any,
        columns: Columns,
        found: Mapping[str, Any],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.names = list(columns.asked)
        choices = [
            ("", "not in this file"),
            *((name, name) for name in found["header"]),
        ]
        for name, label in columns.asked.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                initial=found["columns"].get(name, ""),
                required=False,
            )
        if columns.may_be_reversed:
            self.fields["is_reversed"] = forms.BooleanField(
                label="Money out is written without a minus",
                help_text="As some cards do: a purchase is 12.00, what you pay back is "
                "-12.00.",
                initial=found["is_reversed"],
                required=False,
            )

    @property
    def told(self) -> ToldColumns:
        typed = self.cleaned_data
        columns = {name: typed[name] for name in self.names if typed[name]}
        return ToldColumns(columns, typed.get("is_reversed", False))
