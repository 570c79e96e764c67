"""Joining a phone bank by its link, beside the rounds that are joined so."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.access import Actor
from campaigns.models import Campaign
from canvassing.actions.invitations import Admitted, JoinRefused
from canvassing.actions.phone_banks import (
    PhoneBankRefused,
    expires_at,
    let_caller_in,
)
from canvassing.models import PhoneBank
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class BankInvitation:
    """The link of one phone bank, for whoever has it."""

    bank: PhoneBank
    kind: str = "phones"
    expected: Volunteer | None = None

    @property
    def campaign(self) -> Campaign:
        return self.bank.campaign

    @property
    def expires_at(self) -> datetime:
        return expires_at(self.bank)

    @property
    def short_code(self) -> str:
        return self.bank.session.short_code

    @property
    def code(self) -> str:
        return self.bank.session.code_name

    @property
    def link(self) -> str:
        return f"bank:{self.bank.pk}"

    @property
    def actor(self) -> Actor:
        return Actor("link", None, f"Link to {self.bank}"[:200])

    def admit(
        self, volunteer: Volunteer, *, joined_as: str, nonce: str, at: datetime
    ) -> Admitted:
        """Refused also: whoever was blocked, somebody under 18 where no adult calls,
        one more than may call. Asked again they get another key, in place of the one
        before, so that no nonce is needed."""
        try:
            key = let_caller_in(self.bank, volunteer, joined_as=joined_as, at=at)
        except PhoneBankRefused as refusal:
            raise JoinRefused(refusal.code, refusal.message) from refusal
        return Admitted(key, self.expires_at)

    def note_refusal(self, *, at: datetime) -> None:
        """It is nobody's own: there is nothing to be noted."""


def invitation_to_bank(secret_hash: str) -> BankInvitation | None:
    """The phone bank that this link is for, as long as it is open."""
    bank = (
        PhoneBank.objects.select_related(
            "session", "campaign__election", "campaign__organisation"
        )
        .filter(secret_hash=secret_hash, opened_at__isnull=False, closed_at=None)
        .first()
    )
    return BankInvitation(bank) if bank else None
