"""What is typed about invoices and what is filed with them; the actions decide."""

from typing import Any, cast

from django import forms

from campaigns.forms.expenses import ReasonForm
from campaigns.forms.money_fields import DayField, PoundsField, past_the_limit
from campaigns.models import (
    AuthorityKind,
    DisputeOutcome,
    Expense,
    Payer,
    SpendingAuthority,
)
from campaigns.reports.candidate_payments import unchecked_payer


class InvoiceForm(forms.Form):
    number = forms.CharField(label="Invoice number", max_length=60)
    amount = PoundsField()
    dated_on = DayField(label="Dated")
    received_on = DayField(label="Received")
    is_last = forms.BooleanField(
        label="Nothing more is to come for this expense", required=False, initial=True
    )
    dispute_reason = forms.CharField(
        label="If we dispute it, why",
        max_length=500,
        required=False,
        help_text="It is then not paid until the dispute has ended.",
    )
    over_limit_reason = past_the_limit()


class PaymentForm(forms.Form):
    """Offers revoked papers too: what was spent while one held is still paid by it."""

    amount = PoundsField()
    paid_on = DayField(label="Paid")
    method = forms.CharField(
        max_length=60, help_text="Such as bank transfer, cheque or card."
    )
    paid_by = forms.ChoiceField(
        label="Who paid",
        choices=Payer,
        initial=Payer.AGENT,
        help_text="The law lets nobody else pay. A candidate pays personal expenses, "
        "and what is due before an agent is appointed.",
    )
    authority = forms.ModelChoiceField(
        SpendingAuthority.objects.none(),
        label="Written authority of a petty expense, or of a campaigner",
        required=False,
        empty_label="None: neither",
    )

    def __init__(self, *arguments: Any, expense: Expense, **named: Any) -> None:
        super().__init__(*arguments, **named)
        campaign = expense.campaign
        field = cast(forms.ModelChoiceField, self.fields["authority"])
        field.queryset = SpendingAuthority.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            kind__in=(AuthorityKind.PETTY, AuthorityKind.CAMPAIGNER),
        ).select_related("user")
        payer = self.fields["paid_by"]
        payer.help_text = f"{payer.help_text} {unchecked_payer(campaign, expense.kind)}"
        payer.help_text = payer.help_text.strip()
        if not field.queryset.exists():
            del self.fields["authority"]


class StrikeOutForm(ReasonForm):
    """Of a paper without which the expense may count more."""

    over_limit_reason = past_the_limit()


class DisputeForm(forms.Form):
    reason = forms.CharField(label="What we dispute", max_length=500)


class DisputeEndForm(forms.Form):
    outcome = forms.ChoiceField(
        label="How it ended", choices=DisputeOutcome, widget=forms.RadioSelect
    )
    amount = PoundsField(
        label="The sum, where it was settled, before credit notes",
        required=False,
        help_text="Credit notes come off it: settled at £45.00 with £10.00 credited, "
        "£35.00 is owed. It may be nothing: £0.00.",
    )
    ended_on = DayField(label="Day")
    reason = forms.CharField(
        label="What was agreed or decided, and where it is written", max_length=500
    )
    over_limit_reason = past_the_limit()


class CourtLeaveForm(forms.Form):
    court = forms.CharField(max_length=200, help_text="Such as the county court.")
    ordered_on = DayField(label="Day of the order")
    note = forms.CharField(
        label="Number of the order, and what it allows", max_length=500, required=False
    )


class RefundCameForm(forms.Form):
    """What of the money that was due back came, and when."""

    amount = PoundsField(
        label="What came back", help_text="If only a part came, the rest stays due."
    )
    came_on = DayField(label="Day on which it came back")


class CreditNoteForm(forms.Form):
    number = forms.CharField(label="Number of the credit note", max_length=60)
    amount = PoundsField()
    dated_on = DayField(label="Dated")
    reason = forms.CharField(label="What the supplier takes back", max_length=500)
    is_favour = forms.BooleanField(
        label="A favour: not every customer would get it",
        required=False,
        help_text="The full price is then the commercial value, and the difference may "
        "count as a gift. Leave it empty where less was delivered or too much asked.",
    )
    refunded_on = DayField(
        label="If it was paid already, the day on which the money came back",
        required=False,
        help_text="Leave it empty while it has not come: it is then due back.",
    )
    over_limit_reason = past_the_limit()
