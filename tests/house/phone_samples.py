"""One of each thing of phones and stalls that an address can name."""

from datetime import time, timedelta
from typing import Any

from campaigns.access import system
from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Elector, Job
from canvassing.actions.phone_banks import let_caller_in, make_phone_bank, open_bank
from canvassing.actions.stall_links import let_helper_in, open_link
from canvassing.actions.stalls import open_stall
from canvassing.models import PhoneNumber
from tests.cast import NOW
from tests.house.list_samples import RECORDED
from volunteers.models import Volunteer


def phone_samples(campaign: Campaign, elector: Elector) -> dict[str, Any]:
    by = system(campaign.organisation)
    bank = make_phone_bank(
        campaign=campaign,
        name="Tuesday evening",
        starts_at=NOW - timedelta(days=1),
        calls_from=time(9),
        calls_until=time(20, 30),
        whom_to_call="all",
        by=by,
        at=NOW,
    )
    run_here(open_bank(bank, by=by, at=NOW))
    bank.refresh_from_db()
    jo = Volunteer.objects.create(
        organisation=campaign.organisation, name="Jo Finch", joined_on=NOW.date()
    )
    let_caller_in(bank, jo, at=NOW)
    number = PhoneNumber.objects.create(
        organisation=campaign.organisation,
        elector=elector,
        number="+447700900123",
        source="sign-up form",
        obtained_on=NOW.date(),
        **RECORDED,
    )
    stall = open_stall(campaign=campaign, name="Saturday market", by=by, at=NOW)
    link = open_link(
        stall,
        wards=list(campaign.wards.all()),
        expires_at=NOW + timedelta(hours=6),
        by=by,
        at=NOW,
    )
    let_helper_in(link, jo, at=NOW)
    check = Job.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind="contact_details_check",
        title="Check contact details: numbers.csv",
        state="done",
        parameters={"file": 0, "source": "sign-up form"},
        result={"lines": 0, "filed": 0, "already_filed": 0, "doubtful": 0},
        asked_at=NOW,
        **RECORDED,
    )
    opt_outs = Job.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind="opt_outs_check",
        title="Check do-not-contact list: opt-outs.csv",
        state="done",
        parameters={"file": 0, "source": "the party's list", "for_good": True},
        result={"lines": 0, "filed": 0, "already_filed": 0, "doubtful": 0},
        asked_at=NOW,
        **RECORDED,
    )
    return {
        "bank": bank.pk,
        "phonebank-detail.pk": bank.pk,
        "phone-bank-block.volunteer": jo.pk,
        "phone-bank-same-person.volunteer": jo.pk,
        "consent-withdraw.what": "phone",
        "consent-withdraw.detail": number.pk,
        "stall.session": stall.pk,
        "stall-record.session": stall.pk,
        "stall-helpers.session": stall.pk,
        "stall-helpers-close.session": stall.pk,
        "stall-helpers-accompanied.session": stall.pk,
        "stall-helper-block.session": stall.pk,
        "stall-helper-block.volunteer": jo.pk,
        "stall-helper-same-person.session": stall.pk,
        "stall-helper-same-person.volunteer": jo.pk,
        "found": "sealed",
        "visit": "sealed",
        "opt-outs-check.job": opt_outs.pk,
        "opt-outs-load.job": opt_outs.pk,
        "details-check.job": check.pk,
        "details-load.job": check.pk,
    }
