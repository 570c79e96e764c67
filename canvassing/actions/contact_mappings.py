"""What an organiser told us of another tool's file, kept for the next one like it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.importers.recognise import header_digest
from campaigns.models import Campaign
from campaigns.rules.refusals import Refusal
from canvassing.models import ContactMapping, IntentionCode, OutcomeCode


class MappingRefused(Refusal):
    """It names a code that the campaign does not have."""


@dataclass(frozen=True, slots=True)
class Told:
    """`columns`: ours to the file's; `codes`: the other tool's to ours. Empty values
    say that the file has no such column, and that a code says nothing."""

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, other: "Told") -> "Told":
        return Told({**self.columns, **other.columns}, {**self.codes, **other.codes})


def told_of(header: Sequence[str], *, campaign: Campaign) -> Told:
    """What was told of files with this header; nothing at first, and nothing of codes
    that the campaign has no longer."""
    told = ContactMapping.objects.filter(
        campaign=campaign, header_digest=header_digest(header)
    ).first()
    if told is None:
        return Told()
    known = {"", *_known_among(told.codes.values(), campaign)}
    codes = {word: ours for word, ours in told.codes.items() if ours in known}
    return Told(told.columns, codes)


def _known_among(codes: Collection[str], campaign: Campaign) -> set[str]:
    of_campaign = {"campaign": campaign, "code__in": set(codes)}
    return {
        code
        for model in (IntentionCode, OutcomeCode)
        for code in model.objects.filter(**of_campaign).values_list("code", flat=True)
    }


@transaction.atomic
def remember_mapping(
    header: Sequence[str],
    told: Told,
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> None:
    """Read files with this header so from now on, in place of what was told before.

    Refused: a code that the campaign does not have. Audit: `contact_mapping.told`.
    """
    known = _known_among(told.codes.values(), campaign)
    for code in filter(None, told.codes.values()):
        if code not in known:
            raise MappingRefused("no_code", f"The campaign has no code {code!r}.")
    mapping, _ = ContactMapping.objects.update_or_create(
        campaign=campaign,
        header_digest=header_digest(header),
        defaults={
            "organisation": campaign.organisation,
            "columns": dict(told.columns),
            "codes": dict(told.codes),
        },
    )
    audit.record(
        "contact_mapping.told",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=mapping,
        codes=len(told.codes),
    )
