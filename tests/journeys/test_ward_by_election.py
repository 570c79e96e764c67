"""A by-election for two seats of a ward on 2 May 2024, fought by two joint candidates.

Each has books, a limit and a return of their own: all is bought in Rowan's, and Hazel
bears shares. Limit: (960.00 + 7,641 at 8p) x 3/4 = 1,178.46 each. The ledger:

                                             Rowan     Hazel    together
    leaflet for both, by copies             200.51    200.50      401.01
    garden boards, by area, a third          66.67     33.33      100.00
    room, 37 of 74 days, alternate ones      18.50     18.50       37.00
    small posters, by area, 19 of 20         45.00    855.00      900.00
    his own letter                          640.00               640.00
    in the returns                          970.68  1,107.33    2,078.01

In another ward Ned Fern spends nothing, and files that.
"""

import pytest

from campaigns.models import Candidate, Election, Organisation, Ward
from tests.cast import POLL_ON, make_campaign
from tests.journeys import ward_of_two as steps
from tests.journeys.team import Team, team_of

pytestmark = pytest.mark.django_db


def fought_in(
    ward: Ward, organisation: Organisation, seats: int, *names: str
) -> list[Team]:
    """A team for each of our candidates, each with the others beside them."""
    place = ward.name.lower().replace(" ", "-")
    election = Election.objects.create(
        slug=f"local.wolverhampton.{place}.by.2024-05-02",
        kind="local",
        name=f"{ward.name} by-election",
        poll_on=POLL_ON,
        voting_system="fptp",
        seats=seats,
    )
    teams = []
    for name in names:
        campaign = make_campaign(
            organisation,
            election,
            ward,
            slug=f"{place}-{name.split()[0].lower()}",
            name=f"{name} in {ward.name}",
        )
        others = [one for one in names if one != name]
        for position, candidate in enumerate([name, *others]):
            Candidate.objects.create(
                organisation=organisation,
                campaign=campaign,
                name=candidate,
                party="Alder Party",
                is_ours=True,
                position=position,
            )
        teams.append(team_of(campaign))
    return teams


def test_two_returns_whose_shares_come_to_the_whole(
    organisation: Organisation, ward: Ward, other_ward: Ward
) -> None:
    rowan, hazel = fought_in(ward, organisation, 2, "Rowan Ash", "Hazel Reed")
    [ned] = fought_in(other_ward, organisation, 1, "Ned Fern")

    rowan.on("2024-04-02")
    for team in (rowan, hazel):
        steps.the_limit_of_one_becomes_that_of_joint_candidates(team)
    steps.what_serves_both_is_shared(rowan, hazel)
    rowan.on("2024-04-10")
    steps.the_limit_of_each_is_kept(rowan, hazel)
    steps.neither_candidate_reads_the_others_books(rowan, hazel)
    rowan.on("2024-04-22")
    steps.the_party_gives_and_the_bills_are_paid(rowan, hazel)
    rowan.on("2024-06-05")
    for team in (rowan, hazel):
        steps.the_days_after_the_result_are_the_general_ones(team)
    steps.both_returns_are_filed_and_one_declaration_follows(rowan, hazel)
    steps.who_spent_nothing_files_a_nil_return(ned)
    rowan.on("2024-06-13")
    steps.the_absent_candidate_declares_what_was_filed(hazel)
    steps.the_shares_of_both_come_to_the_whole(rowan, hazel)
    steps.hers_carries_the_copies_of_the_bills_she_shares(rowan, hazel)
    steps.beside_her_shares_hers_is_nil(hazel)
    rowan.on("2024-06-20")
    steps.a_credit_on_one_bill_changes_both_returns(rowan, hazel)
