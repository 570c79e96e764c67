"""The return made, declared and filed: who may, in which order, and what then stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from campaigns.actions.donations import (
    accept_donation,
    record_donation,
    return_donation,
)
from campaigns.actions.donor_evidence import record_evidence
from campaigns.actions.returns import ReturnRefused, sign_return
from campaigns.models import (
    AuditEntry,
    Campaign,
    Declarant,
    Donation,
    ReturnDeclaration,
    ReturnState,
    ReturnVersion,
    User,
)
from campaigns.reports.return_form import digest
from campaigns.reports.return_versions import BooksNow, ReturnStanding
from campaigns.roles import Role
from campaigns.rules.donor_evidence import EVIDENCE
from campaigns.rules.permissible_donations import DonorKind
from tests.campaigns.purchases import clerk, commit, propose
from tests.campaigns.returns import FILED_AT, MADE_AT, file, make, ready_books, sign
from tests.cast import give_role, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(campaign: Campaign) -> Campaign:
    return ready_books(campaign)


@pytest.fixture
def candidate(campaign: Campaign) -> User:
    return member("Rowan Ash", Role.CANDIDATE, campaign)


@pytest.fixture
def declared(books: Campaign, agent: User, candidate: User) -> ReturnVersion:
    """A draft that both have signed."""
    version = make(books, agent)
    sign(version, agent)
    sign(version, candidate, Declarant.CANDIDATE)
    return version


def refused(code: str) -> "pytest.RaisesExc[ReturnRefused]":
    return pytest.raises(ReturnRefused, check=lambda refusal: refusal.code == code)


def test_a_version_keeps_what_the_books_said(books: Campaign, agent: User) -> None:
    version = make(books, agent)

    assert version.version == 1
    assert version.counted == Decimal("900.00")
    assert version.sha256 == digest(version.content)
    assert not version.is_nil
    assert version.mark == f"mayor-2024/1/{version.sha256[:12]}"
    assert AuditEntry.objects.filter(verb="return.made").count() == 1


def test_nothing_spent_makes_a_nil_return(campaign: Campaign, agent: User) -> None:
    assert make(campaign, agent).is_nil


def test_only_the_agent_makes_one(
    books: Campaign, organiser: User, candidate: User
) -> None:
    for user in (organiser, candidate):
        with refused("not_the_agent"):
            make(books, user)


def test_a_version_that_says_nothing_new_is_not_made(
    books: Campaign, agent: User
) -> None:
    make(books, agent)

    with refused("nothing_changed"):
        make(books, agent, at=MADE_AT + timedelta(days=3))


def test_a_new_draft_stands_in_for_the_old_and_is_declared_anew(
    books: Campaign, agent: User, candidate: User
) -> None:
    first = make(books, agent)
    sign(first, agent)
    commit(books, "100.00")

    second = make(books, agent)

    first.refresh_from_db()
    assert first.state == ReturnState.REPLACED
    assert second.version == 2
    assert not second.declarations.exists()
    with refused("replaced"):
        sign(first, candidate, Declarant.CANDIDATE)
    with refused("not_a_draft"):
        file(first, agent)


def test_each_signs_their_own_declaration_in_words_that_are_kept(
    books: Campaign, agent: User, candidate: User
) -> None:
    version = make(books, agent)

    agents = sign(version, agent)
    candidates = sign(version, candidate, Declarant.CANDIDATE, name="rowan  ash")

    assert agents.wording.startswith("I am the election agent of Rowan Ash")
    assert version.mark in agents.wording
    assert version.mark in candidates.wording
    assert "complete and correct" in candidates.wording
    assert agents.mark == "G"
    assert agents.by_label == str(agent)


def test_nobody_signs_for_another(
    books: Campaign, agent: User, candidate: User, organiser: User
) -> None:
    version = make(books, agent)

    with refused("not_the_candidate"):
        sign(version, agent, Declarant.CANDIDATE)
    for user in (candidate, organiser):
        with refused("not_the_agent"):
            sign(version, user)
    with refused("other_name"):
        sign(version, agent, name="Somebody Else")
    assert not ReturnDeclaration.objects.exists()


def test_a_candidate_who_is_their_own_agent_signs_both(
    books: Campaign, candidate: User
) -> None:
    books.agent_name = "Rowan Ash"
    books.save()
    give_role(candidate, Role.AGENT, books)
    version = make(books, candidate)

    sign(version, candidate, name="Rowan Ash")
    sign(version, candidate, Declarant.CANDIDATE)

    assert ReturnStanding(books, version).missing == ()


def test_neither_a_token_nor_a_command_signs(books: Campaign, agent: User) -> None:
    version = make(books, agent)

    with refused("not_the_agent"):
        sign_return(
            version,
            declarant=Declarant.AGENT,
            name="Agnes Agent",
            by=clerk(books),
            at=FILED_AT,
        )


def test_it_is_signed_once(declared: ReturnVersion, agent: User) -> None:
    with refused("signed_before"):
        sign(declared, agent)


def test_what_the_books_have_left_is_neither_signed_nor_filed(
    declared: ReturnVersion, agent: User
) -> None:
    commit(declared.campaign, "1.00")

    with refused("books_changed"):
        file(declared, agent)


def test_it_is_filed_with_both_declarations_and_says_how(
    declared: ReturnVersion, agent: User
) -> None:
    filed = file(declared, agent)

    assert filed.state == ReturnState.FILED
    assert filed.filed_on == date(2024, 6, 5)
    assert filed.filed_by == str(agent)
    assert AuditEntry.objects.get(verb="return.filed").data["sha256"] == filed.sha256


def test_without_a_declaration_it_is_not_filed(
    books: Campaign, agent: User, candidate: User
) -> None:
    version = make(books, agent)
    with refused("agent_undeclared"):
        file(version, agent)
    sign(version, agent)
    with refused("candidate_undeclared"):
        file(version, agent)
    with refused("not_the_agent"):
        file(version, candidate)


def test_the_candidates_declaration_may_follow_with_a_reason(
    books: Campaign, agent: User, candidate: User
) -> None:
    version = make(books, agent)
    sign(version, agent)

    filed = file(version, agent, declaration_follows="Abroad until 12 June")
    standing = ReturnStanding(books, filed)

    assert standing.missing == (Declarant.CANDIDATE,)
    assert standing.candidate_by == date(2024, 6, 14)
    assert sign(filed, candidate, Declarant.CANDIDATE).version == filed


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"filed_how": "  "}, "no_way"),
        ({"filed_on": date(2024, 6, 6)}, "bad_day"),
        ({"filed_on": date(2024, 6, 3)}, "bad_day"),
    ],
)
def test_it_is_filed_in_some_way_on_a_day_that_can_be(
    declared: ReturnVersion, agent: User, said: dict[str, object], code: str
) -> None:
    with refused(code):
        file(declared, agent, **said)


def give(campaign: Campaign, donor_kind: str, received_on: date) -> Donation:
    return record_donation(
        campaign=campaign,
        donor="Quill and Daughters",
        donor_kind=donor_kind,
        donor_address="2 Fallowshaw Road, QX1 1AA",
        amount=Decimal("400.00"),
        received_on=received_on,
        by=clerk(campaign),
        at=MADE_AT,
    )


def looked_at(donation: Donation) -> Donation:
    asked = EVIDENCE[DonorKind[donation.donor_kind.upper()]]
    return record_evidence(
        donation,
        found={one.code: "Found as told" for one in asked},
        looked_on=date(2024, 6, 1),
        by=clerk(donation.campaign),
        at=MADE_AT,
    )


def test_what_keeps_it_from_being_filed_keeps_it_from_being_signed(
    books: Campaign, agent: User, candidate: User
) -> None:
    give(books, "anonymous", date(2024, 6, 1))
    version = make(books, agent)

    with refused("not_permitted"):
        sign(version, agent)
    with refused("not_permitted"):
        sign(version, candidate, Declarant.CANDIDATE)


def test_a_gift_that_must_go_back_keeps_it_from_being_filed(
    declared: ReturnVersion, agent: User
) -> None:
    """One that comes after both have signed: neither is the version filed that does not
    have it, nor the one made anew signed."""
    give(declared.campaign, "anonymous", date(2024, 6, 1))

    with refused("books_changed"):
        file(declared, agent)
    with refused("not_permitted"):
        sign(make(declared.campaign, agent), agent)


def test_a_donation_kept_past_its_days_unchecked_keeps_it_from_being_signed(
    books: Campaign, agent: User
) -> None:
    given = give(books, "company", date(2024, 5, 1))
    version = make(books, agent)
    with refused("unchecked"):
        sign(version, agent)

    return_donation(
        given,
        returned_on=date(2024, 6, 4),
        returned_how="By the bank",
        by=clerk(books),
        at=MADE_AT,
    )

    assert sign(make(books, agent), agent).declarant == Declarant.AGENT


def test_a_donation_that_may_still_be_decided_on_keeps_nothing_back(
    books: Campaign, agent: User
) -> None:
    give(books, "company", date(2024, 6, 1))

    assert sign(make(books, agent), agent).declarant == Declarant.AGENT


def test_the_database_changes_nothing_of_a_filed_return_and_deletes_none(
    declared: ReturnVersion, agent: User
) -> None:
    version = ReturnVersion.objects.filter(pk=declared.pk)
    for change in ({"content": {}}, {"counted": Decimal(1)}, {"sha256": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            version.update(**change)
    file(declared, agent)

    for change in ({"state": "draft"}, {"filed_how": "Otherwise"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            version.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.delete()
    for signed in declared.declarations.all():
        again = ReturnDeclaration.objects.filter(pk=signed.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.update(name="Somebody else")
        with pytest.raises(IntegrityError), transaction.atomic():
            again.delete()


def test_a_filed_return_says_when_the_books_have_changed(
    declared: ReturnVersion, agent: User
) -> None:
    filed = file(declared, agent)
    assert not BooksNow(declared.campaign, filed, FILED_AT).have_changed
    propose(declared.campaign, "5.00")
    assert not BooksNow(declared.campaign, filed, FILED_AT).have_changed

    commit(declared.campaign, "100.00", description="Found later")

    books = BooksNow(declared.campaign, filed, FILED_AT)
    assert books.have_changed
    assert ReturnStanding(declared.campaign, filed).is_intact
    assert books.now.counted - filed.counted == Decimal("100.00")


def test_what_the_law_took_as_accepted_since_is_in_what_is_signed_and_filed(
    books: Campaign, agent: User, candidate: User
) -> None:
    """Received on 5 May, it may go back until 4 June: on the 5th it is accepted."""
    looked_at(give(books, "company", date(2024, 5, 5)))
    version = make(books, agent)
    sign(version, agent, at=MADE_AT)
    with refused("books_changed"):
        sign(version, candidate, Declarant.CANDIDATE)
    with refused("books_changed"):
        file(version, agent, declaration_follows="Abroad until 12 June")

    later = make(books, agent, at=FILED_AT)
    sign(later, agent)
    filed = file(later, agent, declaration_follows="Abroad until 12 June")

    assert (version.donated, filed.donated) == (Decimal("0.00"), Decimal("400.00"))


def test_what_was_handed_in_in_time_is_filed_though_noted_later(
    books: Campaign, agent: User
) -> None:
    """And a donation that was accepted only after it was handed in changes nothing."""
    looked_at(give(books, "company", date(2024, 5, 5)))
    version = make(books, agent)
    sign(version, agent, at=MADE_AT)

    filed = file(
        version,
        agent,
        filed_on=date(2024, 6, 4),
        declaration_follows="Abroad until 12 June",
    )

    assert not BooksNow(books, filed, FILED_AT + timedelta(days=9)).have_changed


def test_a_filed_return_is_corrected_by_a_new_version_with_a_reason(
    declared: ReturnVersion, agent: User
) -> None:
    filed = file(declared, agent)
    commit(declared.campaign, "100.00", description="Found later")

    with refused("no_reason"):
        make(declared.campaign, agent)
    later = make(declared.campaign, agent, correction="A bill was found later.")

    filed.refresh_from_db()
    assert filed.state == ReturnState.FILED
    assert later.corrects == filed
    assert later.version == 2


@pytest.mark.parametrize("decided", [True, False])
def test_a_gift_that_waited_when_it_was_filed_is_in_the_return_that_corrects_it(
    books: Campaign, agent: User, decided: bool
) -> None:
    """Whether somebody accepts it, or its 30 days pass: nothing else has changed."""
    given = looked_at(give(books, "company", date(2024, 6, 1)))
    version = make(books, agent)
    sign(version, agent)
    filed = file(version, agent, declaration_follows="Abroad until 12 June")
    later = FILED_AT + timedelta(days=1 if decided else 30)
    if decided:
        accept_donation(given, accepted_on=date(2024, 6, 6), by=clerk(books), at=later)

    made = make(books, agent, correction="A gift was accepted.", at=later)

    assert (filed.donated, made.donated) == (Decimal("0.00"), Decimal("400.00"))
    assert made.corrects == filed


def test_stored_sums_that_do_not_agree_with_the_lines_are_noticed(
    books: Campaign, agent: User
) -> None:
    version = make(books, agent)
    assert ReturnStanding(books, version).is_intact

    version.counted += 1

    assert not ReturnStanding(books, version).is_intact
