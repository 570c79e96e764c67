"""What is typed to make, to sign and to file a return; the actions decide."""

from typing import Any

from django import forms

from campaigns.forms.money_fields import DayField


class MakeReturnForm(forms.Form):
    """Why there is another version, where one was filed."""

    correction = forms.CharField(
        label="What does the new version correct?",
        max_length=500,
        help_text="It is kept with the version, and shown beside it.",
    )

    def __init__(self, *arguments: Any, is_correction: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not is_correction:
            del self.fields["correction"]


class SignForm(forms.Form):
    """The declaration's words stand above it on the page."""

    name = forms.CharField(
        label="Your full name",
        max_length=200,
        help_text="As the return gives it: this is your signature.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class FileReturnForm(forms.Form):
    """That the return was handed in."""

    filed_on = DayField(label="Handed in on")
    filed_how = forms.CharField(
        label="To whom, and how",
        max_length=300,
        help_text="Such as “The returning officer, by hand, receipt 123”.",
    )
    declaration_follows = forms.CharField(
        label="Why the candidate’s declaration comes later",
        max_length=300,
        help_text="Such as being abroad.",
    )

    def __init__(self, *arguments: Any, is_declared: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["declaration_follows"].required = False
        if is_declared:
            del self.fields["declaration_follows"]
