"""The numbers that the spending limit is worked from, filed with their document."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.expense_checks import MOST
from campaigns.actions.spending import lock_campaign, telling_of_a_limit_passed
from campaigns.clock import day_of
from campaigns.models import Campaign, LimitNotice
from campaigns.reports.campaign_limit import SEVERAL_LIMITS, limit_from
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.refusals import Refusal


class LimitNoticeRefused(Refusal):
    """The numbers cannot be what a limit is worked from, or not be voided."""


def record_limit_notice(
    *,
    campaign: Campaign,
    electors: int | None = None,
    councils: int | None = None,
    is_official: bool = True,
    limit_kind: str = "",
    area: str = "",
    told_limit: Decimal | None = None,
    given_on: date,
    document: str,
    by: Actor,
    at: datetime,
) -> LimitNotice:
    """File what the returning officer gave us, or our own estimate until then.

    The latest official notice holds; earlier ones stay. A lower limit that is passed
    already is told of. `limit_kind` is needed only where the election's id cannot tell
    (county or borough seat). `told_limit` is the limit in pounds where the returning
    officer states it, after any reduction. Audit verb `limit_notice.recorded`.
    Refused: no document, a day to come, a kind that is not this election's or is
    missing where it has several, any numbers from which no limit can be worked out
    where none is stated, and an estimate that states one.
    """
    notice = LimitNotice(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        is_official=is_official,
        electors=electors,
        councils=councils,
        limit_kind=limit_kind,
        area=area,
        told_limit=told_limit,
        given_on=given_on,
        document=document.strip(),
        recorded_at=at,
    )
    notice.recorded_by(by)
    _refuse_unclear(notice, today=day_of(at))
    limit_from(campaign, notice)
    with transaction.atomic(durable=True):
        campaign = lock_campaign(campaign)
        with telling_of_a_limit_passed(campaign, because="limit notice", by=by, at=at):
            notice.save(force_insert=True)
        _record(notice, by=by, at=at)
    return notice


def _record(notice: LimitNotice, *, by: Actor, at: datetime) -> None:
    audit.record(
        "limit_notice.recorded",
        by=by,
        at=at,
        organisation_id=notice.organisation_id,
        campaign_id=notice.campaign_id,
        target=notice,
        electors=notice.electors,
        councils=notice.councils,
        is_official=notice.is_official,
        told_limit=str(notice.told_limit) if notice.told_limit else None,
        limit_kind=notice.limit_kind,
        area=notice.area,
        given_on=notice.given_on.isoformat(),
    )


def void_limit_notice(
    notice: LimitNotice, *, reason: str, by: Actor, at: datetime
) -> LimitNotice:
    """Strike out what was typed wrongly: the next one holds. A lower limit that is
    passed already is told of. Audit verb `limit_notice.voided`. Refused: no reason, or
    voided before."""
    if not reason.strip():
        raise LimitNoticeRefused("no_reason", "Say why the numbers are voided.")
    with transaction.atomic(durable=True):
        campaign = lock_campaign(notice.campaign)
        notice = LimitNotice.objects.select_for_update().get(pk=notice.pk)
        if notice.voided_at is not None:
            raise LimitNoticeRefused("already_voided", "They are voided already.")
        notice.voided_at, notice.void_reason = at, reason.strip()
        with telling_of_a_limit_passed(campaign, because="limit notice", by=by, at=at):
            notice.save(update_fields=["voided_at", "void_reason"])
        audit.record(
            "limit_notice.voided",
            by=by,
            at=at,
            organisation_id=notice.organisation_id,
            campaign_id=notice.campaign_id,
            target=notice,
            reason=notice.void_reason,
        )
    return notice


def _refuse_unclear(notice: LimitNotice, *, today: date) -> None:
    if not notice.document:
        raise LimitNoticeRefused("no_document", "Say which document gives the numbers.")
    if notice.given_on > today:
        raise LimitNoticeRefused(
            "day_to_come", "The day of the document is still to come."
        )
    name = parse_election_id(notice.campaign.election.slug)
    if notice.limit_kind and notice.limit_kind not in name.spending_kinds:
        raise LimitNoticeRefused(
            "wrong_kind", f"{notice.limit_kind!r} is not a limit of this election."
        )
    if len(name.spending_kinds) > 1 and not notice.limit_kind:
        raise LimitNoticeRefused("limit_kind_missing", SEVERAL_LIMITS)
    told = notice.told_limit
    if told is not None and not (notice.is_official and 0 < told <= MOST):
        raise LimitNoticeRefused(
            "not_told",
            "Only the returning officer states a limit, of more than nothing.",
        )
