"""Signing in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """E-mail and password. One spelling of an address is one address."""

    username = forms.EmailField(
        label="E-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": "That e-mail and password do not belong together.",
        "inactive": "This account is closed.",
    }

    def __init__(
        self, *arguments: Any, typed_in: tuple[str, str] | None = None, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        if typed_in:
            self.initial["username"], self.initial["password"] = typed_in
            self.fields["password"].widget.render_value = True

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


class CodeForm(forms.Form):
    """Six digits from the app, or a backup code."""

    code = forms.CharField(
        label="Code",
        max_length=16,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autofocus": True,
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "").lower()
