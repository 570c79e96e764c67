"""A limit that rests on the electors loaded: told of when fewer electors lower it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from campaigns.actions import audit
from campaigns.actions.spending import known_limits, tell_of_other_limits
from campaigns.models import Campaign, RegisterEdition
from campaigns.reports.campaign_limit import estimated_limit

if TYPE_CHECKING:
    from campaigns.access import Actor


@contextmanager
def telling_of_lower_estimates(
    edition: RegisterEdition, *, by: "Actor", at: datetime
) -> Iterator[None]:
    """Load an edition inside, or destroy it. Never refused, and no campaign is locked:
    an import takes minutes, and the register is as it is.

    Audit verb, of each campaign in the edition's council whose estimated limit is lower
    than before: `spending.estimate_lowered`, with both limits and both numbers of
    electors; and where that limit is then passed, `spending.limit_passed`.
    """
    fought_there = Campaign.objects.filter(
        organisation_id=edition.organisation_id,
        councils=edition.council_id,
        closed_at__isnull=True,
    ).select_related("election")
    before = [
        (campaign, estimate, known_limits(campaign))
        for campaign in fought_there
        if (estimate := estimated_limit(campaign)) is not None
    ]
    yield
    for campaign, then, limits in before:
        now = estimated_limit(campaign)
        if now is None or now.amount >= then.amount:
            continue
        audit.record(
            "spending.estimate_lowered",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=campaign,
            limit=str(now.amount),
            limit_before=str(then.amount),
            electors=now.electors,
            electors_before=then.electors,
            edition=edition.pk,
        )
        tell_of_other_limits(campaign, limits, because="register", by=by, at=at)
