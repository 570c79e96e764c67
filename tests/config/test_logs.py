"""What the logs say, and that they name nobody."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import structlog
from django.db import IntegrityError, transaction
from django.test import Client

from campaigns.models import Campaign, Organisation, User
from config import logs
from tests.cast import make_district, make_elector
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What has been written to the log since, as objects."""
    kept, said = logging.root.handlers[:], io.StringIO()
    logs.configure({"level": "INFO"})
    (handler,) = (one for one in logging.root.handlers if one not in kept)
    cast(logging.StreamHandler[Any], handler).setStream(said)
    yield lambda: [json.loads(line) for line in said.getvalue().splitlines()]
    logging.root.handlers[:] = kept


def test_a_request_is_logged_by_its_route_and_names_nobody(
    campaign: Campaign, organiser: User, lines: Any
) -> None:
    ward = campaign.wards.order_by("gss")[0]
    elector = make_elector(make_district(campaign.organisation, ward), surname="Marsh")
    client = signed_in(organiser)

    client.get(f"/mayor-2024/electors/{elector.pk}/?q=Marsh")
    client.get("/mayor-2024/electors/?q=Marsh")

    said = lines()
    assert [line["route"] for line in said] == ["elector", "electors"]
    assert "Marsh" not in str(said)
    assert str(elector.pk) not in [line.get("event") for line in said]


def test_a_fault_of_a_page_says_where_and_not_what_it_quotes(
    campaign: Campaign, organiser: User, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*args: object, **named: object) -> None:
        raise RuntimeError("Ivy Marsh, 1 Quarry Lane")

    monkeypatch.setattr("campaigns.views.people.members_of", fault)
    client = signed_in(organiser)
    client.raise_request_exception = False

    client.get("/mayor-2024/people/")

    (error,) = [line for line in lines() if line["level"] == "error"]
    assert error["event"] == "Internal Server Error: people"
    assert error["fault"] == ["RuntimeError"]
    assert any("people.py" in frame for frame in error["where"])
    assert "Ivy" not in str(error)


def test_a_fault_of_the_database_says_the_constraint_and_not_the_value(
    organisation: Organisation, lines: Any
) -> None:
    try:
        with transaction.atomic():
            Organisation.objects.create(name="Twice", slug=organisation.slug)
    except IntegrityError:
        logging.getLogger("committee_room").error("fault", exc_info=sys.exc_info())

    (error,) = lines()
    assert "organisation_slug" in str(error["fault"])
    assert "alder" not in str(error)


def test_a_fault_that_was_caught_is_named_too(lines: Any) -> None:
    try:
        raise LookupError("Ivy Marsh")
    except LookupError:
        structlog.get_logger("committee_room").exception("job not closed", job=7)

    (error,) = lines()
    assert (error["event"], error["fault"]) == ("job not closed", ["LookupError"])
    assert "Ivy" not in str(error)


def test_a_fault_of_a_task_is_named_without_what_it_says(lines: Any) -> None:
    told = {"name": "campaigns.tasks.run", "id": "1", "description": "raised"}

    logging.getLogger("celery.app.trace").error(
        "%(name)s[%(id)s] %(description)s: %(exc)s",
        {**told, "exc": "KeyError('Ivy Marsh')", "traceback": "Ivy Marsh"},
    )

    (error,) = lines()
    assert "campaigns.tasks.run" in error["event"]
    assert "Ivy" not in str(error)


def test_who_failed_to_sign_in_is_in_no_log(lines: Any, settings: Any) -> None:
    settings.AXES_ENABLED = True

    for _ in range(9):
        Client().post(
            "/account/sign-in/",
            {"username": "nia@example.org", "password": "a wrong password"},
        )

    said = lines()
    assert said[-1]["status"] == 429
    assert "nia@" not in str(said)
