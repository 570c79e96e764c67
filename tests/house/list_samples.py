"""A list of one ward and a letter run of it, for the addresses that name them."""

from decimal import Decimal
from typing import Any

from campaigns.models import Campaign, Ward
from canvassing.models import GotvList, GotvListWard, LetterRun
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
