"""Somebody at the desk of a campaign: what they do there, as verbs, on its pages alone.

Each verb opens or sends a page as a browser would, and fails where the page does not do
it; what it says is read from the page. `refused` is for what must not be done.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from campaigns.models import Campaign, JobPart, Organisation, User
from campaigns.tasks import run_part
from tests.cast import UK
from tests.signing_in import signed_in

ROW, CELL = re.compile(r"<tr\b.*?</tr>", re.S), re.compile(r"<t[hd]\b.*?</t[hd]>", re.S)
FIGURE = r'figure-label">{}[^<]*</span><b class="figure">(.*?)</b>'
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>", re.S)


def stand_on(organisation: Organisation, day: str, hour: int = 10) -> None:
    """The organisation lives this day, such as `2024-04-02`, from now on."""
    at = datetime.fromisoformat(day).replace(hour=hour, tzinfo=UK)
    organisation.clock_offset = at - timezone.now()
    organisation.save(update_fields=["clock_offset"])


def words_of(html: str) -> str:
    seen = re.sub(r"<[^>]+>", " ", UNSEEN.sub(" ", html))
    return " ".join(unescape(seen).split())


@dataclass(frozen=True)
class Page:
    """A page as it was answered: its address, its HTML and the words that one reads."""

    address: str
    html: str

    @cached_property
    def text(self) -> str:
        return words_of(self.html)

    @property
    def rows(self) -> list[list[str]]:
        """Of all its tables, the words of each cell."""
        return [
            [words_of(cell) for cell in CELL.findall(row)]
            for row in ROW.findall(self.html)
        ]

    def row(self, begins: str) -> list[str]:
        """The one row that begins with these words, without them."""
        (found,) = [row[1:] for row in self.rows if row and row[0].startswith(begins)]
        return found

    def figure(self, label: str) -> str:
        """The large figure under this label."""
        found = re.search(FIGURE.format(re.escape(label)), self.html)
        assert found, f"no figure {label!r} on {self.address}"
        return words_of(found[1])

    def number(self, pattern: str) -> int:
        """The number in the one address, or the like, that fits the pattern."""
        found = set(re.findall(pattern, self.html))
        assert len(found) == 1, f"{pattern!r} is {found} on {self.address}"
        return int(found.pop())

    def first(self, pattern: str) -> int:
        """The number in the first address, or the like, that fits the pattern."""
        found = re.search(pattern, self.html)
        assert found, f"no {pattern!r} on {self.address}"
        return int(found[1])

    @property
    def named(self) -> int:
        """The number of what the page is about, at the end of its address."""
        return int(re.findall(r"/(\d+)/", self.address)[-1])

    def says(self, *words: str) -> None:
        for said in words:
            assert said in self.text, f"{self.address} does not say {said!r}"

    def is_silent_of(self, *words: str) -> None:
        for said in words:
            assert said not in self.text, f"{self.address} says {said!r}"


@dataclass(frozen=True)
class Desk:
    """One person, signed in, at the desk of one campaign."""

    user: User
    campaign: Campaign
    # Where they once found an expense or its invoice, by the words they looked for.
    known: dict[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def browser(self) -> Client:
        return signed_in(self.user)

    def open(self, path: str) -> Page:
        """A page of the campaign by its path; one that begins with `/` as it stands."""
        return self._page(self.browser.get(self._address(path)), self._address(path))

    def money(self, path: str = "") -> Page:
        return self.open(f"money/{path}")

    def is_not_offered(self, path: str) -> None:
        assert self.browser.get(self._address(path)).status_code == 404

    def send(self, path: str, typed: Mapping[str, Any] | None = None) -> Page:
        """A form that does what it is for; the page to which it leads."""
        address = self._address(path)
        answer = self.browser.post(address, typed or {})
        assert answer.status_code == 302, words_of(answer.content.decode())
        return self.open(answer.headers["Location"].partition("#")[0])

    def refused(
        self, path: str, typed: Mapping[str, Any] | None = None, *, why: str
    ) -> Page:
        """A form that is shown again and says what is wrong: `why`, in its words."""
        address = self._address(path)
        answer = self.browser.post(address, typed or {})
        assert answer.status_code in (200, 400), answer.headers
        page = Page(address, answer.content.decode())
        page.says(why)
        return page

    def is_not_let(self, path: str, typed: Mapping[str, Any] | None = None) -> None:
        """To this person there is no such form."""
        answer = self.browser.post(self._address(path), typed or {})
        assert answer.status_code == 404

    def rest(self, path: str) -> Any:
        """What programs are told, as JSON."""
        address = f"/api/v1/campaigns/{self.campaign.slug}/{path}"
        answer = self.browser.get(address)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def download(self, path: str) -> bytes:
        answer = self.browser.get(self._address(path))
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        return answer.getvalue()

    def files_of(self, job: Page) -> dict[str, bytes]:
        """What a worker makes of a job, handed over from the job's page, by name."""
        self.work(job)
        links = re.findall(
            r'href="(/files/\d+/)"[^>]*>.*?<span>(.*?)<', self.open(job.address).html
        )
        return {name: self.download(address) for address, name in links}

    def work(self, job: Page) -> None:
        """A worker does every part of the job to which a page led."""
        parts = JobPart.objects.filter(job=job.named).order_by("pk")
        for part in parts.values_list("pk", flat=True):
            assert run_part(part_id=part)

    def _address(self, path: str) -> str:
        return path if path.startswith("/") else f"/{self.campaign.slug}/{path}"

    def _page(self, answer: HttpResponseBase, address: str) -> Page:
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return Page(address, answer.getvalue().decode())  # type: ignore[attr-defined]

    def _searched(self, path: str, words: str) -> Page:
        return self._page(
            self.browser.get(self._address(path), {"q": words}), self._address(path)
        )

    # Expenses

    def propose(self, **typed: Any) -> int:
        """An expense of the usual kind unless it is said; its number."""
        return self.send("money/expenses/propose/", _expense(typed)).named

    def may_not_propose(self, *, why: str, **typed: Any) -> Page:
        return self.refused("money/expenses/propose/", _expense(typed), why=why)

    def expense(self, description: str) -> str:
        """The path of the one expense that is described so."""
        if description not in self.known:
            page = self._searched("money/expenses/", description)
            number = page.number(r"/money/expenses/(\d+)/")
            self.known[description] = f"money/expenses/{number}/"
        return self.known[description]

    def commit(self, description: str, reason: str = "") -> Page:
        path = self.expense(description)
        return self.send(f"{path}commit/", {"over_limit_reason": reason})

    def may_not_commit(self, description: str, *, why: str) -> Page:
        return self.refused(f"{self.expense(description)}commit/", why=why)

    # Invoices and payments

    def file_invoice(
        self, description: str, number: str, amount: str, dated: str, came: str
    ) -> Page:
        """The supplier's last one; the page of its expense."""
        typed = {"number": number, "amount": amount, "is_last": "on"}
        days = {"dated_on": dated, "received_on": came}
        return self.send(f"{self.expense(description)}invoice/", typed | days)

    def invoice(self, description: str) -> str:
        """The path of the one invoice of an expense."""
        name = f"invoice of {description}"
        if name not in self.known:
            page = self.open(self.expense(description))
            number = page.number(r"/money/invoices/(\d+)/")
            self.known[name] = f"money/invoices/{number}/"
        return self.known[name]

    def pay(self, description: str, amount: str, on: str, **typed: Any) -> Page:
        path = f"{self.invoice(description)}payment/"
        return self.send(path, _payment(amount, on, typed))

    def may_not_pay(
        self, description: str, amount: str, on: str, *, why: str, **typed: Any
    ) -> Page:
        path = f"{self.invoice(description)}payment/"
        return self.refused(path, _payment(amount, on, typed), why=why)

    # Donations

    def enter_donation(self, donor: str, kind: str, amount: str, **typed: Any) -> str:
        """The path of its page."""
        sent = {"donor": donor, "donor_kind": kind, "amount": amount, **typed}
        return f"money/donations/{self.send('money/donations/add/', sent).named}/"

    # Papers

    def attach(self, path: str, of: str, name: str, content: bytes) -> Page:
        """A file that proves `of`, such as `expense` or `invoice-3`."""
        page = self.send(
            f"{path}receipts/", {"of": of, "file": SimpleUploadedFile(name, content)}
        )
        page.says(name, "It is kept as receipt")
        return page

    # Statements

    def load_statement(self, name: str, csv: str, account: str) -> Page:
        """Looked at, then loaded, each by a worker; what the page then says."""
        typed = {"account_name": account, "account_kind": "bank"}
        file = SimpleUploadedFile(name, csv.encode(), "text/csv")
        check = self.send("money/statements/load/", {"file": file, **typed})
        self.work(check)
        loading = self.send(f"{check.address}load/")
        self.work(loading)
        return self.open(loading.address)

    def line(self, words: str) -> str:
        """The path of the one line of a statement that says this."""
        page = self._searched("money/statements/", words)
        number = page.number(r'<a href="[^"]*/statements/lines/(\d+)/"')
        return f"money/statements/lines/{number}/"

    def accept_what_is_proposed(self, words: str) -> None:
        """Press “Yes, that” on the proposal for a line, which is said to be sure."""
        path = self.line(words)
        page = self.open(path)
        page.says("It may have been", "sure")
        parts = re.findall(
            r'<input type="hidden" name="(\w+-\d+)" value="([\d.]+)">', page.html
        )
        self.send(f"{path}match/", dict(parts)).says("It is matched.")


def _expense(typed: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "incurred", "supplier_address": "2 Press Row, Walsall", **typed}


def _payment(amount: str, on: str, typed: dict[str, Any]) -> dict[str, Any]:
    said = {"amount": amount, "paid_on": on, "paid_by": "agent"}
    return {**said, "method": "Bank transfer", **typed}
