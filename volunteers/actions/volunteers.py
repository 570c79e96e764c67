"""Volunteers: signed up by themselves, written down at the desk, stood down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.actions import audit
from campaigns.clock import day_of
from campaigns.models import Campaign, Organisation, PostcodePoint, Ward
from campaigns.phone_numbers import e164
from campaigns.rules.names import search_key
from campaigns.rules.postcodes import tidy_postcode
from campaigns.rules.refusals import Refusal
from volunteers.actions.consents import give_promises, set_consents
from volunteers.actions.links import end_links
from volunteers.actions.mails import send_link
from volunteers.actions.sign_ups import leave_shifts
from volunteers.models import Affiliate, Consent, Language, Volunteer, VolunteerKind

if TYPE_CHECKING:
    from campaigns.access import Actor

LONGEST_NAME = 200


class VolunteerRefused(Refusal):
    """What is said of the volunteer cannot be kept, or done, as it was asked."""


@dataclass(frozen=True)
class Details:
    """What somebody says of themselves. `mobile` and `postcode` as they were typed."""

    name: str
    email: str = ""
    mobile: str = ""
    postcode: str = ""
    ward: Ward | None = None
    is_under_18: bool = False
    kind: str = VolunteerKind.SUPPORTER
    branch: str = ""
    affiliate: Affiliate | None = None
    would_do: Collection[str] = field(default_factory=list)
    language: str = Language.ENGLISH


@transaction.atomic(durable=True)
def sign_up(
    details: Details,
    *,
    campaign: Campaign,
    channels: Collection[str],
    by: "Actor",
    at: datetime,
) -> None:
    """Take in somebody from the public page, and send them their link by e-mail.

    Whoever is known by this address stays as they are, as anybody might have typed it:
    they get their link again, and nothing else. It answers alike in both cases.
    Refused: no name, no address, or a mobile number or postcode that is none. Audit:
    `volunteer.signed_up`.
    """
    facts = _facts(details, campaign.organisation)
    email = facts.pop("email")
    if not email:
        raise VolunteerRefused("no_email", _("Give an e-mail address."))
    volunteer, is_new = Volunteer.objects.get_or_create(
        organisation=campaign.organisation,
        email=email,
        defaults=facts
        | {"joined_on": day_of(at), "maybe_same_as": _namesake(facts, campaign)},
    )
    if is_new:
        _tell_wards([volunteer])
        set_consents(volunteer, channels=channels, source="Sign-up page", by=by, at=at)
        give_promises([volunteer], by=by, at=at)
        audit.record(
            "volunteer.signed_up",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=volunteer,
        )
    send_link(volunteer, campaign=campaign, at=at)


def _namesake(facts: dict[str, object], campaign: Campaign) -> Volunteer | None:
    """Somebody with this mobile number whose name reads the same."""
    if not facts["mobile"]:
        return None
    same = Volunteer.objects.of(campaign.organisation).filter(mobile=facts["mobile"])
    key = search_key(str(facts["name"]))
    return next((one for one in same if search_key(one.name) == key), None)


@transaction.atomic(durable=True)
def add_volunteer(
    details: Details,
    *,
    organisation: Organisation,
    channels: Collection[str] = (),
    source: str = "Written down at the desk",
    by: "Actor",
    at: datetime,
) -> Volunteer:
    """Write somebody down. Refused: what `sign_up` refuses, but for a missing address,
    and an address that somebody has. Audit: `volunteer.added`."""
    facts = _facts(details, organisation)
    volunteer = Volunteer(organisation=organisation, joined_on=day_of(at), **facts)
    _save(volunteer)
    set_consents(volunteer, channels=channels, source=source, by=by, at=at)
    _note("volunteer.added", volunteer, by=by, at=at)
    return volunteer


def checked(details: Details, *, organisation: Organisation, at: datetime) -> Volunteer:
    """A volunteer as `add_volunteers` takes them, not saved. Refused as there."""
    facts = _facts(details, organisation)
    return Volunteer(organisation=organisation, joined_on=day_of(at), **facts)


@transaction.atomic
def add_volunteers(
    rows: Sequence[tuple[Volunteer, Collection[str]]],
    *,
    campaign: Campaign,
    source: str,
    by: "Actor",
    at: datetime,
) -> None:
    """Write down many at once, each with the channels that they agreed to; nobody is
    nothing to note.

    Refused: an address that somebody has by now. Audit: `volunteers.added`.
    """
    made = [volunteer for volunteer, _channels in rows]
    if not made:
        return
    try:
        with transaction.atomic():
            Volunteer.objects.bulk_create(made, batch_size=1_000)
    except IntegrityError:
        raise VolunteerRefused(
            "email_taken", "Somebody of these has signed up just now: load them again."
        ) from None
    _tell_wards(made)
    Consent.objects.bulk_create(
        Consent(
            organisation_id=campaign.organisation_id,
            volunteer=volunteer,
            channel=channel,
            source=source,
            given_at=at,
        )
        for volunteer, channels in rows
        for channel in channels
    )
    audit.record(
        "volunteers.added",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=source,
        added=len(made),
    )


@transaction.atomic(durable=True)
def change_volunteer(
    volunteer: Volunteer, details: Details, *, by: "Actor", at: datetime
) -> Volunteer:
    """Put their details right. Refused as in `add_volunteer`. Audit:
    `volunteer.changed`."""
    for name, value in _facts(details, volunteer.organisation).items():
        setattr(volunteer, name, value)
    _save(volunteer)
    _note("volunteer.changed", volunteer, by=by, at=at)
    return volunteer


def _save(volunteer: Volunteer) -> None:
    try:
        with transaction.atomic():
            volunteer.save()
    except IntegrityError:
        raise VolunteerRefused(
            "email_taken", "Another volunteer has this e-mail address."
        ) from None
    _tell_wards([volunteer])


def _facts(details: Details, organisation: Organisation) -> dict[str, object]:
    name = " ".join(details.name.split())
    if not any(letter.isalpha() for letter in name) or len(name) > LONGEST_NAME:
        raise VolunteerRefused("no_name", _("Give a name."))
    postcode = tidy_postcode(details.postcode) if details.postcode.strip() else ""
    if postcode is None:
        raise VolunteerRefused(
            "no_postcode", _("That is not a postcode: WV10 1AA is one.")
        )
    if details.affiliate and details.affiliate.organisation_id != organisation.pk:
        raise VolunteerRefused("foreign", _("There is no such affiliate."))
    return {
        "name": name,
        "email": details.email.strip().lower(),
        "mobile": e164(details.mobile) if details.mobile.strip() else "",
        "postcode": postcode,
        "home_ward": details.ward,
        "is_under_18": details.is_under_18,
        "kind": details.kind,
        "branch": " ".join(details.branch.split())[:100],
        "affiliate": details.affiliate,
        "would_do": list(details.would_do),
        "language": details.language,
    }


def _tell_wards(volunteers: Sequence[Volunteer]) -> None:
    """Where no ward was said, the one in which the postcode lies."""
    lost = [one for one in volunteers if one.home_ward_id is None and one.postcode]
    points = PostcodePoint.objects.filter(postcode__in={one.postcode for one in lost})
    wards = dict(points.values_list("postcode", "ward")) if lost else {}
    for one in lost:
        one.home_ward_id = wards.get(one.postcode)
    Volunteer.objects.bulk_update(
        [one for one in lost if one.home_ward_id], ["home_ward"]
    )


@transaction.atomic(durable=True)
def set_language(
    volunteer: Volunteer, language: str, *, by: "Actor", at: datetime
) -> None:
    """Write to them in this language from now on. Audit: `volunteer.language`."""
    other = Volunteer.objects.filter(pk=volunteer.pk).exclude(language=language)
    if other.update(language=language):
        _note("volunteer.language", volunteer, by=by, at=at)


@transaction.atomic(durable=True)
def stand_down(volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    """They help no more: no elector data from now on, no link opens their page, and
    their places to come are free.

    Audit: `volunteer.stood_down`."""
    stood = Volunteer.objects.filter(pk=volunteer.pk, stood_down_at__isnull=True)
    if stood.update(stood_down_at=at):
        end_links(volunteer, by=by, at=at)
        leave_shifts(volunteer, by=by, at=at)
        _note("volunteer.stood_down", volunteer, by=by, at=at)


@transaction.atomic(durable=True)
def take_back(volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    """They help again. Audit: `volunteer.taken_back`."""
    gone = Volunteer.objects.filter(pk=volunteer.pk, stood_down_at__isnull=False)
    if gone.filter(erased_at__isnull=True).update(stood_down_at=None):
        _note("volunteer.taken_back", volunteer, by=by, at=at)


def _note(verb: str, volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=volunteer.organisation_id,
        target=volunteer,
    )
