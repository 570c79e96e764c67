"""The verdict on each contact that is sent to us: file it, or hold it and say why."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Self
from uuid import UUID

from campaigns.rules.marked import gettext_noop
from canvassing.rules.intentions import Codes, IntentionMeaning, contradicts
from canvassing.rules.opinions import CONSENTS
from canvassing.rules.scripts import ScriptRule, wrong_answer

NOTE_LENGTH = 280
NO_ID = UUID(int=0)
TEXTS = ("outcome", "channel", "intention", "voted_last_time", "note")
texts_of = attrgetter(*TEXTS)


def storable(text: str) -> str:
    """The text without what no database can keep: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def answers_given(
    answers: Mapping[str, Iterable[str]],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The codes chosen by question, in one order whatever the sender's; none left out
    that was given, and none twice."""
    return tuple((key, tuple(sorted(set(answers[key])))) for key in sorted(answers))


# Not frozen: it would take three times as long to make, and a hundred come at once.
@dataclass(slots=True)
class ContactItem:
    """A contact as a phone, a form, a file or the API sends it.

    `uuid` is made by the sender: the same one is the same contact. `outcome`,
    `intention` and `voted_last_time` are codes of the campaign; an item that corrects
    another and has no outcome takes it back. `pledge` is True for given, False for
    withdrawn, None where the intention says it all. `said_at` is aware, by the sender's
    clock. `corrects` is the uuid of the contact whose place this one takes. `posted` is
    whether they said that their postal vote was sent back. `answers` are the codes
    chosen, by the key of the question of the script `script_id`; `consent` is the
    version of the wording to which they agreed that we keep what they think.
    """

    uuid: UUID
    elector_id: int
    outcome: str
    channel: str
    said_at: datetime
    intention: str = ""
    pledge: bool | None = None
    second_preference_id: int | None = None
    voted_last_time: str = ""
    note: str = ""
    session_id: int | None = None
    spoke_id: int | None = None
    corrects: UUID | None = None
    posted: bool | None = None
    script_id: int | None = None
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    consent: str = ""

    def __post_init__(self) -> None:
        texts = texts_of(self)
        # A member of an enumeration would have another hash than what is kept.
        if {*map(type, texts)} != {str} or not "".join(texts).isprintable():
            for name, text in zip(TEXTS, texts, strict=True):
                setattr(self, name, storable(text))

    def as_json(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__slots__}
        values["uuid"] = str(self.uuid)
        values["said_at"] = self.said_at.isoformat()
        values["corrects"] = str(self.corrects) if self.corrects else None
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What else is kept beside an item is passed over."""
        known = {name: values[name] for name in cls.__slots__ if name in values}
        return cls(
            **{
                **known,
                "uuid": UUID(values["uuid"]),
                "said_at": datetime.fromisoformat(values["said_at"]),
                "corrects": UUID(values["corrects"]) if values["corrects"] else None,
                "answers": answers_given(dict(values.get("answers", ()))),
            }
        )

    def content_hash(self) -> str:
        """The same for the same content, however often and however late it is sent."""
        content: tuple[object, ...] = (
            self.elector_id,
            self.outcome,
            self.channel,
            self.said_at.timestamp(),
            self.intention,
            self.pledge,
            self.second_preference_id,
            self.voted_last_time,
            self.note,
            self.session_id,
            self.spoke_id,
            self.corrects and self.corrects.hex,
        )
        if (
            self.answers
            or self.consent
            or self.posted is not None
            or self.script_id is not None
        ):
            content += (self.posted, self.script_id, self.answers, self.consent)
        return hashlib.sha256(repr(content).encode()).hexdigest()


def put_right(
    sent: ContactItem | None, said: Mapping[str, Any], *, elector_id: int
) -> ContactItem:
    """What was sent, with these fields and this elector instead; of a row of which
    nothing was understood, only what is said here. The id is still to be given."""
    if sent is not None:
        return replace(sent, elector_id=elector_id, **said)
    return ContactItem(uuid=NO_ID, elector_id=elector_id, channel="import", **said)


class Answer(StrEnum):
    FILED = "filed"
    ALREADY_FILED = "already_filed"
    HELD = "held"


@dataclass(slots=True)
class Verdict:
    """What became of one item; `code` and `reason` say why it is held."""

    uuid: UUID
    answer: Answer
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ElectorFacts:
    """Where an elector stands in the campaign, as far as filing a contact asks."""

    elector_id: int
    ward_id: int
    is_current: bool
    is_anonymous: bool
    address_id: int | None = None
    objects_to_views: bool = False


@dataclass(frozen=True, slots=True)
class Ours:
    """The sessions and the volunteers that contacts may name."""

    session_ids: Collection[int] = ()
    volunteer_ids: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class ContactContext:
    """What the verdicts on a batch rest on.

    `electors` by the id the sender used; `reach` is the wards in which the sender may
    record, None for all, and `doors` the addresses, None for all of those wards'.
    `originals` are the contacts to be corrected that have
    arrived, by uuid: their electors, or None for one of another campaign. `scripts` are
    those that the batch names.
    """

    codes: Codes
    electors: Mapping[int, ElectorFacts]
    originals: Mapping[UUID, ElectorFacts | None]
    reach: frozenset[int] | None
    asks_second_preference: bool
    ours: Ours = Ours()
    doors: frozenset[int] | None = None
    scripts: Mapping[int, ScriptRule] = field(default_factory=dict)
    # Electors by whose consent alone opinions are kept; None where it needs none.
    consented: Collection[int] | None = None

    def reaches(self, elector: ElectorFacts) -> bool:
        return (self.reach is None or elector.ward_id in self.reach) and (
            self.doors is None or elector.address_id in self.doors
        )


# Each reason to hold: its code, and the sentence shown to the sender. What lies beyond
# the sender's reach gets the same words as what does not exist.
REASONS = {
    "not_yours": gettext_noop("This elector is not on your list."),
    "left_register": gettext_noop("This elector is no longer on the register."),
    "anonymous_entry": gettext_noop("An anonymous entry is never contacted."),
    "unknown_outcome": gettext_noop("The outcome is not one of this campaign's codes."),
    "unknown_intention": gettext_noop(
        "The intention is not one of this campaign's codes."
    ),
    "unknown_last_vote": gettext_noop(
        "How they voted last time is not one of our codes."
    ),
    "corrected_before": gettext_noop(
        "It has been corrected before: correct the latest instead."
    ),
    "other_content": gettext_noop(
        "Another contact with the same id has been filed already."
    ),
    "nobody_answered": gettext_noop(
        "There is an answer, but by its outcome nobody was spoken to."
    ),
    "contradiction": gettext_noop(
        "It says they pledged, but their intention says otherwise."
    ),
    "second_preference_not_asked": gettext_noop(
        "This election has no second preferences."
    ),
    "second_preference_unknown": gettext_noop(
        "The second preference is not a candidate here."
    ),
    "second_preference_is_first": gettext_noop(
        "The second preference is the first one again."
    ),
    "note_too_long": gettext_noop("The note is longer than 280 characters."),
    "unknown_session": gettext_noop("The session is not one of this campaign's."),
    "unknown_volunteer": gettext_noop("Whoever spoke is not one of our volunteers."),
    "unknown_script": gettext_noop(
        "The script has been changed or is not this campaign's."
    ),
    "unknown_question": gettext_noop(
        "A question that was answered is not in the script any more."
    ),
    "unknown_answer": gettext_noop("An answer is not one of those the question has."),
    "one_answer": gettext_noop("A question that has one answer was given several."),
    "views_objected": gettext_noop(
        "They asked us not to record their views: only that you spoke to"
        " them can be kept."
    ),
    "consent_lacking": gettext_noop(
        "What they think can only be kept with their consent, and none is recorded."
    ),
    "unknown_consent": gettext_noop("The wording of their consent is not one of ours."),
    "corrects_itself": gettext_noop("A contact cannot correct itself."),
    "corrects_unknown": gettext_noop("What it corrects is not on your list."),
}


def reason_to_hold(item: ContactItem, context: ContactContext) -> str:
    """The first reason not to file the item, a key of `REASONS`; empty if none."""
    return (
        _about_the_elector(item, context)
        or _about_the_correction(item, context)
        or _about_keeping_views(item, context)
        or ("" if _takes_back(item) else _about_the_answer(item, context))
        or _about_the_rest(item, context)
    )


def verdict_on_the_rest(
    item: ContactItem, reason: str, filed: Mapping[UUID, str]
) -> Verdict:
    """The verdict on an item that has not been filed just now.

    `filed` has the content hash of each contact that is on file, by uuid; an empty one
    was erased since, and whatever comes under its id is answered as filed. An item
    without a reason to hold it was kept out by an earlier correction of the same.
    """
    if item.uuid not in filed:
        code = reason or "corrected_before"
    elif filed[item.uuid] in ("", item.content_hash()):
        return Verdict(item.uuid, Answer.ALREADY_FILED)
    else:
        code = "other_content"
    return Verdict(item.uuid, Answer.HELD, code, REASONS[code])


def says_nothing(item: ContactItem) -> bool:
    """No outcome and no answer; a note alone is neither."""
    return not item.outcome and not _has_answer(item)


def _takes_back(item: ContactItem) -> bool:
    return item.corrects is not None and says_nothing(item)


def _has_answer(item: ContactItem) -> bool:
    return bool(
        item.intention
        or item.voted_last_time
        or item.pledge is not None
        or item.second_preference_id is not None
        or item.posted is not None
        or item.answers
    )


def says_views(item: ContactItem) -> bool:
    """Whether anything is said of what they think, or how they vote: that a postal
    vote was sent says neither. A note may hold anything."""
    return bool(
        item.intention
        or item.voted_last_time
        or item.pledge is not None
        or item.second_preference_id is not None
        or item.answers
        or item.note
    )


def _about_the_elector(item: ContactItem, context: ContactContext) -> str:
    elector = context.electors.get(item.elector_id)
    if elector is None or not context.reaches(elector):
        return "not_yours"
    if elector.is_anonymous:
        return "anonymous_entry"
    # What was recorded of somebody can be put right after they have left.
    if not elector.is_current and item.corrects is None:
        return "left_register"
    return ""


def _about_the_correction(item: ContactItem, context: ContactContext) -> str:
    if item.corrects is None or item.corrects not in context.originals:
        return "corrects_itself" if item.corrects == item.uuid else ""
    original = context.originals[item.corrects]
    is_known = original is not None and context.reaches(original)
    return "" if is_known else "corrects_unknown"


def _about_keeping_views(item: ContactItem, context: ContactContext) -> str:
    if item.consent and item.consent not in CONSENTS:
        return "unknown_consent"
    if not says_views(item):
        return ""
    elector = context.electors[item.elector_id]
    if elector.objects_to_views:
        return "views_objected"
    may_keep = (
        context.consented is None
        or item.consent
        or elector.elector_id in context.consented
    )
    return "" if may_keep else "consent_lacking"


def _about_the_answer(item: ContactItem, context: ContactContext) -> str:
    outcome = context.codes.outcomes.get(item.outcome)
    if outcome is None or outcome.is_retired(item.said_at):
        return "unknown_outcome"
    if not _has_answer(item):
        return ""
    if not outcome.counts_as_spoken:
        return "nobody_answered"
    last_vote = context.codes.intentions.get(item.voted_last_time)
    if item.voted_last_time and last_vote is None:
        return "unknown_last_vote"
    intention = context.codes.intentions.get(item.intention)
    if item.intention and (intention is None or intention.is_retired(item.said_at)):
        return "unknown_intention"
    if intention and contradicts(intention, pledge=item.pledge):
        return "contradiction"
    return _about_the_second_preference(item, intention, context) or _about_the_script(
        item, context
    )


def _about_the_script(item: ContactItem, context: ContactContext) -> str:
    script = context.scripts.get(item.script_id) if item.script_id else None
    if item.script_id and script is None:
        return "unknown_script"
    return wrong_answer(script, item.answers)


def _about_the_second_preference(
    item: ContactItem, intention: IntentionMeaning | None, context: ContactContext
) -> str:
    if item.second_preference_id is None:
        return ""
    if not context.asks_second_preference:
        return "second_preference_not_asked"
    if item.second_preference_id not in context.codes.candidate_ids:
        return "second_preference_unknown"
    if intention and intention.candidate_id == item.second_preference_id:
        return "second_preference_is_first"
    return ""


def _about_the_rest(item: ContactItem, context: ContactContext) -> str:
    if len(item.note) > NOTE_LENGTH:
        return "note_too_long"
    if item.session_id is not None and item.session_id not in context.ours.session_ids:
        return "unknown_session"
    if item.spoke_id is not None and item.spoke_id not in context.ours.volunteer_ids:
        return "unknown_volunteer"
    return ""
