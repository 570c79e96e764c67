"""Letter runs: counted, proposed to the agent, and printed only when agreed."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from campaigns.access import system
from campaigns.actions.files import open_file
from campaigns.actions.jobs import run_here
from campaigns.models import (
    Campaign,
    Expense,
    ExportRecord,
    PollingStation,
    User,
    Ward,
)
from campaigns.rules.imprints import ImprintRefused
from canvassing.actions.letter_runs import print_letters, propose_letter_run
from canvassing.models import (
    ElectorStanding,
    LetterRun,
    LetterState,
    NoContact,
    VotesBy,
)
from canvassing.rules.gotv import GotvRule
from canvassing.rules.letters import BODIES, LetterRefused
from tests.canvassing.list_helpers import made, make_code, stand
from tests.cast import NOW, actor, make_address, make_district

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def imprint(campaign: Campaign) -> None:
    campaign.imprint_promoter = "Agnes Agent, 1 Mill Street, Walsall WS1 1AA"
    campaign.imprint_on_behalf_of = "Rowan Ash, 1 Mill Street, Walsall WS1 1AA"
    campaign.imprint_printer = "Press Row Ltd, 2 Press Row, Walsall WS1 1AB"
    campaign.save()


def household(campaign: Campaign, ward: Ward) -> None:
    """Ivy and Tom pledged; Ned, at the same address, did not."""
    address = make_address(make_district(campaign.organisation, ward))
    stand(campaign, ward, address=address, forename="Ivy")
    stand(campaign, ward, address=address, forename="Tom")
    stand(campaign, ward, address=address, forename="Ned", pledged=False)


def propose(campaign: Campaign, **options: Any) -> LetterRun:
    return propose_letter_run(
        **{
            "gotv_list": options.pop("gotv_list", None) or made(campaign),
            "name": "Eve of poll",
            "wording": "station",
            "body": BODIES["station"],
            "supplier": "Press Row Ltd",
            "supplier_address": "2 Press Row, Walsall",
            "price_per_copy": Decimal("0.4250"),
            "used_from": date(2024, 4, 29),
            "used_until": date(2024, 5, 1),
            "by": system(campaign.organisation),
            "at": NOW,
            **options,
        }
    )


def agree(run: LetterRun) -> None:
    Expense.objects.filter(pk=run.expense_id).update(
        state="committed", committed_at=NOW
    )


def printed(run: LetterRun) -> tuple[PdfReader, list[dict[str, str]]]:
    """The letters and the mailing table of the first ward."""
    run = LetterRun.objects.select_related("expense").get(pk=run.pk)
    job = print_letters(run=run, reason="mailing", by=system(run.organisation), at=NOW)
    assert run_here(job).state == "done"
    letters, table = (
        open_file(job.files.filter(name__endswith=suffix).order_by("name")[0])
        for suffix in (".pdf", ".csv")
    )
    rows = csv.DictReader(io.StringIO(table.read().decode()))
    return PdfReader(io.BytesIO(letters.read())), list(rows)


def test_a_run_proposes_copies_times_price(campaign: Campaign, ward: Ward) -> None:
    for _ in range(3):
        household(campaign, ward)

    run = propose(campaign)

    assert run.copies == 3
    assert run.state == LetterState.PROPOSED
    assert run.expense is not None
    assert run.expense.amount == Decimal("1.28")
    assert run.expense.category == "unsolicited"
    assert run.expense.supplier_address == "2 Press Row, Walsall"
    assert run.expense.source == f"letter_run:{run.pk}"
    assert (run.expense.used_from, run.expense.used_until) == (
        date(2024, 4, 29),
        date(2024, 5, 1),
    )


def test_nothing_is_printed_before_the_agent_agrees(
    campaign: Campaign, ward: Ward
) -> None:
    household(campaign, ward)
    run = propose(campaign)

    with pytest.raises(LetterRefused) as refusal:
        printed(run)

    assert refusal.value.code == "expense_not_committed"
    assert not ExportRecord.objects.exists()


def test_one_letter_names_only_the_household_s_listed_electors(
    campaign: Campaign, ward: Ward
) -> None:
    household(campaign, ward)
    run = propose(campaign)
    agree(run)

    letters, table = printed(run)

    text = letters.pages[0].extract_text()
    assert len(letters.pages) == 1
    assert "Dear Ivy and Tom," in text
    assert "Ned" not in text
    assert "Promoted by Agnes Agent, 1 Mill Street" in text
    assert "Printed by Press Row Ltd" in text
    assert [row["salutation"] for row in table] == ["Dear Ivy and Tom"]
    run.refresh_from_db()
    assert run.state == LetterState.PRINTED


def test_nothing_on_the_outside_shows_a_pledge(campaign: Campaign, ward: Ward) -> None:
    household(campaign, ward)
    run = propose(campaign)
    agree(run)

    letters, table = printed(run)

    address = letters.pages[0].extract_text().split("Dear")[0].splitlines()
    assert [line for line in address if line.strip()] == [
        "Ivy Marsh and Tom Marsh",
        table[0]["address_1"],
        table[0]["postcode"],
    ]
    assert not {"pledge", "intention", "list", "elector"} & set(table[0])


def test_separate_letters_are_a_choice(campaign: Campaign, ward: Ward) -> None:
    household(campaign, ward)
    run = propose(campaign, one_per_household=False)
    agree(run)

    letters, table = printed(run)

    assert run.copies == len(letters.pages) == 2
    assert [row["names"] for row in table] == ["Ivy Marsh", "Tom Marsh"]


def test_postal_voters_get_the_postal_letter_and_nobody_both(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward, forename="Ivy", votes_by=VotesBy.POST)
    stand(campaign, ward, forename="Tom")
    stand(campaign, ward, forename="Pat", votes_by=VotesBy.PROXY)
    gotv_list = made(campaign)

    postal = propose(campaign, gotv_list=gotv_list, wording="postal")
    station = propose(campaign, gotv_list=gotv_list)

    assert (postal.copies, station.copies) == (1, 2)


def test_an_objection_since_is_honoured(campaign: Campaign, ward: Ward) -> None:
    objector = stand(campaign, ward, forename="Ivy")
    stand(campaign, ward, forename="Tom")
    voter = stand(campaign, ward, forename="Vic")
    run = propose(campaign)
    agree(run)
    standing = ElectorStanding.objects.filter(campaign=campaign)
    standing.filter(elector=objector).update(no_contact=NoContact.LETTER)
    standing.filter(elector=voter).update(voted_at=NOW)

    _, table = printed(run)

    assert run.copies == 3
    assert [row["names"] for row in table] == ["Tom Marsh"]


def test_an_address_without_a_postcode_is_sent_nothing(
    campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    stand(campaign, ward, address=make_address(district, postcode=""))

    with pytest.raises(LetterRefused) as refusal:
        propose(campaign)

    assert refusal.value.code == "nobody"


def test_a_letter_names_the_polling_station(campaign: Campaign, ward: Ward) -> None:
    PollingStation.objects.create(
        organisation=campaign.organisation,
        council=ward.council,
        election=campaign.election,
        name="Quarry Hall",
        address="Quarry Lane",
        postcode="QX1 1AB",
        district_codes=["BN1"],
    )
    household(campaign, ward)
    run = propose(campaign)
    agree(run)

    letters, table = printed(run)

    assert "Quarry Hall, Quarry Lane, QX1 1AB" in letters.pages[0].extract_text()
    assert table[0]["polling_station"] == "Quarry Hall, Quarry Lane, QX1 1AB"


def test_no_letter_without_an_imprint(campaign: Campaign, ward: Ward) -> None:
    household(campaign, ward)

    with pytest.raises(ImprintRefused, match=r"lacks: address \(printer\)"):
        propose(campaign, supplier="Fold & Sons", supplier_address="")
    campaign.imprint_promoter = ""
    campaign.save()
    with pytest.raises(ImprintRefused, match="promoter"):
        propose(campaign)

    assert not LetterRun.objects.exists()


def test_a_ward_lead_proposes_no_letters(
    campaign: Campaign, ward: Ward, ward_lead: User
) -> None:
    household(campaign, ward)

    with pytest.raises(LetterRefused) as refusal:
        propose(campaign, by=actor(ward_lead))

    assert refusal.value.code == "may_not_propose"


def test_every_file_of_letters_is_in_the_ledger(campaign: Campaign, ward: Ward) -> None:
    household(campaign, ward)
    run = propose(campaign)
    agree(run)

    printed(run)

    ledger = ExportRecord.objects.filter(electors__gt=0).order_by("file_name")
    assert [(row.electors, row.reason) for row in ledger] == [(2, "mailing")] * 2


def test_only_pledges_as_they_stand_now_are_thanked_for_one(
    campaign: Campaign, ward: Ward
) -> None:
    code = make_code(campaign, "L")
    stand(campaign, ward, forename="Ivy")
    stand(campaign, ward, forename="Lee", pledged=False, intention=code)
    tom = stand(campaign, ward, forename="Tom")
    gotv_list = made(campaign, GotvRule(codes=("L",)))

    ElectorStanding.objects.filter(elector=tom).update(pledged=False)

    assert propose(campaign, gotv_list=gotv_list).copies == 1


def test_the_first_page_is_filled_before_it_is_turned(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward, forename="Ivy")
    lines = "\n".join(f"line {n} of many" for n in range(35))
    run = propose(campaign, body=f"Dear {{forenames}},\n\n{lines}")
    agree(run)

    first, second = printed(run)[0].pages

    assert "line 20 of many" in first.extract_text()
    assert "line 34 of many" in second.extract_text()


def test_a_long_letter_and_a_long_address_lose_no_line(
    campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    places = ", ".join(f"Upper Long Meadow Business Park {n}" for n in range(6))
    home = make_address(district, printed=places)
    for forename in ("Ivy", "Tom", "Siân", "Una", "Wyn", "Bartholomew"):
        stand(campaign, ward, address=home, forename=forename)
    lines = "\n".join(f"line {n} of many" for n in range(55))
    run = propose(campaign, body=f"Dear {{forenames}},\n\n{lines}")
    agree(run)

    letters, _ = printed(run)

    text = "".join(page.extract_text() for page in letters.pages)
    assert all(f"line {n} of many" in text for n in range(55))
    assert "Business Park 5" in letters.pages[0].extract_text()
    assert all("Promoted by" in page.extract_text() for page in letters.pages)
    heights: list[float] = []

    def note(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        if "Business Park" in text or home.postcode in text:
            heights.append(tm[5])

    letters.pages[0].extract_text(visitor_text=note)
    assert min(heights) > 297 * 2.83 - 86 * 2.83


def test_letters_name_who_prints_them_and_the_promoter_of_that_day(
    campaign: Campaign, ward: Ward
) -> None:
    household(campaign, ward)
    run = propose(
        campaign, supplier="Fold & Sons", supplier_address="9 Ream Street\nWalsall"
    )
    agree(run)
    campaign.imprint_promoter = "Abel Agent, 3 Mill Street, Walsall WS1 1AA"
    campaign.save()

    letters, table = printed(run)

    assert table[0]["imprint"].endswith(
        "Printed by Fold & Sons, 9 Ream Street, Walsall."
    )
    assert table[0]["imprint"].startswith("Promoted by Abel Agent, 3 Mill Street")
    assert "Printed by Fold & Sons" in " ".join(letters.pages[0].extract_text().split())
