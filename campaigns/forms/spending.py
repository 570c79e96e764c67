"""Questions about the limit, and the numbers it is worked from."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms

from campaigns.actions.campaign_settings import MOST_JOINT
from campaigns.forms.money_fields import DayField, PoundsField, SmallPriceField
from campaigns.models import Campaign, ExpenseCategory
from campaigns.reports.campaign_periods import opens_with
from campaigns.rules.election_kinds import (
    LONG_SPENDING_KINDS,
    PollKind,
    parse_election_id,
)
from campaigns.rules.spending_limits import (
    DOUBLED_BY_A_DEATH,
    JOINT_MEANS,
    KINDS_DOUBLED_BY_A_DEATH,
)
from campaigns.rules.spending_rate_lookup import POLLS

SHORT_LIMIT = "The short campaign’s limit, if the letter states it"


class AffordForm(forms.Form):
    """A question about an expense that nobody has entered yet."""

    amount = PoundsField(label="How much?")
    category = forms.ChoiceField(
        label="For what?",
        choices=ExpenseCategory,
        initial=ExpenseCategory.UNSOLICITED,
    )
    used_from = DayField(label="First day of use")
    used_until = DayField(label="Last day of use")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("used_from"), cleaned.get("used_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("used_until", "The last day of use is before the first.")
        return cleaned


class LimitNoticeForm(forms.Form):
    """The returning officer's numbers, or our estimate of them."""

    is_official = forms.TypedChoiceField(
        label="Where do the numbers come from?",
        choices=(
            ("yes", "The returning officer gave them to us in writing"),
            ("no", "They are our estimate until then"),
        ),
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    electors = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000_000,
        help_text="On the register on the last day for the notice of election, without "
        "those who turn 18 only after the poll.",
    )
    councils = forms.IntegerField(
        label="Constituent councils", required=False, min_value=1, max_value=500
    )
    limit_kind = forms.ChoiceField(label="Which limit?")
    area = forms.CharField(label="Police area", max_length=100)
    told_limit = PoundsField(
        label="The limit, if the letter states it",
        required=False,
        help_text="It then holds as it stands; else it is worked from the numbers.",
    )
    given_on = DayField(label="Dated")
    document = forms.CharField(
        max_length=300, help_text="Which letter, e-mail or count, and where it is kept."
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        kinds = parse_election_id(campaign.election.slug).spending_kinds
        if len(kinds) == 1:
            del self.fields["limit_kind"]
        else:
            choice = cast(forms.ChoiceField, self.fields["limit_kind"])
            # One notice gives the numbers of the long campaign's limit as well.
            choice.choices = [
                (kind, POLLS[kind].replace(", short campaign", "")) for kind in kinds
            ]
        if not LONG_SPENDING_KINDS.keys().isdisjoint(kinds):
            self.fields["told_limit"].label = SHORT_LIMIT
        if not KINDS_DOUBLED_BY_A_DEATH.isdisjoint(kinds):
            told = self.fields["told_limit"]
            told.help_text = f"{told.help_text} {DOUBLED_BY_A_DEATH}"
        if "pcc" not in kinds:
            del self.fields["area"]
        if "cam_mayor" not in kinds:
            del self.fields["councils"]


class PrintingPriceForm(forms.Form):
    """What a side printed at the committee room costs."""

    price = SmallPriceField(
        label="Price of a printed side in pounds",
        error_messages={
            "invalid": "Write pounds as a number, such as 0.04 for 4p.",
            "min_value": "A printed side costs more than nothing: at least £0.0001.",
        },
        required=False,
        max_digits=6,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        help_text="Paper and toner, VAT included, such as 0.04. Empty: prints propose "
        "nothing.",
    )
    supplier = forms.CharField(
        label="Who supplies paper and toner?", max_length=200, required=False
    )
    supplier_address = forms.CharField(
        label="Their address",
        max_length=300,
        required=False,
        help_text="The return needs it; it can be added later.",
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        named["initial"] = {
            "price": campaign.printed_side_price,
            "supplier": campaign.printing_supplier,
            "supplier_address": campaign.printing_supplier_address,
        }
        super().__init__(*arguments, **named)


class JointCandidatesForm(forms.Form):
    """How many are joint, and so have a lower limit each."""

    joint_candidates = forms.IntegerField(
        label="Joint candidates, ours included",
        min_value=1,
        max_value=MOST_JOINT,
        help_text=f"{JOINT_MEANS} 1 for a candidate alone.",
    )


class RegulatedDaysForm(forms.Form):
    """The days that periods and deadlines begin with; empty while not known."""

    became_candidate_on = DayField(
        label="Our candidate became one",
        required=False,
        help_text="The day on which anybody first said so, the candidate included, or "
        "on which the nomination was handed in. Empty: the earliest day that the law "
        "allows, which counts most.",
    )
    period_opened_on = DayField(required=False)
    parliament_met_on = DayField(
        label="That Parliament first met",
        required=False,
        help_text="If it sat for more than 55 months, there is a long campaign with a "
        "limit of its own.",
    )
    agent_appointed_on = DayField(
        label="An agent was appointed",
        required=False,
        help_text="What is due before that day the candidate may pay; from it on the "
        "agent pays. Where nobody was named in time, the candidate is the agent from "
        "the last day for it.",
    )
    result_declared_on = DayField(
        label="Result declared",
        required=False,
        help_text="Bills, payments and the return are due from that day.",
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        named["initial"] = {day: getattr(campaign, day) for day in self.base_fields}
        super().__init__(*arguments, **named)
        name = parse_election_id(campaign.election.slug)
        if event := opens_with(name):
            self.fields["period_opened_on"].label = f"Day of {event}"
        else:
            del self.fields["period_opened_on"]
        if name.kind is not PollKind.UK_PARLIAMENT or name.is_by_election:
            del self.fields["parliament_met_on"]
