"""What a phone sends of opinions: that somebody does not want theirs recorded."""

from collections.abc import Sequence

from canvassing.actions.field_scene import FieldScene
from canvassing.actions.opinions import Objection, object_to_views
from canvassing.reports.heard_by import with_phone
from canvassing.rules.contacts import Verdict
from canvassing.rules.field_items import Sent, Unreadable, filed, held, unreadable


def file_objections(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Those of a phone: "do not record my views", of electors on its round."""
    verdicts = [_verdict(item, scene) for item in sent]
    object_to_views(
        [
            Objection(elector.elector_id, when, with_phone(scene.phone.pk, when))
            for item, verdict in zip(sent, verdicts, strict=True)
            if not verdict.code and (elector := scene.elector(item))
            for when in [scene.when(item)]
        ],
        organisation_id=scene.organisation_id,
        by=scene.by,
        at=scene.at,
    )
    return verdicts


def _verdict(item: Sent, scene: FieldScene) -> Verdict:
    try:
        return filed(item) if scene.elector(item) else held(item, "not_on_round")
    except Unreadable as problem:
        return unreadable(item, problem)
