"""Who may vote in which kind of poll, from the markers the register prints.

Register markers differ between suppliers and nations. Only letters whose meaning was
read decide anything; an entry with any other letter is to be checked by a person and
is never taken as eligible. Each rule says where it was read; the sources are listed,
with worked examples, in docs/rules/franchise.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaigns.rules.election_kinds import PollKind


class Verdict(StrEnum):
    """May the elector vote in this poll? `CHECK` is never taken as yes."""

    YES = "yes"
    NO = "no"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Eligibility:
    verdict: Verdict
    reason: str

    @property
    def may_vote(self) -> bool:
        return self.verdict is Verdict.YES


class Franchise(StrEnum):
    """The body of electors that a kind of poll uses."""

    LOCAL_GOVERNMENT = "local government"
    PARLIAMENTARY = "parliamentary"
    DEVOLVED = "devolved"


DEVOLVED_KINDS = frozenset(
    (
        PollKind.SCOTTISH_PARLIAMENT,
        PollKind.SENEDD,
        PollKind.NORTHERN_IRELAND_ASSEMBLY,
    )
)
NEW_RULE_FOR_EU_CITIZENS = date(2024, 5, 7)
ANYWHERE = frozenset(("ENG", "WLS", "SCT", "NIR"))
ENGLAND = frozenset(("ENG",))
SCOTLAND = frozenset(("SCT",))
# Sixteen- and seventeen-year-olds vote there in local and devolved polls, and which
# birthday a supplier prints was not read.
YOUNGER_VOTERS = frozenset(("WLS", "SCT"))

# Z, or (z), has opted out of the open register, which has no bearing on the vote; the
# rest stand between letters.
IGNORED = frozenset("Z ,;/.()-\N{NO-BREAK SPACE}")


@dataclass(frozen=True, slots=True)
class MarkerRule:
    """What one letter means for one franchise, between two polling days (half-open).

    Where no rule fits a letter, the entry is to be checked.
    """

    letter: str
    franchise: Franchise
    verdict: Verdict
    reason: str
    nations: frozenset[str] = ANYWHERE
    polls_from: date | None = None
    polls_until: date | None = None

    def fits(self, franchise: Franchise, nation: str, poll_on: date) -> bool:
        return (
            self.franchise is franchise
            and nation in self.nations
            and (self.polls_from is None or self.polls_from <= poll_on)
            and (self.polls_until is None or poll_on < self.polls_until)
        )


def _only_local(letter: str, who: str) -> MarkerRule:
    reason = f"{who} have no vote for the UK Parliament."
    return MarkerRule(letter, Franchise.PARLIAMENTARY, Verdict.NO, reason)


RULES: tuple[MarkerRule, ...] = (
    MarkerRule(
        "F",
        Franchise.PARLIAMENTARY,
        Verdict.YES,
        "Overseas elector.",
    ),
    MarkerRule(
        "F",
        Franchise.LOCAL_GOVERNMENT,
        Verdict.NO,
        "Overseas electors vote for the UK Parliament only.",
    ),
    MarkerRule(
        "F",
        Franchise.DEVOLVED,
        Verdict.NO,
        "Overseas electors vote for the UK Parliament only.",
    ),
    MarkerRule(
        "G",
        Franchise.LOCAL_GOVERNMENT,
        Verdict.YES,
        "Citizen of the European Union, at a poll before 7 May 2024.",
        polls_until=NEW_RULE_FOR_EU_CITIZENS,
    ),
    MarkerRule(
        "G",
        Franchise.LOCAL_GOVERNMENT,
        Verdict.CHECK,
        "Citizen of the European Union under the rule that ended on 7 May 2024: only "
        "those confirmed since, marked B, keep the vote.",
        polls_from=NEW_RULE_FOR_EU_CITIZENS,
    ),
    _only_local("G", "Citizens of the European Union"),
    MarkerRule(
        "B",
        Franchise.LOCAL_GOVERNMENT,
        Verdict.YES,
        "Citizen of the European Union who keeps the vote.",
        nations=ENGLAND,
    ),
    _only_local("B", "Citizens of the European Union"),
    MarkerRule("L", Franchise.LOCAL_GOVERNMENT, Verdict.YES, "Peer."),
    _only_local("L", "Peers"),
    MarkerRule(
        "M",
        Franchise.LOCAL_GOVERNMENT,
        Verdict.YES,
        "Qualifying foreign national in Scotland.",
        nations=SCOTLAND,
    ),
    MarkerRule(
        "M",
        Franchise.PARLIAMENTARY,
        Verdict.NO,
        "Qualifying foreign nationals have no vote for the UK Parliament.",
        nations=SCOTLAND,
    ),
    MarkerRule("N", Franchise.LOCAL_GOVERNMENT, Verdict.YES, "Anonymous entry."),
    MarkerRule(
        "N",
        Franchise.PARLIAMENTARY,
        Verdict.CHECK,
        "Anonymous entry: the register does not say in which polls they may vote.",
    ),
)

NO_MARKER = Eligibility(Verdict.YES, "On the register with no marker that limits it.")


def franchise_of(kind: PollKind | str) -> Franchise:
    kind = PollKind(kind)
    if kind is PollKind.UK_PARLIAMENT:
        return Franchise.PARLIAMENTARY
    return Franchise.DEVOLVED if kind in DEVOLVED_KINDS else Franchise.LOCAL_GOVERNMENT


def may_vote(
    markers: str,
    attains_on: date | None,
    *,
    poll_on: date,
    poll_kind: PollKind | str,
    nation: str = "ENG",
) -> Eligibility:
    """May the elector of this register entry vote in this poll?

    A certain no comes before a check, and a check before a yes.
    """
    by_markers = _by_markers(
        markers, poll_on=poll_on, franchise=franchise_of(poll_kind), nation=nation
    )
    if attains_on is None or attains_on <= poll_on:
        return by_markers
    by_age = too_young(poll_kind=poll_kind, nation=nation)
    return _strictest((by_markers, by_age))


def eligibility_by_markers(
    marker_strings: Iterable[str],
    *,
    poll_on: date,
    poll_kind: PollKind | str,
    nation: str = "ENG",
) -> Mapping[str, Eligibility]:
    """The answer for each distinct string of markers, the date of attainment apart.

    For a whole register: join the rows to this and, where their date of attainment is
    after the poll, let `too_young` decide unless the markers already say no.
    """
    franchise = franchise_of(poll_kind)
    return {
        markers: _by_markers(
            markers, poll_on=poll_on, franchise=franchise, nation=nation
        )
        for markers in marker_strings
    }


def too_young(*, poll_kind: PollKind | str, nation: str = "ENG") -> Eligibility:
    """The answer for an entry whose date of attainment is after polling day."""
    votes_at_18 = franchise_of(poll_kind) is Franchise.PARLIAMENTARY
    if votes_at_18 or nation not in YOUNGER_VOTERS:
        return Eligibility(Verdict.NO, "Reaches voting age after polling day.")
    return Eligibility(
        Verdict.CHECK,
        "The date of attainment is after polling day, but people younger than 18 vote "
        "in this poll.",
    )


def _by_markers(
    markers: str, *, poll_on: date, franchise: Franchise, nation: str
) -> Eligibility:
    letters = dict.fromkeys(markers.upper())
    return _strictest(
        _by_letter(letter, poll_on=poll_on, franchise=franchise, nation=nation)
        for letter in letters
        if letter not in IGNORED
    )


def _by_letter(
    letter: str, *, poll_on: date, franchise: Franchise, nation: str
) -> Eligibility:
    for rule in RULES:
        if rule.letter == letter and rule.fits(franchise, nation, poll_on):
            return Eligibility(rule.verdict, rule.reason)
    return Eligibility(
        Verdict.CHECK, f"It is not known what the marker {letter} means for this poll."
    )


def _strictest(answers: Iterable[Eligibility]) -> Eligibility:
    order = (Verdict.NO, Verdict.CHECK, Verdict.YES)
    return min(
        answers, key=lambda answer: order.index(answer.verdict), default=NO_MARKER
    )
