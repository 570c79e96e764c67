"""Joining a street stall by its link, beside the rounds and phone banks joined so."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.access import Actor
from campaigns.models import Campaign
from canvassing.actions.invitations import Admitted, JoinRefused
from canvassing.actions.stall_links import let_helper_in
from canvassing.actions.stalls import StallRefused
from canvassing.models import StallLink
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class StallInvitation:
    """The link of one stall, for whoever has it."""

    stall: StallLink
    kind: str = "stall"
    expected: Volunteer | None = None

    @property
    def campaign(self) -> Campaign:
        return self.stall.session.campaign

    @property
    def expires_at(self) -> datetime:
        return self.stall.expires_at

    @property
    def short_code(self) -> str:
        return self.stall.session.short_code

    @property
    def code(self) -> str:
        return self.stall.session.code_name

    @property
    def link(self) -> str:
        return f"stall:{self.stall.pk}"

    @property
    def actor(self) -> Actor:
        return Actor("link", None, f"Link to {self.stall}"[:200])

    def admit(
        self, volunteer: Volunteer, *, joined_as: str, nonce: str, at: datetime
    ) -> Admitted:
        """Refused also: whoever was blocked, one more than may help. Asked again they
        get another key, in place of the one before."""
        try:
            key = let_helper_in(self.stall, volunteer, joined_as=joined_as, at=at)
        except StallRefused as refusal:
            raise JoinRefused(refusal.code, refusal.message) from refusal
        return Admitted(key, self.expires_at)

    def note_refusal(self, *, at: datetime) -> None:
        """It is nobody's own: there is nothing to be noted."""


def invitation_to_stall(secret_hash: str) -> StallInvitation | None:
    """The stall that this link is for, as long as it is not closed."""
    link = (
        StallLink.objects.select_related(
            "session__campaign__election", "session__campaign__organisation"
        )
        .filter(secret_hash=secret_hash, closed_at=None)
        .first()
    )
    return StallInvitation(link) if link else None
