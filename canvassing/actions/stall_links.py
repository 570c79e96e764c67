"""The link of a street stall: opened, closed; who joined, and who may no longer."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.clock import day_of
from campaigns.keys import derived_key, hash_of, new_key
from campaigns.models import Ward
from campaigns.roles import Capability
from canvassing.access import helpers_at, may_help_now
from canvassing.actions.invitations import unknown_link
from canvassing.actions.join_guesses import draw_code
from canvassing.actions.stall_company import forget_company
from canvassing.actions.stalls import StallRefused
from canvassing.models import CanvassSession, StallHelper, StallLink
from canvassing.rules.stalls import LONGEST_OPEN
from canvassing.rules.under_18 import REFUSED
from volunteers.models import Volunteer

SEED_LENGTH: Final = 32


def link_secret(link: StallLink) -> str:
    """What follows `#` in the link of a stall, to be shown on its page."""
    return _secret(link.link_seed)


def _secret(seed: str) -> str:
    return derived_key("canvassing.stall_link", seed)


@transaction.atomic
def open_link(
    session: CanvassSession,
    *,
    wards: Collection[Ward],
    expires_at: datetime,
    most_helpers: int = 20,
    by: Actor,
    at: datetime,
) -> StallLink:
    """Let helpers in, for the electors of these wards, by a new link and a new code;
    an earlier link of this stall opens nothing any more. Who has joined stays.

    Refused: who does not set up the campaign, no ward of the campaign, a time that is
    over or too far away. Audit verb: `stall_link.opened`.
    """
    _refuse_others(session, by)
    ours = session.campaign.wards.filter(pk__in=[ward.pk for ward in wards])
    chosen = set(ours.values_list("pk", flat=True))
    if not chosen or len(chosen) < len(wards):
        raise StallRefused("no_ward", "Choose the wards whose electors may be found.")
    if not at < expires_at <= at + LONGEST_OPEN:
        raise StallRefused("bad_end", "Choose an end within the next fourteen days.")
    seed = new_key()[:SEED_LENGTH]
    link, _made = StallLink.objects.update_or_create(
        session=session,
        defaults={
            "organisation_id": session.organisation_id,
            "link_seed": seed,
            "secret_hash": hash_of(_secret(seed)),
            "most_helpers": most_helpers,
            "opened_at": at,
            "expires_at": expires_at,
            "closed_at": None,
            "by_kind": by.kind,
            "by_id": by.id,
            "by_label": by.label,
        },
    )
    link.wards.set(chosen)
    draw_code(session)
    _record("stall_link.opened", link, by=by, at=at, wards=len(chosen))
    return link


@transaction.atomic
def close_link(link: StallLink, *, by: Actor, at: datetime) -> None:
    """No helper finds anybody any more; what they still send is held.

    Refused: who does not set up the campaign, a link that is closed. Audit verb:
    `stall_link.closed`.
    """
    _refuse_others(link.session, by)
    if not StallLink.objects.filter(pk=link.pk, closed_at=None).update(closed_at=at):
        raise StallRefused("closed_before", "It is closed already.")
    _record("stall_link.closed", link, by=by, at=at)


@transaction.atomic
def let_helper_in(
    link: StallLink, volunteer: Volunteer, *, joined_as: str = "", at: datetime
) -> str:
    """Count somebody among those who help today, and give them a key for it, which is
    said this once; an earlier one of theirs opens nothing any more. `joined_as` is the
    name that was typed, where we hold another for their number.

    Refused: a link that is not open, a stall whose day has not come, somebody who was
    blocked, somebody under 18 where no adult helps, one more than may help. Audit verb:
    `helper.joined`.
    """
    locked = StallLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    if not locked.is_open(at) or locked.secret_hash != link.secret_hash:
        raise unknown_link()
    opens_on = day_of(link.session.starts_at)
    if opens_on > day_of(at):
        day = date_format(opens_on, "l j F")
        raise StallRefused(
            "too_early", _("The stall is on %(day)s: join then.") % {"day": day}
        )
    before = StallHelper.objects.filter(link=link, volunteer=volunteer)
    if before.filter(blocked_at__isnull=False).exists():
        raise StallRefused("blocked", _("You cannot help here: ask the organiser."))
    if not may_help_now(link, volunteer, at=at):
        alone = REFUSED["stall"]
        raise StallRefused("under_18", _(alone))
    others = helpers_at(link, at=at).exclude(volunteer=volunteer)
    if others.count() >= locked.most_helpers:
        raise StallRefused("full", _("This stall has all the helpers it takes."))
    key = new_key()
    StallHelper.objects.update_or_create(
        link=link,
        volunteer=volunteer,
        defaults={
            "organisation_id": link.organisation_id,
            "key_hash": hash_of(key),
            "joined_as": joined_as,
            "joined_at": at,
            "left_at": None,
        },
    )
    by = Actor("link", None, f"Link to {link}"[:200])
    _record("helper.joined", link, by=by, at=at, volunteer=volunteer.pk)
    return key


@transaction.atomic
def leave_stall(helper: StallHelper, *, by: Actor, at: datetime) -> None:
    """They sign out: their key finds nobody any more. Audit verb: `helper.left`."""
    forget_company(helper)
    there = StallHelper.objects.filter(pk=helper.pk, left_at=None)
    if there.update(left_at=at):
        _record("helper.left", helper.link, by=by, at=at, volunteer=helper.volunteer_id)


@transaction.atomic
def block_helper(helper: StallHelper, *, by: Actor, at: datetime) -> None:
    """They are shown nobody any more, and what they still send is held.

    Refused: who does not set up the campaign, somebody who is blocked. Audit verb:
    `helper.blocked`.
    """
    _refuse_others(helper.link.session, by)
    forget_company(helper)
    rows = StallHelper.objects.filter(pk=helper.pk, blocked_at=None)
    if not rows.update(blocked_at=at):
        raise StallRefused("blocked_before", "They are blocked already.")
    _record("helper.blocked", helper.link, by=by, at=at, volunteer=helper.volunteer_id)


@transaction.atomic
def let_helper_back(helper: StallHelper, *, by: Actor, at: datetime) -> None:
    """They may help again. Refused: who does not set up the campaign, somebody who is
    not blocked. Audit verb: `helper.let_back`."""
    _refuse_others(helper.link.session, by)
    rows = StallHelper.objects.filter(pk=helper.pk, blocked_at__isnull=False)
    if not rows.update(blocked_at=None):
        raise StallRefused("not_blocked", "They are not blocked.")
    _record("helper.let_back", helper.link, by=by, at=at, volunteer=helper.volunteer_id)


def _refuse_others(session: CanvassSession, by: Actor) -> None:
    if not by.can(
        Capability.MANAGE_CAMPAIGN,
        organisation_id=session.organisation_id,
        campaign_id=session.campaign_id,
    ):
        raise StallRefused("not_allowed", "You do not set up sessions here.")


def _record(
    verb: str, link: StallLink, *, by: Actor, at: datetime, **data: int
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=link.organisation_id,
        campaign_id=link.session.campaign_id,
        target=link,
        **data,
    )
