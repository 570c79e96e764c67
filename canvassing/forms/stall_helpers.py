"""What an organiser says to let helpers in at a stall."""

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.timezone import localtime

from campaigns.forms.money_fields import DayField
from campaigns.models import Campaign
from canvassing.forms.field_sessions import ClockField, moment
from canvassing.forms.gotv_lists import WardsField
from canvassing.models import CanvassSession

USUAL = timedelta(hours=4)


class HelpersForm(forms.Form):
    """The wards whose electors may be found, until when, by how many."""

    wards = WardsField(label="Whose electors may be found?")
    day = DayField(label="Until")
    clock = ClockField(label="At")
    most_helpers = forms.IntegerField(
        label="Helpers at the most", min_value=1, max_value=100, initial=20
    )

    def __init__(
        self,
        *arguments: Any,
        campaign: Campaign,
        stall: CanvassSession,
        at: datetime,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        wards = cast(WardsField, self.fields["wards"])
        ours = campaign.wards.select_related("council").defer("boundary")
        wards.queryset = ours.order_by("council__name", "name")
        wards.required = True
        wards.help_text = "The wards around the stall: nobody of another is found."
        wards.initial = [stall.ward_id] if stall.ward_id else None
        until = localtime(max(at, stall.starts_at) + USUAL)
        self.fields["day"].initial = until.date()
        self.fields["clock"].initial = until.time()

    @property
    def asked(self) -> dict[str, Any]:
        """What `open_link` is asked for."""
        said = self.cleaned_data
        return {
            "wards": list(said["wards"]),
            "expires_at": moment(said["day"], said["clock"]),
            "most_helpers": said["most_helpers"],
        }
