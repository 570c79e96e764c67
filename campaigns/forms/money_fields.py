"""Days, amounts, and the reason to pass a limit, as people type them."""

from decimal import Decimal
from typing import Any

from django import forms

from campaigns.rules.money import AmountRefused, Part, parse_part, parse_pounds


class DayField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        super().__init__(**options)


class PoundsField(forms.CharField):
    """An amount: `£1,234.56`, `1234.5` or `8000`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_pounds(text)
        except AmountRefused as refusal:
            raise forms.ValidationError(refusal.message, refusal.code) from refusal


class SmallPriceField(forms.DecimalField):
    """A price of pence and parts of pence, in pounds: `0.04` or `£0.0125`."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: Any) -> Any:
        return super().clean(str(value or "").strip().removeprefix("£"))


class PartField(forms.CharField):
    """A part of an amount: `1/3` or `25 %` (a Part), `£120.00` (a Decimal)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)

    def clean(self, value: Any) -> Part | Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_part(text)
        except AmountRefused as refusal:
            raise forms.ValidationError(refusal.message, refusal.code) from refusal


class ReasonPastTheLimit(forms.CharField):
    """Its label says when it is needed."""

    says_when = True


def past_the_limit() -> ReasonPastTheLimit:
    """The agent's decision, where what is filed makes more count."""
    return ReasonPastTheLimit(
        label="The agent’s reason, if this passes the limit",
        max_length=500,
        required=False,
        help_text="It is kept, and shown on every report.",
    )
