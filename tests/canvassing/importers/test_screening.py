"""The round trip to the Telephone Preference Service."""

from datetime import timedelta
from pathlib import Path

import pytest

from campaigns.access import Actor, Grant, system
from campaigns.actions.jobs import run_here
from campaigns.models import AuditEntry, Campaign, ExportRecord, Ward
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.screening import Screened, take_numbers_to_screen
from canvassing.importers.screening_csv import import_screening
from canvassing.models import PhoneNumber, QueuedCall
from canvassing.reports.screening import screening_of
from tests.canvassing.list_helpers import stand
from tests.canvassing.phone_helpers import TODAY, bank_of, give_number, numbers
from tests.cast import NOW

DAY = timedelta(days=1)
UNSCREENED = {"screened_on": None, "is_listed": None}


def take(campaign: Campaign, reason: str = "To be screened") -> list[str]:
    by = system(campaign.organisation)
    return take_numbers_to_screen(campaign=campaign, reason=reason, by=by, at=NOW)


def answer(folder: Path, campaign: Campaign, text: str) -> Screened:
    file = folder / "answer.csv"
    file.write_text(text)
    by = system(campaign.organisation)
    return import_screening(file, screened_on=TODAY, campaign=campaign, by=by, at=NOW)


def test_the_numbers_taken_are_those_that_need_it_and_are_written_down(
    campaign: Campaign, ward: Ward
) -> None:
    fresh, old, never, agreed, wrong = numbers(5)
    give_number(stand(campaign, ward), fresh)
    give_number(stand(campaign, ward), old, screened_on=TODAY - 22 * DAY)
    give_number(stand(campaign, ward), never, **UNSCREENED)
    give_number(stand(campaign, ward), never, **UNSCREENED)
    give_number(stand(campaign, ward), agreed, calls_given_at=NOW, **UNSCREENED)
    give_number(stand(campaign, ward), wrong, wrong_at=NOW, **UNSCREENED)
    give_number(stand(campaign, ward, is_current=False), "+447700900999", **UNSCREENED)

    assert take(campaign) == [old, never]
    entry = ExportRecord.objects.get()
    assert (entry.electors, entry.reason) == (2, "To be screened")
    assert AuditEntry.objects.filter(verb="electors.exported").count() == 1


def test_numbers_are_not_taken_without_a_reason_or_by_half_a_right(
    campaign: Campaign, ward: Ward
) -> None:
    give_number(stand(campaign, ward), *numbers(1), **UNSCREENED)
    with pytest.raises(Refusal) as refused:
        take(campaign, " ")
    assert refused.value.code == "reason"
    grant = Grant(
        campaign.organisation_id,
        campaign.pk,
        frozenset({ward.pk}),
        frozenset({Capability.EXPORT_ELECTORS}),
    )
    by = Actor("user", 1, "Wade Lead", (grant,))
    with pytest.raises(Refusal) as refused:
        take_numbers_to_screen(campaign=campaign, reason="Why", by=by, at=NOW)
    assert refused.value.code == "not_allowed"
    assert not ExportRecord.objects.exists()


def test_an_answer_is_kept_for_everybody_with_the_number_and_fills_open_queues(
    tmp_path: Path, campaign: Campaign, ward: Ward
) -> None:
    free, listed = numbers(2)
    for number in (free, free, listed):
        give_number(stand(campaign, ward), number, **UNSCREENED)
    bank = bank_of(campaign)
    assert not QueuedCall.objects.exists()

    text = f"number,listed\n{free},no\n07700 900001,YES\n01902 496001,no\n"
    filed = answer(tmp_path, campaign, text)

    bank.refresh_from_db()
    assert bank.job
    run_here(bank.job)
    assert filed == Screened(lines=3, listed=1, unknown=1)
    assert PhoneNumber.objects.filter(is_listed=False, screened_on=TODAY).count() == 2
    assert QueuedCall.objects.get().number == free
    position = screening_of(campaign, on=TODAY)
    assert (position.numbers, position.screened, position.listed) == (2, 1, 1)
    assert position.holds_until == TODAY + 27 * DAY


def test_an_older_answer_takes_the_place_of_no_newer_one(
    tmp_path: Path, campaign: Campaign, ward: Ward
) -> None:
    [number] = numbers(1)
    give_number(stand(campaign, ward), number, screened_on=TODAY + DAY, is_listed=True)
    answer(tmp_path, campaign, f"number,listed\n{number},no\n")
    assert PhoneNumber.objects.get().is_listed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("number,colour\n07700 900000,red\n", "columns"),
        ("number,listed\n07700 900000,perhaps\n", "row"),
        ("number,listed\nfive,no\n", "row"),
    ],
)
def test_an_answer_that_cannot_be_read_changes_nothing(
    tmp_path: Path, campaign: Campaign, ward: Ward, text: str, code: str
) -> None:
    give_number(stand(campaign, ward), *numbers(1), **UNSCREENED)
    with pytest.raises(Refusal) as refused:
        answer(tmp_path, campaign, text)
    assert refused.value.code == code
    assert PhoneNumber.objects.get().screened_on is None


@pytest.mark.parametrize(
    ("screened", "listed", "agreed", "is_served"),
    [
        (27, False, False, True),
        (28, False, False, False),
        (-1, False, False, False),
        (0, True, False, False),
        (0, True, True, True),
        (40, False, True, True),
    ],
)
def test_a_number_serves_by_screening_or_by_consent(
    campaign: Campaign,
    ward: Ward,
    screened: int,
    listed: bool,
    agreed: bool,
    is_served: bool,
) -> None:
    give_number(
        stand(campaign, ward),
        *numbers(1),
        screened_on=TODAY - screened * DAY,
        is_listed=listed,
        calls_given_at=NOW if agreed else None,
    )
    bank_of(campaign)
    assert QueuedCall.objects.exists() is is_served
