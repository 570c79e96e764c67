"""Contacts that a phone sends: filed as all contacts are, or all held."""

from collections.abc import Callable, Sequence

from canvassing.actions.contact_filing import filed_hashes, hold_contacts
from canvassing.actions.contacts import record_contacts
from canvassing.actions.field_scene import FieldScene
from canvassing.rules.contacts import (
    Answer,
    ContactItem,
    Verdict,
    verdict_on_the_rest,
)
from canvassing.rules.field_items import (
    FIELD_REASONS,
    Sent,
    Unreadable,
    contact_of,
    unreadable,
)


def record(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    return _each(sent, scene, lambda items: _record(items, scene))


def hold(sent: Sequence[Sent], scene: FieldScene, closed: str) -> list[Verdict]:
    """Those of a closed phone; what was filed before it was closed is still filed."""
    return _each(sent, scene, lambda items: _hold(items, scene, closed))


def _each(
    sent: Sequence[Sent],
    scene: FieldScene,
    answer: Callable[[list[ContactItem]], list[Verdict]],
) -> list[Verdict]:
    """The answers to those that can be read, and that the others cannot."""
    verdicts: list[Verdict | None] = []
    items: list[ContactItem] = []
    volunteer_id, session_id = scene.phone.volunteer_id, scene.issue.session_id
    for item in sent:
        try:
            contact = contact_of(
                item,
                knockers=scene.knockers,
                volunteer_id=volunteer_id,
                session_id=session_id,
            )
        except Unreadable as problem:
            verdicts.append(unreadable(item, problem))
        else:
            items.append(contact)
            verdicts.append(None)
    answers = iter(answer(items))
    return [verdict or next(answers) for verdict in verdicts]


def _record(items: list[ContactItem], scene: FieldScene) -> list[Verdict]:
    return record_contacts(
        items,
        by=scene.by,
        at=scene.at,
        campaign=scene.campaign,
        clock_offset=scene.clock_offset,
        ours=scene.ours,
    )


def _hold(items: list[ContactItem], scene: FieldScene, closed: str) -> list[Verdict]:
    before = filed_hashes([item.uuid for item in items], campaign=scene.campaign)
    verdicts = [
        verdict_on_the_rest(item, "", before)
        if item.uuid in before
        else Verdict(item.uuid, Answer.HELD, closed, FIELD_REASONS[closed])
        for item in items
    ]
    hold_contacts(
        items,
        verdicts,
        by=scene.by,
        at=scene.at,
        campaign=scene.campaign,
        clock_offset=scene.clock_offset,
    )
    return verdicts
