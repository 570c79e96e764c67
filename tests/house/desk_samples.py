"""One of each thing that the desk's addresses name, all of them of one campaign."""

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from campaigns.actions.files import store_file
from campaigns.models import (
    ApiToken,
    Campaign,
    Elector,
    ElectorMerge,
    Job,
    MatchProposal,
    Membership,
    Ward,
)
from campaigns.roles import Capability, Role
from tests.cast import NOW, make_district, make_edition, make_elector, member

RECORDED = {"by_kind": "system", "by_label": "Committee Room"}


def desk_samples(campaign: Campaign, ward: Ward) -> dict[str, Any]:
    colleague = member("Colin Colleague", Role.CANVASSER, campaign)
    edition = make_edition(campaign.organisation, ward.council)
    district = make_district(campaign.organisation, ward, "ZZ1")
    older, newer = make_elector(district), make_elector(district)
    return {
        "file": _file(campaign).pk,
        "uidb64": urlsafe_base64_encode(force_bytes(colleague.pk)),
        "account:new-password.token": "used-up",
        "membership": Membership.objects.get(user=colleague).pk,
        "token": _token(campaign).pk,
        "edition": edition.pk,
        "district": district.pk,
        "proposal": _proposal(campaign, older, newer).pk,
        "merge": _merge(campaign, newer, older).pk,
        "register-check.job": _check(campaign, ward).pk,
        "register-load.job": _check(campaign, ward).pk,
    }


def _file(campaign: Campaign) -> Any:
    return store_file(
        io.BytesIO(b"a report"),
        name="report.csv",
        kind="sample",
        capability=Capability.SEE_MONEY,
        organisation=campaign.organisation,
        campaign=campaign,
        at=NOW,
        kept_for=None,
    )


def _token(campaign: Campaign) -> ApiToken:
    return ApiToken.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="A tool",
        prefix="0123456789ab",
        secret_hash="0" * 64,
        all_wards=True,
        expires_at=timezone.now() + timedelta(days=1),
    )


def _proposal(campaign: Campaign, older: Elector, newer: Elector) -> MatchProposal:
    return MatchProposal.objects.create(
        organisation=campaign.organisation,
        council_id=older.council_id,
        edition=make_edition(campaign.organisation, older.council),
        older=older,
        newer=newer,
        kind="renamed",
        score=0.8,
    )


def _merge(campaign: Campaign, kept: Elector, tombstone: Elector) -> ElectorMerge:
    return ElectorMerge.objects.create(
        organisation=campaign.organisation,
        proposal=_proposal(campaign, kept, tombstone),
        kept=kept,
        tombstone=tombstone,
        merged_at=NOW,
        before={"surname": kept.surname},
        **RECORDED,
    )


def _check(campaign: Campaign, ward: Ward) -> Job:
    return Job.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind="register_check",
        title="Check a register",
        parameters={"council": ward.council_id},
        asked_at=NOW,
        **RECORDED,
    )
