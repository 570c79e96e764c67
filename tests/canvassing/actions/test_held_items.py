"""Held items: tried again or let go, never dropped unseen."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from campaigns.access import system
from campaigns.models import Campaign, Elector, Ward
from canvassing.actions import held_items
from canvassing.actions.contact_erasure import erase_contacts
from canvassing.actions.contact_filing import hold_contacts
from canvassing.actions.contacts import NO_OFFSET
from canvassing.actions.held_items import (
    HeldItemRefused,
    file_held_item,
    let_held_item_go,
    try_held_items,
)
from canvassing.importers.contacts_csv import import_contacts
from canvassing.models import Channel, HeldItem, IntentionCode
from canvassing.rules.contacts import Answer, ContactItem, Verdict
from tests.canvassing.contact_helpers import prepare, record, said, standing
from tests.cast import NOW, make_district, make_elector


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    return elector


def test_what_can_be_filed_by_now_is_filed_and_the_rest_stays(
    campaign: Campaign, ivy: Elector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_items, "BATCH", 1)
    record(campaign, said(ivy, "Q9"), said(ivy, "Z"))
    IntentionCode.objects.create(
        organisation=campaign.organisation, campaign=campaign, code="Z", label="Zeal"
    )

    by = system(campaign.organisation)
    counts = try_held_items(HeldItem.objects.all(), by=by, at=NOW, campaign=campaign)

    assert counts == {"filed": 1, "held": 1}
    assert standing(campaign, ivy).intention.code == "Z"
    assert [item.resolution for item in HeldItem.objects.order_by("pk")] == [
        "",
        "Filed.",
    ]


def accept(campaign: Campaign) -> dict[Answer, int]:
    by = system(campaign.organisation)
    waiting = HeldItem.objects.all()
    return dict(try_held_items(waiting, by=by, at=NOW, campaign=campaign))


@pytest.mark.parametrize("channel", Channel)
def test_what_is_held_and_then_accepted_waits_no_longer(
    channel: Channel, campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, "Z", channel=channel))
    assert accept(campaign) == {"held": 1}
    assert HeldItem.objects.count() == 1
    IntentionCode.objects.create(
        organisation=campaign.organisation, campaign=campaign, code="Z", label="Zeal"
    )

    assert accept(campaign) == {"filed": 1}
    assert HeldItem.objects.get().resolution == "Filed."
    assert accept(campaign) == {}


def test_what_was_on_file_before_it_was_held_waits_no_longer_once_it_is_accepted(
    campaign: Campaign, ivy: Elector
) -> None:
    by = system(campaign.organisation)
    sent = said(ivy, "P1")
    record(campaign, sent)
    verdict = Verdict(sent.uuid, Answer.HELD, "blocked", "They were blocked.")
    hold_contacts(
        [sent], [verdict], by=by, at=NOW, campaign=campaign, clock_offset=NO_OFFSET
    )

    assert accept(campaign) == {"already_filed": 1}
    assert HeldItem.objects.get().resolution == "Filed."


def test_what_was_held_by_another_hash_is_found_again(
    campaign: Campaign, ivy: Elector
) -> None:
    """As it was kept of every channel but the door, once and once more."""
    record(campaign, said(ivy, "Y", channel="stall"), said(ivy, "Z", channel="phone"))
    twice, once = HeldItem.objects.order_by("pk")
    HeldItem.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        kind="contact",
        uuid=twice.uuid,
        content_hash="older",
        payload=twice.payload,
        by_kind="system",
    )
    right = once.content_hash
    HeldItem.objects.filter(pk=once.pk).update(
        content_hash="old", code="caller_blocked"
    )

    migration = import_module("canvassing.migrations.0046_held_items_are_found_again")
    migration.hash_anew(apps, None)
    migration.rename(apps, None)

    once.refresh_from_db()
    assert (once.content_hash, once.code) == (right, "blocked")
    assert HeldItem.objects.get(content_hash="older").resolution == "Held twice."
    assert HeldItem.objects.filter(resolved_at=None).count() == 2


def test_what_was_filed_for_somebody_is_erased_with_them(
    campaign: Campaign, ivy: Elector, tmp_path: Path
) -> None:
    by = system(campaign.organisation)
    file = tmp_path / "history.csv"
    file.write_text("elector number,name,code,date\nBN1-99,Ivy Marsh,P1,2021-03-01\n")
    where = {"campaign": campaign, "council": campaign.councils.get()}
    import_contacts(file, by=by, clock=lambda: NOW, **where)
    held = HeldItem.objects.get()
    item = ContactItem.from_json(held.payload["said"])
    item = replace(item, elector_id=ivy.pk)
    file_held_item(held, item, by=by, at=NOW, campaign=campaign)

    again = import_contacts(file, by=by, clock=lambda: NOW, **where)
    erase_contacts(elector=ivy, by=by, at=NOW)

    assert (again.already_filed, again.held) == (1, 0)
    assert HeldItem.objects.get().payload == {}


def test_what_came_under_anothers_id_is_erased_with_whom_it_was_filed_for(
    campaign: Campaign, ivy: Elector
) -> None:
    by = system(campaign.organisation)
    nell = make_elector(ivy.polling_district, forename="Nell")
    prepare(campaign)
    sent = said(ivy, "P1")
    record(campaign, sent)
    record(campaign, replace(sent, note="Ring Nell on Monday"))
    held = HeldItem.objects.get()
    item = replace(sent, elector_id=nell.pk, note="Ring on Monday")
    file_held_item(held, item, by=by, at=NOW, campaign=campaign)

    erase_contacts(elector=nell, by=by, at=NOW)

    held = HeldItem.objects.get()
    assert (held.payload, held.reason) == ({}, "")


def test_rows_that_were_let_go_are_not_said_to_be_held_when_they_come_again(
    campaign: Campaign, ivy: Elector, tmp_path: Path
) -> None:
    by = system(campaign.organisation)
    file = tmp_path / "history.csv"
    file.write_text(
        "elector number,code,date\nQQ1-1,P1,2021-03-01\n"
        f"{ivy.elector_number},Q9,2021-03-01\nQQ1-2,P1,some day\n"
    )
    where = {"campaign": campaign, "council": campaign.councils.get()}
    first = import_contacts(file, by=by, clock=lambda: NOW, **where)
    for held in HeldItem.objects.all():
        let_held_item_go(held, reason="Nobody knows", by=by, at=NOW)

    again = import_contacts(file, by=by, clock=lambda: NOW, **where)

    assert (first.held, first.let_go) == (3, 0)
    assert (again.held, again.let_go) == (0, 3)


def test_an_item_is_let_go_once_with_a_reason_and_stays_let_go(
    campaign: Campaign, ivy: Elector
) -> None:
    item = said(ivy, "Q9")
    record(campaign, item)
    held, by = HeldItem.objects.get(), system(campaign.organisation)

    with pytest.raises(HeldItemRefused, match="Say why"):
        let_held_item_go(held, reason="", by=by, at=NOW)
    let_held_item_go(held, reason="A slip of the pen", by=by, at=NOW)
    with pytest.raises(HeldItemRefused, match="already"):
        let_held_item_go(held, reason="Again", by=by, at=NOW)
    record(campaign, item)

    assert HeldItem.objects.get().resolution == "A slip of the pen"
