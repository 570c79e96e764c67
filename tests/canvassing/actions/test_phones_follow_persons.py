"""Numbers, addresses and calls follow a person who is merged, hidden or erased."""

from campaigns.access import system
from campaigns.actions.hiding import erase_elector
from campaigns.actions.matching import accept_match, undo_match
from campaigns.models import Campaign, Elector, MatchProposal, Ward
from canvassing.actions.call_claims import live_claim
from canvassing.actions.contact_details import file_contact_details
from canvassing.models import CallClaim, EmailAddress, PhoneNumber, QueuedCall
from tests.canvassing.list_helpers import stand
from tests.canvassing.phone_helpers import (
    bank_of,
    caller_for,
    claimed,
    detail,
    give_number,
    numbers,
)
from tests.cast import NOW, make_edition


def proposal_of(campaign: Campaign, older: Elector, newer: Elector) -> MatchProposal:
    Elector.objects.filter(pk=older.pk).update(on_register=False)
    return MatchProposal.objects.create(
        organisation=campaign.organisation,
        council_id=older.council_id,
        edition=make_edition(campaign.organisation, campaign.councils.get()),
        older=older,
        newer=newer,
        kind="renamed",
        score=0.9,
    )


def test_what_is_known_of_one_follows_to_the_other_and_back(
    campaign: Campaign, ward: Ward
) -> None:
    older, newer = stand(campaign, ward), stand(campaign, ward)
    by = system(campaign.organisation)
    first, second = numbers(2)
    give_number(older, first)
    give_number(newer, first)
    give_number(newer, second)
    email = detail(newer, "ivy@example.org")
    file_contact_details([email], by=by, at=NOW, campaign=campaign)
    bank = bank_of(campaign)
    before = list(PhoneNumber.objects.values_list("pk", "elector").order_by("pk"))
    queued = list(QueuedCall.objects.values_list("pk", "elector").order_by("pk"))
    call = claimed(bank, caller_for(bank))
    proposal = proposal_of(campaign, older, newer)

    merge = accept_match(proposal, by=by, at=NOW)

    kept = set(
        PhoneNumber.objects.filter(elector=older).values_list("number", flat=True)
    )
    assert kept == {first, second}
    assert EmailAddress.objects.get().elector_id == older.pk

    undo_match(merge, by=by, at=NOW)

    assert (
        list(PhoneNumber.objects.values_list("pk", "elector").order_by("pk")) == before
    )
    assert (
        list(QueuedCall.objects.values_list("pk", "elector").order_by("pk")) == queued
    )
    assert CallClaim.objects.get().elector_id == call.elector_id


def test_an_erasure_takes_numbers_calls_and_the_call_that_is_being_made(
    campaign: Campaign, ward: Ward
) -> None:
    ivy = stand(campaign, ward)
    give_number(ivy, *numbers(1))
    by = system(campaign.organisation)
    email = detail(ivy, "ivy@example.org")
    file_contact_details([email], by=by, at=NOW, campaign=campaign)
    bank = bank_of(campaign)
    caller = caller_for(bank)
    claimed(bank, caller)

    assert erase_elector(ivy, reason="They asked", by=by, at=NOW) >= 4

    assert not PhoneNumber.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not QueuedCall.objects.exists()
    assert live_claim(bank, caller_id=caller.pk) is None
    assert CallClaim.objects.get().number == ""
