"""Decide whether two electors are one person, and take a decision back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from campaigns.actions import audit
from campaigns.models import Elector, ElectorMerge, MatchProposal, ProposalState
from campaigns.registry import registry
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

# What the register says of a person, which goes with the newer entry.
FACTS = (
    "council_id", "address_id", "polling_district_id", "elector_number", "title",
    "forename", "middle_names", "surname", "name_key", "markers", "supplier_id",
    "on_register",
)  # fmt: skip
# A tombstone tells nothing: undone, it takes the facts that the kept elector has then.
NOTHING = dict.fromkeys(
    ("elector_number", "title", "forename", "middle_names", "surname", "name_key",
     "markers", "supplier_id"), "",
) | {"on_register": False, "address_id": None, "attains_on": None}  # fmt: skip
MOVE_ENTRIES = """
UPDATE campaigns_registerentry SET elector_id = %(kept)s
WHERE organisation_id = %(organisation)s AND elector_id = %(tombstone)s RETURNING id
"""
MOVE_ABSENT_VOTES = """
UPDATE campaigns_absentvote AS vote SET elector_id = %(kept)s
WHERE organisation_id = %(organisation)s AND elector_id = %(tombstone)s
  AND NOT EXISTS (
      SELECT FROM campaigns_absentvote AS own
      WHERE own.organisation_id = vote.organisation_id
        AND own.absent_list_id = vote.absent_list_id
        AND own.elector_id = %(kept)s AND own.kind = vote.kind)
RETURNING id
"""
# Who is now known is no longer anybody else.
CLOSE_OTHERS = """
UPDATE campaigns_matchproposal
SET state = 'different', decided_at = %(at)s, decided_by = 'Another match was accepted'
WHERE organisation_id = %(organisation)s AND state = 'open'
  AND (newer_id = %(tombstone)s OR older_id = %(kept)s) RETURNING id
"""
LAST_ENTRY = "SELECT coalesce(max(id), 0) FROM campaigns_registerentry WHERE organisation_id = %(organisation)s AND elector_id = %(kept)s"  # noqa: E501
# An entry opened since the merge is the newer person's as well.
MOVE_ENTRIES_BACK = """
UPDATE campaigns_registerentry SET elector_id = %(tombstone)s
WHERE organisation_id = %(organisation)s AND elector_id = %(kept)s
  AND (id = ANY(%(entries)s) OR id > %(last)s) RETURNING id
"""
MOVE_ABSENT_VOTES_BACK = """
UPDATE campaigns_absentvote SET elector_id = %(tombstone)s
WHERE organisation_id = %(organisation)s AND elector_id = %(kept)s
  AND id = ANY(%(votes)s) RETURNING id
"""
FREE = "SELECT pg_try_advisory_xact_lock_shared(%(organisation)s, %(council)s)"
ENTRIES, VOTES = "campaigns_registerentry", "campaigns_absentvote"
PROPOSALS = "campaigns_matchproposal"


class MatchRefused(Refusal):
    """This match cannot be decided so, now."""


@transaction.atomic(durable=True)
def accept_match(proposal: MatchProposal, *, by: "Actor", at: datetime) -> ElectorMerge:
    """They are one person: the older elector stays and takes the newer's entries.

    Everything recorded of the newer one follows; it stays as a tombstone. Refused: a
    proposal already decided, an elector merged meanwhile, two people on the register
    at once, an older one that is on it again, an anonymous entry, a register that is
    being loaded. Audit: `match.accepted`.
    """
    _refuse_while_loading(proposal)
    proposal = _open(proposal)
    kept, tombstone = _locked(proposal.older_id, proposal.newer_id)
    _refuse(kept, tombstone)
    merge = ElectorMerge(
        organisation=proposal.organisation,
        proposal=proposal,
        kept=kept,
        tombstone=tombstone,
        before=_facts(kept),
        merged_at=at,
    )
    merge.recorded_by(by)
    merge.save(force_insert=True)
    _decide(proposal, ProposalState.SAME, by=by, at=at)
    keys = {"kept": kept.pk, "tombstone": tombstone.pk, "at": at}
    keys |= {"organisation": proposal.organisation_id}
    moved: dict[str, Any] = {"last_entry": _ids(LAST_ENTRY, keys)[0]}
    moved[ENTRIES] = _ids(MOVE_ENTRIES, keys)
    moved[VOTES] = _ids(MOVE_ABSENT_VOTES, keys)
    moved[PROPOSALS] = _ids(CLOSE_OTHERS, keys)
    _take_over(kept, tombstone, at=at)
    for hook in registry.electors_merged:
        moved |= hook(kept=kept, tombstone=tombstone, merge=merge)
    merge.moved = moved
    merge.save(update_fields=["moved"])
    _record("match.accepted", proposal, merge, by=by, at=at)
    return merge


@transaction.atomic(durable=True)
def reject_match(proposal: MatchProposal, *, by: "Actor", at: datetime) -> None:
    """They are two people. Refused: already decided. Audit: `match.rejected`."""
    proposal = _open(proposal)
    _decide(proposal, ProposalState.DIFFERENT, by=by, at=at)
    audit.record(
        "match.rejected",
        by=by,
        at=at,
        organisation_id=proposal.organisation_id,
        target=proposal,
    )


@transaction.atomic(durable=True)
def undo_match(merge: ElectorMerge, *, by: "Actor", at: datetime) -> None:
    """Make them two again, each with their own; the proposal waits once more.

    Refused: undone already, or the kept elector has itself been merged since, or the
    register is being loaded, or one of its copies was destroyed. Audit: `match.undone`.
    """
    _refuse_while_loading(merge.proposal)
    merge = ElectorMerge.objects.select_for_update().get(pk=merge.pk)
    kept, tombstone = _locked(merge.kept_id, merge.tombstone_id)
    if merge.undone_at or tombstone.merged_into_id != kept.pk or kept.merged_into_id:
        raise MatchRefused("not_merged", "This match is no longer in force.")
    if not merge.before:
        raise MatchRefused(
            "destroyed", "A copy that this match rests on was destroyed: it stays."
        )
    keys = {
        "kept": kept.pk,
        "tombstone": tombstone.pk,
        "organisation": merge.organisation_id,
        "entries": merge.moved.get(ENTRIES, []),
        "votes": merge.moved.get(VOTES, []),
        "last": max([merge.moved["last_entry"], *merge.moved.get(ENTRIES, [])]),
    }
    _ids(MOVE_ENTRIES_BACK, keys)
    _ids(MOVE_ABSENT_VOTES_BACK, keys)
    _write(tombstone, _facts(kept), at=at, merged_into_id=None)
    _write(kept, merge.before, at=at)
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    reopened = [merge.proposal_id, *merge.moved.get(PROPOSALS, [])]
    MatchProposal.objects.filter(
        organisation=merge.organisation_id, pk__in=reopened
    ).update(state=ProposalState.OPEN, decided_at=None, decided_by="")
    for hook in registry.electors_merged:
        hook(kept=kept, tombstone=tombstone, merge=merge, undo=True)
    _record("match.undone", merge.proposal, merge, by=by, at=at)


def _refuse_while_loading(proposal: MatchProposal | None) -> None:
    """An import has paired electors before it writes them: none may change meanwhile.

    It holds this lock (`lock_council`); until our own transaction ends it waits for us.
    """
    if proposal is None:
        return
    keys = {"organisation": proposal.organisation_id, "council": proposal.council_id}
    with connection.cursor() as cursor:
        cursor.execute(FREE, keys)
        if not cursor.fetchone()[0]:
            raise MatchRefused(
                "loading", "A register of this council is being loaded: decide it then."
            )


def _open(proposal: MatchProposal) -> MatchProposal:
    fresh = MatchProposal.objects.select_for_update().get(pk=proposal.pk)
    if fresh.state != ProposalState.OPEN:
        raise MatchRefused("decided", "This match has been decided already.")
    return fresh


def _locked(first: int, second: int) -> tuple[Elector, Elector]:
    """Both electors, locked in the order of their ids."""
    pair = Elector.objects.select_for_update().filter(pk__in=(first, second))
    found = {elector.pk: elector for elector in pair.order_by("pk")}
    return found[first], found[second]


def _refuse(kept: Elector, tombstone: Elector) -> None:
    if kept.merged_into_id or tombstone.merged_into_id:
        raise MatchRefused("merged", "One of the two has been matched meanwhile.")
    if kept.is_anonymous or tombstone.is_anonymous:
        raise MatchRefused("anonymous", "An anonymous entry is never matched.")
    if kept.on_register and tombstone.on_register:
        raise MatchRefused("both", "Both are on the register now: they are two people.")
    if kept.on_register:
        raise MatchRefused(
            "came_back",
            "The older one is on the register again and the newer one is not, so that "
            "this no longer fits: look at it after the next register.",
        )


def _facts(elector: Elector) -> dict[str, Any]:
    attains = elector.attains_on.isoformat() if elector.attains_on else None
    hidden = elector.hidden_at.isoformat() if elector.hidden_at else None
    facts = {name: getattr(elector, name) for name in FACTS}
    return facts | {"attains_on": attains, "hidden_at": hidden}


def _take_over(kept: Elector, tombstone: Elector, *, at: datetime) -> None:
    """Whoever was hidden stays hidden."""
    facts = _facts(tombstone)
    facts["hidden_at"] = facts["hidden_at"] or _facts(kept)["hidden_at"]
    _write(kept, facts, at=at)
    _write(tombstone, NOTHING, at=at, merged_into_id=kept.pk)


def _write(
    elector: Elector, facts: dict[str, Any], *, at: datetime, **more: Any
) -> None:
    Elector.objects.filter(pk=elector.pk).update(**facts, **more, changed_at=at)
    elector.refresh_from_db()


def _decide(
    proposal: MatchProposal, state: ProposalState, *, by: "Actor", at: datetime
) -> None:
    proposal.state, proposal.decided_at = state, at
    proposal.decided_by = by.label
    proposal.save(update_fields=["state", "decided_at", "decided_by"])


def _ids(statement: str, keys: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, keys)
        return [row for (row,) in cursor.fetchall()]


def _record(
    verb: str,
    proposal: MatchProposal | None,
    merge: ElectorMerge,
    *,
    by: "Actor",
    at: datetime,
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=merge.organisation_id,
        target=proposal or merge,
        kept=merge.kept_id,
        tombstone=merge.tombstone_id,
    )
