"""Change what a campaign is called, plans and prints, and where it is fought; and the
notice of its organisation.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import QuerySet

from campaigns.actions import audit
from campaigns.actions.districts import tell_electors_of_wards
from campaigns.actions.spending import (
    is_agent_of_all,
    known_limits,
    lock_campaign,
    tell_of_other_limits,
    telling_of_a_limit_passed,
)
from campaigns.models import Campaign, Organisation, Ward
from campaigns.reports.counted_expenses import is_committed
from campaigns.reports.loaded_electors import count_electors_of
from campaigns.roles import Capability
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.refusals import Refusal
from campaigns.rules.spending_limits import JOINT_KINDS, refuse_joint

if TYPE_CHECKING:
    from campaigns.access import Actor

SETTINGS = (
    "name",
    "pledge_word",
    "pledges_planned",
    "agent_name",
    "joint_candidates",
    "imprint_promoter",
    "imprint_on_behalf_of",
    "imprint_printer",
    "packs_go_out_on",
)
NUMBERS = frozenset(("joint_candidates", "pledges_planned"))
MOST_JOINT = 50  # as edges read it: more was typed wrongly

ONLY_THE_AGENT = (
    "Money is committed under this limit: only the election agent changes the number "
    "of joint candidates now, under Money, Numbers for the limit."
)


class SettingRefused(Refusal):
    """The campaign cannot be changed like that."""


@transaction.atomic(durable=True)
def change_campaign(
    campaign: Campaign,
    settings: Mapping[str, object],
    *,
    by: "Actor",
    at: datetime,
) -> list[str]:
    """Write these of `SETTINGS`, and leave the others as they are.

    Refused: another number of joint candidates by anybody but who commits expenses,
    once money is committed (`may_move_the_limit`); joint candidates in a poll for which
    no rule of theirs was read.

    Returns the names of what changed. Audit: `campaign.changed`, which fields, never
    what they say but for the numbers, of which one moves the limit: before and after.
    """
    row = lock_campaign(campaign)
    changed = [name for name in settings if getattr(row, name) != settings[name]]
    if "joint_candidates" in changed and not may_move_the_limit(by, row):
        raise SettingRefused("not_the_agent", ONLY_THE_AGENT)
    if "joint_candidates" in changed:
        refuse_joint(cast(int, settings["joint_candidates"]), _kinds_of(row))
    before = {name: getattr(row, name) for name in changed if name in NUMBERS}
    with _telling_of_the_limit(row, changed, by=by, at=at):
        for name in changed:
            setattr(row, name, settings[name])
        row.save(update_fields=changed)
    after = {name: settings[name] for name in before}
    if changed:
        _record(row, by=by, at=at, fields=changed, before=before, after=after)
    return changed


def _kinds_of(campaign: Campaign) -> tuple[str, ...]:
    return parse_election_id(campaign.election.slug).spending_kinds


def may_be_joint(campaign: Campaign) -> bool:
    """Whether a rule for joint candidates was read for the campaign's poll, or it says
    that there are some, which can be put right."""
    has_rule = not JOINT_KINDS.isdisjoint(_kinds_of(campaign))
    return has_rule or campaign.joint_candidates > 1


def may_move_the_limit(actor: "Actor", campaign: Campaign) -> bool:
    """Whoever sets the campaign up says how many joint candidates there are, until
    money is committed under that limit: from then on, whoever commits it."""
    return is_agent_of_all(actor, [campaign]) or not is_committed(campaign)


def _telling_of_the_limit(
    campaign: Campaign, changed: list[str], *, by: "Actor", at: datetime
) -> AbstractContextManager[None]:
    """More joint candidates have a lower limit each."""
    if "joint_candidates" not in changed:
        return nullcontext()
    return telling_of_a_limit_passed(campaign, because="joint candidates", by=by, at=at)


def may_set_notice(actor: "Actor", organisation: Organisation) -> bool:
    """It is the notice of all campaigns: whoever manages one of them does not."""
    return actor.can(Capability.MANAGE_CAMPAIGN, organisation_id=organisation.pk)


@transaction.atomic(durable=True)
def set_notice(
    organisation: Organisation, url: str, *, by: "Actor", at: datetime
) -> bool:
    """Say where people read how the organisation uses their data; True where changed.

    Refused: whoever may not (`may_set_notice`). Audit: `organisation.changed`.
    """
    if not may_set_notice(by, organisation):
        raise SettingRefused(
            "one_campaign", "It is for organisers of all campaigns to change."
        )
    stale = Organisation.objects.filter(pk=organisation.pk).exclude(
        privacy_notice_url=url
    )
    if not stale.update(privacy_notice_url=url):
        return False
    audit.record(
        "organisation.changed",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        target=organisation,
        fields=["privacy_notice_url"],
    )
    return True


@transaction.atomic(durable=True)
def set_wards(
    campaign: Campaign, wards: Iterable[Ward], *, by: "Actor", at: datetime
) -> tuple[int, int]:
    """Fight the campaign in these wards: how many are new, how many are left out.

    The electors of a ward left out leave every page and list of this campaign; what
    they said stays, and is there again when the ward is. That may take minutes, so the
    campaign's row is locked only once it is done. Refused: no ward at all, or one that
    is not on offer (`wards_on_offer`). Audit: `campaign.changed`.
    """
    wanted = {ward.pk for ward in wards}
    if not wanted:
        raise SettingRefused("no_ward", "Choose at least one ward.")
    if wards_on_offer(campaign).filter(pk__in=wanted).count() < len(wanted):
        raise SettingRefused(
            "other_ward",
            "One of these wards is in none of the campaign's councils on polling day.",
        )
    count_electors_of(Campaign.objects.filter(pk=campaign.pk))
    before, limits = _locked_wards(campaign), known_limits(campaign)
    if before != wanted:
        campaign.wards.set(wanted)
        moved = Ward.objects.filter(pk__in=before ^ wanted)
        tell_electors_of_wards(organisation=campaign.organisation, wards=moved)
        campaign = lock_campaign(campaign)
        # An estimate of the limit rests on the electors of the wards.
        tell_of_other_limits(campaign, limits, because="wards", by=by, at=at)
        _record(campaign, by=by, at=at, fields=["wards"])
    return len(wanted - before), len(before - wanted)


def _locked_wards(campaign: Campaign) -> set[int]:
    """Its wards, once nobody else is changing them."""
    chosen = Campaign.wards.through.objects.filter(campaign=campaign)
    list(chosen.select_for_update().order_by("pk"))
    return set(campaign.wards.values_list("pk", flat=True))


def wards_on_offer(campaign: Campaign) -> QuerySet[Ward]:
    """The wards of its councils in force on polling day, and those it has."""
    in_force = Ward.objects.in_force(campaign.election.poll_on)
    offered = in_force.filter(council__campaign=campaign).values("pk")
    return Ward.objects.filter(pk__in=offered.union(campaign.wards.values("pk")))


def _record(
    campaign: Campaign, *, by: "Actor", at: datetime, fields: list[str], **said: Any
) -> None:
    audit.record(
        "campaign.changed",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=campaign,
        fields=sorted(fields),
        **said,
    )
