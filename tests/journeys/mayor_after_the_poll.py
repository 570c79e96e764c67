"""The mayor's money after polling day: deadlines, the bank, receipts and the return."""

from django.core import mail

from campaigns.tasks import remind_of_deadlines, send_reminders
from tests.campaigns.receipts import image, pdf
from tests.journeys.mayor_before_the_poll import PERIOD
from tests.journeys.papers import lines_of, pages_of, sums_of, tables_of, text_of
from tests.journeys.team import Team

STATEMENT = """Date,Description,Paid out,Paid in,Balance
02/04/2024,ALDER PARTY GRANT,,180000.00,180000.00
08/04/2024,DOROTHY PENHALLOW,,250.00,180250.00
09/04/2024,WILF MARSH,,30.00,180280.00
12/04/2024,HARROW FLAX LETTINGS HF-31,7400.00,,172880.00
19/04/2024,STARLING POSTERS SP-77,96000.00,,76880.00
22/04/2024,PLOVER PRESS PP-1203,12000.00,,64880.00
29/04/2024,HERON COACHES HC-9,1350.00,,63530.00
30/04/2024,WALSALL HALLS WH-5,740.00,,62790.00
30/04/2024,BANK CHARGES,12.00,,62778.00
10/05/2024,SWIFT DOORDROP SD-61,61600.00,,1178.00
"""


def the_result_sets_the_deadlines(team: Team) -> None:
    days = {"became_candidate_on": "2024-01-15", "result_declared_on": "2024-05-04"}
    page = team.agent.send("money/days/", days)
    team.treasurer.file_invoice(
        "Doordrop", "SD-61", "61600", "2024-05-01", "2024-05-03"
    )

    # 27 May is a bank holiday; 25 May, 1 June and 8 June are Saturdays.
    page.says("Counted from the result, declared on 4 May 2024.", "not confirmed (D")
    found = team.agent.rest("spending/")["deadlines"]["days"]
    assert {due["code"]: due["day"] for due in found} == {
        "agent": "2024-04-05",
        "bills_received": "2024-05-28",
        "personal_expenses": "2024-05-28",
        "bills_paid": "2024-06-03",
        "return": "2024-06-10",
        "declaration": "2024-06-19",
    }
    calendar = team.candidate.download("money/deadlines.ics").decode()
    for day in ("20240528", "20240603", "20240610", "20240619"):
        assert f"DTSTART;VALUE=DATE:{day}" in calendar


def the_bank_shows_what_was_paid(team: Team) -> None:
    _the_bank_takes_its_charges(team)
    team.treasurer.load_statement("bank.csv", STATEMENT, "Campaign account")
    for words in (
        "ALDER PARTY",
        "PENHALLOW",
        "WILF MARSH",
        "HARROW",
        "STARLING",
        "PLOVER",
        "HERON",
        "WALSALL",
        "BANK CHARGES",
        "SWIFT",
    ):
        team.treasurer.accept_what_is_proposed(words)

    page = team.treasurer.money("statements/")
    assert page.figure("Still to be said") == "0"
    assert page.figure("Campaign account") == "£1,178.00"
    team.agent.open(team.agent.invoice("Bus for three days")).says("Nothing unpaid")


def _the_bank_takes_its_charges(team: Team) -> None:
    """The account is the campaign's, so what the bank takes for it is spending."""
    account = {"supplier": "Lark Bank", "category": "administration"}
    day = {"incurred_on": "2024-04-30", **PERIOD}
    team.organiser.propose(description="Charges", amount="12", **account, **day)
    team.agent.commit("Charges").says("of which £12.00 counts")
    told = ("Charges", "April", "12", "2024-04-30", "2024-04-30")
    team.treasurer.file_invoice(*told)
    team.treasurer.pay("Charges", "12", "2024-04-30", method="Taken by the bank")


def money_that_was_only_promised_is_nowhere(team: Team) -> None:
    page = team.agent.money("funding/")

    # 180,280.00 - 179,102.00 by bank, which has 1,178.00 - 42.60 - 1.70 in notes
    assert page.figure("Cash") == "£1,133.70"
    assert page.figure("Ordered, not paid") == "£10,064.00"  # 9,800.00 + 264.00
    assert page.figure("Only promised") == "£10,000.00"
    # 10,064.00 - 1,133.70, and the 130.00 that the plan for transport is above its bill
    page.says("The money runs out", "£9,060.30 would be missing")
    funding = team.agent.rest("funding/")
    assert (funding["cash"], funding["promised"]) == ("1133.70", "10000.00")
    assert funding["weeks"][-1]["left"] == "-9060.30"


def the_candidate_states_personal_expenses(team: Team) -> None:
    fares = {"description": "Fares to the hustings", "supplier": "Midland Trains"}
    fares |= {"category": "transport", "amount": "312.40", "incurred_on": "2024-04-18"}
    fares |= {"supplier_address": "1 Platform Way, Birmingham"}
    stated = team.candidate.send("money/expenses/personal/", fares)
    stated.says("It is before the agent")
    team.candidate.attach(
        stated.address, "expense", "tickets.pdf", pdf("Twelve tickets", pages=2)
    )
    team.candidate.is_not_let("money/expenses/propose/")

    team.agent.commit("Fares").says("do not count towards the limit")
    page = team.agent.money()
    assert page.figure("Counted so far") == "£177,525.30"
    assert page.row("Candidate’s personal expenses") == ["£312.40"]
    page.is_silent_of("without the supplier's address")


def everybody_is_reminded_once(team: Team) -> None:
    for _ in range(2):
        remind_of_deadlines()
        send_reminders()

    said = {(one.to[0], one.subject) for one in mail.outbox}
    assert len(said) == len(mail.outbox)
    of = {desk: [s for to, s in said if to == desk.user.email] for desk in team.desks}
    assert len(of[team.agent]) == 4  # both of 28 May, payment, return
    assert len(of[team.candidate]) == 1
    assert not of[team.treasurer]
    assert not of[team.organiser]
    team.agent.money("reminders/").says(
        "Bills received, 28 May 2024", "14 days before 19 June"
    )


def a_late_bill_is_paid_by_leave_of_the_court(team: Team) -> None:
    team.treasurer.file_invoice("Sound", "WS-3", "264", "2024-05-30", "2024-05-31")
    team.treasurer.may_not_pay(
        "Sound", "264", "2024-06-06", why="only with the leave of a court"
    )
    leave = {"court": "Walsall County Court", "ordered_on": "2024-06-05"}
    leave |= {"note": "Order 4 of 2024"}
    team.agent.send(f"{team.agent.invoice('Sound')}leave/", leave)
    team.treasurer.may_not_pay(
        "Sound", "264", "2024-06-04", why="from the day of its order on"
    )

    team.treasurer.pay("Sound", "264", "2024-06-06").says("Nothing unpaid")
    team.agent.money().says("1 invoice came after 28 May 2024")


BILLED = ("Buses", "Campaign office", "Posters", "Adverts", "Bus for three days")
BILLED += ("Town hall", "Doordrop", "Sound")


def receipts_are_attached_and_bound(team: Team) -> None:
    due = team.treasurer.money("receipts/")
    # 12,000 + 7,400 + 96,000 + 9,800 + 1,350 + 740 + 61,600 + 264 + 42.60
    due.says("Still without a receipt: £189,196.60")
    for of in BILLED:
        invoice = team.treasurer.invoice(of).rstrip("/").rpartition("/")[2]
        team.treasurer.attach(
            team.treasurer.expense(of), f"invoice-{invoice}", "bill.pdf", pdf(of)
        )
    stamps = team.treasurer.expense("Stamps")
    team.treasurer.attach(stamps, "expense", "till.png", image("PNG"))

    team.treasurer.money("receipts/").says("Nothing is missing")
    (bound,) = team.agent.files_of(team.agent.send("money/receipts/bundle/")).values()
    # Of the register, of two pages of tickets, of eight bills, of the till.
    for words in ("Receipt 1", "Page of the register", "Twelve tickets, page 2"):
        assert words in text_of(bound)
    assert len(pages_of(bound)) == 1 + 2 + 8 + 1


def the_return_is_made_and_says_what_is_open(team: Team) -> None:
    books = team.agent.money("return/")
    books.says("1 bill is disputed", "1 bill is late", "10 June 2024")
    books.is_silent_of("without a receipt", "without a supplier’s address", "proposed")
    team.treasurer.is_not_let("money/return/make/")

    made = team.agent.send("money/return/make/")

    made.says("Version 1 is made", "£177,525.30", "The figure is not confirmed")
    made.says("The 18,000 leaflets in hand will be pulped tomorrow")
    told = team.agent.rest("returns/1/")
    assert (told["counted"], told["donated"]) == ("177525.30", "180850.00")
    assert lines_of(told, "donations", "donor", "amount") == [
        ("Alder Party", "180000.00"),
        ("Dorothy Penhallow", "250.00"),
        ("Alder Workers’ Union", "600.00"),
    ]
    assert lines_of(told, "returned", "donor", "amount") == [("Nobody knows", "400.00")]
    assert lines_of(told, "disputed", "bill", "unpaid") == [("LLN-9", "9800.00")]
    assert lines_of(told, "late", "bill", "unpaid") == [("WS-3", "0.00")]
    assert lines_of(told, "notional", "supplier", "value", "declared") == [
        ("Alder Workers’ Union", "600.00", "Agnes Agent")
    ]
    assert lines_of(told, "petty", "who", "cap", "used") == [
        ("Petra Petty", "60.00", "42.60")
    ]
    assert not lines_of(told, "unpaid", "bill")
    assert "Quill" not in str(told["content"])


def both_declare_and_the_agent_files(team: Team) -> None:
    filed = {"filed_on": "2024-06-07", "filed_how": "By hand, receipt 123"}
    team.agent.refused(
        "money/return/1/file/", filed, why="The agent has not declared it yet"
    )
    candidates = "money/return/1/sign/candidate/"
    team.agent.refused(
        candidates, {"name": "Rowan Ash"}, why="Only the candidate does this."
    )
    team.candidate.refused(
        candidates,
        {"name": "R. Ash"},
        why="Sign with the name that the return gives for the candidate: Rowan Ash.",
    )
    team.candidate.send("money/return/1/sign/candidate/", {"name": "Rowan Ash"})
    team.agent.send("money/return/1/sign/agent/", {"name": "Agnes Agent"})

    page = team.agent.send("money/return/1/file/", filed)

    page.says("filed on 7 June 2024", "By hand, receipt 123, noted by Agnes Agent")
    page.says("signed Rowan Ash, 7 June 2024", "signed Agnes Agent, 7 June 2024")


def its_files_say_the_same_to_the_penny(team: Team) -> None:
    files = team.candidate.files_of(team.candidate.send("money/return/1/files/"))

    name = "return-mayor-2024-v1"
    sums = sums_of(files[f"{name}.xlsx"])
    assert sums == {
        "A. Advertising": "105800.00",
        "B. Unsolicited material to electors": "65201.70",
        "C. Transport": "1350.00",
        "D. Public meetings": "819.00",
        "E. Staff costs": "0.00",
        "F. Accommodation": "4300.00",
        "G. Administrative costs": "54.60",
        "Together, towards the limit": "177525.30",
        "Limit": "182763.68",
        "Left under the limit": "5238.38",
        "Candidate’s personal expenses": "312.40",
        "Notional spending, whole value": "600.00",
        "Unpaid claims": "0.00",
        "Disputed claims": "9800.00",
        "Late claims, unpaid": "0.00",
        "Donations accepted, over £50": "180850.00",
        "Donations not permitted, or returned": "400.00",
        "Donations of £50 or less, together": "30.00",
        "Donations of £50 or less, not decided yet": "0.00",
        "Donations over £50, not decided yet": "0.00",
        "Petty expenses paid by written authority": "42.60",
        "Due back from suppliers, paid above what is owed: no spending": "0.00",
        "Spent by authorised local campaigners": "0.00",
    }
    items = tables_of(files[f"{name}-tables.zip"])["unsolicited"]
    assert [(row["What for"], row["In this return"]) for row in items] == [
        ("Printing of Buses, 40,000 copies", "3600.00"),
        ("Eve of poll: 3 letters", "1.70"),
        ("Doordrop", "61600.00"),
    ]
    assert items[0]["Not counted"].startswith(  # at 30p: 10,000, and 18,000 pulped
        "£3,000.00 used outside the regulated period; £5,400.00 written off, 18,000 "
    )
    paper = text_of(files[f"{name}.pdf"])
    for words in ("£177,525.30", "£182,763.68", "Signed by Rowan Ash on 7 June 2024"):
        assert words in paper
    together, alone = (
        len(pages_of(files[f"{name}{end}.pdf"])) for end in ("-with-receipts", "")
    )
    assert together == alone + 12


def what_is_filed_is_frozen(team: Team) -> None:
    again = {"filed_on": "2024-06-07", "filed_how": "Once more"}
    team.agent.refused("money/return/1/file/", again, why="This version is filed")
    name = {"name": "Agnes Agent"}
    team.agent.refused("money/return/1/sign/agent/", name, why="declared already")
    team.agent.refused(
        "money/return/make/",
        {"correction": "Nothing"},
        why="The books say what version 1 says.",
    )


def the_dispute_is_settled_and_paid(team: Team) -> None:
    bill = team.agent.invoice("Adverts")
    settled = {"outcome": "settled", "amount": "9300", "ended_on": "2024-06-20"}
    settled |= {"reason": "Their letter of 20 June: the third week is half price"}
    team.agent.send(f"{bill}dispute/end/", settled).says("£9,300.00 unpaid")
    team.treasurer.may_not_pay("Adverts", "9300", "2024-06-28", why="leave of a court")
    leave = {"court": "Walsall County Court", "ordered_on": "2024-06-25"}
    team.agent.send(f"{bill}leave/", leave)
    party = team.treasurer.enter_donation(
        "Alder Party",
        "party",
        "8430.30",
        donor_address="9 Alder House, Birmingham",
        received_on="2024-06-24",
    )
    checked = {"register_of_parties": "Alder Party, PP 9911"}
    team.treasurer.send(f"{party}check/", checked | {"looked_on": "2024-06-24"})
    team.treasurer.send(f"{party}accept/", {"accepted_on": "2024-06-24"})

    team.treasurer.pay("Adverts", "9300", "2024-06-28")

    # 1,133.70 - 264.00 + 8,430.30 - 9,300.00
    funds = team.agent.money("funding/")
    assert (funds.figure("Cash"), funds.figure("Ordered, not paid")) == (
        "£0.00",
        "£0.00",
    )


def a_correction_is_filed_beside_it(team: Team) -> None:
    before = team.agent.rest("returns/1/")
    assert before["books_changed"] is True
    team.agent.money("return/1/").says(
        "they come to £177,025.30, this version to £177,525.30"
    )
    team.agent.refused("money/return/make/", {"correction": ""}, why="This is missing")
    reason = "The dispute over LLN-9 was settled."
    team.agent.send("money/return/make/", {"correction": reason})
    for desk, who in ((team.agent, "agent"), (team.candidate, "candidate")):
        desk.send(f"money/return/2/sign/{who}/", {"name": desk.user.name})
    filed = {"filed_on": "2024-06-28", "filed_how": "By post, signed for"}
    team.agent.send("money/return/2/file/", filed).says(f"version 1: {reason}")

    changes = team.candidate.money("return/2/changes/")

    changes.says(reason, "Lark Local News")
    assert changes.row("Together, towards the limit")[1:] == [
        "£177,525.30",
        "£177,025.30",
    ]
    second = team.agent.rest("returns/2/")
    assert (second["counted"], second["corrects"]) == ("177025.30", 1)
    assert second["donated"] == "189280.30"
    first = team.agent.rest("returns/1/")
    assert first["content"] == before["content"]
    assert (first["counted"], first["is_intact"]) == ("177525.30", True)
