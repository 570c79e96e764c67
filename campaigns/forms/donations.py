"""What is typed about donations; the actions decide."""

from django import forms

from campaigns.forms.money_fields import DayField, PoundsField
from campaigns.models import DonorKind


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


class AcceptForm(forms.Form):
    accepted_on = DayField(label="Accepted")
    checked_how = forms.CharField(
        label="How the donor was found permissible",
        required=False,
        max_length=500,
        help_text="Needed over £50.",
    )


class ReturnForm(forms.Form):
    returned_on = DayField(label="Returned")
    returned_how = forms.CharField(label="How, and to whom", max_length=500)
