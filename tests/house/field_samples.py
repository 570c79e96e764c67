"""One round that is out, with a phone and at a session, for the desk's addresses."""

from datetime import timedelta
from typing import Any

from campaigns.access import system
from campaigns.clock import now
from campaigns.keys import hash_of
from campaigns.models import Campaign, Elector, Ward
from canvassing.actions.scripts import QuestionDraft, add_question, write_script
from canvassing.models import FieldPhone
from tests.canvassing.field_helpers import (
    issue,
    make_round,
    make_session,
    make_volunteer,
)
from tests.cast import NOW

KEY = "the key of the sample's phone"


def field_samples(campaign: Campaign, ward: Ward, elector: Elector) -> dict[str, Any]:
    assert elector.address
    session = make_session(campaign, ends_at=NOW + timedelta(hours=3))
    canvass_round = make_round(campaign, ward, elector.address)
    # A key runs by the organisation's clock, which these tests leave where it is.
    at = now()
    out = issue(
        canvass_round, session=session, at=at, expires_at=at + timedelta(hours=4)
    )
    phone = FieldPhone.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        issue=out,
        volunteer=make_volunteer(campaign),
        key_hash=hash_of(KEY),
        joined_at=at,
        last_seen_at=at,
    )
    return {
        "round": canvass_round.pk,
        "session": session.pk,
        "issue": out.pk,
        "phone": phone.pk,
        **script_samples(campaign),
    }


def script_samples(campaign: Campaign) -> dict[str, Any]:
    """A script that is being written, with a question and its first answer."""
    by = system(campaign.organisation)
    script = write_script(
        campaign=campaign, name="Sample", channel="door", by=by, at=NOW
    )
    draft = QuestionDraft("Do you want a poster?", "choice", ("Yes", "No"))
    question = add_question(script, draft, by=by, at=NOW)
    return {"script": script.pk, "question": question.pk, "code": "yes"}
