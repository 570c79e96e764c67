"""A limit that rests on the electors loaded: told of when other electors move it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from campaigns.actions import audit
from campaigns.actions.spending import (
    known_limits,
    lock_campaign,
    tell_of_other_limits,
)
from campaigns.models import Campaign, RegisterEdition
from campaigns.reports.campaign_limit import Estimate, estimated_limit
from campaigns.reports.counted_expenses import NOTHING

if TYPE_CHECKING:
    from campaigns.access import Actor


def telling_of_a_register(
    edition: RegisterEdition, *, by: "Actor", at: datetime
) -> AbstractContextManager[None]:
    """Load the edition inside, or destroy it; told of as `telling_of_estimates`
    says."""
    return telling_of_estimates(
        organisation_id=edition.organisation_id,
        council_id=edition.council_id,
        because="register",
        edition=edition.pk,
        by=by,
        at=at,
    )


@contextmanager
def telling_of_estimates(
    *,
    organisation_id: int,
    council_id: int,
    because: str,
    edition: int | None = None,
    by: "Actor",
    at: datetime,
) -> Iterator[None]:
    """Write inside who is on the register of this council, or in which wards they are:
    an `edition` that is loaded or destroyed, or districts put into wards.

    Never refused. A campaign whose limit is lowered is locked only then, for an import
    takes minutes: whoever committed until that moment is counted, and whoever commits
    after it waits and finds the lower limit.
    Audit verb, of each campaign in that council whose estimated limit is another than
    before: `spending.estimate_lowered` or `spending.estimate_raised`, with both limits
    (null where so few electors make none) and both numbers of electors; and where a
    lower limit is then passed, `spending.limit_passed`.
    """
    fought_there = Campaign.objects.filter(
        organisation_id=organisation_id, councils=council_id, closed_at__isnull=True
    ).select_related("election")
    before = [
        (campaign, estimate, known_limits(campaign))
        for campaign in fought_there.order_by("pk")
        if (estimate := estimated_limit(campaign)) is not None
    ]
    yield
    for campaign, then, limits in before:
        now = estimated_limit(campaign)
        if now is None or now.amount == then.amount:
            continue
        is_lower = (now.amount or NOTHING) < (then.amount or NOTHING)
        if is_lower:
            campaign = lock_campaign(campaign)
        audit.record(
            f"spending.estimate_{'lowered' if is_lower else 'raised'}",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=campaign,
            limit=_told(now),
            limit_before=_told(then),
            electors=now.electors,
            electors_before=then.electors,
            because=because,
            edition=edition,
        )
        if is_lower:
            tell_of_other_limits(campaign, limits, because=because, by=by, at=at)


def _told(estimate: Estimate) -> str | None:
    return None if estimate.amount is None else str(estimate.amount)
