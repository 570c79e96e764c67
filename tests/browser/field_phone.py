"""A phone in a browser test: 360 × 640, joined to a round by its link."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect

from canvassing.actions.round_issues import link_secret
from canvassing.models import RoundIssue
from tests.embedded.clients import eventually

MOBILE = "07700 900123"
# A browser reports each call that fails, which no page can keep it from.
CALLS = tuple(f"/field/{one}/" for one in ("join", "round", "sync", "changes"))
SMALL = {"width": 360, "height": 640}
KEPT = """() => new Promise((done) => {
    indexedDB.open("field").onsuccess = ({ target: { result: database } }) => {
        const names = [...database.objectStoreNames];
        const all = database.transaction(names);
        const asked = names.map((name) => all.objectStore(name).getAll());
        all.oncomplete = () => done(asked.map(({ result }) => result));
    };
})"""
# A tap writes before anything asked later is read.
WAITING = """() => new Promise((done) => {
    indexedDB.open("field").onsuccess = ({ target }) => {
        const outbox = target.result.transaction("outbox").objectStore("outbox");
        const asked = outbox.getAll();
        asked.onsuccess = () => done(asked.result.map((entry) => entry.item.id));
    };
})"""


@dataclass
class FieldPhone:
    """One browser profile. `page` is the page that is open in it now."""

    context: Any
    page: Any
    reports: list[str] = field(default_factory=list)

    def watched(self, page: Any) -> Any:
        page.on("console", self._noted)
        page.on("pageerror", lambda error: self.reports.append(str(error)))
        return page

    def _noted(self, message: Any) -> None:
        url = message.location.get("url") or ""
        path = url.partition("?")[0]
        if message.type in ("error", "warning") and not path.endswith(CALLS):
            self.reports.append(f"{message.text} ({url})")

    def join(
        self,
        issue: RoundIssue,
        *,
        name: str = "Ada Finch",
        mobile: str = MOBILE,
        age: str = "I am 18 or older",
    ) -> None:
        page = self.page
        page.goto(f"/field/join#{link_secret(issue)}")
        page.get_by_label("Your name").fill(name)
        page.get_by_label("Your mobile number").fill(mobile)
        if issue.code_asked:
            page.get_by_label("Today’s code").fill(issue.code_asked)
        page.get_by_label("I have read it and promise").check()
        page.get_by_label(age).check()
        page.get_by_role("button", name="Join in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            issue.what_is_out.name
        )
        self.is_ready_for_no_signal()

    def is_ready_for_no_signal(self) -> None:
        """The service worker holds the pages."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        self.page.evaluate(
            """async () => { while (!(await caches.match("/field/")))
            await new Promise((done) => setTimeout(done, 50)) }"""
        )

    def reopen(self) -> None:
        """The page is killed, and opened again."""
        self.page.close(run_before_unload=False)
        self.page = self.watched(self.context.new_page())
        self.page.goto("/field/")

    def hands_back(self) -> None:
        """Two taps, on its own page: the second says what becomes of the others."""
        self.opened("Hand the round back")
        self.page.get_by_role("button", name="Yes, hand the round back").click()

    def at_door(self, number: int) -> None:
        self.page.goto("/field/")
        self.page.get_by_role("link", name=re.compile(rf"^{number} ")).click()
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(f"{number} Alamein Road")

    def back_to_the_round(self) -> None:
        self.page.locator("a.back").click()
        expect(self.page.get_by_role("progressbar")).to_be_visible()

    def says_saved(self) -> None:
        expect(self.page.get_by_role("status")).to_contain_text("aved on this phone")

    def all_sent(self) -> None:
        """Of the badge alone it may still be the word of before."""
        assert eventually(lambda: not self.waiting())
        expect(self.page.get_by_role("link", name="All sent")).to_be_visible()

    def asks_the_server(self) -> None:
        """As it does whenever a signal returns."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def opened(self, words: str) -> Any:
        """What is folded under these words, opened."""
        self.page.locator("summary", has_text=re.compile(f"^{words}$")).click()
        return self.page.locator("details[open] > div").last

    def waiting(self) -> list[str]:
        """The ids of what it has no answer for, in their order."""
        return list(self.page.evaluate(WAITING))

    def kept(self) -> str:
        """All that the phone keeps, as text."""
        return json.dumps(self.page.evaluate(KEPT), ensure_ascii=False)


# The answer to what was sent comes just as names and addresses are being wiped.
ANSWERED_WHILE_WIPING = """() => {
    const { fetch } = window, { clear } = IDBObjectStore.prototype;
    const wiping = new Promise((begun) => {
        IDBObjectStore.prototype.clear = function () {
            begun();
            return clear.call(this);
        };
    });
    window.fetch = async (url, options) => {
        const answer = await fetch(url, options);
        if (!url.includes("/sync/")) return answer;
        const body = await answer.text();
        await wiping;
        return new Response(body, { status: answer.status });
    };
}"""


class HeldAnswers:
    """A route on which the server answers at once, and the phone hears of it later."""

    def __init__(self) -> None:
        self.routes: list[Any] = []
        self.answers: list[Any] = []

    def __call__(self, route: Any) -> None:
        self.answers.append(route.fetch())
        self.routes.append(route)

    def let_go(self) -> None:
        for route, answer in zip(self.routes, self.answers, strict=True):
            route.fulfill(response=answer)
        self.routes, self.answers = [], []


class HeldRequests:
    """A route whose requests reach the server only once they are let go."""

    def __init__(self) -> None:
        self.routes: list[Any] = []

    def __call__(self, route: Any) -> None:
        self.routes.append(route)

    def let_go(self) -> None:
        for route in self.routes:
            route.continue_()
        self.routes = []


def says_no(code: str) -> Callable[[Any], None]:
    """A route whose every answer is our refusal of a key."""
    body = {"error": {"code": code, "message": "Not on this phone any more."}}
    status = 401 if code == "unknown_key" else 403

    def refuse(route: Any) -> None:
        route.fulfill(status=status, json=body)

    return refuse
