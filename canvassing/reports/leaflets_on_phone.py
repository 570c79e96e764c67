"""A leaflet round as a phone keeps it: its streets and numbers, and nobody's name.

It has the shape of a round of doors (`round_on_phone.py`), without doors, so that the
phone keeps, sends and lets go of both in one way.
"""

import json
from datetime import datetime
from typing import Any, cast

from campaigns.reports.imprints import shown_imprint
from canvassing.models import FieldPhone, LeafletRound
from canvassing.reports.known_phones import KnownPhone
from canvassing.reports.leaflets import streets_with_deliveries, with_deliverer
from canvassing.reports.round_changes import first_cursor, no_changes
from canvassing.reports.round_on_phone import PROTOCOL


def leaflets_on_phone(phone: FieldPhone, *, at: datetime) -> dict[str, Any]:
    """What `GET /field/round/` answers where the round is of leaflets
    (docs/field-protocol.md)."""
    issue, campaign = phone.issue, phone.campaign
    found = LeafletRound.objects.select_related("leaflet", "ward").get(
        pk=issue.what_is_out.pk
    )
    return {
        "protocol": PROTOCOL,
        "server_now": at.isoformat(),
        "expires_at": issue.expires_at.isoformat(),
        "cursor": first_cursor(at),
        "issue": {
            "id": issue.pk,
            "kind": issue.kind,
            "issued_at": issue.issued_at.isoformat(),
        },
        "round": {"id": found.pk, "name": found.name, "ward": found.ward.name},
        "leaflet": {"name": found.leaflet.name, "copies_left": with_deliverer(found)},
        "campaign": {
            "name": campaign.name,
            "organisation": campaign.organisation.name,
            "imprint": shown_imprint(campaign),
        },
        "you": {"volunteer": phone.volunteer_id, "name": phone.volunteer.name},
        "codes": {"outcomes": [], "intentions": []},
        "left_alone": False,
        "knockers": [],
        "doors": [],
        "streets": _streets(found.pk),
    }


def leaflet_changes(phone: KnownPhone, *, since: str, at: datetime) -> str:
    """The answer to `GET /field/changes/` as JSON: how each street stands now. Three
    queries."""
    news = json.loads(no_changes(phone, since=since, at=at))
    streets = _streets(cast(int, phone.leaflet_round_id))
    return json.dumps(news | {"streets": streets})


def _streets(leaflet_round: int) -> list[dict[str, Any]]:
    """What is empty is left out."""
    return [
        {
            name: value
            for name, value in _street(street).items()
            if value not in ("", None)
        }
        for street in streets_with_deliveries(leaflet_round)
    ]


def _street(street: Any) -> dict[str, Any]:
    done = street.done[0] if street.done else None
    return {
        "id": street.pk,
        "street": street.street,
        "numbers": street.numbers,
        "boxes": street.doors,
        "not_at": street.not_at,
        "copies": done and done.copies,
        "on": done and done.delivered_on.isoformat(),
        "missed": street.missed[0].reason if street.missed else "",
    }
