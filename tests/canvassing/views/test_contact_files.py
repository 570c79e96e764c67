"""Another tool's contacts on their pages: checked, mapped once, and loaded."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Elector, Job, StoredFile, User
from canvassing.models import Contact, ContactMapping, IntentionCode
from tests.canvassing.contact_helpers import standing
from tests.house.test_access import signed_in

ADDRESS = "/mayor-2024/electors/load/"
HISTORY = (
    b"Voter Number;VI;Date\nBN1-4;L;2021-03-01\nBN1-4;Q;2021-03-02\nBN1-9;L;1/4/22\n"
)


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def drop(desk: Client, ivy: Elector, content: bytes) -> str:
    """The address of the check, once a worker has made it."""
    file = BytesIO(content)
    file.name = "history.csv"
    answer = desk.post(ADDRESS, {"file": file, "council": ivy.council_id})
    run_here(Job.objects.latest("pk"))
    return answer.headers["Location"]


def test_a_check_says_what_the_file_would_do_and_writes_nothing(
    ivy: Elector, desk: Client
) -> None:
    page = desk.get(drop(desk, ivy, HISTORY)).content.decode()

    assert "Codes that we do not know: L, Q" in page
    assert "L (1 row)" in page
    assert "is not a day such as 2024-04-20" in page
    assert "1/4/22" not in page
    assert not Contact.objects.exists()


def test_codes_are_told_once_and_the_file_is_loaded(
    campaign: Campaign, ivy: Elector, desk: Client
) -> None:
    check = drop(desk, ivy, HISTORY)
    columns = {"number": "Voter Number", "intention": "VI", "said_at": "Date"}

    again = desk.post(check, columns | {"code-0": "P1", "code-1": ""})
    run_here(Job.objects.latest("pk"))
    loading = desk.post(f"{again.headers['Location']}go/")
    run_here(Job.objects.latest("pk"))
    page = desk.get(loading.headers["Location"]).content.decode()

    assert Job.objects.latest("pk").result == {
        "lines": 3,
        "filed": 1,
        "already_filed": 0,
        "held": 1,
        "nothing_said": 1,
        "let_go": 0,
    }
    assert "See what is held" in page
    assert standing(campaign, ivy).pledged
    assert (
        "Codes that we do not know"
        not in desk.get(drop(desk, ivy, HISTORY)).content.decode()
    )


def test_what_was_told_of_words_that_are_not_in_this_file_stays(
    campaign: Campaign, ivy: Elector, desk: Client
) -> None:
    columns = {"number": "Voter Number", "intention": "VI", "said_at": "Date"}
    gone = IntentionCode.objects.create(
        organisation=campaign.organisation, campaign=campaign, code="Z", label="Zeal"
    )
    desk.post(drop(desk, ivy, HISTORY), columns | {"code-0": "P1", "code-1": "Z"})
    gone.delete()
    other = drop(desk, ivy, b"Voter Number;VI;Date\nBN1-4;M;2021-03-01\n")

    answer = desk.post(other, columns | {"code-0": "B"})

    assert answer.status_code == 302
    assert ContactMapping.objects.get().codes == {"L": "P1", "M": "B"}


def test_a_file_that_is_no_longer_kept_is_to_be_chosen_again(
    ivy: Elector, desk: Client
) -> None:
    check = drop(desk, ivy, HISTORY)
    StoredFile.objects.update(expires_at=timezone.now())

    refused = desk.post(f"{check}go/", follow=True).content.decode()
    job = Job.objects.get()
    Job.objects.update(state="queued")
    job.parts.update(state="queued")
    StoredFile.objects.all().delete()
    late = run_here(Job.objects.get())

    assert "The file is no longer kept: choose it again." in refused
    assert (late.state, late.message) == (
        "failed",
        "The file is no longer kept: choose it again.",
    )


def test_a_check_announces_what_would_be_held_or_passed_over(
    ivy: Elector, desk: Client
) -> None:
    check = drop(
        desk,
        ivy,
        b"Voter Number,VI,Pledge,Result,Date,Note\n"
        b"BN1-4,P1,,,2021-03-01,\n"
        b"BN1-4,P1,,Not in,2021-03-02,\n"
        b"BN1-4,B,yes,,2021-03-03,\n"
        b"BN1-4,P1,,,2021-03-04," + b"x" * 281 + b"\nBN1-4,,,,2021-03-05,\n",
    )

    found = Job.objects.get().result
    desk.post(f"{check}go/")
    loaded = run_here(Job.objects.latest("pk")).result

    assert (found["fit"], found["nothing_said"]) == (1, 1)
    assert set(found["doubtful"]) == {
        "There is an answer, but by its outcome nobody was spoken to.",
        "It says they pledged, but their intention says otherwise.",
        "The note is longer than 280 characters.",
    }
    assert (loaded["filed"], loaded["held"], loaded["nothing_said"]) == (1, 3, 1)


def test_contacts_carry_the_time_at_which_the_job_runs_and_not_when_it_was_asked_for(
    ivy: Elector, desk: Client
) -> None:
    check = drop(desk, ivy, HISTORY.replace(b";L;", b";P1;"))

    desk.post(f"{check}go/")
    job = run_here(Job.objects.latest("pk"))

    assert job.started_at is not None
    assert Contact.objects.get().received_at >= job.started_at


def test_years_of_history_are_more_than_five_megabytes(
    ivy: Elector, desk: Client
) -> None:
    file = BytesIO(b"Voter Number,VI,Date\n" + b"BN1-4,P1,2021-03-01\n" * 300_000)
    file.name = "history.csv"

    answer = desk.post(ADDRESS, {"file": file, "council": ivy.council_id})

    assert answer.status_code == 302
    assert Job.objects.get().title == "Check contacts: history.csv"


def test_a_file_without_a_date_is_mapped_before_it_is_loaded(
    ivy: Elector, desk: Client
) -> None:
    check = drop(desk, ivy, b"Voter Number;VI;Spoken On\nBN1-4;P1;2021-03-01\n")

    page = desk.get(check).content.decode()
    refused = desk.post(f"{check}go/", follow=True).content.decode()

    assert "It cannot be loaded yet." in page
    assert "There is no column of dates." in refused
    assert not Contact.objects.exists()


def test_a_file_that_is_cut_off_is_refused_in_a_sentence(
    ivy: Elector, desk: Client
) -> None:
    page = desk.get(drop(desk, ivy, HISTORY + b'BN1-4;"L')).content.decode()

    assert "cut off" in page
    assert "Choose another file" in page
