"""What people ask of us on paper and at the desk: kept as it is from the doorsteps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.roles import Capability
from canvassing.actions.contact_context import electors_of
from canvassing.actions.contacts import record_contacts
from canvassing.actions.do_not_contact import Wish, keep_away
from canvassing.actions.opinions import Objection, object_to_views
from canvassing.models import DoNotContact
from canvassing.rules.contacts import Answer, ContactItem, ElectorFacts, Verdict
from canvassing.rules.keypad import AWAY, PaperWish


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish of somebody, and the contact beside which it was written."""

    whom: ElectorFacts
    item: ContactItem
    wish: PaperWish

    def away(self, campaign: Campaign) -> Wish:
        """To be left alone: of a household, where it is known to be at home."""
        channel, is_now, of_household = AWAY[self.wish]
        home = self.whom.address_id if of_household and self.whom.is_current else None
        return Wish(
            self.item.said_at,
            elector_id=None if home else self.whom.elector_id,
            address_id=home,
            channel=channel,
            campaign=campaign if is_now else None,
            came_with=self.item.uuid,
        )


@transaction.atomic
def file_paper(
    items: Sequence[ContactItem],
    wishes: Mapping[int, Collection[PaperWish]],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> list[Verdict]:
    """File what is typed in from paper, and what each elector asked of us.

    A wish is kept also where the answer beside it is held, and not a second time with
    what was filed before. Refused and audited as `record_contacts` and `keep_wishes`.
    """
    verdicts = record_contacts(items, by=by, at=at, campaign=campaign)
    asked = [
        (item, wishes[item.elector_id])
        for item, verdict in zip(items, verdicts, strict=True)
        if verdict.answer is not Answer.ALREADY_FILED and wishes.get(item.elector_id)
    ]
    keep_wishes(asked, by=by, at=at, campaign=campaign)
    return verdicts


@transaction.atomic
def keep_wishes(
    asked: Sequence[tuple[ContactItem, Collection[PaperWish]]],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
) -> None:
    """What was asked with each of these contacts. Passed over: what was asked with it
    before, and whoever `by` does not reach. Audit verbs: `do_not_contact.recorded`,
    `views.objected`."""
    asked = [(item, wishes) for item, wishes in asked if wishes]
    if not asked:
        return
    within = _within_reach([item.elector_id for item, _ in asked], campaign, by)
    theirs = [
        Asked(within[item.elector_id], item, wish)
        for item, wishes in asked
        for wish in wishes
        if item.elector_id in within
    ]
    of: dict[str, Any] = {
        "organisation_id": campaign.organisation_id,
        "by": by,
        "at": at,
    }
    if away := _away(theirs, campaign):
        keep_away(away, **of)
    objections = [
        Objection(one.whom.elector_id, one.item.said_at, came_with=one.item.uuid)
        for one in theirs
        if one.wish is PaperWish.NO_VIEWS
    ]
    if objections:
        object_to_views(objections, **of)


def _within_reach(
    named: Collection[int], campaign: Campaign, by: Actor
) -> dict[int, ElectorFacts]:
    """By the id that was used, whom it names by now."""
    reach = by.ward_ids(Capability.RECORD_CONTACTS, campaign=campaign)
    electors = electors_of(sorted(set(named)), campaign, lock=False)
    return {
        used: facts
        for used, facts in electors.items()
        if reach is None or facts.ward_id in reach
    }


def _away(theirs: Sequence[Asked], campaign: Campaign) -> list[Wish]:
    """Each line keeps what it asked by itself, so that another may be taken back."""
    of_theirs = Q(elector__in={one.whom.elector_id for one in theirs}) | Q(
        address__in={one.whom.address_id for one in theirs}
    )
    with_them = DoNotContact.objects.of(campaign.organisation_id).filter(
        of_theirs, came_with__in={one.item.uuid for one in theirs}
    )
    known = set(with_them.values_list("came_with", "channel", "campaign"))
    wishes = [one.away(campaign) for one in theirs if one.wish in AWAY]
    return [
        wish
        for wish in wishes
        if (wish.came_with, wish.channel, wish.campaign and wish.campaign.pk)
        not in known
    ]
