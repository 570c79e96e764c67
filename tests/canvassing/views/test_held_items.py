"""Held contacts on their page: seen with the reason, put right, filed or let go."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from campaigns.models import Campaign, Elector, User, Ward
from canvassing.models import Contact, HeldItem
from canvassing.reports.held_items import TO_DECIDE, WHY
from canvassing.rules import calls, shut_out, stalls
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_district, make_elector
from tests.house.test_access import signed_in

ADDRESS = "/mayor-2024/electors/held/"


@pytest.fixture
def tom(campaign: Campaign, ivy: Elector, other_ward: Ward) -> Elector:
    district = make_district(campaign.organisation, other_ward, "PN1")
    elector = make_elector(district, forename="Tom", number=5)
    prepare(campaign)
    return elector


def page(client: Client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


def typed(**changed: object) -> dict[str, object]:
    when = (NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    return {"outcome": "spoken", "intention": "P1", "said_at": when} | changed


def test_what_waits_is_shown_with_its_reason_and_by_whom(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "Q9"))

    shown = page(clerk)

    assert "The intention is not one of this campaign&#x27;s codes." in shown
    assert "Spoken to: Q9" in shown
    assert "Ivy Marsh" in shown
    assert "by Committee Room" in shown


def test_the_page_of_a_held_contact_says_in_words_what_was_said(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "Q9"))

    shown = page(clerk, f"{ADDRESS}{HeldItem.objects.get().pk}/")

    assert "Spoken to: Q9" in shown
    assert "what: contact" not in shown


@pytest.mark.parametrize("code", sorted(TO_DECIDE))
def test_what_somebody_sent_who_was_shut_out_is_filed_where_it_is_asked_for_alone(
    code: str, campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "Q9"))
    right = said(ivy, "P1")
    HeldItem.objects.update(
        code=code, payload=right.as_json(), content_hash=right.content_hash()
    )

    clerk.post(f"{ADDRESS}try/")
    assert not Contact.objects.exists()
    shown = page(clerk, f"{ADDRESS}?code={code}")
    assert "Accept all of these" in shown
    assert "It could not be filed." not in shown
    clerk.post(f"{ADDRESS}try/", {"code": code})
    assert Contact.objects.get().uuid == right.uuid


def test_every_reason_to_hold_has_its_sentence() -> None:
    reasons = {**calls.HELD_REASONS, **stalls.HELD_REASONS, **shut_out.HELD_REASONS}
    assert reasons.items() <= WHY.items()
    assert set(shut_out.HELD_REASONS) <= TO_DECIDE


def test_of_another_ward_nothing_is_shown(
    campaign: Campaign, tom: Elector, clerk: Client
) -> None:
    record(campaign, said(tom, "Q9"))
    held = HeldItem.objects.get()

    assert "Nothing is held" in page(clerk)
    assert clerk.get(f"{ADDRESS}{held.pk}/").status_code == 404
    assert clerk.post(f"{ADDRESS}{held.pk}/let-go/").status_code == 404


def test_an_answer_is_put_right_and_filed_once(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    sent = said(ivy, "Q9")
    record(campaign, sent)
    address = f"{ADDRESS}{HeldItem.objects.get().pk}/"

    answer = clerk.post(address, typed(), follow=True).content.decode()
    again = clerk.post(address, typed())
    record(campaign, sent)

    assert "Filed for Ivy Marsh." in answer
    assert again.status_code == 404
    assert Contact.objects.get().uuid == sent.uuid
    assert standing(campaign, ivy).pledged
    assert "Nothing is held" in page(clerk)
    assert differences(campaign) == 0


def test_it_is_filed_for_whoever_was_meant(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    nell = make_elector(
        make_district(campaign.organisation, ivy.polling_district.ward),
        forename="Nell",
        number=6,
    )
    prepare(campaign)
    record(campaign, said(ivy, "Q9"))
    address = f"{ADDRESS}{HeldItem.objects.get().pk}/"

    assert "Nell Marsh" in page(clerk, f"{address}?q=Nell Marsh")
    clerk.post(f"{address}?elector={nell.pk}", typed())

    assert Contact.objects.get().elector == nell


def test_what_would_be_held_again_is_refused_in_a_sentence(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "Q9"))
    held = HeldItem.objects.get()

    answer = clerk.post(f"{ADDRESS}{held.pk}/", typed(outcome="not_in"))

    assert "by its outcome nobody was spoken to" in answer.content.decode()
    assert HeldItem.objects.get().resolved_at is None


def test_the_same_id_with_other_content_is_filed_as_a_contact_of_its_own(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    sent = said(ivy, "P1")
    record(campaign, sent)
    record(campaign, said(ivy, "B", uuid=sent.uuid))
    held = HeldItem.objects.get()

    clerk.post(f"{ADDRESS}{held.pk}/", typed(intention="B"))

    assert Contact.objects.count() == 2
    assert not HeldItem.objects.filter(resolved_at=None).exists()


def test_everything_is_tried_again_with_one_press(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "Q9"), said(ivy, outcome="abroad"))
    campaign.intention_codes.filter(code="U").update(code="Q9")

    answer = clerk.post(f"{ADDRESS}try/", follow=True).content.decode()

    assert "1 of 2 could be filed." in answer
    assert standing(campaign, ivy).intention.code == "Q9"


def test_it_is_let_go_with_a_reason_only(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "Q9"))
    address = f"{ADDRESS}{HeldItem.objects.get().pk}/let-go/"

    without = clerk.post(address, follow=True).content.decode()
    clerk.post(address, {"reason": "A slip of the pen"})

    assert "Say why it is not to be filed." in without
    assert HeldItem.objects.get().resolution == "A slip of the pen"


def test_a_data_officer_reads_and_files_nothing(
    campaign: Campaign, ivy: Elector, client: Client, data_officer: User
) -> None:
    record(campaign, said(ivy, "Q9"))
    held = HeldItem.objects.get()
    officer = signed_in(data_officer)

    shown = page(officer) + page(officer, f"{ADDRESS}{held.pk}/")
    officer.post(f"{ADDRESS}{held.pk}/", typed())
    officer.post(f"{ADDRESS}{held.pk}/let-go/", {"reason": "Tidying up"})

    assert "Spoken to: Q9" in shown
    assert not {"File it", "Let it go", "File what can be filed now"} & set(
        re.findall(r"<button[^>]*>([^<]+)", shown)
    )
    assert HeldItem.objects.get().resolved_at is None
    assert not Contact.objects.exists()


def test_what_a_clock_wrong_by_months_took_is_shown_and_filed_when_it_was_said(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    fast = timedelta(days=217)
    when = NOW - timedelta(hours=1)
    sent = said(ivy, "Q9", said_at=when + fast)
    record(campaign, sent, clock_offset=-fast)
    address = f"{ADDRESS}{HeldItem.objects.get().pk}/"

    assert f"said on {when:%-d %B %Y}" in page(clerk)
    assert f'value="{when:%Y-%m-%dT}' in page(clerk, address)
    clerk.post(address, typed())

    assert Contact.objects.get().effective_at == when


def left(campaign: Campaign, ivy: Elector) -> None:
    """Ivy leaves the register; what was said of her comes afterwards."""
    Elector.objects.filter(pk=ivy.pk).update(on_register=False)
    prepare(campaign)
    record(campaign, said(ivy, "P1"))
    assert HeldItem.objects.get().code == "left_register"


@pytest.mark.parametrize("role", ["organiser", "data_officer"])
def test_who_has_left_the_register_is_named_as_it_last_had_them(
    role: str, campaign: Campaign, ivy: Elector, request: pytest.FixtureRequest
) -> None:
    left(campaign, ivy)
    client = signed_in(request.getfixturevalue(role))
    item = f"{ADDRESS}{HeldItem.objects.get().pk}/"

    for shown in (page(client), page(client, item)):
        assert "Ivy Marsh" in shown
        assert "BN1-4" in shown
        assert str(ivy.address) in shown
    assert 'value="Ivy Marsh"' in page(client, item)


def test_who_has_left_is_named_to_nobody_else_and_the_hidden_to_nobody(
    campaign: Campaign, ivy: Elector, clerk: Client, organiser: User
) -> None:
    left(campaign, ivy)
    assert "Ivy" not in page(clerk)
    Elector.objects.filter(pk=ivy.pk).update(hidden_at=NOW)
    assert "Ivy" not in page(signed_in(organiser))


def test_what_waits_for_a_decision_has_its_button_on_the_first_page(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    record(campaign, said(ivy, "Q9"), said(ivy, "Q8"))
    right = said(ivy, "P1")
    decided = HeldItem.objects.order_by("pk").first()
    assert decided is not None
    HeldItem.objects.filter(pk=decided.pk).update(
        code="blocked", payload=right.as_json(), content_hash=right.content_hash()
    )
    assert "Accept all of these" in page(clerk)

    told = clerk.post(f"{ADDRESS}try/", follow=True).content.decode()

    assert "0 of 1 could be filed. 1 more waits for somebody to accept" in told
