"""The return's pages: what each role reads, signs and files there."""

import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.donations import accept_donation
from campaigns.models import Campaign, Expense, Job, ReturnVersion, User
from campaigns.roles import Role
from tests.campaigns.actions.test_returns import give, looked_at
from tests.campaigns.purchases import clerk, commit
from tests.campaigns.returns import (
    FILED_AT,
    MADE_AT,
    file,
    make,
    ready_books,
    sign,
)
from tests.cast import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(campaign: Campaign) -> Campaign:
    """Ready, on the day after the agent made the return."""
    stand_at(campaign, FILED_AT)
    return ready_books(campaign)


def stand_at(campaign: Campaign, at: datetime) -> None:
    campaign.organisation.clock_offset = at - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def candidate(campaign: Campaign) -> User:
    return member("Rowan Ash", Role.CANDIDATE, campaign)


@pytest.fixture
def treasurer(campaign: Campaign) -> User:
    return member("Trudy Treasurer", Role.TREASURER, campaign)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(campaign: Campaign, path: str = "") -> str:
    return f"/{campaign.slug}/money/return/{path}"


def read(user: User, campaign: Campaign, path: str = "") -> str:
    response = as_(user).get(url(campaign, path))
    assert response.status_code == 200
    return response.content.decode()


def test_the_books_are_read_in_the_order_of_the_return(
    books: Campaign, treasurer: User
) -> None:
    text = read(treasurer, books)

    for words in (
        "B. Unsolicited material to electors",
        "Plover Press",
        "£900.00",
        "1 item is without a bill.",
        "10 June 2024",
        "C. Transport",
        "official form were not read",
    ):
        assert words in text, words
    assert "Make a version" not in text


def test_a_part_is_one_line_with_its_sum_until_something_in_it_is_to_be_put_right(
    books: Campaign, treasurer: User
) -> None:
    before = parts(read(treasurer, books))
    meal = commit(books, "30.00", kind="personal", category="accommodation")
    # As it was entered before it was asked under which heads these fall.
    Expense.objects.filter(pk=meal.pk).update(category="administration")

    after = parts(read(treasurer, books))

    assert before["unsolicited"] == (False, "1 line", "£900.00")
    assert "personal" not in before
    assert after["personal"] == (True, "1 line", "£30.00")
    assert after["unsolicited"] == before["unsolicited"]


def parts(page: str) -> dict[str, tuple[bool, str, str]]:
    """By code: whether it stands open, how many lines it has, and its sum."""
    found = re.findall(
        r'<details class="card return-section"( open)?>.*?nowrap">(.*?)</span>'
        r'.*?"num">(.*?)</span></summary><div class="card-flush" id="(.*?)">',
        page,
    )
    return {code: (bool(is_open), lines, sum_) for is_open, lines, sum_, code in found}


def test_the_agent_makes_signs_and_files_and_the_candidate_signs_their_own(
    books: Campaign, agent: User, candidate: User
) -> None:
    made = as_(agent).post(url(books, "make/"))
    assert made.headers["Location"] == url(books, "1/")

    as_(agent).post(url(books, "1/sign/agent/"), {"name": "Agnes Agent"})
    as_(candidate).post(url(books, "1/sign/candidate/"), {"name": "Rowan Ash"})
    as_(agent).post(
        url(books, "1/file/"),
        {"filed_on": "2024-06-05", "filed_how": "By hand, receipt 12"},
    )

    assert ReturnVersion.objects.get().is_filed
    text = read(candidate, books, "1/")
    assert "filed on 5 June 2024" in text
    assert "By hand, receipt 12" in text
    assert text.count("signed</span>") == 2
    assert "Sign it" not in text
    assert "File it" not in text


def test_each_is_offered_only_what_is_theirs(
    books: Campaign, agent: User, candidate: User, treasurer: User
) -> None:
    make(books, agent)

    assert "1/sign/agent/" in read(agent, books, "1/")
    assert "1/sign/candidate/" not in read(agent, books, "1/")
    assert "1/sign/candidate/" in read(candidate, books, "1/")
    assert "1/sign/" not in read(treasurer, books, "1/")
    assert "File it" not in read(candidate, books, "1/")


def test_no_signature_is_asked_for_while_something_keeps_the_return_back(
    books: Campaign, agent: User
) -> None:
    books.agent_name = ""
    books.save(update_fields=["agent_name"])
    make(books, agent)

    page = read(agent, books, "1/")

    assert "The election agent is not named." in page
    assert "It cannot be signed yet" in page
    assert "1/sign/agent/" not in page


def test_a_name_that_is_not_the_one_on_the_return_is_refused_on_the_form(
    books: Campaign, agent: User
) -> None:
    make(books, agent)

    response = as_(agent).post(url(books, "1/sign/agent/"), {"name": "A. Agent"})

    assert response.status_code == 400
    assert "Sign with the name that the return gives" in response.content.decode()


def test_what_does_not_exist_is_not_found(books: Campaign, agent: User) -> None:
    make(books, agent)

    for path in ("2/", "2/changes/"):
        assert as_(agent).get(url(books, path)).status_code == 404
    assert as_(agent).post(url(books, "1/sign/mayor/")).status_code == 404


def test_a_filed_version_says_that_the_books_have_changed_and_how(
    books: Campaign, agent: User, candidate: User
) -> None:
    version = make(books, agent)
    sign(version, agent)
    sign(version, candidate, "candidate")
    file(version, agent)
    assert "books have changed" not in read(agent, books, "1/")

    commit(books, "100.00", description="Found later")

    text = read(agent, books, "1/")
    assert "The books have changed since it was filed" in text
    assert "they come to £1,000.00, this version to £900.00" in text
    assert "Found later" in text


def test_a_filed_version_tells_of_donations_accepted_after_it_was_handed_in(
    books: Campaign, agent: User
) -> None:
    decided = looked_at(give(books, "individual", date(2024, 6, 1)))
    looked_at(give(books, "company", date(2024, 5, 5)))
    version = make(books, agent)
    sign(version, agent, at=MADE_AT)
    handed_in = {"filed_on": date(2024, 6, 4), "declaration_follows": "Abroad"}
    file(version, agent, **handed_in)
    after_30_days = read(agent, books, "1/")
    accept_donation(
        decided,
        accepted_on=date(2024, 6, 5),
        checked_how="",
        by=clerk(books),
        at=FILED_AT,
    )

    text = read(agent, books, "1/")

    assert (
        "Since it was handed in on 4 June 2024, 1 donation of £400.00 was accepted, "
        "which this version does not name."
    ) in after_30_days
    assert "2 donations, £800.00 together, were accepted" in text
    assert "What changed after 4 June 2024" in text
    assert "aken as accepted: not returned by 4 June 2024" in text
    assert "The books have changed since" not in text


def test_a_version_that_was_not_handed_in_tells_of_them_as_of_all_else(
    books: Campaign, agent: User
) -> None:
    looked_at(give(books, "company", date(2024, 5, 5)))
    make(books, agent)

    text = read(agent, books, "1/")

    assert "The books have changed since it was made" in text
    assert "Since it was handed in" not in text


def test_a_correction_needs_its_reason_and_shows_what_changed(
    books: Campaign, agent: User, candidate: User
) -> None:
    version = make(books, agent)
    sign(version, agent)
    sign(version, candidate, "candidate")
    file(version, agent)
    commit(books, "100.00", description="Found later")

    assert as_(agent).post(url(books, "make/"), {}).status_code == 400
    as_(agent).post(url(books, "make/"), {"correction": "A bill came to light."})

    text = read(candidate, books, "2/changes/")
    assert "A bill came to light." in text
    assert "Plover Press, Found later" in text
    assert "£1,000.00" in text
    assert "It is the first version." in read(candidate, books, "1/changes/")


def test_files_are_made_by_a_worker(books: Campaign, agent: User) -> None:
    make(books, agent)

    response = as_(agent).post(url(books, "1/files/"))

    job = Job.objects.get(kind="return_files")
    assert response.headers["Location"].endswith(f"/jobs/{job.pk}/")
