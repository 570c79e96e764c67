"""What a link that somebody may join by is to the joining: a round today, and more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.rules.refusals import Refusal
from volunteers.models import Volunteer


class JoinRefused(Refusal):
    """The link, the code, the promise or the person: each has its own sentence."""


def unknown_link() -> JoinRefused:
    """One answer for a link that never was, is over, or was taken back."""
    return JoinRefused(
        "unknown_link",
        _("This link does not work, or no longer: ask the organiser for another."),
    )


class LinkTaken(JoinRefused):
    """The link is another's: refused, and noted for the organiser."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The key of the phone, which is said this once."""

    key: str
    expires_at: datetime


class Invitation(Protocol):
    """An open link. `kind` is `doors`, `leaflets`, `phones` or `stall`; `link` names it
    in the log, `code` names the short code that it asks for in counts of guesses;
    `expected` is the only one it is for, None for whoever has it."""

    @property
    def kind(self) -> str: ...
    @property
    def campaign(self) -> Campaign: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def short_code(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def link(self) -> str: ...
    @property
    def expected(self) -> Volunteer | None: ...
    @property
    def actor(self) -> Actor: ...

    def admit(
        self, volunteer: Volunteer, *, joined_as: str, nonce: str, at: datetime
    ) -> Admitted:
        """Give their phone a key, inside the caller's transaction; asked again with the
        same nonce, it is let in as it was, until that phone is closed. `joined_as` is
        the name that was typed, where we hold another for the number. Refused: somebody
        under 18 alone, and (`LinkTaken`) where no place is left."""

    def note_refusal(self, *, at: datetime) -> None:
        """Somebody for whom it is not tried to join."""
