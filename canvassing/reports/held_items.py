"""What is held: for whom to see, what was said, of whom, and why it waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.db.models import BigIntegerField, Count, Func, Q

from campaigns.access import Actor
from campaigns.models import Address, Campaign
from campaigns.models.base import ScopedQuerySet
from campaigns.roles import Capability
from canvassing.models import (
    ElectorStanding,
    HeldItem,
    HeldKind,
    IntentionCode,
    LeafletStreet,
    OutcomeCode,
)
from canvassing.reports.elector_search import (
    electors_who_left,
    reachable_electors,
)
from canvassing.rules import calls, shut_out, stalls
from canvassing.rules.contact_rows import ROW_REASONS
from canvassing.rules.contact_times import CLOCK_OFFSET, effective_time
from canvassing.rules.contacts import REASONS, ContactItem
from canvassing.rules.field_items import (
    BIGGEST_ID,
    CLOSED,
    FIELD_REASONS,
    OTHERS_WORD,
)

WHY: Final = {
    **REASONS,
    **ROW_REASONS,
    **FIELD_REASONS,
    **calls.HELD_REASONS,
    **stalls.HELD_REASONS,
}
# Nothing is wrong with what is said: an organiser decides whether whoever sent it is to
# be believed.
TO_DECIDE: Final = frozenset(
    (
        *CLOSED,
        calls.TAKEN_BACK,
        calls.CALLER_LEFT,
        calls.BANK_OVER,
        *stalls.HELD_REASONS,
        *shut_out.HELD_REASONS,
        OTHERS_WORD,
    )
)
# What accepting means: all of them, and, instead, what is said against others' word.
BELIEVED: Final = (
    "Nothing is wrong with what they say: whoever sent them was not to record any more."
    " What you accept is filed as it was said, when it was said."
)
REPLACES: Final = (
    "What you accept takes the place of what was written down before it was said. What"
    " was written down later stands, and the item goes on waiting."
)
UNNAMED: Final = "It could not be filed."
# The cells of a row by which whoever is meant is looked for, the best first.
NAMING: Final = ("number", "name", "forename", "surname", "address", "address1")
# What a phone says besides, that tells a reader nothing.
MACHINES_WORDS: Final = ("id", "kind", "said_at", "elector", "knocker")
LOOKED_FOR: Final = ("postcode", "number", "surname", "name")


class AboutElector(Func):
    """The elector a held contact names; NULL where it is not the id of anybody."""

    template = (
        "CASE WHEN payload->>'elector_id' ~ '^[0-9]{1,18}$'"
        " THEN (payload->>'elector_id')::bigint END"
    )
    output_field = BigIntegerField()


@dataclass(frozen=True, slots=True)
class Held:
    """An item as a page shows it.

    `said` is the contact as far as it was understood, said when it was by our clock;
    `answer` is that in words; `elector` is whom it names, if the reader may see them,
    and `left` the same of somebody who has
    left the register, as that last had them; `row` the cells of a file's row, or
    the fields of what a phone sent besides contacts.
    """

    item: HeldItem
    said: ContactItem | None
    answer: str
    elector: ElectorStanding | None
    left: ElectorStanding | None
    row: list[str]

    @property
    def is_accepted_whole(self) -> bool:
        """A phone sent it and it is no contact: accepted as it is, not put right."""
        return self.item.kind not in (
            HeldKind.CONTACT,
            HeldKind.ROW,
            HeldKind.UNREADABLE,
        )

    @property
    def words(self) -> str:
        """What to look for to find whoever is meant."""
        if self.left:
            return str(self.left.elector.full_name)
        return next(
            (self._cells[name] for name in LOOKED_FOR if name in self._cells), ""
        )

    @property
    def named(self) -> str:
        """Whom a file's row names, in its own words."""
        cells = self._cells if self.item.kind == HeldKind.ROW else {}
        return ", ".join(cells[name] for name in NAMING if name in cells)

    @property
    def _cells(self) -> dict[str, str]:
        return dict(line.split(": ", 1) for line in self.row if ": " in line)


def held_for(by: Actor, *, campaign: Campaign) -> ScopedQuerySet[HeldItem]:
    """What waits, of the wards in which the actor sees electors, and their own.

    What names nobody of the campaign is for whoever reaches all of it.
    """
    waiting = HeldItem.objects.of(campaign.organisation_id).filter(
        campaign=campaign, resolved_at__isnull=True
    )
    wards = by.ward_ids(Capability.SEE_ELECTORS, campaign=campaign)
    if wards is None:
        return waiting
    theirs = ElectorStanding.objects.of(campaign.organisation_id).filter(
        campaign=campaign, ward_id__in=wards
    )
    return waiting.annotate(about=AboutElector()).filter(
        Q(about__in=theirs.values("elector_id")) | Q(by_kind=by.kind, by_id=by.id)
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some items wait, and how many do. `is_to_decide`: until somebody who may
    record accepts them."""

    code: str
    sentence: str
    count: int

    @property
    def is_to_decide(self) -> bool:
        return self.code in TO_DECIDE

    @property
    def what_accepting_does(self) -> str:
        return REPLACES if self.code == OTHERS_WORD else BELIEVED


def reasons_held(by: Actor, *, campaign: Campaign) -> list[Reason]:
    """The most frequent first. What one of them says quotes somebody, and does not
    stand for the others."""
    groups = (
        held_for(by, campaign=campaign)
        .values_list("code")
        .annotate(count=Count("pk"))
        .order_by("-count", "code")
    )
    return [Reason(code, WHY.get(code, UNNAMED), count) for code, count in groups]


def shown(items: Iterable[HeldItem], *, by: Actor, campaign: Campaign) -> list[Held]:
    """The items as pages show them; seven queries more."""
    items = list(items)
    said = {item.pk: _said(item) for item in items}
    ids = {one.elector_id for one in said.values() if one}
    found = reachable_electors(by=by, campaign=campaign).filter(elector_id__in=ids)
    electors = {standing.elector_id: standing for standing in found}
    gone = electors_who_left(by=by, campaign=campaign).filter(elector_id__in=ids)
    left = {standing.elector_id: standing for standing in gone}
    words = _words(campaign)
    addresses = Address.objects.of(campaign.organisation_id).in_bulk(
        {pk for item in items if (pk := _id_of(item, "address"))}
    )
    streets = LeafletStreet.objects.of(campaign.organisation_id).in_bulk(
        {pk for item in items if (pk := _id_of(item, "street"))}
    )
    return [
        Held(
            item,
            one,
            _answer(one, words) if one else "",
            electors.get(one.elector_id) if one else None,
            left.get(one.elector_id) if one else None,
            _lines(item, {"address": addresses, "street": streets}),
        )
        for item in items
        for one in (said[item.pk],)
    ]


def _said(item: HeldItem) -> ContactItem | None:
    is_contact = item.kind == HeldKind.CONTACT
    values = item.payload if is_contact else item.payload.get("said")
    if not values:
        return None
    said = ContactItem.from_json(values)
    offset = timedelta(seconds=item.payload.get(CLOCK_OFFSET, 0))
    when = effective_time(
        said.said_at,
        received_at=item.received_at,
        clock_offset=offset,
        channel=said.channel,
    )
    return replace(said, said_at=when.at)


def _lines(item: HeldItem, places: Mapping[str, Mapping[int, object]]) -> list[str]:
    """`places` are those that items name, by the field and their ids."""
    if item.kind == HeldKind.CONTACT:
        return []
    if "row" in item.payload:
        return str(item.payload["row"]).split("\n")
    sent = {"what": _kind_of(item), **item.payload.get("sent", {})}
    for name, known in places.items():
        if (place := known.get(_id_of(item, name) or 0)) is not None:
            sent[name] = str(place)
    return [
        f"{name.replace('_', ' ')}: {value}"
        for name, value in sent.items()
        if value not in ("", None) and name not in MACHINES_WORDS
    ]


def _kind_of(item: HeldItem) -> str:
    kinds = dict(HeldKind.choices)
    return str(kinds.get(item.kind, item.kind)).lower()


def _id_of(item: HeldItem, name: str) -> int | None:
    found = item.payload.get("sent", {}).get(name)
    return found if isinstance(found, int) and 0 < found <= BIGGEST_ID else None


def _words(campaign: Campaign) -> dict[str, str]:
    """Each code of the campaign, in words."""
    of_campaign = [
        model.objects.filter(campaign=campaign).values_list("code", "label")
        for model in (OutcomeCode, IntentionCode)
    ]
    return {code: label for codes in of_campaign for code, label in codes}


def _answer(said: ContactItem, words: Mapping[str, str]) -> str:
    """`Spoken to: Leaning to Rowan Ash, no pledge`; an unknown code as it came."""
    pledge = {True: "a pledge", False: "no pledge", None: ""}[said.pledge]
    intention = words.get(said.intention, said.intention)
    answers = ", ".join(filter(None, (intention, pledge)))
    outcome = words.get(said.outcome, said.outcome)
    return ": ".join(filter(None, (outcome, answers))) or "nothing that we understood"
