"""A ward with electors in every situation that a list must tell apart."""

from typing import Any

from django.db.models import QuerySet

from campaigns.access import Actor, system
from campaigns.actions.jobs import run_here
from campaigns.models import Address, Campaign, Elector, Ward
from canvassing.actions.gotv_lists import make_gotv_list
from canvassing.models import ElectorStanding, GotvEntry, GotvList, IntentionCode
from canvassing.rules.gotv import GotvRule
from tests.cast import NOW, make_address, make_district, make_elector


def make_code(campaign: Campaign, code: str) -> IntentionCode:
    return IntentionCode.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        code=code,
        label=f"Answer {code}",
    )


def stand(
    campaign: Campaign,
    ward: Ward,
    *,
    address: Address | None = None,
    code: str = "BN1",
    forename: str = "Ivy",
    surname: str = "Marsh",
    **standing: Any,
) -> Elector:
    """An elector of the ward with this standing: a pledge, unless it says not."""
    district = make_district(campaign.organisation, ward, code)
    address = address or make_address(district)
    elector = make_elector(
        district, address=address, forename=forename, surname=surname
    )
    ElectorStanding.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        elector=elector,
        ward=ward,
        polling_district=district,
        address=address,
        **{"walk_position": address.walk_position, "pledged": True, **standing},
    )
    return elector


def made(
    campaign: Campaign,
    rule: GotvRule | None = None,
    *,
    by: Actor | None = None,
    **options: Any,
) -> GotvList:
    """A list that its workers have finished."""
    gotv_list = make_gotv_list(
        campaign=campaign,
        name=options.pop("name", "Evening round"),
        rule=rule or GotvRule(),
        reason=options.pop("reason", "for Thursday evening"),
        by=by or system(campaign.organisation),
        at=NOW,
        **options,
    )
    assert gotv_list.job is not None
    run_here(gotv_list.job)
    gotv_list.refresh_from_db()
    return gotv_list


def names(gotv_list: GotvList) -> list[str]:
    """The forenames on the list, in its order."""
    return list(entries(gotv_list).values_list("elector__forename", flat=True))


def entries(gotv_list: GotvList) -> QuerySet[GotvEntry]:
    return GotvEntry.objects.filter(gotv_list=gotv_list).order_by("ward", "position")
