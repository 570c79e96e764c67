"""A phone bank to be made; results of a screening; details to be loaded."""

import datetime
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from campaigns.models import Campaign, Council, Ward
from canvassing.models import GotvList, Script, ScriptChannel, WhomToSee
from volunteers.models import Affiliate

WHEN = "%Y-%m-%dT%H:%M"
MOST_BYTES = 200 * 1024**2
TOO_LARGE = "A file of numbers is at most 200 MB."


def _moment(label: str, *, required: bool = True) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN)
    return forms.DateTimeField(label=label, required=required, widget=widget)


def _clock(label: str, at: datetime.time, help_text: str = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, initial=at, widget=widget, help_text=help_text)


class PhoneBankForm(forms.Form):
    """`cleaned_data` is what `make_phone_bank` takes."""

    name = forms.CharField(max_length=120, label="What is it called?")
    gotv_list = forms.ModelChoiceField(
        GotvList.objects.none(),
        label="Call the people of a list",
        required=False,
        empty_label="no list: by the rule below",
    )
    whom_to_call = forms.ChoiceField(
        label="Or call, without a list",
        required=False,
        choices=[("", "the people of the list above"), *WhomToSee.choices],
    )
    ward = forms.ModelChoiceField(
        Ward.objects.none(), label="Ward", required=False, empty_label="all wards"
    )
    script = forms.ModelChoiceField(
        Script.objects.none(), required=False, empty_label="the newest for phones"
    )
    starts_at = _moment("From")
    ends_at = _moment("Until", required=False)
    calls_from = _clock("Calls each day from", datetime.time(9), "By UK time.")
    calls_until = _clock("until", datetime.time(20, 30))
    no_answer_hours = forms.IntegerField(
        label="No answer: again after how many hours",
        min_value=1,
        max_value=168,
        initial=3,
    )
    engaged_minutes = forms.IntegerField(
        label="Engaged: again after how many minutes",
        min_value=1,
        max_value=1440,
        initial=20,
    )
    most_tries = forms.IntegerField(
        label="Tries at the most", min_value=1, max_value=10, initial=3
    )
    most_callers = forms.IntegerField(
        label="Callers at the most", min_value=1, max_value=500, initial=20
    )
    affiliate = forms.ModelChoiceField(
        Affiliate.objects.none(),
        label="Whose people call?",
        required=False,
        empty_label="our own",
        help_text="The body that lends them is given nothing of what they see.",
    )

    def __init__(
        self, sent: QueryDict | None, *, campaign: Campaign, at: datetime.datetime
    ) -> None:
        hour = at.replace(minute=0, second=0, microsecond=0)
        initial = {"starts_at": hour, "ends_at": hour + timedelta(days=7)}
        super().__init__(sent, initial=initial)
        organisation = campaign.organisation_id
        lists = GotvList.objects.of(organisation).filter(
            campaign=campaign, frozen_at__isnull=False
        )
        wards = Ward.objects.filter(campaign=campaign).defer("boundary")
        scripts = Script.objects.of(organisation).filter(
            campaign=campaign,
            channel=ScriptChannel.PHONE,
            published_at__isnull=False,
            retired_at=None,
        )
        affiliates = Affiliate.objects.of(organisation)
        self._offer("gotv_list", lists.order_by("-pk"))
        self._offer("ward", wards.order_by("name"))
        self._offer("script", scripts.order_by("name", "-version"))
        self._offer("affiliate", affiliates.order_by("name"))

    def _offer(self, field: str, rows: Any) -> None:
        cast(forms.ModelChoiceField, self.fields[field]).queryset = rows


class NumbersForm(forms.Form):
    """Why the numbers are taken away."""

    reason = forms.CharField(
        max_length=500,
        label="Why are they taken?",
        initial="To be screened against the Telephone Preference Service",
    )


class SmallFileForm(forms.Form):
    """A file of numbers."""

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(
            attrs={"data-most-bytes": MOST_BYTES, "data-too-large": TOO_LARGE}
        ),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ScreeningForm(SmallFileForm):
    """What the service answered, and of which day."""

    screened_on = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class DetailsForm(SmallFileForm):
    """Numbers and addresses to be loaded, and where they are from."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Elector numbers are those of",
        empty_label="Choose…",
    )
    source = forms.CharField(
        max_length=100,
        label="Where are they from?",
        help_text="As you would say it to somebody who asks: “our sign-up form”.",
    )
    notice = forms.CharField(
        max_length=300,
        required=False,
        label="The privacy notice that people were given",
        help_text="Its name or address; the file says for whom, and when.",
    )

    def __init__(self, *arguments: Any, campaign: Campaign, **named: Any) -> None:
        super().__init__(*arguments, **named)
        councils = cast(forms.ModelChoiceField, self.fields["council"])
        councils.queryset = campaign.councils.order_by("name")
