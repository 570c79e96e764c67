"""A local party's own rounds: read in from its list, and put aside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Council, Organisation
from campaigns.roles import Capability
from canvassing.models import LocalRound, LocalStretch
from canvassing.rules.local_round_rows import StretchRow
from canvassing.rules.rounds import RoundsRefused

MOST_STRETCHES: Final = 2_000


def write_local_rounds(
    rounds: Mapping[str, Sequence[StretchRow]],
    *,
    organisation: Organisation,
    council: Council,
    by: Actor,
    at: datetime,
) -> tuple[int, int]:
    """Each round as the file has it: new, or in place of its streets so far.

    Rounds that the file does not name stay. They are the organisation's, of no election
    and of no edition of the register. Returns how many are new, and how many changed.
    Refused: whoever may not set up campaigns, a round of too many streets. Audit verb:
    `local_rounds.written`.
    """
    _refuse_strangers(organisation, by=by)
    for name, stretches in rounds.items():
        if len(stretches) > MOST_STRETCHES:
            raise RoundsRefused(
                "too_many", f"{name} has more than {MOST_STRETCHES:,} streets."
            )
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two files at a time would each make the same rounds.
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [organisation.pk, council.pk]
            )
        known = {one.name: one for one in _live(organisation, council)}
        before = _stretches_of(organisation, known)
        changed = {
            name: rows
            for name, rows in rounds.items()
            if before.get(name) != [row[1:] for row in rows]
        }
        new = LocalRound.objects.bulk_create(
            LocalRound(
                organisation=organisation, council=council, name=name, made_at=at
            )
            for name in changed
            if name not in known
        )
        known |= {one.name: one for one in new}
        _replace_stretches(organisation, {known[n].pk: r for n, r in changed.items()})
        audit.record(
            "local_rounds.written",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            target=council,
            new=len(new),
            changed=len(changed) - len(new),
        )
    return len(new), len(changed) - len(new)


def retire_local_round(local_round: LocalRound, *, by: Actor, at: datetime) -> None:
    """Put a round aside: the next cutting takes its doors as any others. Again: no
    harm. Refused as above. Audit verb: `local_round.retired`."""
    _refuse_strangers(local_round.organisation, by=by)
    with transaction.atomic():
        retired = LocalRound.objects.filter(
            pk=local_round.pk, retired_at__isnull=True
        ).update(retired_at=at)
        if retired:
            audit.record(
                "local_round.retired",
                by=by,
                at=at,
                organisation_id=local_round.organisation_id,
                target=local_round,
            )


def _refuse_strangers(organisation: Organisation, *, by: Actor) -> None:
    """They are every campaign's; whoever sets up one of them may write them."""
    if not any(
        grant.organisation_id == organisation.pk
        and Capability.MANAGE_CAMPAIGN in grant.capabilities
        for grant in by.grants
    ):
        raise RoundsRefused("not_allowed", "You may not change local rounds here.")


def _live(organisation: Organisation, council: Council) -> list[LocalRound]:
    rounds = LocalRound.objects.of(organisation).filter(
        council=council, retired_at__isnull=True
    )
    return list(rounds)


def _stretches_of(
    organisation: Organisation, known: Mapping[str, LocalRound]
) -> dict[str, list[tuple[object, ...]]]:
    """What each round has now, as a `StretchRow` without its round's name."""
    found: dict[str, list[tuple[object, ...]]] = {name: [] for name in known}
    names = {one.pk: name for name, one in known.items()}
    rows = LocalStretch.objects.of(organisation).filter(local_round__in=names)
    for pk, *stretch in rows.order_by("local_round", "position").values_list(
        "local_round", "street", "street_key", "side", "number_from", "number_to"
    ):
        found[names[pk]].append(tuple(stretch))
    return found


def _replace_stretches(
    organisation: Organisation, rounds: Mapping[int, Sequence[StretchRow]]
) -> None:
    LocalStretch.objects.of(organisation).filter(local_round__in=rounds).delete()
    LocalStretch.objects.bulk_create(
        LocalStretch(
            organisation=organisation,
            local_round_id=pk,
            position=position,
            street=row.street,
            street_key=row.street_key,
            side=row.side,
            number_from=row.number_from,
            number_to=row.number_to,
        )
        for pk, rows in rounds.items()
        for position, row in enumerate(rows, start=1)
    )
