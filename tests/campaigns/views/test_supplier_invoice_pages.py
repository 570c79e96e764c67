"""The pages of suppliers' files: looked at line by line, decided, loaded, settled."""

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expenses import void_expense
from campaigns.actions.jobs import run_here
from campaigns.models import (
    Campaign,
    Expense,
    Invoice,
    InvoiceFileRow,
    InvoiceSupplier,
    Job,
    JobState,
    Organisation,
    StoredFile,
    User,
)
from campaigns.roles import Role
from campaigns.views import supplier_invoices
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.statement_helpers import upload
from tests.campaigns.supplier_helpers import HEADER
from tests.cast import NOW, member

pytestmark = pytest.mark.django_db
HOME = "/mayor-2024/money/supplier-invoices/"
ON_ORDER = "PP-1,12/04/2024,Leaflet 2,200.00,40.00,240.00,1,\n"
ON_NONE = "PP-2,13/04/2024,A banner,,,90.00,,\n"


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def order(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "600.00")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(agent: User) -> Client:
    return signed_in(agent)


def look_at(desk: Client, content: str | bytes, **said: object) -> str:
    """The address of the check, once a worker has made it."""
    told = {
        "supplier_name": "Plover Press",
        "received_on": "2024-04-20",
        "category": "advertising",
        "used_from": "2024-04-13",
        "used_until": "2024-04-13",
        **said,
    }
    answer = desk.post(f"{HOME}load/", {"file": upload(content), **told})
    assert answer.status_code == 302, answer.content.decode()
    run_here(Job.objects.latest("pk"))
    return answer.headers["Location"]


def said(desk: Client, address: str) -> str:
    return desk.get(address).content.decode()


def load(desk: Client, check: str) -> str:
    answer = desk.post(f"{check}load/", follow=True)
    if Job.objects.latest("pk").kind.endswith("load"):
        run_here(Job.objects.latest("pk"))
        return said(desk, answer.redirect_chain[-1][0])
    return answer.content.decode()


def test_a_check_says_line_by_line_what_would_happen_and_files_nothing(
    order: Expense, desk: Client
) -> None:
    page = said(desk, look_at(desk, HEADER + ON_ORDER + ON_NONE))

    assert "order 1: Leaflets</a>." in page
    assert "As an expense under Advertising, used 13 Apr; the agent commits it." in page
    assert not Invoice.objects.exists()
    assert "banner" not in str(Job.objects.latest("pk").result)


def test_what_was_looked_at_is_loaded_and_listed(order: Expense, desk: Client) -> None:
    assert "No file yet" in said(desk, HOME)
    load(desk, look_at(desk, HEADER + ON_ORDER + ON_NONE))

    counts = Job.objects.latest("pk").result
    assert (counts["invoice"], counts["proposed"]) == (1, 1)
    page = said(desk, HOME)
    assert "Invoice PP-1" in page
    assert "with the agent" in page
    supplier = InvoiceSupplier.objects.get()
    again = look_at(desk, HEADER + ON_ORDER, supplier=supplier.pk, supplier_name="")
    assert "Nothing changes." in said(desk, again)
    assert "PP-1" not in said(desk, f"{HOME}?state=with_agent")


def test_a_line_is_decided_by_choosing_an_order(order: Expense, desk: Client) -> None:
    check = look_at(desk, HEADER + ON_ORDER.replace(",1,", ",77,"))
    assert "It cannot be loaded yet." in said(desk, check)
    assert "Line 2 is to be decided" in load(desk, check)

    lost = desk.post(f"{check}choose/", {"line-2": "", "order-2": "999"}, follow=True)
    assert "There is no order 999 that stands here." in lost.content.decode()

    answer = desk.post(f"{check}choose/", {"line-2": "", "order-2": "mayor-2024/0001"})
    run_here(Job.objects.latest("pk"))
    load(desk, answer.headers["Location"])

    assert Invoice.objects.get().expense == order


def test_days_of_use_are_said_once_for_what_is_proposed(
    campaign: Campaign, desk: Client
) -> None:
    check = look_at(desk, HEADER + ON_NONE, used_from="", used_until="")
    assert "nothing says when it is used" in said(desk, check)
    one = desk.post(f"{check}choose/", {"used_from": "2024-04-20"}, follow=True)
    assert "Say both days of use" in one.content.decode()

    days = {"used_from": "2024-04-20", "used_until": "2024-04-21"}
    answer = desk.post(f"{check}choose/", days)
    run_here(Job.objects.latest("pk"))
    page = said(desk, answer.headers["Location"])
    assert ", used 20 Apr to 21 Apr" in page
    assert 'value="2024-04-20"' in page
    load(desk, answer.headers["Location"])

    assert f"{Expense.objects.get().used_until}" == "2024-04-21"


def test_a_line_waits_for_an_order_that_was_picked_from_the_one_list_of_the_page(
    campaign: Campaign, order: Expense, desk: Client
) -> None:
    load(desk, look_at(desk, HEADER + ON_NONE))
    row = InvoiceFileRow.objects.get()
    assert row.expense is not None
    void_expense(row.expense, reason="It is order 1", by=clerk(campaign), at=NOW)

    page = said(desk, HOME)
    desk.post(f"{HOME}rows/{row.pk}/file/", {"order": "mayor-2024/0001"})

    assert page.count('value="mayor-2024/0001"') == 1
    assert Invoice.objects.get().expense == order


def test_every_order_stands_once_on_the_page_however_many_lines_there_are(
    campaign: Campaign, order: Expense, desk: Client
) -> None:
    rows = "".join(f"N-{n},12/04/2024,A,,,1.00,77,\n" for n in range(30))
    check = look_at(desk, HEADER + rows)

    assert said(desk, check).count("mayor-2024/0001") == 1


def test_lines_stand_on_pages_and_what_was_chosen_on_another_stays(
    order: Expense, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supplier_invoices, "LINES_PER_PAGE", 2)
    lost = "PP-3,12/04/2024,Lost,,,4.00,77,\n"
    check = look_at(desk, HEADER + ON_ORDER + ON_NONE + lost)
    first, second = said(desk, check), said(desk, f"{check}?page=2")
    assert "Lost" in first
    assert "A banner" not in first
    assert "A banner" in second

    answer = desk.post(f"{check}choose/", {"line-4": "propose:transport"})
    run_here(Job.objects.latest("pk"))
    again = answer.headers["Location"]
    answer = desk.post(f"{again}choose/", {"line-3": "propose:meetings"})
    run_here(Job.objects.latest("pk"))
    load(desk, answer.headers["Location"])

    heads = Expense.objects.filter(order_number=None).order_by("amount")
    assert [one.category for one in heads] == ["transport", "meetings"]


def test_a_treasurer_follows_a_file_to_its_end_or_its_failure(
    campaign: Campaign, order: Expense
) -> None:
    desk = signed_in(member("Tam Reed", Role.TREASURER, campaign))
    told = {"supplier_name": "Plover Press", "received_on": "2024-04-20"}
    answer = desk.post(
        f"{HOME}load/", {"file": upload("no"), "category": "transport", **told}
    )
    address, job = answer.headers["Location"], Job.objects.latest("pk")
    follow = f"/mayor-2024/jobs/{job.pk}/progress/"

    assert f'data-follow="{follow}"' in said(desk, address)
    assert "waiting for a worker" in said(desk, follow)
    run_here(job)
    page = said(desk, address)
    assert "april.csv is not a CSV or Excel table" in page
    assert "Choose another file" in page
    assert f'href="{address}"' in said(desk, f"/mayor-2024/jobs/{job.pk}/")


def test_columns_are_told_on_the_page_and_remembered_for_the_supplier(
    order: Expense, desk: Client
) -> None:
    content = "Ref,When,How much\nPP-1,02/04/2024,40.00\n"
    check = look_at(desk, content)
    assert "Say which column holds the invoice number." in said(desk, check)

    desk.post(check, {"number": "Ref", "day": "When", "gross": "How much"})
    run_here(Job.objects.latest("pk"))

    supplier = InvoiceSupplier.objects.get()
    again = look_at(desk, content, supplier=supplier.pk, supplier_name="")
    assert "the agent commits it" in said(desk, again)
    other = look_at(desk, content, supplier_name="Linnet")
    assert "It cannot be loaded yet." in said(desk, other)


def test_what_changed_since_it_was_looked_at_is_looked_at_again(
    campaign: Campaign, order: Expense, desk: Client
) -> None:
    first = look_at(desk, HEADER + ON_ORDER)
    second = look_at(desk, HEADER + ON_ORDER)
    load(desk, first)

    page = load(desk, second)

    assert "look again. Nothing was changed." in page
    assert Job.objects.latest("pk").state == JobState.FAILED
    assert Invoice.objects.count() == 1


def test_the_treasurer_files_on_orders_and_proposes_nothing(
    campaign: Campaign, order: Expense
) -> None:
    desk = signed_in(member("Tam Reed", Role.TREASURER, campaign))
    check = look_at(desk, HEADER + ON_ORDER + ON_NONE)
    page = said(desk, check)
    assert "You may not propose expenses" in page
    assert "Propose it as an expense" not in page
    assert "which you may not" in load(desk, check)

    answer = desk.post(f"{check}choose/", {"line-3": "later"})
    run_here(Job.objects.latest("pk"))
    load(desk, answer.headers["Location"])

    assert Invoice.objects.get().number == "PP-1"
    assert InvoiceFileRow.objects.count() == 1


def test_what_the_agent_has_committed_is_filed_from_the_list(
    campaign: Campaign, order: Expense, desk: Client
) -> None:
    load(desk, look_at(desk, HEADER + ON_NONE))
    row = InvoiceFileRow.objects.get()
    settle = f"{HOME}rows/{row.pk}/file/"
    early = desk.post(settle, follow=True).content.decode()
    assert "The agent has not committed it" in early

    assert row.expense is not None
    commit_expense(row.expense, by=clerk(campaign), at=NOW)
    assert "ready to be filed" in said(desk, HOME)

    assert "PP-2 is filed." in desk.post(settle, follow=True).content.decode()
    assert Invoice.objects.get().number == "PP-2"


def test_who_sees_money_reads_and_who_pays_loads(
    campaign: Campaign, order: Expense, desk: Client
) -> None:
    load(desk, look_at(desk, HEADER + ON_NONE))
    candidate = signed_in(member("Rowan Ash", Role.CANDIDATE, campaign))

    assert "A banner" in said(candidate, HOME)
    assert "Order number" not in said(candidate, HOME)
    assert candidate.get(f"{HOME}load/").status_code == 404


@pytest.mark.parametrize(
    ("content", "said_of_it"),
    [
        (b"%PDF-1.7", "april.csv is not a CSV or Excel table."),
        (b"\x00\x01\x02binary", "Line 1 holds a NUL byte"),
        (
            f'{HEADER}PP-1,12/04/2024,"Half,,,1.00,,\n'.encode(),
            "what begins in line 2 has no end",
        ),
        (f"{HEADER}PP\0-1,12/04/2024,A,,,1.00,,\n".encode(), "Line 2 holds a NUL"),
        (
            (",".join(f"a{n}" for n in range(50_000)) + "\n1,2,3\n").encode(),
            "Its header has 50,000 columns: 200 at most.",
        ),
        (
            f"{HEADER}PP-1,12/04/2024,A,,,=1+1,,\n".encode(),
            "Line 2 cannot be read: column 6 holds a formula",
        ),
        (
            f"{HEADER}PP-1,12/04/2024,Caf\x81,,,1.00,,\n".encode("latin-1"),
            "Line 2 cannot be read: column 3 holds signs in no encoding we know",
        ),
        (
            f"{HEADER}PP-1,12/04/2024,A,1.00,0.20,1.30,,\n".encode(),
            "its net and VAT do not come to its total",
        ),
        (
            (HEADER + ON_ORDER * 2).encode(),
            "Line 3 cannot be read: it has the number of line 2",
        ),
        (
            (
                HEADER + "".join(f"N{n},12/04/2024,A,,,1.00,,\n" for n in range(3001))
            ).encode(),
            "A file has at most 3,000 invoices: split it.",
        ),
    ],
    ids=range(10),
)
def test_a_hostile_file_gets_one_sentence_and_changes_nothing(
    order: Expense, desk: Client, content: bytes, said_of_it: str
) -> None:
    check = look_at(desk, content)

    assert said_of_it in said(desk, check)
    load(desk, check)
    assert not InvoiceFileRow.objects.exists()
    assert Expense.objects.count() == 1


def test_a_file_that_is_too_large_or_gone_is_refused(
    order: Expense, desk: Client
) -> None:
    large = upload(b"," * (10 * 1024**2 + 1))
    told = {"file": large, "supplier_name": "Plover", "category": "advertising"}
    answer = desk.post(f"{HOME}load/", {**told, "received_on": "2024-04-20"})
    assert answer.status_code in {200, 413}
    empty = desk.post(f"{HOME}load/", {**told, "file": upload(b"")})
    assert "empty" in empty.content.decode()
    assert not Job.objects.exists()

    check = look_at(desk, HEADER + ON_ORDER)
    StoredFile.objects.update(expires_at=NOW)
    assert "choose it again" in load(desk, check)
    assert "Line by line" not in said(desk, check)
