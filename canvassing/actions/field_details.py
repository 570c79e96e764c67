"""Numbers and e-mail addresses that a phone sends, taken at the door with consent."""

from collections.abc import Sequence
from typing import Final

from campaigns.clock import day_of
from canvassing.actions.contact_details import file_contact_details
from canvassing.actions.field_scene import FieldScene
from canvassing.rules.contact_details import NOTICE, ContactDetailItem, wording_of
from canvassing.rules.contacts import Verdict
from canvassing.rules.field_items import Sent, Unreadable, held, unreadable

AT_THE_DOOR: Final = "At the door"


def file_details(sent: Sequence[Sent], scene: FieldScene) -> list[Verdict]:
    """Those of people behind the round's doors; consent in a wording that never was is
    held, as is what is no number and no address."""
    read = [_item(item, scene) for item in sent]
    items = [one for one in read if isinstance(one, ContactDetailItem)]
    answers = iter(
        file_contact_details(items, by=scene.by, at=scene.at, campaign=scene.campaign)
    )
    return [one if isinstance(one, Verdict) else next(answers) for one in read]


def _item(item: Sent, scene: FieldScene) -> ContactDetailItem | Verdict:
    try:
        elector = scene.elector(item)
        what, value = item.text("what"), item.text("value")
        channels, version = item.texts("channels"), item.text("consent")
    except Unreadable as problem:
        return unreadable(item, problem)
    if elector is None:
        return held(item, "not_on_round")
    when = scene.when(item)
    return ContactDetailItem(
        uuid=item.uuid,
        elector_id=elector.elector_id,
        what=what,
        value=value,
        source=AT_THE_DOOR,
        obtained_on=day_of(when),
        said_at=when,
        channels=channels,
        wording=wording_of(version),
        notice=NOTICE,
        notice_given_on=day_of(when),
    )
