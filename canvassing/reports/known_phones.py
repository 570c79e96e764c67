"""Whose phone a key belongs to, and what has to be known of it before each call."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from campaigns.keys import hash_of
from campaigns.models import Campaign, Election, Organisation
from campaigns.planned import Parts, columns, planned_cursor, rows_in
from canvassing.access import LEFT_ALONE
from canvassing.models import CanvassRound, FieldPhone, LeafletRound, RoundIssue
from volunteers.models import Volunteer

# What most calls ask of these; the rest is read by whoever asks for it after all.
ISSUE: Final = """
    id organisation_id campaign_id round_id leaflet_round_id session_id kind
    volunteer_id team_id issued_at expires_at closed_at closed_because accompanied_at
"""
VOLUNTEER: Final = "id organisation_id name is_under_18 user_id stood_down_at"
CAMPAIGN: Final = """
    id organisation_id election_id slug name closed_at packs_go_out_on pledge_word
    imprint_promoter imprint_on_behalf_of imprint_printer
"""
PARTS: Final[Parts] = (
    (FieldPhone, "p", ""),
    (RoundIssue, "i", ISSUE),
    (CanvassRound, "r", "id organisation_id campaign_id ward_id name whom_to_see"),
    (LeafletRound, "l", ""),
    (Volunteer, "v", VOLUNTEER),
    (Campaign, "c", CAMPAIGN),
    (Election, "e", ""),
    (Organisation, "o", ""),
)
# Put together anew by the ORM, it takes over three times as long.
PHONE: Final = f"""
SELECT {columns(PARTS)}
FROM canvassing_fieldphone p
JOIN canvassing_roundissue i ON i.id = p.issue_id
LEFT JOIN canvassing_canvassround r ON r.id = i.round_id
LEFT JOIN canvassing_leafletround l ON l.id = i.leaflet_round_id
JOIN volunteers_volunteer v ON v.id = p.volunteer_id
JOIN campaigns_campaign c ON c.id = p.campaign_id
JOIN campaigns_election e ON e.id = c.election_id
JOIN campaigns_organisation o ON o.id = p.organisation_id
WHERE p.key_hash = %s::varchar
"""  # noqa: S608 - of names of ours


def phone_with(key: str, *, lock: bool = False) -> FieldPhone | None:
    """The phone to which this key was given, open or closed, with its campaign, whose
    it is, and its round, which is locked if asked: before each call."""
    with planned_cursor() as cursor:
        cursor.execute(PHONE + "FOR NO KEY UPDATE OF i" * lock, [hash_of(key)])
        found = cursor.fetchone()
    if found is None:
        return None
    phone: FieldPhone
    phone, issue, of_doors, of_leaflets, *others = rows_in(found, PARTS)
    volunteer, campaign, election, organisation = others
    phone.issue, phone.volunteer, phone.campaign = issue, volunteer, campaign
    phone.organisation = campaign.organisation = organisation
    campaign.election = election
    issue.round = None if issue.is_of_leaflets else of_doors
    issue.leaflet_round = of_leaflets if issue.is_of_leaflets else None
    return phone


class KnownPhone(NamedTuple):
    """What a phone that only asks for news has to be known by."""

    id: int
    organisation_id: int
    campaign_id: int
    issue_id: int
    round_id: int | None
    leaflet_round_id: int | None
    closed_because: str
    expires_at: datetime
    last_seen_at: datetime
    clock_offset: timedelta
    is_left_alone: bool


KNOWN_PHONE: Final = f"""
SELECT p.id, p.organisation_id, p.campaign_id, i.id, i.round_id, i.leaflet_round_id,
       CASE WHEN p.closed_because = '' AND v.stood_down_at IS NOT NULL THEN 'revoked'
            ELSE p.closed_because END,
       i.expires_at, p.last_seen_at, o.clock_offset, {LEFT_ALONE}
FROM canvassing_fieldphone p
JOIN canvassing_roundissue i ON i.id = p.issue_id
JOIN campaigns_organisation o ON o.id = p.organisation_id
JOIN volunteers_volunteer v ON v.id = p.volunteer_id
WHERE p.key_hash = %s::varchar
"""  # noqa: S608 - of a constant of ours


def known_phone(key: str) -> KnownPhone | None:
    """The same for what is asked every twenty seconds: no model is made."""
    with planned_cursor() as cursor:
        cursor.execute(KNOWN_PHONE, [hash_of(key)])
        found = cursor.fetchone()
    return KnownPhone._make(found) if found else None
