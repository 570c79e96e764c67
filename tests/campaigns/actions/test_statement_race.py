"""Two clerks at once: a line, and a payment, are used once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from campaigns.actions import supplier_invoices
from campaigns.actions.donations import void_donation
from campaigns.actions.expense_checks import Share
from campaigns.actions.expense_payments import record_invoice
from campaigns.actions.spending import bearers_of
from campaigns.actions.statement_matches import undo_match
from campaigns.models import (
    AuditEntry,
    Campaign,
    Donation,
    Election,
    Expense,
    Invoice,
    InvoiceFileRow,
    Payment,
    StatementLine,
    StatementMatch,
)
from campaigns.rules.refusals import Refusal
from tests.campaigns.actions.test_statement_matches import bill, gift, line_of, pay, say
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.statement_helpers import APRIL, account_of, load, written
from tests.campaigns.supplier_helpers import HEADER, supplier_of
from tests.campaigns.supplier_helpers import load as load_invoices
from tests.cast import NOW, make_campaign

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 5


def at_once(act: Callable[[int], object]) -> list[object]:
    """What each clerk got, let go together: an answer, or the kind of refusal."""
    barrier = Barrier(CLERKS)

    def clerk(nth: int) -> object:
        barrier.wait()
        try:
            return act(nth)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        return list(pool.map(clerk, range(CLERKS)))


def test_one_line_pays_one_invoice_once(campaign: Campaign) -> None:
    bills = [bill(campaign, "100.00", f"PP-{n}") for n in range(CLERKS)]
    line = line_of(campaign, "-100.00")

    said = at_once(lambda nth: say(line, ("invoice", bills[nth].pk, "100.00")))

    assert said.count("nothing_left") == CLERKS - 1
    assert Payment.objects.count() == StatementMatch.objects.count() == 1


def test_a_line_that_pays_a_shared_expense_waits_for_its_bearers_in_their_order(
    campaign: Campaign, election: Election
) -> None:
    """Else two clerks would each hold what the other waits for."""
    later = make_campaign(campaign.organisation, election, slug="later")
    notice(campaign)
    notice(later)
    half = Share(1, 2, "Both faces", campaign=campaign)
    shared = record_invoice(
        expense=commit(later, "100.00", shares=[half]),
        number="S-1",
        amount=Decimal("100.00"),
        dated_on=NOW.date(),
        received_on=NOW.date(),
        by=clerk(later),
        at=NOW,
    )
    line = line_of(later, "-100.00")
    held = Barrier(2)

    def other_clerk() -> None:
        try:
            with transaction.atomic():
                Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
                held.wait()
                sleep(1)
                Campaign.objects.select_for_update(no_key=True).get(pk=later.pk)
        finally:
            connection.close()

    def pays() -> object:
        held.wait()
        try:
            return say(line, ("invoice", shared.pk, "100.00"))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(other_clerk), pool.submit(pays)]
        for one in both:
            one.result()

    assert campaign.pk < later.pk
    assert Payment.objects.get().invoice == shared


def test_one_payment_is_seen_on_one_line(campaign: Campaign) -> None:
    payment = pay(bill(campaign, "100.00"), "100.00")
    lines = [line_of(campaign, "-100.00", f"PLOVER {n}") for n in range(CLERKS)]

    said = at_once(lambda nth: say(lines[nth], ("payment", payment.pk, "100.00")))

    assert said.count("shown_already") == CLERKS - 1
    assert StatementMatch.objects.count() == 1


def test_one_file_is_loaded_once(campaign: Campaign, tmp_path: Path) -> None:
    account = account_of(campaign)
    path = written(tmp_path, APRIL)

    loaded = at_once(lambda nth: load(path, account).new)

    assert sorted(map(str, loaded)) == ["0"] * (CLERKS - 1) + ["4"]
    assert StatementLine.objects.count() == 4


def test_two_clerks_with_one_file_of_invoices_file_each_once(
    campaign: Campaign, tmp_path: Path
) -> None:
    notice(campaign)
    commit(campaign, "600.00")
    supplier = supplier_of(campaign)
    content = f"{HEADER}PP-1,12/04/2024,Leaflets,,,240.00,1,\nPP-2,12/04/2024,B,,,9,,\n"

    def load_it(nth: int) -> object:
        folder = tmp_path / str(nth)
        folder.mkdir()
        return load_invoices(folder, supplier, content)

    said = at_once(load_it)

    assert said.count({"known": 2}) == CLERKS - 1
    assert said.count({"invoice": 1, "proposed": 1}) == 1
    assert Invoice.objects.count() == 1
    assert InvoiceFileRow.objects.count() == 2


def test_undoing_a_match_waits_for_nobody_who_bears_another_bill(
    campaign: Campaign, election: Election
) -> None:
    sibling = make_campaign(campaign.organisation, election, slug="sibling")
    notice(campaign)
    notice(sibling)
    half = Share(1, 2, "Both faces", campaign=sibling)
    record_invoice(
        expense=commit(campaign, "80.00", shares=[half]),
        number="S-1",
        amount=Decimal("80.00"),
        dated_on=NOW.date(),
        received_on=NOW.date(),
        by=clerk(campaign),
        at=NOW,
    )
    ours = bill(campaign, "100.00")
    (match,) = say(line_of(campaign, "-100.00"), ("invoice", ours.pk, "100.00"))

    def undo_within_two_seconds() -> StatementMatch:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        try:
            return undo_match(match, reason="Another", by=clerk(campaign), at=NOW)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        Campaign.objects.select_for_update(no_key=True).get(pk=sibling.pk)
        undone = pool.submit(undo_within_two_seconds).result()

    assert undone.voided_at == NOW


def test_a_donation_is_voided_while_its_match_is_undone(campaign: Campaign) -> None:
    """Each would lock what the other holds, were they not let in one after another."""
    for nth in range(CLERKS):
        promise = gift(campaign, "100.00", None)
        line = line_of(campaign, "100.00", f"GIFT {nth}")
        (match,) = say(line, ("donation", promise.pk, "100.00"))

        def act(clerk_nth: int, gave: Donation = promise, said: Any = match) -> object:
            told: Any = {"reason": "Typo", "by": clerk(campaign), "at": NOW}
            if clerk_nth % 2:
                return undo_match(said, **told)
            return void_donation(gave, **told)

        at_once(act)

        promise.refresh_from_db()
        match.refresh_from_db()
        assert promise.voided_at is not None
        assert match.voided_at is not None
    assert AuditEntry.objects.filter(verb="statement_line.undone").count() == CLERKS


def test_a_file_is_not_filed_on_an_order_that_came_while_it_waited_for_the_lock(
    campaign: Campaign,
    election: Election,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody else bears a half of that order, and nobody has locked their money."""
    sibling = make_campaign(campaign.organisation, election, slug="sibling")
    notice(campaign)
    notice(sibling)
    commit(campaign, "600.00")

    def commit_another() -> None:
        try:
            half = Share(1, 2, "Both faces", campaign=sibling)
            commit(campaign, "80.00", shares=[half])
        finally:
            connection.close()

    def lock_who_was_seen(orders: QuerySet[Expense]) -> list[Campaign]:
        seen = list(bearers_of(orders).values_list("pk", flat=True))
        with ThreadPoolExecutor(1) as pool:
            pool.submit(commit_another).result()
        return list(Campaign.objects.select_for_update(no_key=True).filter(pk__in=seen))

    plover = supplier_of(campaign)
    content = HEADER + "PP-1,12/04/2024,Leaflets,,,80.00,2,\n"
    with monkeypatch.context() as slow:
        slow.setattr(supplier_invoices, "lock_bearers_of", lock_who_was_seen)
        with pytest.raises(Refusal, match="look again") as refused:
            load_invoices(tmp_path, plover, content)
    nothing = Invoice.objects.count()

    assert (refused.value.code, nothing) == ("changed", 0)
    assert load_invoices(tmp_path, plover, content) == {"invoice": 1}
