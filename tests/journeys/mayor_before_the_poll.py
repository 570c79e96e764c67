"""The mayor's money until polling day: the limit, the plan, orders, gifts and bills."""

from campaigns.models import Ward
from canvassing.rules.letters import BODIES
from tests.campaigns.receipts import pdf
from tests.cast import ON_THE_LEAFLET
from tests.journeys.papers import text_of
from tests.journeys.team import Team
from tests.volunteers.helpers import make_volunteer

PERIOD = {"used_from": "2024-04-01", "used_until": "2024-05-02"}
DOORDROP = {"category": "unsolicited", "used_from": "2024-04-22"}
DOORDROP |= {"used_until": "2024-04-30"}


def the_desk_is_set_up(team: Team) -> None:
    settings = {"name": "West Midlands Mayor", "pledge_word": "pledge"}
    settings |= {"joint_candidates": "1", "agent_name": "Agnes Agent"}
    shown = {f"initial-{name}": value for name, value in settings.items()}
    team.organiser.send("campaign/", settings | shown | {"initial-agent_name": ""})
    days = team.agent.send("money/days/", {"became_candidate_on": "2024-01-15"})

    days.says("from 27 March to 2 May 2024 counts", "Agnes Agent, the election agent")
    team.candidate.is_not_offered("money/limit/")
    team.treasurer.is_not_offered("money/days/")


def the_plan_passes_the_limit_that_we_guess(team: Team) -> None:
    guess = {"is_official": "no", "electors": "2000000", "councils": "7"}
    page = team.agent.send(
        "money/limit/", guess | {"given_on": "2024-03-01", "document": "Last year’s"}
    )
    assert page.figure("Limit") == "£181,280.00"  # 21,280.00 + 160,000.00
    page.says("Limit, an estimate", "not the official figure")

    for head, planned in {
        "unsolicited": {
            "before-unsolicited-2024-03-18": "3,000.00",
            "inside-unsolicited-2024-04-01": "9000",
            "inside-unsolicited-2024-04-22": "61000",
        },
        "advertising": {"inside-advertising-2024-04-01": "£105,800"},
        "accommodation": {
            "before-accommodation-2024-02-19": "3700",
            "inside-accommodation-2024-03-25": "3700",
        },
    }.items():
        team.organiser.send(f"money/plan/heads/{head}/", planned)
    plan = team.organiser.send(
        "money/plan/weeks/2024-04-08/",
        {
            "inside-transport-2024-04-08": "1480",
            "inside-meetings-2024-04-08": "555",
        },
    )

    plan.says("Until 26 March 2024 leaflets", "The plan passes the limit by £255.00.")
    assert plan.row("Unsolicited material")[:2] == ["£3,000.00", "£70,000.00"]
    assert plan.figure("Planned to count") == "£181,535.00"
    assert plan.figure("Planned to be used before") == "£6,700.00"
    assert plan.row("8 April 2024") == ["£0.00", "£2,035.00", "£0.00", "£2,035.00"]
    weeks = {week["week_on"]: week for week in team.agent.rest("budget/")["weeks"]}
    assert weeks["2024-04-01"]["inside"] == "114800.00"
    assert weeks["2024-03-18"]["before"] == "3000.00"


def leaflets_and_an_office_are_ordered(team: Team, ward: Ward) -> None:
    typed = {"name": "Buses", "copies": "40000", "imprint": ON_THE_LEAFLET}
    order = {"price": "12000", "supplier": "Plover Press", "ordered_on": "2024-03-01"}
    order |= {"supplier_address": "2 Press Row, Walsall"}
    leaflet = team.organiser.send("leaflets/", typed | order)
    leaflet.says("£12,000.00 for 40,000 copies is proposed. The agent commits it")
    made = team.organiser.send(leaflet.address, {"ward": ward.pk, "size": "150"})
    made.says("£12,000.00 waits for the agent", "0 of 3")
    team.organiser.propose(
        description="Campaign office",
        supplier="Harrow & Flax Lettings Ltd",
        category="accommodation",
        amount="7400",
        incurred_on="2024-02-19",
        used_from="2024-02-19",
        used_until="2024-05-02",
    )

    team.organiser.may_not_commit("Campaign office", why="Only the election agent")
    team.agent.commit("Buses").says("£12,000.00, of which £0.00 counts")
    office = team.agent.commit("Campaign office")

    office.says("£7,400.00, of which £3,700.00 counts")  # 37 of 74 days
    order = text_of(team.agent.download(f"{team.agent.expense('Buses')}order.pdf"))
    for words in ("Purchase order", "mayor-2024/0001", "Plover Press", "£12,000.00"):
        assert words in order
    assert "Promoted by Agnes Agent" in order
    assert "By Agnes Agent, on 1 March 2024" in order


def ten_thousand_leaflets_go_out_before_the_period(team: Team) -> None:
    helper = make_volunteer(team.campaign.organisation, "Dell Walker")
    team.organiser.send(
        f"{the_round(team)}hand-out/", {"deliverer": helper.pk, "copies": "22000"}
    )
    deliver(team, 10_000, "2024-03-20")

    team.agent.money().says("Copies in hand would count £9,000.00")  # 30,000 at 30p


def deliver(team: Team, copies: int, on: str) -> None:
    """In the first street of the round in which nothing was delivered yet."""
    page = team.organiser.open(the_round(team))
    street = page.first(r"/leaflets/streets/(\d+)/done/")
    done = {"copies": copies, "delivered_on": on}
    team.organiser.send(f"leaflets/streets/{street}/done/", done).says(f"{copies:,} on")


def the_round(team: Team) -> str:
    leaflet = team.organiser.open("leaflets/").number(r"/leaflets/(\d+)/")
    page = team.organiser.open(f"leaflets/{leaflet}/")
    return f"leaflets/rounds/{page.number(r'/leaflets/rounds/([0-9]+)/')}/"


def the_returning_officers_numbers_come(team: Team) -> None:
    letter = {"is_official": "yes", "electors": "2018546", "councils": "7"}
    letter |= {"given_on": "2024-03-28", "document": "letter of the returning officer"}
    page = team.agent.send("money/limit/", letter)

    assert page.figure("Limit") == "£182,763.68"
    page.says(
        "official notice of 28 March 2024, letter of the returning officer",
        "7 councils × £3,040.00 = £21,280.00",
        "2,018,546 electors × 8p = £161,483.68",
        "The figure is not confirmed",
    )
    page.is_silent_of("an estimate")
    limit = team.agent.rest("spending/")["limit"]
    assert (limit["amount"], limit["mark"]) == ("182763.68", "D")
    assert limit["is_confirmed"] is False
    team.agent.money("plan/").is_silent_of("The plan passes")


def more_is_ordered_and_the_party_bears_a_quarter_of_the_hall(team: Team) -> None:
    for description, supplier, category, amount in (
        ("Posters at the stations", "Starling Posters", "advertising", "96000"),
        ("Adverts on news sites", "Lark Local News", "advertising", "9800"),
        ("Bus for three days", "Heron Coaches", "transport", "1480"),
    ):
        team.organiser.propose(
            description=description,
            supplier=supplier,
            category=category,
            amount=amount,
            incurred_on="2024-03-28",
            **PERIOD,
        )
        team.agent.commit(description).says(f"of which £{int(amount):,}.00 counts")
    shared = {"share0-bearer": "Alder Party", "share0-basis": "use"}
    shared |= {"share0-part": "1/4", "share0-reason": "An hour in four is the party’s"}
    team.organiser.propose(
        description="Town hall for the rally",
        supplier="Walsall Halls",
        category="meetings",
        amount="740",
        incurred_on="2024-03-28",
        used_from="2024-04-20",
        used_until="2024-04-20",
        **shared,
    )

    hall = team.agent.commit("Town hall")

    hall.says("£740.00, of which £555.00 counts")
    hall.says("£185.00 (1 of 4, by use): An hour in four is the party’s")
    # 3,700.00 + 96,000.00 + 9,800.00 + 1,480.00 + 555.00
    assert team.agent.money().figure("Counted so far") == "£111,535.00"


def twelve_thousand_leaflets_go_out_in_the_period(team: Team) -> None:
    deliver(team, 12_000, "2024-04-03")

    page = team.agent.open(team.agent.expense("Buses"))
    page.says("£12,000.00, of which £3,600.00 counts")
    page.says("12,000 of 40,000 used in the regulated period; 18,000 in hand")
    page.says("neither delivered nor written off: £5,400.00")


def donations_are_checked_accepted_returned_and_promised(team: Team) -> None:
    treasurer = team.treasurer
    party = treasurer.enter_donation(
        "Alder Party",
        "party",
        "180000",
        donor_address="9 Alder House, Birmingham",
        received_on="2024-04-02",
    )
    accepted = {"accepted_on": "2024-04-10"}
    treasurer.refused(f"{party}accept/", accepted, why="not looked at yet: ")
    checked = {"register_of_parties": "Alder Party, PP 9911"}
    treasurer.send(f"{party}check/", checked | {"looked_on": "2024-04-09"})
    treasurer.send(f"{party}accept/", accepted)

    dorothy = treasurer.enter_donation(
        "Dorothy Penhallow", "individual", "250", received_on="2024-04-08"
    )
    found = {"register_entry": "BN1-4, Wolverhampton", "looked_on": "2024-04-10"}
    found |= {"register_on_the_day": "Edition of 1 December 2023 with updates to April"}
    treasurer.send(f"{dorothy}check/", found)
    treasurer.refused(f"{dorothy}accept/", accepted, why="needs the donor's address")
    treasurer.send(f"{dorothy}void/", {"reason": "Entered without her address"})
    dorothy = treasurer.enter_donation(
        "Dorothy Penhallow",
        "individual",
        "250",
        donor_address="4 Quarry Lane, Bilston",
        received_on="2024-04-08",
    )
    treasurer.send(f"{dorothy}check/", found)
    treasurer.attach(dorothy, "donation", "register.pdf", pdf("Page of the register"))
    treasurer.send(f"{dorothy}accept/", accepted)

    wilf = treasurer.enter_donation(
        "Wilf Marsh", "individual", "30", received_on="2024-04-09"
    )
    treasurer.send(f"{wilf}accept/", accepted)
    envelope = treasurer.enter_donation(
        "Nobody knows", "anonymous", "400", received_on="2024-04-09"
    )
    treasurer.open(envelope).says("not from a permissible donor: return it by 9 May")
    treasurer.refused(f"{envelope}accept/", accepted, why="be kept only from a permis")
    back = {"returned_on": "2024-04-10", "returned_how": "To the Electoral Commission"}
    treasurer.send(f"{envelope}return/", back)
    treasurer.enter_donation("Quill Holdings Ltd", "company", "10000")

    page = treasurer.money("donations/")
    assert page.figure("Accepted") == "£180,280.00"
    assert page.figure("Promised") == "£10,000.00"
    assert page.figure("Returned") == "£400.00"
    team.organiser.money("donations/").says("Quill Holdings Ltd")
    team.candidate.is_not_let("money/donations/add/")


def rooms_are_lent_free_and_their_value_is_declared(team: Team) -> None:
    gift = {"description": "Two rooms of the union", "category": "accommodation"}
    gift |= {"is_encouraged": "yes"}
    gift |= {"donor": "Alder Workers’ Union", "donor_kind": "trade_union"}
    gift |= {"donor_address": "3 Union Street, Walsall", "market_value": "600"}
    gift |= {"paid": "0.00", "value_basis": "Price list of the hall next door"}
    days = {"received_on": "2024-04-10", "used_from": "2024-04-10"}
    rooms = team.organiser.send(
        "money/gifts/add/", gift | days | {"used_until": "2024-05-02"}
    )
    donation = f"money/donations/{rooms.number(r'/money/donations/([0-9]+)/')}/"
    entry = {"list_of_unions": "Entry 812", "looked_on": "2024-04-10"}
    team.treasurer.send(f"{donation}check/", entry)
    team.treasurer.send(f"{donation}accept/", {"accepted_on": "2024-04-10"})

    team.organiser.is_not_let(f"{rooms.address}declare-value/")
    team.agent.commit("Two rooms").says("£0.00, of which £600.00 counts")
    team.agent.send(f"{rooms.address}declare-value/").says(
        "that the value is true: Agnes Agent, 10 April 2024"
    )
    assert team.agent.money("funding/").figure("Cash") == "£180,280.00"


def stamps_are_bought_by_a_petty_authority(team: Team) -> None:
    paper = {"kind": "petty", "name": "Petra Petty", "purpose": "Stamps and paper"}
    paper |= {"cap": "60", "written_on": "2024-04-01", "document": "File 4"}
    team.organiser.refused(
        "money/authorities/", paper, why="None given Only the agent spends."
    )
    page = team.agent.send("money/authorities/", paper)
    authority = page.number(r"/money/authorities/(\d+)/revoke/")
    stamps = {"supplier": "Post office", "category": "administration"}
    stamps |= {"incurred_on": "2024-04-10", **PERIOD, "authority": str(authority)}

    team.organiser.propose(description="Stamps", amount="42.60", **stamps)
    team.agent.commit("Stamps").says("pays petty expenses")
    team.organiser.may_not_propose(
        description="Envelopes",
        amount="17.41",
        why="Only £17.40 of the £60.00",
        **stamps,
    )

    team.treasurer.file_invoice("Stamps", "T-118", "42.60", "2024-04-10", "2024-04-10")
    petty = {"paid_by": "petty", "authority": authority, "method": "Cash"}
    team.treasurer.may_not_pay(
        "Stamps",
        "42.60",
        "2024-04-10",
        paid_by="candidate",
        why="A candidate pays only their own personal expenses, and what is due before",
    )
    team.treasurer.pay("Stamps", "42.60", "2024-04-10", **petty).says("Nothing unpaid")


def letters_propose_what_they_cost(team: Team) -> None:
    listed = team.organiser.send(
        "lists/new/", {"channel": "door", "pledges": "on", "reason": "Eve of poll"}
    )
    job = listed.number(r"/jobs/(\d+)/")
    team.organiser.work(team.organiser.open(f"jobs/{job}/"))
    letters = {"name": "Eve of poll", "wording": "station", "body": BODIES["station"]}
    letters |= {"one_per_household": "on", "supplier": "Press Row Ltd"}
    letters |= {"supplier_address": "2 Press Row, Walsall", "price_per_copy": "0.5655"}
    days = {"used_from": "2024-04-29", "used_until": "2024-05-01"}
    run = team.organiser.send(f"{listed.address}letters/", letters | days)

    run.says("Waiting for the agent", "£1.70")  # 3 letters at 56.55p are 169.65p
    proposed = team.agent.open(team.agent.expense("Eve of poll"))
    proposed.says("Press Row Ltd, 2 Press Row, Walsall", "£1.70 would count")
    team.agent.commit("Eve of poll")
    team.organiser.open(run.address).says("Expense committed")


def what_would_pass_the_limit_needs_the_agents_decision(team: Team) -> None:
    # 182,763.68 - 111,535.00 - 600.00 - 42.60 - 1.70 - 30,000 leaflets at 30p
    asked = "money/can-we-afford-it/?amount={}&category=unsolicited"
    asked += "&used_from=2024-04-22&used_until=2024-04-30"
    team.organiser.open(asked.format("61584.38")).says("Yes: £61,584.38 would leave")
    team.organiser.open(asked.format("61584.39")).says("would pass the limit by £0.01")
    team.organiser.propose(
        description="Doordrop",
        supplier="Swift Doordrop",
        amount="61600",
        incurred_on="2024-04-15",
        **DOORDROP,
    )
    team.organiser.may_not_propose(
        description="Canvassers",
        supplier="Daw Staffing",
        category="staff",
        staff_duty="canvassing",
        amount="900",
        incurred_on="2024-04-15",
        why="Nobody may be paid to canvass",
        **PERIOD,
    )

    team.agent.may_not_commit("Doordrop", why="by £15.62")
    team.treasurer.may_not_commit("Doordrop", why="Only the election agent")
    reason = "The 18,000 leaflets in hand will be pulped tomorrow"
    team.agent.commit("Doordrop", reason).says(
        f"Committed past the limit. The agent’s reason: {reason}"
    )

    page = team.candidate.money()
    assert page.figure("Counted so far") == "£177,379.30"
    page.says("If all the copies in hand are used, the limit is passed by £15.62")
    page.says("1 expense was committed past the limit, with the agent's reason")


def leaflets_left_over_are_written_off(team: Team) -> None:
    pulped = {"copies": "18000", "reason": "Pulped, receipt of Daw Recycling"}
    team.agent.send(f"{team.agent.expense('Buses')}write-off/", pulped)
    team.organiser.propose(
        description="Sound for the rally",
        supplier="Wren Sound",
        category="meetings",
        amount="264",
        incurred_on="2024-04-16",
        used_from="2024-04-20",
        used_until="2024-04-20",
    )
    team.agent.commit("Sound for the rally")

    spending = team.agent.rest("spending/")
    assert (spending["counted"], spending["in_hand"]) == ("177643.30", "0.00")
    assert spending["left"] == "5120.38"


def bills_come_one_is_credited_and_one_disputed(team: Team) -> None:
    for of, number, amount, dated in (
        ("Campaign office", "HF-31", "7400", "2024-04-02"),
        ("Posters", "SP-77", "96000", "2024-04-10"),
        ("Buses", "PP-1203", "12000", "2024-04-12"),
        ("Bus for three days", "HC-9", "1480", "2024-04-15"),
        ("Town hall", "WH-5", "740", "2024-04-22"),
        ("Adverts", "LLN-9", "9800", "2024-04-22"),
        ("Eve of poll", "PR-8", "1.70", "2024-04-22"),
    ):
        team.treasurer.file_invoice(of, number, amount, dated, "2024-04-24")
    team.treasurer.pay("Eve of poll", "1.70", "2024-04-25", method="Cash")
    credit = {"number": "HC-C1", "amount": "130", "dated_on": "2024-04-24"}
    credit |= {"reason": "The third day ended at noon"}
    bus = f"{team.treasurer.invoice('Bus for three days')}credit-note/"
    team.treasurer.send(bus, credit).says("£1,350.00 unpaid", "£130.00")

    adverts = f"{team.agent.invoice('Adverts')}dispute/"
    team.agent.send(adverts, {"reason": "Not shown in the third week"})
    team.treasurer.may_not_pay(
        "Adverts", "9800", "2024-04-25", why="The invoice is disputed"
    )

    page = team.agent.money()
    assert page.figure("Counted so far") == "£177,513.30"
    page.says("1 invoice is disputed")
