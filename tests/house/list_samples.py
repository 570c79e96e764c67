"""A list of one ward, a letter run of it, and contacts that wait, as samples."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from campaigns.models import Campaign, Elector, Job, Ward
from canvassing.models import (
    Channel,
    Contact,
    GotvList,
    GotvListWard,
    HeldItem,
    LetterRun,
    OutcomeCode,
    OutcomeKind,
)
from tests.canvassing.contact_helpers import said
from tests.cast import NOW

RECORDED = {"by_kind": "system", "by_label": "Committee Room"}


def list_samples(campaign: Campaign, ward: Ward) -> dict[str, Any]:
    gotv_list = GotvList.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Evening round",
        reason="To remind them",
        code="evening",
        asked_at=NOW,
        **RECORDED,
    )
    GotvListWard.objects.create(
        organisation=campaign.organisation, gotv_list=gotv_list, ward=ward
    )
    run = LetterRun.objects.create(
        organisation=campaign.organisation,
        gotv_list=gotv_list,
        name="Eve of poll",
        body="Dear {names}",
        imprint="Promoted by Agnes Agent",
        copies=1,
        price_per_copy=Decimal("0.5"),
        created_at=NOW,
        **RECORDED,
    )
    return {"gotv_list": gotv_list.pk, "run": run.pk}


def contact_samples(campaign: Campaign, elector: Elector) -> dict[str, Any]:
    """A held contact of the elector, and a file of contacts that was looked at."""
    sent = said(elector, outcome="no such code")
    held = HeldItem.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind="contact",
        uuid=sent.uuid,
        content_hash=sent.content_hash(),
        payload=sent.as_json(),
        code="unknown_outcome",
        reason="The outcome is not one of this campaign's codes.",
        **RECORDED,
    )
    check = Job.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind="contacts_check",
        title="Check contacts: history.csv",
        state="done",
        parameters={"file": 0},
        result={"header": [], "columns": {}, "codes": {}, "missing": "No dates."},
        asked_at=NOW,
        **RECORDED,
    )
    [put_right, taken_back] = [_contact(campaign, elector) for _ in range(2)]
    return {
        "contact-correct.contact": put_right,
        "contact-withdraw.contact": taken_back,
        "item": held.pk,
        "contacts-check.job": check.pk,
        "contacts-load.job": check.pk,
    }


def _contact(campaign: Campaign, elector: Elector) -> int:
    outcome, _ = OutcomeCode.objects.get_or_create(
        organisation=campaign.organisation,
        campaign=campaign,
        code="not_in",
        kind=OutcomeKind.NOT_IN,
    )
    contact = Contact.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        elector=elector,
        uuid=uuid4(),
        channel=Channel.DOOR,
        outcome=outcome,
        said_at=NOW,
        effective_at=NOW,
        **RECORDED,
    )
    return contact.pk
