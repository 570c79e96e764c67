"""File phone numbers and e-mail addresses of electors; withdraw consent; mark wrong."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import connection, transaction
from django.db.models import Q

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.phone_numbers import PhoneNumberRefused, e164
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.contact_context import electors_of
from canvassing.actions.contacts import refuse_strangers
from canvassing.models import PhoneNumber
from canvassing.models.contact_details import ContactDetail
from canvassing.rules.contact_details import (
    CALLS,
    EMAIL,
    EMAILS,
    LONGEST_EMAIL,
    PHONE,
    REASONS,
    TEXTS,
    ContactDetailItem,
    reason_not_to_file,
)
from canvassing.rules.contacts import Answer, ElectorFacts, Verdict, storable

# Consent said later than it was withdrawn stands again; what is loaded twice, or comes
# late, changes nothing that is known better by now.
CONSENT = """
    {c}_given_at = CASE WHEN excluded.{c}_given_at > coalesce(
            k.{c}_withdrawn_at, k.{c}_given_at, '-infinity')
        THEN excluded.{c}_given_at ELSE k.{c}_given_at END,
    {c}_withdrawn_at = CASE WHEN excluded.{c}_given_at > k.{c}_withdrawn_at
        THEN NULL ELSE k.{c}_withdrawn_at END
"""
NEWER = "excluded.obtained_on > k.obtained_on"
KEEP = f"""
    source = CASE WHEN {NEWER} THEN excluded.source ELSE k.source END,
    by_kind = CASE WHEN {NEWER} THEN excluded.by_kind ELSE k.by_kind END,
    by_id = CASE WHEN {NEWER} THEN excluded.by_id ELSE k.by_id END,
    by_label = CASE WHEN {NEWER} THEN excluded.by_label ELSE k.by_label END,
    obtained_on = greatest(k.obtained_on, excluded.obtained_on),
    notice = CASE WHEN excluded.notice_given_on > coalesce(
            k.notice_given_on, '-infinity')
        THEN excluded.notice ELSE k.notice END,
    notice_given_on = greatest(k.notice_given_on, excluded.notice_given_on),
    consent_wording = CASE WHEN excluded.consent_wording <> ''
        THEN excluded.consent_wording ELSE k.consent_wording END,
    wrong_at = CASE WHEN excluded.obtained_on > k.wrong_at::date
        THEN NULL ELSE k.wrong_at END
"""
TOLD = """
    elector_id bigint, value text, source text, obtained_on date, notice text,
    notice_given_on date, consent_wording text, calls timestamptz, texts timestamptz,
    emails timestamptz
"""
COLUMNS = """
    organisation_id, by_kind, by_id, by_label, elector_id, source, obtained_on, notice,
    notice_given_on, consent_wording
"""
SHARED = """
    %(organisation)s, %(by_kind)s, %(by_id)s, %(by_label)s, i.elector_id, i.source,
    i.obtained_on, i.notice, i.notice_given_on, i.consent_wording
"""
# A number that was screened for somebody else is screened.
FILE_NUMBERS = f"""
INSERT INTO canvassing_phonenumber AS k (
    {COLUMNS}, number, calls_given_at, texts_given_at, screened_on, is_listed)
SELECT {SHARED}, i.value, i.calls, i.texts, seen.screened_on, seen.is_listed
FROM json_to_recordset(%(items)s) AS i ({TOLD})
LEFT JOIN LATERAL (
    SELECT o.screened_on, o.is_listed FROM canvassing_phonenumber o
    WHERE o.organisation_id = %(organisation)s AND o.number = i.value
      AND o.screened_on IS NOT NULL
    ORDER BY o.screened_on DESC LIMIT 1
) seen ON true
ON CONFLICT (organisation_id, elector_id, number) DO UPDATE SET
    {KEEP}, {CONSENT.format(c="calls")}, {CONSENT.format(c="texts")}
RETURNING elector_id, number, xmax = 0
"""  # noqa: S608 - put together from constants of this module
FILE_EMAILS = f"""
INSERT INTO canvassing_emailaddress AS k ({COLUMNS}, email, emails_given_at)
SELECT {SHARED}, i.value, i.emails
FROM json_to_recordset(%(items)s) AS i ({TOLD})
ON CONFLICT (organisation_id, elector_id, email) DO UPDATE SET
    {KEEP}, {CONSENT.format(c="emails")}
RETURNING elector_id, email, xmax = 0
"""  # noqa: S608 - likewise
FILES: Final = {PHONE: FILE_NUMBERS, EMAIL: FILE_EMAILS}

Key = tuple[str, int, str]


class ContactDetailRefused(Refusal):
    """A detail that cannot be filed, or is not there to be changed."""


@transaction.atomic
def file_contact_details(
    items: Sequence[ContactDetailItem], *, by: Actor, at: datetime, campaign: Campaign
) -> list[Verdict]:
    """File each number and address with its elector, once; four queries at the most.

    Returns a verdict for each item in their order: `filed`, `already_filed` where the
    elector is known to have it (what is newer of it is taken over), or `held`, which is
    for the caller to keep or to say. Refused as a whole: a closed campaign, a sender
    who may not record contacts in it. Audit verb: `contact_details.recorded`.
    """
    refuse_strangers(by=by, campaign=campaign)
    if not items:
        return []
    ids = sorted({item.elector_id for item in items})
    electors = electors_of(ids, campaign, lock=False)
    reach = by.ward_ids(Capability.RECORD_CONTACTS, campaign=campaign)
    today = day_of(at)
    read = [_read(item, electors, reach, today) for item in items]
    fit = _merged(item for item, reason in read if not reason)
    new = {key for what in FILES for key in _file(what, fit, by=by, campaign=campaign)}
    verdicts = [_verdict(item, reason, new) for item, reason in read]
    _audit(by=by, at=at, campaign=campaign, filed=len(new), sent=len(items))
    return verdicts


def note_contact_detail(
    item: ContactDetailItem, *, by: Actor, at: datetime, campaign: Campaign
) -> None:
    """File one, of whoever is there to put it right. Refused: what would be held."""
    [verdict] = file_contact_details([item], by=by, at=at, campaign=campaign)
    if verdict.answer is Answer.HELD:
        raise ContactDetailRefused(verdict.code, verdict.reason)


@transaction.atomic
def withdraw_consent(
    detail: ContactDetail, *, channel: str, by: Actor, at: datetime
) -> None:
    """They no longer agree to calls, texts or e-mails. Refused: what they had not
    agreed to. Audit verb: `consent.withdrawn`."""
    fields = {CALLS: "calls", TEXTS: "texts", EMAILS: "emails"}
    field = fields.get(channel, "")
    if not field or not hasattr(detail, f"{field}_given_at"):
        raise ContactDetailRefused("unknown_channel", REASONS["unknown_channel"])
    given = {f"{field}_given_at__isnull": False, f"{field}_withdrawn_at": None}
    rows = type(detail).objects.of(detail.organisation_id).filter(pk=detail.pk, **given)
    if not rows.update(**{f"{field}_withdrawn_at": at}):
        raise ContactDetailRefused("not_given", "They have not agreed to that.")
    audit.record(
        "consent.withdrawn",
        by=by,
        at=at,
        organisation_id=detail.organisation_id,
        target=detail,
        channel=channel,
    )


def mark_wrong(number: str, *, organisation_id: int, at: datetime) -> None:
    """Whoever answered is none of the electors who were said to have the number."""
    rows = PhoneNumber.objects.of(organisation_id).filter(number=number)
    rows.filter(Q(obtained_on__lte=at), wrong_at=None).update(wrong_at=at)


def unmark_wrong(number: str, *, organisation_id: int, marked_at: datetime) -> None:
    """It was a slip: what was marked at that moment is theirs as before."""
    rows = PhoneNumber.objects.of(organisation_id).filter(number=number)
    rows.filter(wrong_at=marked_at).update(wrong_at=None)


def _read(
    item: ContactDetailItem,
    electors: Mapping[int, ElectorFacts],
    reach: frozenset[int] | None,
    today: date,
) -> tuple[ContactDetailItem, str]:
    """The item with its elector's own id and a tidy value; or why it is held."""
    elector = electors.get(item.elector_id)
    if elector is None or (reach is not None and elector.ward_id not in reach):
        return item, "not_yours"
    if elector.is_anonymous:
        return item, "anonymous_entry"
    if not elector.is_current:
        return item, "left_register"
    if reason := reason_not_to_file(item, today=today):
        return item, reason
    try:
        value = e164(item.value) if item.what == PHONE else _email(item.value)
    except PhoneNumberRefused:
        return item, "no_phone_number"
    except ValidationError:
        return item, "no_email"
    return replace(item, elector_id=elector.elector_id, value=value), ""


def _email(written: str) -> str:
    email = written.strip().lower()
    validate_email(email)
    MaxLengthValidator(LONGEST_EMAIL)(email)
    return email


def _key(item: ContactDetailItem) -> Key:
    return item.what, item.elector_id, item.value


def _merged(items: Iterable[ContactDetailItem]) -> dict[Key, ContactDetailItem]:
    """One for each elector and value: the newest, with all they agreed to."""
    merged: dict[Key, ContactDetailItem] = {}
    for item in items:
        other = merged.get(_key(item), item)
        newer = max(item, other, key=lambda one: (one.obtained_on, one.said_at))
        wording = newer.wording or item.wording or other.wording
        channels = item.channels | other.channels
        merged[_key(item)] = replace(newer, channels=channels, wording=wording)
    return merged


def _file(
    what: str, fit: Mapping[Key, ContactDetailItem], *, by: Actor, campaign: Campaign
) -> set[Key]:
    """Those that are new."""
    rows = [_row(item) for item in fit.values() if item.what == what]
    if not rows:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            FILES[what],
            {
                "organisation": campaign.organisation_id,
                "by_kind": by.kind,
                "by_id": by.id,
                "by_label": by.label,
                "items": json.dumps(rows),
            },
        )
        return {(what, elector, value) for elector, value, new in cursor if new}


def _row(item: ContactDetailItem) -> dict[str, Any]:
    said = item.said_at.isoformat()
    notice = item.notice_given_on
    return {
        "elector_id": item.elector_id,
        "value": item.value,
        "source": storable(item.source).strip()[:100],
        "obtained_on": item.obtained_on.isoformat(),
        "notice": storable(item.notice).strip()[:300],
        "notice_given_on": notice and notice.isoformat(),
        "consent_wording": storable(item.wording).strip()[:300],
        "calls": said if CALLS in item.channels else None,
        "texts": said if TEXTS in item.channels else None,
        "emails": said if EMAILS in item.channels else None,
    }


def _verdict(item: ContactDetailItem, reason: str, new: set[Key]) -> Verdict:
    if reason:
        return Verdict(item.uuid, Answer.HELD, reason, REASONS[reason])
    filed = Answer.FILED if _key(item) in new else Answer.ALREADY_FILED
    return Verdict(item.uuid, filed)


def _audit(
    *, by: Actor, at: datetime, campaign: Campaign, filed: int, sent: int
) -> None:
    audit.record(
        "contact_details.recorded",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        filed=filed,
        sent=sent,
    )
