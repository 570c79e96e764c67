"""Reading what a phone sends: items, each with an id, a kind and a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import NAMESPACE_OID, UUID, uuid5

from campaigns.rules.marked import gettext_noop
from canvassing.rules.contacts import (
    Answer,
    ContactItem,
    Verdict,
    answers_given,
)

BIGGEST_ID: Final = 2**63 - 1
LONGEST_NOTE_ON_A_BUILDING: Final = 120
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    """What a phone may send."""

    KNOCKER = "knocker"
    SENT_TO = "sent_to"
    LEFT = "left"
    CONTACT = "contact"
    WISH = "wish"
    BUILDING_NOTE = "building_note"
    CONTACT_DETAIL = "contact_detail"
    NO_OPINIONS = "no_opinions"
    STREET = "street"


KINDS: Final = frozenset(Kind)


class Unreadable(ValueError):
    """Why an item cannot be read: the end of a sentence."""


# Not frozen, as a contact is not: it would take three times as long to make.
@dataclass(slots=True)
class Sent:
    """One item as a phone sent it. `uuid` is made of its text where it has none that
    can be read; `said_at` is by the phone's clock. `problem` says why it cannot
    be read."""

    uuid: UUID
    kind: str
    values: Mapping[str, Any]
    said_at: datetime
    problem: str = ""

    def integer(self, name: str) -> int:
        found = self.optional_integer(name)
        if found is None:
            raise Unreadable(f"{name} is missing")
        return found

    def optional_integer(self, name: str) -> int | None:
        found = self.values.get(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int):
            raise Unreadable(f"{name} is no number")
        if not 0 < found <= BIGGEST_ID:
            raise Unreadable(f"{name} is no id")
        return found

    def text(self, name: str) -> str:
        """Empty where nothing is said."""
        found = self.values.get(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise Unreadable(f"{name} is no text")
        return found

    def one_of(self, name: str, known: Iterable[str]) -> str:
        found = self.text(name)
        if found not in known:
            raise Unreadable(f"{name} is not one of those we know")
        return found

    def flag(self, name: str) -> bool | None:
        found = self.values.get(name)
        if found is not None and not isinstance(found, bool):
            raise Unreadable(f"{name} is neither true nor false")
        return found

    def texts(self, name: str) -> frozenset[str]:
        """Of a list of words; none where nothing is said."""
        found = self.values.get(name) or []
        if not isinstance(found, list) or not all(isinstance(w, str) for w in found):
            raise Unreadable(f"{name} is no list of words")
        return frozenset(found)

    def day(self, name: str) -> date | None:
        """As ISO 8601 says it; none where nothing is said."""
        found = self.text(name)
        try:
            return date.fromisoformat(found) if found else None
        except ValueError:
            raise Unreadable(f"{name} is no day") from None

    def uuid_of(self, name: str) -> UUID | None:
        found = self.text(name)
        if not found:
            return None
        uuid = _uuid(found)
        if uuid is None:
            raise Unreadable(f"{name} is no id")
        return uuid


def read_items(items: Iterable[Any]) -> list[Sent]:
    """Each of them as it came out of `read_json`, readable or not."""
    return [_read(item) for item in items]


def _read(item: Any) -> Sent:
    values = item if isinstance(item, dict) else {"sent": item}
    uuid = _uuid(values.get("id"))
    kind = values.get("kind")
    said_at = _instant(values.get("said_at"))
    problem = ""
    if uuid is None:
        problem = "its id is none"
    elif not isinstance(kind, str) or kind not in KINDS:
        problem = "its kind is not one of those we know"
    elif said_at is None:
        problem = "it does not say when"
    known = uuid or uuid5(NAMESPACE_OID, repr(values))
    return Sent(known, str(kind)[:20], values, said_at or LONG_AGO, problem)


def _instant(text: Any) -> datetime | None:
    """An aware instant as ISO 8601 says it; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Years that no clock says leave no room for its offset.
    in_reach = 1900 < found.year < 2200
    return found.astimezone(UTC) if found.tzinfo and in_reach else None


def _uuid(text: Any) -> UUID | None:
    if not isinstance(text, str):
        return None
    try:
        return UUID(text)
    except ValueError:
        return None


def contact_of(
    sent: Sent,
    *,
    knockers: Mapping[UUID, int],
    volunteer_id: int,
    session_id: int | None,
) -> ContactItem:
    """The contact that an item says. Whoever spoke is a knocker of the round, else the
    phone's own volunteer. Raises `Unreadable`."""
    said: dict[str, Any] = {"outcome": ""}
    for name in sent.values:
        if name in SAID:
            field, read = SAID[name]
            said[field] = read(sent, name)
    spoke = sent.uuid_of("spoke")
    return ContactItem(
        uuid=sent.uuid,
        elector_id=sent.integer("elector"),
        channel="door",
        said_at=sent.said_at,
        session_id=session_id,
        spoke_id=knockers.get(spoke, volunteer_id) if spoke else volunteer_id,
        **said,
    )


def _answers(sent: Sent, name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = sent.values.get(name) or {}
    if not isinstance(found, dict) or not all(
        isinstance(codes, list) and all(isinstance(code, str) for code in codes)
        for codes in found.values()
    ):
        raise Unreadable("answers are not lists of codes by question")
    return answers_given({key: codes for key, codes in found.items() if codes})


# What a phone says of a contact: the field of `ContactItem`, and how it is read.
SAID: Final[Mapping[str, tuple[str, Callable[[Sent, str], object]]]] = {
    "outcome": ("outcome", Sent.text),
    "intention": ("intention", Sent.text),
    "pledge": ("pledge", Sent.flag),
    "second_preference": ("second_preference_id", Sent.optional_integer),
    "last_time": ("voted_last_time", Sent.text),
    "note": ("note", Sent.text),
    "corrects": ("corrects", Sent.uuid_of),
    "posted": ("posted", Sent.flag),
    "script": ("script_id", Sent.optional_integer),
    "answers": ("answers", _answers),
    "consent": ("consent", Sent.text),
}


def clock_offset(sent_at: Any, *, received_at: datetime) -> timedelta | None:
    """How far the phone's clock is behind ours; None where it does not say."""
    instant = _instant(sent_at)
    return received_at - instant if instant else None


def content_of(sent: Sent) -> dict[str, Any]:
    """What an item says, without its id: the same content is the same thing."""
    return {name: value for name, value in sent.values.items() if name != "id"}


OTHERS_WORD: Final = "street_done"
# Why an item other than a contact is held, or any item of a closed phone.
FIELD_REASONS: Final = {
    "unreadable": gettext_noop("It could not be read."),
    "handed_back": gettext_noop(
        "Its round had been handed back before this was said, or its clock is in doubt."
    ),
    "expired": gettext_noop("Its round's time was over when this arrived."),
    "revoked": gettext_noop("Its phone had been cut off when this arrived."),
    "signed_out": gettext_noop(
        "Its phone had signed out before this was said, or its clock is in doubt."
    ),
    "campaign_closed": gettext_noop("The campaign was closed when this arrived."),
    "other_item": gettext_noop(
        "Something else with the same id has been filed already."
    ),
    "not_on_round": gettext_noop("It is about nobody on this round."),
    "long_note": gettext_noop("A note on a building has at most 120 characters."),
    "nobody_there": gettext_noop("Nobody is registered there."),
    "unknown_knocker": gettext_noop("Nobody with that id knocks on this round."),
    "no_promise": gettext_noop("They had not given the data promise."),
    "bad_mobile": gettext_noop("There is no mobile number that could be rung."),
    "no_name": gettext_noop("There is no name."),
    "stood_down": gettext_noop("That volunteer has stood down."),
    "no_street": gettext_noop("It is about no street of this leaflet round."),
    OTHERS_WORD: gettext_noop(
        "Somebody else has written down something else about this street."
    ),
    "copies_out": gettext_noop("More copies than were handed out with this round."),
    "before_round": gettext_noop("The round was made after that day."),
    "over_limit": gettext_noop(
        "With these copies a spending limit would be passed: the agent writes it down."
    ),
}
# What a phone sent whose round is no longer out.
CLOSED: Final = ("handed_back", "expired", "revoked", "signed_out", "campaign_closed")


def filed(sent: Sent) -> Verdict:
    return Verdict(sent.uuid, Answer.FILED)


def held(sent: Sent, code: str) -> Verdict:
    return Verdict(sent.uuid, Answer.HELD, code, FIELD_REASONS[code])


def unreadable(sent: Sent, problem: object) -> Verdict:
    reason = f"It could not be read: {problem}."
    return Verdict(sent.uuid, Answer.HELD, "unreadable", reason)
