"""What is typed about donations; the actions decide."""

from collections.abc import Sequence
from typing import Any

from django import forms

from campaigns.forms.money_fields import DayField, PoundsField
from campaigns.models import DonorKind
from campaigns.rules.donor_evidence import Evidence


class DonationForm(forms.Form):
    donor = forms.CharField(label="Who gave it?", max_length=200)
    donor_kind = forms.ChoiceField(label="What are they?", choices=DonorKind)
    donor_address = forms.CharField(
        label="Address",
        required=False,
        max_length=300,
        help_text="Needed over £50; for a person as on the electoral register.",
    )
    amount = PoundsField(label="Amount or value")
    in_kind = forms.CharField(
        label="What, if it was not money", required=False, max_length=300
    )
    received_on = DayField(
        label="Received",
        required=False,
        help_text="In the hand, the cheque cleared, or the bank’s credit. Empty while "
        "it is only promised.",
    )


class DonorAddressForm(forms.Form):
    """Where the donor is, and how that is known."""

    donor_address = forms.CharField(
        label="Address",
        max_length=300,
        help_text="For a person as on the electoral register.",
    )
    reason = forms.CharField(
        label="How is that known?",
        max_length=500,
        help_text="Such as “the donor’s letter of 3 May”. It is kept in the records.",
    )


class ReceiveForm(forms.Form):
    received_on = DayField(
        label="Received",
        help_text="In the hand, the cheque cleared, or the bank’s credit.",
    )


class EvidenceForm(forms.Form):
    """One answer for each thing that is to be looked at of this kind of donor."""

    looked_on = DayField(label="Looked at on")

    def __init__(self, *args: Any, asked: Sequence[Evidence], **options: Any) -> None:
        super().__init__(*args, **options)
        for evidence in asked:
            self.fields[evidence.code] = forms.CharField(
                label=evidence.label,
                help_text=evidence.help,
                max_length=300,
                required=False,
            )
        self.order_fields([*(evidence.code for evidence in asked), "looked_on"])

    def clean(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        return {"looked_on": found.pop("looked_on", None), "found": found}


class LookUpForm(forms.Form):
    forename = forms.CharField(
        max_length=100, help_text="Middle names too, if you know them."
    )
    surname = forms.CharField(max_length=100)
    postcode = forms.CharField(max_length=10)
    reason = forms.CharField(label="Why do you ask?", max_length=300)


class AcceptForm(forms.Form):
    accepted_on = DayField(label="Accepted")
    checked_how = forms.CharField(
        label="Anything else about the check", required=False, max_length=500
    )


class ReturnForm(forms.Form):
    returned_on = DayField(label="Returned")
    returned_how = forms.CharField(label="How, and to whom", max_length=500)


class ReturnGiftForm(ReturnForm):
    """Of what was given in kind: its use is spending, whoever it goes back to."""

    was_used = forms.TypedChoiceField(
        label="Was any of it used?",
        choices=[
            ("yes", "Yes, all or a part: its expense stays and counts as before"),
            ("no", "No, it goes back unused: its expense is voided too"),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
