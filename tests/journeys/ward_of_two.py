"""Two joint candidates' money, step by step: one's books, and the other's share."""

from decimal import Decimal

from tests.campaigns.receipts import pdf
from tests.journeys.papers import lines_of, sums_of, text_of
from tests.journeys.team import Team

WARD_USE = {"used_from": "2024-04-06", "used_until": "2024-04-14"}
FILED = {"filed_on": "2024-06-05", "filed_how": "To the returning officer, by hand"}
DECLARED_ON = {"became_candidate_on": "2024-03-01", "result_declared_on": "2024-05-03"}


def the_limit_of_one_becomes_that_of_joint_candidates(team: Team) -> None:
    letter = {"is_official": "yes", "electors": "7641", "given_on": "2024-03-27"}
    alone = team.agent.send("money/limit/", letter | {"document": "Letter 7"})
    assert alone.figure("Limit") == "£1,571.28"  # 960.00 + 7,641 at 8p

    settings = {"name": team.campaign.name, "pledge_word": "pledge"}
    settings |= {"joint_candidates": "2", "agent_name": "Agnes Agent"}
    shown = {f"initial-{name}": value for name, value in settings.items()}
    shown |= {"initial-joint_candidates": "1", "initial-agent_name": ""}
    team.organiser.send("campaign/", settings | shown)

    page = team.agent.money()
    assert page.figure("Limit") == "£1,178.46"  # a quarter less
    page.says("2 joint candidates, a quarter less each")
    page.is_silent_of("not confirmed")
    limit = team.candidate.rest("spending/")["limit"]
    assert (limit["amount"], limit["mark"]) == ("1178.46", "R")
    assert limit["is_confirmed"] is True


def shared(other: Team, basis: str, part: str, reason: str) -> dict[str, str]:
    return {
        "share0-campaign": str(other.campaign.pk),
        "share0-basis": basis,
        "share0-part": part,
        "share0-reason": reason,
    }


def what_serves_both_is_shared(rowan: Team, hazel: Team) -> None:
    leaflet = {"description": "Leaflet for both", "supplier": "Plover Press"}
    leaflet |= {"category": "unsolicited", "amount": "401.01"}
    leaflet |= {"incurred_on": "2024-04-02", **WARD_USE}
    half = shared(hazel, "copies", "2,000 of 4,000", "")
    rowan.organiser.may_not_propose(**leaflet, **half, why="This is missing")
    half["share0-reason"] = "Asks for a vote for both alike"
    rowan.organiser.propose(**leaflet, **half)
    rowan.organiser.propose(
        description="Garden boards",
        supplier="Plover Press",
        category="advertising",
        amount="100",
        incurred_on="2024-04-02",
        used_from="2024-04-06",
        used_until="2024-05-02",
        **shared(hazel, "area", "1/3", "A third of them stand in Hazel’s streets"),
    )
    rowan.organiser.propose(
        description="Campaign room",
        supplier="Harrow & Flax Lettings Ltd",
        category="accommodation",
        amount="74",
        incurred_on="2024-02-19",
        used_from="2024-02-19",
        used_until="2024-05-02",
        **shared(hazel, "time", "1/2", "Alternate days"),
    )

    page = rowan.agent.commit("Leaflet for both")
    page.says("£401.01, of which £200.51 counts")  # the odd penny is whose bill it is
    page.says("£200.50 (2,000 of 4,000, by copies): Asks for a vote for both alike")
    rowan.agent.commit("Garden boards").says("£100.00, of which £66.67 counts")
    # 37 of 74 days, and of those alternate ones.
    rowan.agent.commit("Campaign room").says("£74.00, of which £18.50 counts")

    theirs = hazel.candidate.open(hazel.candidate.expense("Leaflet for both"))
    theirs.says("Belongs to Rowan Ash in Bilston North", "Borne by this campaign")
    theirs.says("£200.50", "They are kept with Rowan Ash in Bilston North")
    assert counted(rowan) == "285.68"  # 200.51 + 66.67 + 18.50
    assert counted(hazel) == "252.33"  # 200.50 + 33.33 + 18.50


def counted(team: Team) -> str:
    spending = team.candidate.rest("spending/")
    assert spending["left"] == str(Decimal("1178.46") - Decimal(spending["counted"]))
    return str(spending["counted"])


def the_limit_of_each_is_kept(rowan: Team, hazel: Team) -> None:
    posters = {"supplier": "Starling Posters", "category": "advertising"}
    posters |= {"incurred_on": "2024-04-10", "used_from": "2024-04-15"}
    posters |= {"used_until": "2024-05-02"}
    posters |= shared(hazel, "area", "19/20", "19 of the 20 sites are in her streets")
    rowan.organiser.propose(description="Large posters", amount="1000", **posters)

    # 252.33 + 950.00 - 1,178.46; Rowan himself would have room for his 50.00.
    rowan.agent.may_not_commit(
        "Large posters",
        why="the spending limit of Hazel Reed in Bilston North by £23.87",
    )
    void = {"reason": "Smaller ones are asked for"}
    rowan.agent.send(f"{rowan.agent.expense('Large posters')}void/", void)
    rowan.organiser.propose(description="Small posters", amount="900", **posters)
    rowan.agent.commit("Small posters").says("£900.00, of which £45.00 counts")
    rowan.organiser.propose(
        description="Letter of Rowan Ash",
        supplier="Marten Mailing",
        supplier_address="",
        category="unsolicited",
        amount="640",
        incurred_on="2024-04-10",
        **WARD_USE,
    )
    rowan.agent.commit("Letter of Rowan Ash")

    assert counted(rowan) == "970.68"
    assert counted(hazel) == "1107.33"


def neither_candidate_reads_the_others_books(rowan: Team, hazel: Team) -> None:
    for one, other in ((rowan, hazel), (hazel, rowan)):
        one.candidate.is_not_offered(f"/{other.campaign.slug}/money/")
    letter = rowan.candidate.expense("Letter of Rowan Ash")
    hazel.candidate.is_not_offered(letter)


def the_party_gives_and_the_bills_are_paid(rowan: Team, hazel: Team) -> None:
    party = rowan.treasurer.enter_donation(
        "Alder Party",
        "party",
        "2115.01",
        donor_address="9 Alder House, Birmingham",
        received_on="2024-04-12",
    )
    checked = {"register_of_parties": "Alder Party, PP 9911"}
    rowan.treasurer.send(f"{party}check/", checked | {"looked_on": "2024-04-12"})
    rowan.treasurer.send(f"{party}accept/", {"accepted_on": "2024-04-12"})
    for of, number, amount in (
        ("Leaflet for both", "PP-1", "401.01"),
        ("Garden boards", "PP-2", "100"),
        ("Campaign room", "HF-3", "74"),
        ("Small posters", "SP-4", "900"),
        ("Letter of Rowan Ash", "MM-5", "640"),
    ):
        rowan.treasurer.file_invoice(of, number, amount, "2024-04-18", "2024-04-19")
        rowan.treasurer.pay(of, amount, "2024-04-22").says("Nothing unpaid")
        bill = rowan.treasurer.invoice(of).rstrip("/").rpartition("/")[2]
        path = rowan.treasurer.expense(of)
        rowan.treasurer.attach(path, f"invoice-{bill}", f"{number}.pdf", pdf(number))
    rowan.agent.money("return/").says("1 item is without a supplier’s address")
    letter = f"{rowan.treasurer.expense('Letter of Rowan Ash')}supplier/"
    named = {
        "supplier": "Marten Mailing",
        "supplier_address": "2 Cinderholt Way, Sandwell",
    }
    rowan.treasurer.send(letter, named).says("Marten Mailing, 2 Cinderholt Way")

    assert rowan.agent.money("funding/").figure("Cash") == "£0.00"
    assert hazel.agent.money("funding/").figure("Ordered, not paid") == "£0.00"
    rowan.treasurer.money("receipts/").says("Nothing is missing")
    hazel.treasurer.money("receipts/").says("Nothing is missing")


def the_days_after_the_result_are_the_general_ones(team: Team) -> None:
    page = team.agent.send("money/days/", DECLARED_ON)

    page.says("Counted from the result, declared on 3 May 2024.")
    page.is_silent_of("not confirmed")
    found = team.agent.rest("spending/")["deadlines"]
    assert [due["day"] for due in found["days"]] == [
        "2024-05-24",
        "2024-05-24",
        "2024-05-31",
        "2024-06-07",
        "2024-06-18",
    ]
    assert found["caution"] == ""


def both_returns_are_filed_and_one_declaration_follows(
    rowan: Team, hazel: Team
) -> None:
    for team in (rowan, hazel):
        team.agent.money("return/").says("ready Nothing stands in the way.")
    for team in (rowan, hazel):
        team.agent.send("money/return/make/").says("Version 1 is made")
        team.agent.send("money/return/1/sign/agent/", {"name": "Agnes Agent"})
    rowan.candidate.send("money/return/1/sign/candidate/", {"name": "Rowan Ash"})
    rowan.agent.send("money/return/1/file/", FILED).says("filed on 5 June 2024")
    hazel.agent.refused(
        "money/return/1/file/", FILED, why="The candidate has not declared it yet"
    )
    abroad = {"declaration_follows": "She is abroad until 12 June"}
    hazel.agent.send("money/return/1/file/", FILED | abroad).says(
        "To follow by 14 June 2024: She is abroad until 12 June"
    )


def the_absent_candidate_declares_what_was_filed(hazel: Team) -> None:
    page = hazel.candidate.send(
        "money/return/1/sign/candidate/", {"name": "Hazel Reed"}
    )

    page.says("signed Hazel Reed, 13 June 2024", "filed on 5 June 2024")


def the_shares_of_both_come_to_the_whole(rowan: Team, hazel: Team) -> None:
    hers, his = hazel.agent.rest("returns/1/"), rowan.agent.rest("returns/1/")

    assert (his["counted"], hers["counted"]) == ("970.68", "1107.33")
    # 401.01 + 100.00 + 900.00 + 640.00 + the half of 74.00 that was in the period
    assert Decimal(his["counted"]) + Decimal(hers["counted"]) == Decimal("2078.01")
    assert lines_of(his, "unsolicited", "what", "amount", "counted") == [
        ("Leaflet for both", "401.01", "200.51"),
        ("Letter of Rowan Ash", "640.00", "640.00"),
    ]
    assert lines_of(hers, "unsolicited", "what", "amount", "counted") == [
        ("Leaflet for both", "401.01", "200.50")
    ]
    assert lines_of(hers, "advertising", "what", "counted") == [
        ("Garden boards", "33.33"),
        ("Small posters", "855.00"),
    ]
    for told, other in ((his, "Hazel Reed"), (hers, "Rowan Ash")):
        facts = dict(lines_of(told, "particulars", "what", "value"))
        assert facts["Joint candidates"] == f"One of 2, with {other}"
        assert facts["Limit"] == "£1,178.46"
    ((shared_words,),) = lines_of(hers, "accommodation", "shared")
    assert shared_words == (
        "our share of an expense of Rowan Ash in Bilston North: Alternate days"
    )


def hers_carries_the_copies_of_the_bills_she_shares(rowan: Team, hazel: Team) -> None:
    """Under the numbers of his, in her own file, though his pages are closed to her."""
    hers, his = hazel.agent.rest("returns/1/"), rowan.agent.rest("returns/1/")
    of_his = {
        f"{number} of {rowan.campaign}": sha256
        for number, sha256 in lines_of(his, "papers", "number", "sha256")
    }
    of_hers = dict(lines_of(hers, "papers", "number", "sha256"))

    # All but the letter, which asks for a vote for Rowan alone.
    assert len(of_his) == 5
    assert of_hers == {number: of_his[number] for number in sorted(of_his)[:4]}
    for code in ("advertising", "unsolicited", "accommodation"):
        for (receipts,) in lines_of(hers, code, "receipts"):
            assert receipts in of_hers
    files = hazel.candidate.files_of(hazel.candidate.send("money/return/1/files/"))
    bundle = text_of(files[f"return-{hazel.campaign.slug}-v1-with-receipts.pdf"])
    for number in of_hers:
        assert f"Receipt {number}, item" in bundle
    for bill in ("PP-1", "PP-2", "HF-3", "SP-4"):
        assert f"{bill}, page 1" in bundle
    assert "MM-5, page 1" not in bundle


def beside_her_shares_hers_is_nil(hazel: Team) -> None:
    told = hazel.agent.rest("returns/1/")

    for code in ("transport", "meetings", "staff", "administration", "personal"):
        assert lines_of(told, code, "number") == []
    for code in ("notional", "unpaid", "disputed", "late", "donations", "returned"):
        assert lines_of(told, code, "number") == []
    files = hazel.candidate.files_of(hazel.candidate.send("money/return/1/files/"))
    name = f"return-{hazel.campaign.slug}-v1"
    sums = sums_of(files[f"{name}.xlsx"])
    assert sums["A. Advertising"] == "888.33"
    assert sums["B. Unsolicited material to electors"] == "200.50"
    assert sums["F. Accommodation"] == "18.50"
    assert sums["Together, towards the limit"] == "1107.33"
    assert sums["Left under the limit"] == "71.13"
    paper = text_of(files[f"{name}.pdf"])
    for words in ("C. Transport Nil", "£1,107.33", "Signed by Hazel Reed on 13 June"):
        assert words in paper


def a_credit_on_one_bill_changes_both_returns(rowan: Team, hazel: Team) -> None:
    credit = {"number": "PP-C1", "amount": "1.01", "dated_on": "2024-06-20"}
    credit |= {"reason": "Nine copies short", "refunded_on": "2024-06-20"}
    leaflet = rowan.treasurer.invoice("Leaflet for both")
    rowan.treasurer.send(f"{leaflet}credit-note/", credit)

    for team, was, now in (
        (rowan, "£970.68", "£970.17"),  # 200.00 for 200.51
        (hazel, "£1,107.33", "£1,106.83"),  # 200.00 for 200.50
    ):
        team.agent.money("return/1/").says(f"they come to {now}, this version to {was}")
        reason = {"correction": "The printer credited nine copies"}
        team.agent.send("money/return/make/", reason)
        for desk, who in ((team.agent, "agent"), (team.candidate, "candidate")):
            desk.send(f"money/return/2/sign/{who}/", {"name": desk.user.name})
        team.agent.send(
            "money/return/2/file/", FILED | {"filed_on": "2024-06-20"}
        ).says("filed on 20 June 2024", "Corrects version 1")
        changed = team.candidate.money("return/2/changes/")
        assert changed.row("Together, towards the limit")[1:] == [was, now]
    corrected = [team.agent.rest("returns/2/")["counted"] for team in (rowan, hazel)]
    assert sum(map(Decimal, corrected)) == Decimal("2077.00")


def who_spent_nothing_files_a_nil_return(ned: Team) -> None:
    settings = {"name": ned.campaign.name, "pledge_word": "pledge"}
    settings |= {"joint_candidates": "1", "agent_name": "Agnes Agent"}
    shown = {f"initial-{name}": value for name, value in settings.items()}
    ned.organiser.send("campaign/", settings | shown | {"initial-agent_name": ""})
    letter = {"is_official": "yes", "electors": "9000", "given_on": "2024-03-27"}
    page = ned.agent.send("money/limit/", letter | {"document": "Letter 8"})
    assert page.figure("Limit") == "£1,680.00"  # 960.00 + 720.00, whole: he is alone
    ned.agent.send("money/days/", DECLARED_ON)

    ned.agent.money("return/").says("Nothing was spent: a nil return is still due.")
    ned.agent.send("money/return/make/")
    for desk, who in ((ned.agent, "agent"), (ned.candidate, "candidate")):
        desk.send(f"money/return/1/sign/{who}/", {"name": desk.user.name})
    ned.agent.send("money/return/1/file/", FILED).says("filed on 5 June 2024")

    told = ned.candidate.rest("returns/1/")
    assert (told["is_nil"], told["counted"]) == (True, "0.00")
    files = ned.agent.files_of(ned.agent.send("money/return/1/files/"))
    paper = text_of(files[f"return-{ned.campaign.slug}-v1.pdf"])
    assert "Nil return of election expenses Ned Fern in Penn" in paper
