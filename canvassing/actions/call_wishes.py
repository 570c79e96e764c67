"""What somebody on the phone says of our keeping their views; the call goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.models import Elector
from canvassing.actions.opinions import Objection, note_consent, object_to_views
from canvassing.models import BankCaller, CallClaim, Channel, ClaimEnd
from canvassing.reports.call_on_page import claim_of
from canvassing.rules.calls import CallRefused


@transaction.atomic
def note_wish_of_views(
    uuid: UUID, *, agrees: bool, caller: BankCaller, by: Actor, at: datetime
) -> None:
    """They agree to the wording of now, or want nothing of what they think recorded.

    Also after the lease: what was said is kept; an objection binds us whoever heard it.
    Refused: a call that is not theirs; where they agree, one that was taken back, or a
    caller who is shut out or has left. Audit verb: that of the wish.
    """
    claim = claim_of(uuid, caller)
    if claim is None or (agrees and _is_over(claim, caller)):
        raise CallRefused("not_yours", _("This call is not yours."))
    elector: Elector = claim.elector
    if agrees:
        note_consent(
            elector,
            channel=Channel.PHONE,
            by=by,
            at=at,
            campaign=caller.bank.campaign,
            came_with=claim.uuid,
        )
    else:
        object_to_views(
            [Objection(elector.pk, at, came_with=claim.uuid)],
            organisation_id=caller.organisation_id,
            by=by,
            at=at,
        )


def _is_over(claim: CallClaim, caller: BankCaller) -> bool:
    taken_back = claim.closed_because == ClaimEnd.TAKEN_BACK
    return taken_back or bool(caller.shut_out_because or caller.left_at)
