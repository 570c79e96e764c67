"""What a volunteer has to be able to say at a door or on the phone, in one sentence."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from campaigns.clock import day_of
from campaigns.models import Campaign, Election
from campaigns.reports.election_timetable import election_timetable
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.election_timetable import TimetableDay, day_for
from campaigns.rules.photo_id import photo_id_is_shown
from canvassing.rules.contact_details import CONSENT
from canvassing.rules.opinions import CONSENT_NOW, consent_text, needs_consent

POSTAL_VOTE_LINK: Final = "https://www.gov.uk/apply-postal-vote"
REGISTER_LINK: Final = "https://www.gov.uk/register-to-vote"
PROXY_VOTE_LINK: Final = "https://www.gov.uk/apply-proxy-vote"
CERTIFICATE_LINK: Final = (
    "https://www.gov.uk/apply-for-photo-id-voter-authority-certificate"
)
# What a voter may have to apply for, by its code in the timetable, and where.
WAYS: Final = {
    "registration": (gettext_noop("Register to vote"), REGISTER_LINK),
    "postal": (gettext_noop("Apply for a postal vote"), POSTAL_VOTE_LINK),
    "proxy": (
        gettext_noop("Vote by proxy (somebody votes for you)"),
        PROXY_VOTE_LINK,
    ),
    "voter_certificate": (gettext_noop("Free photo ID to vote with"), CERTIFICATE_LINK),
}


def say_of(campaign: Campaign, *, at: datetime) -> dict[str, Any]:
    """The words of `say` in docs/field-protocol.md; dates are ISO days."""
    election, organisation = campaign.election, campaign.organisation
    timetable = election_timetable(election)
    postal = day_for("postal", timetable)
    packs = campaign.packs_go_out_on
    today = day_of(at)
    return {
        "how_you_got_my_details": _(
            "Your name and address are on the electoral register, which %(controller)s"
            " may use for campaigning by law; %(controller)s answers for what is kept."
        )
        % {"controller": organisation.name},
        "privacy_notice_url": organisation.privacy_notice_url,
        "postal_do_not_touch": _(
            "Do not touch, take, post or watch them complete a postal vote: since"
            " 2 May 2024 that is an offence for campaigners."
        ),
        "postal_vote_link": POSTAL_VOTE_LINK,
        "postal_vote_deadline": postal.day.isoformat() if postal else None,
        "postal_vote_deadline_words": _until(postal.day, postal.until)
        if postal
        else "",
        "photo_id": _photo_id(election, timetable, today),
        "ways_to_vote": ways_to_vote(campaign, at=at),
        "packs_go_out_on": packs.isoformat() if packs else None,
        "consent": _consent(campaign),
        "contact_consent": CONSENT._asdict(),
    }


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day for something, in words: `midnight, 16 April 2024`."""

    words: str
    is_over: bool


def last_day(code: str, *, campaign: Campaign, at: datetime) -> LastDay | None:
    """Of the election's timetable, by its code; None where it is not known."""
    found = day_for(code, election_timetable(campaign.election))
    if found is None:
        return None
    return LastDay(_until(found.day, found.until), found.day < day_of(at))


def ways_to_vote(campaign: Campaign, *, at: datetime) -> list[dict[str, Any]]:
    """What can still be applied for: `what`, `until` when in words, whether that
    `is_sure`, and the `link` to the official page."""
    timetable, today = election_timetable(campaign.election), day_of(at)
    to_come = (one for one in timetable if one.code in WAYS and one.day >= today)
    return [_way(one) for one in to_come]


def _photo_id(
    election: Election, timetable: tuple[TimetableDay, ...], today: date
) -> str:
    """What to say of photo ID to whoever votes in person; nothing where none is
    asked for. The certificate is offered while there is time."""
    kind = parse_election_id(election.slug).kind
    if not photo_id_is_shown(kind, nation=election.nation):
        return ""
    words = _(
        "At the polling station you are asked for photo ID. One that is out of date"
        " will do if it still looks like you."
    )
    certificate = day_for("voter_certificate", timetable)
    if certificate is None or certificate.day < today:
        return words
    free = _("If you have none, you can apply for a free certificate until %(until)s.")
    until = {"until": _until(certificate.day, certificate.until)}
    return f"{words} {free % until}"


def _way(one: TimetableDay) -> dict[str, Any]:
    what, link = WAYS[one.code]
    return {
        "what": _(what),
        "until": _until(one.day, one.until),
        "is_sure": not one.caution,
        "link": link,
    }


def _until(day: date, until: str) -> str:
    return f"{_(until)}, {date_format(day, 'j F Y')}"


def _consent(campaign: Campaign) -> dict[str, str] | None:
    """The wording to be agreed to, where opinions are kept by consent alone."""
    organisation = campaign.organisation
    if not needs_consent(organisation.controller_kind):
        return None
    text = consent_text(CONSENT_NOW, organisation=organisation.name)
    return {"version": CONSENT_NOW, "text": text}
