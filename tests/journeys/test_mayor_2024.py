"""The West Midlands mayor of 2 May 2024, from the plan to a corrected return.

One story, told on the pages by those who do each thing. Every figure is worked out by
hand, here; the ledger at its end:

    A  posters 96,000.00 + adverts, disputed 9,800.00          105,800.00
    B  12,000 of 40,000 leaflets at 30p, 3,600.00
       + letters 1.70 + doordrop 61,600.00                      65,201.70
    C  bus 1,480.00 - credit note 130.00                         1,350.00
    D  hall 740.00 - a quarter, the party's 185.00; sound 264.00   819.00
    F  office, 37 of 74 days of 7,400.00; rooms lent free 600.00 4,300.00
    G  stamps 42.60 + charges of the bank 12.00                     54.60
    together                                                   177,525.30
    limit   7 x 3,040 + 2,018,546 x 8p                         182,763.68
"""

import pytest

from campaigns.models import Campaign, Ward
from tests.canvassing.round_helpers import home
from tests.journeys import mayor_after_the_poll as after
from tests.journeys import mayor_before_the_poll as before
from tests.journeys.team import team_of

pytestmark = pytest.mark.django_db


def test_from_the_plan_to_a_corrected_return(campaign: Campaign, ward: Ward) -> None:
    team = team_of(campaign)
    for number, street in enumerate(("Quarry Lane", "Quarry Lane", "Forge Road"), 1):
        home(campaign, ward, number, street)

    team.on("2024-03-01")
    before.the_desk_is_set_up(team)
    before.the_plan_passes_the_limit_that_we_guess(team)
    before.leaflets_and_an_office_are_ordered(team, ward)
    team.on("2024-03-20")
    before.ten_thousand_leaflets_go_out_before_the_period(team)
    team.on("2024-03-28")
    before.the_returning_officers_numbers_come(team)
    before.more_is_ordered_and_the_party_bears_a_quarter_of_the_hall(team)
    team.on("2024-04-03")
    before.twelve_thousand_leaflets_go_out_in_the_period(team)
    team.on("2024-04-10")
    before.donations_are_checked_accepted_returned_and_promised(team)
    before.rooms_are_lent_free_and_their_value_is_declared(team)
    before.stamps_are_bought_by_a_petty_authority(team)
    team.on("2024-04-12")
    before.letters_propose_what_they_cost(team)
    team.on("2024-04-15")
    before.what_would_pass_the_limit_needs_the_agents_decision(team)
    team.on("2024-04-16")
    before.leaflets_left_over_are_written_off(team)
    team.on("2024-04-25")
    before.bills_come_one_is_credited_and_one_disputed(team)
    team.on("2024-05-15")
    after.the_result_sets_the_deadlines(team)
    after.the_bank_shows_what_was_paid(team)
    after.money_that_was_only_promised_is_nowhere(team)
    team.on("2024-05-22")
    after.the_candidate_states_personal_expenses(team)
    team.on("2024-05-27", hour=8)
    after.everybody_is_reminded_once(team)
    team.on("2024-06-06")
    after.a_late_bill_is_paid_by_leave_of_the_court(team)
    after.receipts_are_attached_and_bound(team)
    team.on("2024-06-07")
    after.the_return_is_made_and_says_what_is_open(team)
    after.both_declare_and_the_agent_files(team)
    after.its_files_say_the_same_to_the_penny(team)
    after.what_is_filed_is_frozen(team)
    team.on("2024-06-28")
    after.the_dispute_is_settled_and_paid(team)
    after.a_correction_is_filed_beside_it(team)
