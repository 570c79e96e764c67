"""Who reaches which list, letter run and round: by the wards that are on it; and what
a volunteer's phone reaches, which is the doors of its round, or a caller, which is one
elector at a time, or a stall's helper, which is whom they find in its wards.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.access import Actor, Grant, wards_for
from campaigns.keys import hash_of
from campaigns.models import Campaign
from campaigns.roles import Capability
from canvassing.models import (
    BankCaller,
    CanvassRound,
    CanvassSession,
    Channel,
    ClosedBecause,
    FieldPhone,
    GotvList,
    GotvListWard,
    LeafletRound,
    LetterRun,
    PhoneBank,
    RoundIssue,
    RoundKnocker,
    StallHelper,
    StallLink,
)
from canvassing.rules.stalls import ALONE, KEY_LASTS, LEFT, OPEN, OVER
from canvassing.rules.under_18 import (
    COMPANY_LASTS,
    company_since,
    may_be_shown_electors,
)
from volunteers.access import link_of_volunteer
from volunteers.models import Volunteer

OUT = "out"


def lists_for(actor: Actor, *, campaign: Campaign) -> QuerySet[GotvList]:
    """The campaign's lists that hold at least one of the actor's wards."""
    theirs = wards_for(actor, Capability.MAKE_LISTS, campaign=campaign)
    rows = GotvListWard.objects.filter(ward__in=theirs)
    return GotvList.objects.filter(
        organisation=campaign.organisation_id,
        campaign=campaign,
        pk__in=rows.values("gotv_list"),
    ).select_related("job", "campaign")


def wards_of_list(actor: Actor, gotv_list: GotvList) -> QuerySet[GotvListWard]:
    """How each of the actor's wards on a list reconciles, by the wards' names."""
    theirs = wards_for(actor, Capability.MAKE_LISTS, campaign=gotv_list.campaign)
    return (
        GotvListWard.objects.filter(gotv_list=gotv_list, ward__in=theirs)
        .select_related("ward__council")
        .defer("ward__boundary")
        .order_by("ward__council__name", "ward__name")
    )


def letter_runs_for(actor: Actor, *, campaign: Campaign) -> QuerySet[LetterRun]:
    """The letter runs of the lists that the actor reaches."""
    return LetterRun.objects.filter(
        organisation=campaign.organisation_id,
        gotv_list__in=lists_for(actor, campaign=campaign),
    ).select_related("gotv_list__campaign__election", "expense", "job")


def rounds_for(
    actor: Actor, *, campaign: Campaign, capability: Capability = Capability.MAKE_LISTS
) -> QuerySet[CanvassRound]:
    """The campaign's rounds in the actor's wards, with those that were cut anew."""
    theirs = wards_for(actor, capability, campaign=campaign)
    return (
        CanvassRound.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, ward__in=theirs)
        .select_related("ward__council", "campaign", "local_round")
        .defer("ward__boundary")
    )


def leaflet_rounds_for(actor: Actor, *, campaign: Campaign) -> QuerySet[LeafletRound]:
    """The campaign's leaflet rounds in the actor's wards."""
    theirs = wards_for(actor, Capability.MAKE_LISTS, campaign=campaign)
    return (
        LeafletRound.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, ward__in=theirs)
        .select_related("leaflet", "campaign", "ward", "deliverer", "local_round")
        .defer("ward__boundary")
    )


def issues_for(actor: Actor, *, campaign: Campaign) -> QuerySet[RoundIssue]:
    """Rounds that are or were out, of doors or leaflets, of the actor's wards."""
    of_doors = rounds_for(actor, campaign=campaign).values("pk")
    of_leaflets = leaflet_rounds_for(actor, campaign=campaign).values("pk")
    issues = RoundIssue.objects.of(campaign.organisation_id).filter(campaign=campaign)
    return (
        issues.filter(Q(round__in=of_doors) | Q(leaflet_round__in=of_leaflets))
        .select_related(
            *("round__ward", "round__campaign", "session", "volunteer", "team"),
            *("leaflet_round__ward", "leaflet_round__campaign"),
        )
        .defer("round__ward__boundary", "leaflet_round__ward__boundary")
    )


def sessions_for(campaign: Campaign) -> QuerySet[CanvassSession]:
    """Sessions on the doors: of no ward in particular, so that whoever sends out a
    round sees them all, with the rounds of their own wards."""
    ours = CanvassSession.objects.of(campaign.organisation_id)
    on_doors = ours.filter(campaign=campaign, channel=Channel.DOOR)
    return on_doors.select_related("ward").defer("ward__boundary")


# By the organisation's clock, as `company_since`.
SINCE: Final = (
    f"now() + o.clock_offset - interval '{COMPANY_LASTS.total_seconds():.0f} seconds'"
)
# Of a phone `p` of the issue `i` of the organisation `o`, whose volunteer is `v`:
# somebody under 18 with whom nobody is who is of age, by those who knock there, as
# `adults_on`, or by an organiser's word. Leaflets show nobody.
LEFT_ALONE: Final = f"""(v.is_under_18 AND i.leaflet_round_id IS NULL
  AND coalesce(i.accompanied_at <= {SINCE}, true)
  AND NOT EXISTS (
    SELECT FROM canvassing_roundknocker k
    JOIN volunteers_volunteer adult ON adult.id = k.volunteer_id
    WHERE k.issue_id = i.id AND k.left_at IS NULL
      AND NOT adult.is_under_18 AND adult.stood_down_at IS NULL
      AND (greatest(k.joined_at, k.sent_at) > {SINCE} OR EXISTS (
        SELECT FROM canvassing_fieldphone theirs
        WHERE theirs.issue_id = i.id AND theirs.volunteer_id = k.volunteer_id
          AND theirs.last_seen_at > {SINCE}))))"""  # noqa: S608 - of constants of ours
IS_LEFT_ALONE: Final = f"""
SELECT {LEFT_ALONE} FROM canvassing_fieldphone p
JOIN canvassing_roundissue i ON i.id = p.issue_id
JOIN campaigns_organisation o ON o.id = p.organisation_id
JOIN volunteers_volunteer v ON v.id = p.volunteer_id
WHERE p.id = %s
"""  # noqa: S608 - of a constant of ours


def is_left_alone(phone: FieldPhone) -> bool:
    """Whoever has the phone is under 18, and no adult is with them any more: it shows
    no doors. One query, of a minor's phone alone."""
    if not phone.volunteer.is_under_18:
        return False
    with connection.cursor() as cursor:
        cursor.execute(IS_LEFT_ALONE, [phone.pk])
        return bool(cursor.fetchone()[0])


def adults_on(
    issues: Collection[RoundIssue], *, at: datetime
) -> QuerySet[RoundKnocker]:
    """Those of age who are on one of these rounds, and of whom anything was heard
    within twelve hours: company for somebody under 18."""
    since = company_since(at)
    theirs = FieldPhone.objects.filter(
        issue=OuterRef("issue"),
        volunteer=OuterRef("volunteer"),
        last_seen_at__gt=since,
    )
    return RoundKnocker.objects.filter(
        Q(joined_at__gt=since) | Q(sent_at__gt=since) | Exists(theirs),
        issue__in=issues,
        left_at=None,
        volunteer__is_under_18=False,
        volunteer__stood_down_at=None,
    )


def may_join_round(issue: RoundIssue, volunteer: Volunteer, *, at: datetime) -> bool:
    """Of age, or, but for leaflets, with an adult (`rules/under_18.py`)."""
    if issue.is_of_leaflets:
        return not volunteer.is_under_18
    return may_be_shown_electors(
        is_under_18=volunteer.is_under_18,
        adults_there=volunteer.is_under_18 and adults_on([issue], at=at).exists(),
        accompanied_at=issue.accompanied_at,
        at=at,
    )


def state_now(closed_because: str, expires_at: datetime, *, at: datetime) -> str:
    """`OUT`, or why a key opens nothing any more, one of `ClosedBecause`."""
    return closed_because or (ClosedBecause.EXPIRED if expires_at <= at else OUT)


def state_of(phone: FieldPhone, *, at: datetime) -> str:
    """The same; whoever has stood down since is cut off."""
    stood_down = ClosedBecause.REVOKED if phone.volunteer.stood_down_at else ""
    because = phone.closed_because or stood_down
    return state_now(because, phone.issue.expires_at, at=at)


def actor_of_phone(phone: FieldPhone, *, doors: frozenset[int] = frozenset()) -> Actor:
    """Whoever holds it records contacts of those behind `doors`, which are its round's,
    and of nobody else: with leaflets, of nobody."""
    grant = Grant(
        phone.organisation_id,
        phone.campaign_id,
        frozenset({phone.issue.what_is_out.ward_id}),
        frozenset({Capability.RECORD_CONTACTS}),
        address_ids=doors,
    )
    return link_of_volunteer(phone.pk, phone.volunteer, (grant,))


def banks_for(actor: Actor, *, campaign: Campaign) -> QuerySet[PhoneBank]:
    """The campaign's phone banks, for whoever sets up its sessions."""
    banks = PhoneBank.objects.of(campaign.organisation_id).filter(campaign=campaign)
    if not actor.can(
        Capability.MANAGE_CAMPAIGN,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        return banks.none()
    return banks.select_related("session__script", "gotv_list", "campaign", "job")


def caller_with(key: str) -> BankCaller | None:
    """The caller to whom this key was given, whether they may call now or not."""
    return (
        BankCaller.objects.select_related(
            "bank__session__script",
            "bank__campaign__election",
            "bank__campaign__organisation",
            "volunteer",
        )
        .filter(key_hash=hash_of(key))
        .first()
    )


def adults_calling(bank: PhoneBank, *, at: datetime) -> QuerySet[BankCaller]:
    """Those of age who have joined a phone bank today: company for somebody under
    18."""
    return BankCaller.objects.filter(
        bank=bank,
        joined_at__gt=company_since(at),
        left_at=None,
        blocked_at=None,
        volunteer__is_under_18=False,
        volunteer__stood_down_at=None,
    )


def may_call_now(bank: PhoneBank, volunteer: Volunteer, *, at: datetime) -> bool:
    """Of age, or with an adult (`rules/under_18.py`)."""
    return may_be_shown_electors(
        is_under_18=volunteer.is_under_18,
        adults_there=volunteer.is_under_18 and adults_calling(bank, at=at).exists(),
        accompanied_at=bank.accompanied_at,
        at=at,
    )


def actor_of_caller(caller: BankCaller) -> Actor:
    """Whoever calls records contacts in the bank's campaign: of whom, their claims
    say."""
    grant = Grant(
        caller.organisation_id,
        caller.bank.campaign_id,
        None,
        frozenset({Capability.RECORD_CONTACTS}),
    )
    return link_of_volunteer(caller.pk, caller.volunteer, (grant,))


def stalls_for(campaign: Campaign) -> QuerySet[CanvassSession]:
    """The campaign's street stalls."""
    return CanvassSession.objects.of(campaign.organisation_id).filter(
        campaign=campaign, channel=Channel.STALL
    )


def helper_with(key: str) -> StallHelper | None:
    """The helper to whom this key was given, whether they may help now or not."""
    found = StallHelper.objects.filter(key_hash=hash_of(key)).select_related(
        "link__session__campaign__election",
        "link__session__campaign__organisation",
        "volunteer",
    )
    return found.first()


def state_of_helper(helper: StallHelper, *, at: datetime) -> str:
    """`OPEN`, or why they find nobody any more, a key of `HELD_REASONS`."""
    if reason := helper.shut_out_because:
        return reason
    if helper.left_at is not None or helper.joined_at <= at - KEY_LASTS:
        return LEFT
    if not helper.link.is_open(at):
        return OVER
    return OPEN if may_help_now(helper.link, helper.volunteer, at=at) else ALONE


def helpers_at(link: StallLink, *, at: datetime) -> QuerySet[StallHelper]:
    """Those who stand at a stall: who have joined it today, and may help."""
    return StallHelper.objects.filter(
        link=link,
        joined_at__gt=at - KEY_LASTS,
        left_at=None,
        blocked_at=None,
        volunteer__stood_down_at=None,
    )


def adults_helping(link: StallLink, *, at: datetime) -> QuerySet[StallHelper]:
    """Those of age among them: company for somebody under 18."""
    return helpers_at(link, at=at).filter(volunteer__is_under_18=False)


def may_help_now(link: StallLink, volunteer: Volunteer, *, at: datetime) -> bool:
    """Of age, or with an adult (`rules/under_18.py`)."""
    return may_be_shown_electors(
        is_under_18=volunteer.is_under_18,
        adults_there=volunteer.is_under_18 and adults_helping(link, at=at).exists(),
        accompanied_at=link.accompanied_at,
        at=at,
    )


def actor_of_helper(helper: StallHelper) -> Actor:
    """Whoever helps at a stall finds the electors of its wards, and records contacts
    with them."""
    grant = Grant(
        helper.organisation_id,
        helper.link.session.campaign_id,
        frozenset(helper.link.wards.values_list("pk", flat=True)),
        frozenset({Capability.SEE_ELECTORS, Capability.RECORD_CONTACTS}),
    )
    return link_of_volunteer(helper.pk, helper.volunteer, (grant,))
