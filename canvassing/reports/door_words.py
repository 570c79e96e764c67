"""What a volunteer has to be able to say at a door or on the phone, in one sentence."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
        "register_link": REGISTER_LINK,
        "postal_vote_deadline": postal.day.isoformat() if postal else None,
        "postal_vote_deadline_words": _until(postal.day, postal.until)
        if postal
        else "",
        "proxy_vote_link": PROXY_VOTE_LINK,
        **_photo_id(election, timetable, today),
        "timetable": [_day(one) for one in timetable if one.day >= today],
        "packs_go_out_on": packs.isoformat() if packs else None,
        "packs_are_out": packs is not None and packs <= today,
        "notes_can_be_asked_for": _(
            "Keep it short and fair: they can ask to see what is noted of them."
        ),
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


def _photo_id(
    election: Election, timetable: tuple[TimetableDay, ...], today: date
) -> dict[str, str]:
    """What to say of photo ID to whoever votes in person; nothing where none is
    asked for. The certificate is offered while there is time."""
    kind = parse_election_id(election.slug).kind
    if not photo_id_is_shown(kind, nation=election.nation):
        return {"photo_id": "", "photo_id_link": ""}
    words = _(
        "At the polling station you are asked for photo ID. One that is out of date"
        " will do if it still looks like you."
    )
    certificate = day_for("voter_certificate", timetable)
    if certificate is None or certificate.day < today:
        return {"photo_id": words, "photo_id_link": ""}
    free = _("If you have none, you can apply for a free certificate until %(until)s.")
    until = {"until": _until(certificate.day, certificate.until)}
    return {"photo_id": f"{words} {free % until}", "photo_id_link": CERTIFICATE_LINK}


def _day(one: TimetableDay) -> dict[str, str]:
    return {
        "code": one.code,
        "label": _(one.label),
        "day": one.day.isoformat(),
        "until": one.until,
    }


def _until(day: date, until: str) -> str:
    return f"{until}, {date_format(day, 'j F Y')}"


def _consent(campaign: Campaign) -> dict[str, str] | None:
    """The wording to be agreed to, where opinions are kept by consent alone."""
    organisation = campaign.organisation
    if not needs_consent(organisation.controller_kind):
        return None
    text = consent_text(CONSENT_NOW, organisation=organisation.name)
    return {"version": CONSENT_NOW, "text": text}
