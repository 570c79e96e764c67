"""Statement files, their columns, and what a line of a statement was."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from campaigns.actions.statement_matches import Part
from campaigns.forms.money_fields import PoundsField, past_the_limit
from campaigns.forms.money_files import MoneyFileForm
from campaigns.importers.statement_jobs import STATEMENT_FILES
from campaigns.models import AccountKind, Campaign, Invoice, StatementAccount
from campaigns.reports.statement_proposals import paid_invoices
from campaigns.reports.statements import STATES
from campaigns.rules.money import pounds
from campaigns.rules.statement_matching import Candidate, Kind

# Of what has no day yet.
UNDATED = {Kind.DONATION: "promised", Kind.CREDIT_NOTE: "due back"}


class StatementFileForm(MoneyFileForm):
    """A statement, and the account that it is of: one that is known or a new one."""

    source_name = "account"
    neither = "Choose an account, or name a new one."

    account = forms.ModelChoiceField(
        StatementAccount.objects.none(),
        required=False,
        empty_label="Another account, named below",
    )
    account_name = forms.CharField(
        label="Name of the new account",
        required=False,
        max_length=60,
        help_text="As you call it, such as “Campaign account” or “Card of the agent”.",
    )
    account_kind = forms.ChoiceField(
        label="It is a",
        choices=AccountKind,
        initial=AccountKind.BANK,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_account_kind(self) -> str:
        return self.cleaned_data["account_kind"] or AccountKind.BANK


class LineFilterForm(forms.Form):
    """One line of filters above the statement lines."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(choices=[("", "All"), *STATES], required=False)
    account = forms.ModelChoiceField(
        StatementAccount.objects.none(), required=False, empty_label="All"
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ModelChoiceField, self.fields["account"])
        field.queryset = STATEMENT_FILES.sources_in(campaign)


class MatchForm(forms.Form):
    """How much of a line each of the open things is; those left empty are nothing.

    A proposal is the same form, filled in and hidden. What has been taken in the
    meantime has no field any more.
    """

    def __init__(
        self, *arguments: Any, candidates: Sequence[Candidate], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.candidates = {f"{one.kind}-{one.id}": one for one in candidates}
        for name, one in self.candidates.items():
            day = f"{one.day:%-d %b %Y}" if one.day else UNDATED[one.kind]
            number = "".join(f", {text}" for text in one.references)
            self.fields[name] = PoundsField(
                label=f"{one.name}{number}",
                help_text=f"{one.kind.words.capitalize()}, {day}:"
                f" {pounds(one.left)} open",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = [
            Part(one.kind, one.id, cleaned[name])
            for name, one in self.candidates.items()
            if cleaned.get(name)
        ]
        if not parts and not self.errors:
            raise forms.ValidationError(
                "Write how much of the line at least one of these is. What you chose "
                "may have been matched in the meantime."
            )
        return {"parts": parts}


class AsideForm(forms.Form):
    """Why a line is no money of the campaign's."""

    reason = forms.CharField(max_length=300)


class PaidInvoiceField(forms.ModelChoiceField):
    """An invoice of which money may come back."""

    def label_from_instance(self, invoice: Any) -> str:
        supplier = invoice.expense.supplier
        return f"{supplier}, {invoice.number}: {pounds(invoice.paid)} paid"


class RefundForm(forms.Form):
    """The credit note that is made from money that came back."""

    invoice = PaidInvoiceField(
        Invoice.objects.none(), label="Of which invoice", empty_label="Choose…"
    )
    number = forms.CharField(label="Number of the credit note", max_length=60)
    reason = forms.CharField(label="What the supplier takes back", max_length=500)
    is_favour = forms.BooleanField(
        label="A favour: not every customer would get it",
        required=False,
        help_text="The full price is then the commercial value, and the difference may "
        "count as a gift.",
    )
    over_limit_reason = past_the_limit()

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.auto_id = "refund_%s"
        field = cast(forms.ModelChoiceField, self.fields["invoice"])
        field.queryset = paid_invoices(campaign)
