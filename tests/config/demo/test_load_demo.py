import json
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from campaigns.access import system
from campaigns.actions.second_factor import begin_second_factor
from campaigns.clock import UK
from campaigns.clock import now as clock_now
from campaigns.models import (
    AuditEntry,
    Campaign,
    Elector,
    Expense,
    MatchProposal,
    Organisation,
    RejectedLine,
    StoredFile,
    User,
)
from campaigns.reports.others_campaigns import outside_activities
from campaigns.reports.spending_authorities import authority_standings
from campaigns.reports.stock_costs import stock_cost
from canvassing.actions.standing import rebuild_standing
from canvassing.models import (
    CanvassRound,
    Contact,
    ElectorStanding,
    GotvListWard,
    PhoneBank,
    StallLink,
    VotedMark,
)
from canvassing.reports.call_queue import progress_of
from canvassing.reports.leaflets import stocks
from canvassing.reports.stall_helpers import helpers_of
from config.demo import calendar, cast
from config.demo.load import DemoRefused, load_demo
from volunteers.models import ShiftSignUp

pytestmark = pytest.mark.django_db
ELECTORS = 1500
START = datetime(2024, 4, 23, 10, 0, tzinfo=UK)
POLLING_DAY = datetime(2024, 5, 2, 8, 40, tzinfo=UK)


def load(folder, *, now=None, electors=ELECTORS):
    return load_demo(electors=electors, now=now, folder=folder, progress=str)


def counts():
    models = (Elector, Contact, Expense, ShiftSignUp, AuditEntry, VotedMark, StoredFile)
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, folder):
    """A short story, told once for all tests here: each is rolled back to it."""
    whole = transaction.atomic()
    whole._from_testcase = (
        True  # as the tests' own transactions, it may hold durable ones
    )
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(calendar, "FIRST_DAY", date(2024, 4, 17))
        with whole:
            yield load(folder)
            transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    return Organisation.objects.get(pk=loaded.pk)


def test_the_command_answers_with_sign_ins_and_a_tour_of_pages_that_exist(demo, folder):
    output, progress = StringIO(), StringIO()

    call_command(
        "load_demo",
        f"--electors={ELECTORS}",
        f"--folder={folder}",
        "--json",
        stdout=output,
        stderr=progress,
    )

    answer = json.loads(output.getvalue().splitlines()[-1])
    assert len(answer["tour"]) == 10
    assert {row["role"] for row in answer["sign_ins"]} >= {"Organiser", "Data clerk"}
    assert "loaded already" in progress.getvalue()
    for stop in answer["tour"]:
        assert Client().get(stop["path"]).status_code != 404
    for name in ("register-from-another-council", "sandwell-register-december-2024"):
        assert (folder / "samples" / f"{name}.csv").exists()


def test_everybody_of_the_registers_is_loaded_and_has_a_standing(demo, folder):
    manifests = [json.loads(path.read_text()) for path in folder.glob("*/manifest_*")]
    told = sum(manifest["counts"]["electors"] for manifest in manifests)

    loaded = Elector.objects.of(demo)
    standing = ElectorStanding.objects.of(demo).filter(campaign__slug=cast.MAYOR)
    assert told == ELECTORS
    assert loaded.count() >= ELECTORS
    assert (
        standing.filter(is_current=True).count()
        == loaded.filter(on_register=True, merged_into=None).count()
    )
    assert RejectedLine.objects.of(demo).exists()
    assert MatchProposal.objects.of(demo).filter(state="open").exists()


def test_standing_follows_from_the_facts(demo):
    for campaign in Campaign.objects.of(demo):
        rebuilt = rebuild_standing(campaign=campaign, by=system(demo), at=START)
        assert rebuilt.different == 0


def test_its_clock_stands_where_the_story_ends_and_ticks(demo):
    assert START <= clock_now(demo) < START + (timezone.now() - demo.created_at)
    assert not Contact.objects.of(demo).filter(effective_at__gt=START).exists()
    assert not AuditEntry.objects.of(demo).filter(at__gt=clock_now(demo)).exists()


def test_every_ward_of_its_lists_reconciles(demo):
    rows = GotvListWard.objects.of(demo)

    assert rows.exists()
    for row in rows:
        assert row.listed + sum(row.excluded.values()) == row.electors


def test_its_wards_are_cut_into_rounds_and_leaflets_are_on_their_way(demo):
    by_election = Campaign.objects.get(slug=cast.BY_ELECTION)
    rounds = CanvassRound.objects.filter(campaign=by_election)
    local = rounds.filter(local_round__isnull=False).values_list("name", flat=True)

    assert set(local) == {"Canal side", "Chapel walk"}
    assert rounds.exclude(local_round__isnull=False).exists()
    [stock] = stocks(by_election)
    assert 0 < stock.delivered < stock.leaflet.copies


def test_its_books_show_who_else_spends_and_what_never_counts(demo):
    mayor = Campaign.objects.get(slug=cast.MAYOR)
    standings = authority_standings(mayor)
    by_election = Campaign.objects.get(slug=cast.BY_ELECTION)
    printed = Expense.objects.get(campaign=by_election, stock__startswith="leaflet:")
    cost = stock_cost(by_election, printed.stock)

    assert {one.authority.kind for one in standings} == {"petty", "campaigner"}
    assert all(0 < one.left < one.authority.cap for one in standings)
    assert mayor.expenses.get(donation__isnull=False).value_declared_by
    assert mayor.expenses.filter(excluded="security", state="committed").exists()
    assert 0 < cost.counted < cost.cost
    assert outside_activities(by_election).exists()


def test_loading_again_changes_nothing(demo, folder):
    before = counts()

    load(folder)

    assert counts() == before


def forget_that_it_was_loaded() -> None:
    """As if the load had been killed before it wrote so: nobody else can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE campaigns_auditentry DISABLE TRIGGER audit_stays")
        AuditEntry.objects.filter(verb="demo.loaded").delete()
        cursor.execute("ALTER TABLE campaigns_auditentry ENABLE TRIGGER audit_stays")


def test_a_load_that_was_killed_is_taken_up_again(demo, folder):
    before = counts()
    forget_that_it_was_loaded()

    load(folder)

    after = counts()
    assert {**after, "AuditEntry": 0} == {**before, "AuditEntry": 0}


def test_it_goes_on_to_polling_day_whatever_was_tried_in_it(demo, folder):
    begin_second_factor(User.objects.get(email=cast.ORGANISER.email))
    before = counts()

    load(folder, now=POLLING_DAY)

    after = counts()
    assert after["Elector"] == before["Elector"]
    assert after["Contact"] > before["Contact"]
    assert VotedMark.objects.of(demo).filter(marked_at__lte=POLLING_DAY).exists()
    assert not VotedMark.objects.of(demo).filter(marked_at__gt=POLLING_DAY).exists()


def test_it_cannot_go_back_or_become_another_size(demo, folder):
    with pytest.raises(DemoRefused, match="cannot go back"):
        load(folder, now=datetime(2024, 4, 1, 9, 0, tzinfo=UK))
    with pytest.raises(DemoRefused, match="1,500 electors"):
        load(folder, electors=5000)

    assert Organisation.objects.filter(slug=cast.SLUG).count() == 1


def test_a_phone_bank_is_open_and_has_made_its_first_calls(demo):
    bank = PhoneBank.objects.of(demo).get()

    progress = progress_of(bank, at=START)

    assert bank.is_open
    assert progress.queue.waiting > 50
    assert progress.calls == 30
    assert [caller.name for caller in progress.callers if caller.calls == 0] == []


def test_a_helper_without_an_account_has_met_people_at_the_stall(demo):
    link = StallLink.objects.of(demo).select_related("session__campaign").get()

    [row] = helpers_of(link)
    assert row.met == row.spoken == 5
    assert link.is_open(START)
