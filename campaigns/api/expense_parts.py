"""Of an expense or a gift: what is used when, what never counts, who bears what."""

from typing import Any

from rest_framework import serializers

from campaigns.actions.expense_checks import ExpenseRefused, PartInside, Share
from campaigns.api.parsing import Strict
from campaigns.models import Campaign, ExpenseExclusion, ShareBasis

MOST_SHARES = 40


class NewShareSerializer(Strict):
    """Whoever bears a part: another campaign of ours by its slug, or a name."""

    campaign = serializers.SlugField(required=False, default="")
    bearer = serializers.CharField(max_length=200, required=False, default="")
    basis = serializers.ChoiceField(ShareBasis.choices, default=ShareBasis.USE)
    parts = serializers.IntegerField(min_value=1)
    of_parts = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=500)


class PartInsideSerializer(Strict):
    """What part of the use falls in the regulated period, and in the long campaign
    before it, where the days do not tell it."""

    parts = serializers.IntegerField(min_value=0)
    long_parts = serializers.IntegerField(min_value=0, default=0)
    of_parts = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=500)


class ExpensePartsSerializer(Strict):
    """What is told alike of an expense and of a gift."""

    excluded = serializers.ChoiceField(
        ExpenseExclusion.choices, default="", allow_blank=True
    )
    excluded_reason = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True
    )
    stock = serializers.CharField(
        max_length=40,
        required=False,
        default="",
        allow_blank=True,
        help_text="The copies it buys, such as `leaflet:3`: those delivered in the "
        "regulated period count.",
    )
    inside = PartInsideSerializer(required=False, allow_null=True)
    shares = serializers.ListField(
        child=NewShareSerializer(), required=False, max_length=MOST_SHARES
    )


def parts_told(typed: dict[str, Any], campaign: Campaign) -> dict[str, Any]:
    """What was read, with `inside` and `shares` as the actions take them.

    Refused: a share for a campaign that is not of the same organisation.
    """
    inside = typed.get("inside")
    return typed | {
        "inside": PartInside(**inside) if inside else None,
        "shares": [_share(campaign, **share) for share in typed.get("shares", [])],
    }


def _share(payer: Campaign, *, campaign: str, **told: Any) -> Share:
    bearer = None
    if campaign:
        ours = Campaign.objects.of(payer.organisation_id)
        bearer = ours.filter(slug=campaign).first()
        if bearer is None:
            raise ExpenseRefused(
                "unknown_bearer", f"There is no campaign {campaign!r} of yours."
            )
    return Share(campaign=bearer, **told)
