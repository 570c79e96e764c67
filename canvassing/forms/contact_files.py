"""A file of another tool's contacts, and what its columns and codes mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms

from campaigns.forms.register import CouncilFileForm
from campaigns.models import Campaign, RegisterEdition
from canvassing.actions.contact_mappings import Told
from canvassing.models import IntentionCode, OutcomeCode

# Our columns as people are asked for them; an address may be in several.
ASKED = {
    "number": "Elector number",
    "number_prefix": "Prefix of the number (district)",
    "number_suffix": "Suffix of the number",
    "surname": "Surname",
    "forename": "Forename",
    "name": "Whole name",
    "postcode": "Postcode",
    "outcome": "What came of it",
    "intention": "Their answer",
    "pledge": "Pledge, yes or no",
    "second_preference": "Second preference",
    "voted_last_time": "Voted last time for",
    "said_at": "Day",
    "note": "Note",
    "consent_wording": "Words in which they agreed to a record of their views",
    "consented_at": "Day on which they agreed",
    "uuid": "The other tool's id (UUID)",
}
ADDRESS = ("address", *(f"address{n}" for n in range(1, 10)))
CODE = "code-"
AS_IT_IS = "?"


class ContactsFileForm(CouncilFileForm):
    """A file whose elector numbers are those of one council's register."""

    edition = forms.ModelChoiceField(
        RegisterEdition.objects.none(),
        label="Its elector numbers are those of",
        required=False,
        empty_label="the register as it stands now",
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        councils = campaign.councils.order_by("name")
        super().__init__(*arguments, councils=councils, **named)
        edition = cast(forms.ModelChoiceField, self.fields["edition"])
        edition.queryset = (
            RegisterEdition.objects.of(campaign.organisation_id)
            .filter(council__in=councils, destroyed_at__isnull=True)
            .select_related("council")
            .order_by("council__name", "-published_on", "-pk")
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        edition, council = given.get("edition"), given.get("council")
        if edition and council and edition.council_id != council.pk:
            self.add_error("edition", "That register is another council's.")
        return given


class MappingForm(forms.Form):
    """Which column holds what, and which code is which; remembered for the campaign."""

    def __init__(
        self,
        *arguments: Any,
        check: Mapping[str, Any],
        campaign: Campaign,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        header = [(text, text) for text in check["header"] if text.strip()]
        found = check["columns"]
        for name, label in ASKED.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("", "not in this file"), *header],
                initial=found.get(name, ""),
                required=False,
            )
        self.fields["address"] = forms.MultipleChoiceField(
            label="Address",
            choices=header,
            initial=[found[name] for name in ADDRESS if name in found],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        counted = sorted(
            check["codes"].items(), key=lambda code: (-code[1][0], code[0])
        )
        self.words = [word for word, _ in counted]
        ours = _our_codes(campaign)
        for number, (word, (count, code)) in enumerate(counted):
            self.fields[f"{CODE}{number}"] = forms.ChoiceField(
                label=f"{word} ({count:,} row{'' if count == 1 else 's'})",
                choices=ours,
                initial=AS_IT_IS if word in check["unknown"] else code,
                required=False,
            )

    @property
    def column_fields(self) -> Iterable[forms.BoundField]:
        return [field for field in self if not field.name.startswith(CODE)]

    @property
    def code_fields(self) -> Iterable[forms.BoundField]:
        return [field for field in self if field.name.startswith(CODE)]

    @property
    def told(self) -> Told:
        typed = self.cleaned_data
        columns = {name: typed[name] for name in ASKED}
        lines = dict(zip(ADDRESS[1:], typed["address"], strict=False))
        columns |= {name: lines.get(name, "") for name in ADDRESS}
        codes = {
            word: typed[f"{CODE}{number}"] for number, word in enumerate(self.words)
        }
        told = {word: ours for word, ours in codes.items() if ours != AS_IT_IS}
        return Told(columns, told)


def _our_codes(campaign: Campaign) -> Sequence[tuple[str, Any]]:
    groups = [
        (title, [(code.code, str(code)) for code in codes.order_by("position", "code")])
        for title, codes in (
            ("Answers", IntentionCode.objects.filter(campaign=campaign)),
            ("Outcomes", OutcomeCode.objects.filter(campaign=campaign)),
        )
    ]
    return [(AS_IT_IS, "not known: hold it"), ("", "says nothing"), *groups]
