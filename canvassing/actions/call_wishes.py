"""What somebody on the phone says of our keeping their views; the call goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from campaigns.access import Actor
from campaigns.models import Elector
from canvassing.actions.opinions import Objection, note_consent, object_to_views
from canvassing.models import BankCaller, Channel, ClaimEnd
from canvassing.reports.call_on_page import claim_of
from canvassing.rules.calls import CallRefused


@transaction.atomic
def note_wish_of_views(
    uuid: UUID, *, agrees: bool, caller: BankCaller, by: Actor, at: datetime
) -> None:
    """They agree to the wording of now, or want nothing of what they think recorded.

    Also after the lease: what was said is kept. Refused: a call that is not theirs or
    was taken back, a caller who is blocked. Audit verb: that of the wish.
    """
    elector = _elector_of(uuid, caller)
    if agrees:
        campaign = caller.bank.campaign
        note_consent(elector, channel=Channel.PHONE, by=by, at=at, campaign=campaign)
    else:
        object_to_views(
            [Objection(elector.pk, at)],
            organisation_id=caller.organisation_id,
            by=by,
            at=at,
        )


def _elector_of(uuid: UUID, caller: BankCaller) -> Elector:
    claim = claim_of(uuid, caller)
    was_taken = claim is not None and claim.closed_because == ClaimEnd.TAKEN_BACK
    if claim is None or was_taken or caller.blocked_at is not None:
        raise CallRefused("not_yours", "This call is not yours.")
    elector: Elector = claim.elector
    return elector
