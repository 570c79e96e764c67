"""What was recorded of somebody follows them when two electors prove to be one."""

from django.db import connection

from campaigns.models import Elector, ElectorMerge
from canvassing.actions.standing import (
    lock_standing,
    refresh_answers_everywhere,
    refresh_some,
)

# Each table, and which of the tombstone's rows follow. What may not be doubled stays
# behind: a mark for a day on which the kept elector is marked, a place on a list or in
# a queue in which they have one, a number that they have, an objection or a consent
# that stands for both.
FOLLOW = {
    "canvassing_contact": """
        m.campaign_id IN (
            SELECT id FROM campaigns_campaign WHERE organisation_id = %(organisation)s)
    """,
    "canvassing_answer": "true",
    "canvassing_donotcontact": "true",
    "canvassing_viewsobjection": """
        (m.lifted_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM canvassing_viewsobjection own
            WHERE own.organisation_id = m.organisation_id
              AND own.elector_id = %(kept)s AND own.lifted_at IS NULL
              AND own.came_with IS NOT DISTINCT FROM m.came_with))
    """,
    "canvassing_opinionconsent": """
        (m.withdrawn_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM canvassing_opinionconsent own
            WHERE own.organisation_id = m.organisation_id
              AND own.elector_id = %(kept)s AND own.withdrawn_at IS NULL
              AND own.came_with IS NOT DISTINCT FROM m.came_with))
    """,
    "canvassing_votedmark": """
        (m.withdrawn_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM canvassing_votedmark own
            WHERE own.organisation_id = m.organisation_id AND own.poll_on = m.poll_on
              AND own.elector_id = %(kept)s AND own.withdrawn_at IS NULL))
    """,
    "canvassing_gotventry": """
        NOT EXISTS (
            SELECT FROM canvassing_gotventry own
            WHERE own.organisation_id = m.organisation_id
              AND own.elector_id = %(kept)s AND own.gotv_list_id = m.gotv_list_id)
    """,
    "canvassing_phonenumber": """
        NOT EXISTS (
            SELECT FROM canvassing_phonenumber own
            WHERE own.organisation_id = m.organisation_id
              AND own.elector_id = %(kept)s AND own.number = m.number)
    """,
    "canvassing_emailaddress": """
        NOT EXISTS (
            SELECT FROM canvassing_emailaddress own
            WHERE own.organisation_id = m.organisation_id
              AND own.elector_id = %(kept)s AND own.email = m.email)
    """,
    "canvassing_queuedcall": """
        NOT EXISTS (
            SELECT FROM canvassing_queuedcall own
            WHERE own.organisation_id = m.organisation_id
              AND own.elector_id = %(kept)s AND own.bank_id = m.bank_id)
    """,
    # A call that is being made is not taken over by another of the same person.
    "canvassing_callclaim": """
        (m.closed_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM canvassing_callclaim own
            WHERE own.campaign_id = m.campaign_id
              AND own.elector_id = %(kept)s AND own.closed_at IS NULL))
    """,
}
MOVE = """
UPDATE {table} m SET elector_id = %(kept)s
WHERE m.organisation_id = %(organisation)s AND m.elector_id = %(tombstone)s AND {follow}
RETURNING m.id
"""
MOVE_BACK = """
UPDATE {table} m SET elector_id = %(tombstone)s
WHERE m.organisation_id = %(organisation)s AND m.id = ANY(%(ids)s::bigint[])
  AND m.elector_id = %(kept)s
RETURNING m.id
"""
# Who was present when a household asked us to stay away is there under either id.
PRESENT = "canvassing_donotcontact.present"
ADD_TO_PRESENT = """
UPDATE canvassing_donotcontact SET present = present || %(kept)s::bigint
WHERE organisation_id = %(organisation)s AND present @> ARRAY[%(tombstone)s::bigint]
  AND NOT present @> ARRAY[%(kept)s::bigint]
RETURNING id
"""
REMOVE_FROM_PRESENT = """
UPDATE canvassing_donotcontact SET present = array_remove(present, %(kept)s::bigint)
WHERE organisation_id = %(organisation)s AND id = ANY(%(ids)s::bigint[])
RETURNING id
"""


def follow_merge(
    *, kept: Elector, tombstone: Elector, merge: ElectorMerge, undo: bool = False
) -> dict[str, list[int]]:
    """Re-point what is recorded of the tombstone to the kept elector, or back.

    Returns the ids of the rows that moved, by table; an undo moves exactly those back
    that `merge.moved` names. Standing of both follows in every campaign.
    """
    electors = [kept.pk, tombstone.pk]
    lock_standing(organisation_id=merge.organisation_id, electors=electors)
    moved = {
        what: _run(statement, kept, tombstone, ids=merge.moved.get(what, []))
        for what, statement in (_back() if undo else _there()).items()
    }
    organisation_id = merge.organisation_id
    refresh_some(organisation_id=organisation_id, electors=electors)
    refresh_answers_everywhere(organisation_id=organisation_id, electors=electors)
    return moved


def _there() -> dict[str, str]:
    moves = {
        table: MOVE.format(table=table, follow=which) for table, which in FOLLOW.items()
    }
    return moves | {PRESENT: ADD_TO_PRESENT}


def _back() -> dict[str, str]:
    moves = {table: MOVE_BACK.format(table=table) for table in FOLLOW}
    return moves | {PRESENT: REMOVE_FROM_PRESENT}


def _run(
    statement: str, kept: Elector, tombstone: Elector, *, ids: list[int]
) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "organisation": kept.organisation_id,
                "kept": kept.pk,
                "tombstone": tombstone.pk,
                "ids": ids,
            },
        )
        return [row for (row,) in cursor.fetchall()]
