"""Giving somebody a role, and a tool its token."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from campaigns.actions.tokens import ALL_WARDS, AllWards
from campaigns.clock import UK
from campaigns.models import Ward
from campaigns.roles import Capability, Role

TOKEN_DAYS = 90


class WardsField(forms.ModelMultipleChoiceField):
    """Some wards of the campaign; none chosen means as far as the role goes."""

    def __init__(self, help_text: str) -> None:
        super().__init__(
            Ward.objects.none(), label="Wards", required=False, help_text=help_text
        )


class RoleForm(forms.Form):
    """A person by e-mail: known, or new with a name."""

    email = forms.EmailField(label="E-mail")
    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As colleagues know them; somebody known here keeps their name.",
    )
    role = forms.TypedChoiceField(label="Role", choices=Role.choices, coerce=Role)
    wards = WardsField("Ward leads and data clerks work in these only.")

    def __init__(self, *arguments: Any, wards: QuerySet[Ward], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["wards"].queryset = wards  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """What a tool may do, in which wards, and until when."""

    name = forms.CharField(
        label="What is it for?", max_length=100, help_text="Such as: our mailing tool."
    )
    capabilities = forms.TypedMultipleChoiceField(
        label="What may it do?",
        coerce=Capability,
        widget=forms.CheckboxSelectMultiple,
    )
    reach = forms.ChoiceField(
        label="In which wards?",
        choices=[
            ("all", "All wards of the campaign"),
            ("some", "Only the wards chosen below"),
        ],
        widget=forms.RadioSelect,
    )
    wards = WardsField(
        "A token for some wards cannot reach money, people or registers."
    )
    last_day = forms.DateField(
        label="Last day",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(
        self,
        *arguments: Any,
        wards: QuerySet[Ward],
        theirs: list[Capability],
        today: date,
        **named: Any,
    ) -> None:
        """`theirs` are the capabilities of whoever asks: no token has more."""
        super().__init__(*arguments, **named)
        self.fields["wards"].queryset = wards  # type: ignore[attr-defined]
        self.fields["capabilities"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in theirs
        ]
        self.initial["last_day"] = today + timedelta(days=TOKEN_DAYS)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("reach") == "some" and not given.get("wards"):
            self.add_error("wards", "Choose the wards, or say that it is all of them.")
        if given.get("reach") == "all" and given.get("wards"):
            self.add_error("reach", "All wards, or only those chosen below: not both.")
        return given

    def reached(self) -> AllWards | QuerySet[Ward]:
        if self.cleaned_data["reach"] == "all":
            return ALL_WARDS
        wards: QuerySet[Ward] = self.cleaned_data["wards"]
        return wards

    def expires_at(self) -> datetime:
        """The end of the last day."""
        day: date = self.cleaned_data["last_day"]
        return datetime.combine(day, time.max, tzinfo=UK)
