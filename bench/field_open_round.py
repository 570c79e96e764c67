"""Opening a round of sixty households that a phone has kept, with no signal, in a real
browser whose processor is slowed four times: how long its scripts run.

The page is closed and opened again, so that its files come from the service worker and
the round from IndexedDB. Skipped where there is no Chromium (CHROMIUM says where).
"""

import os
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.field_rounds import phones_out
from bench.measures import Goal, Measured
from bench.scene import Scene
from bench.web import web_processes

CHROMIUM: Final = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run")
SMALL: Final = {"width": 360, "height": 640}
SLOWED: Final = 4
HOUSEHOLDS: Final = 60
TIMES: Final = 7
# The phone's key, where joining puts it; the page then fetches the round by itself.
GIVE_KEY: Final = """(key) => new Promise((done, failed) => {
    indexedDB.open("field").onsuccess = ({ target: { result: database } }) => {
        const change = database.transaction("phone", "readwrite");
        change.objectStore("phone").put(key, "key");
        change.oncomplete = done;
        change.onabort = failed;
    };
})"""
IS_KEPT: Final = """async () => {
    await navigator.serviceWorker.ready;
    return Boolean(await caches.match("/field/"));
}"""
OPENED: Final = "() => performance.getEntriesByName('opened')[0]?.duration"


def field_open_round(scene: Scene) -> Measured:
    """`script_ms` is the median of seven openings; `wall_ms` that of the time from the
    tap until the round is drawn."""
    if not CHROMIUM.exists():
        return Measured(note=f"skipped: there is no Chromium at {CHROMIUM}")
    [out] = phones_out(scene, 1, size=HOUSEHOLDS)
    doors = out.phone.issue.round.doors
    with web_processes() as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            openings = _openings(
                browser, host.replace("127.0.0.1", "localhost"), out.key
            )
        finally:
            browser.close()
    scripts, walls = zip(*openings, strict=True)
    script_ms, wall_ms = round(median(scripts)), round(median(walls))
    return Measured(
        script_ms / 1000,
        rows=doors,
        more={"script_ms": script_ms, "wall_ms": wall_ms},
        goals={"script_ms": Goal("script_ms", 300)},
        note=f"{doors} households, processor slowed {SLOWED} times; script"
        f" {min(scripts):.0f} to {max(scripts):.0f} ms in {TIMES} openings;"
        f" drawn after {wall_ms} ms",
    )


def _openings(browser: Browser, host: str, key: str) -> list[tuple[float, float]]:
    """Milliseconds of script, and until the round was drawn, of each opening."""
    context = browser.new_context(base_url=f"http://{host}", viewport=SMALL)
    page = context.new_page()
    page.goto("/field/")
    page.wait_for_function(OPENED)
    page.evaluate(GIVE_KEY, key)
    page.reload()
    page.get_by_role("progressbar").wait_for()
    page.wait_for_function(IS_KEPT)
    page.close()
    context.set_offline(True)
    return [_opened(context) for _ in range(TIMES)]


def _opened(context: BrowserContext) -> tuple[float, float]:
    page = context.new_page()
    inspector = context.new_cdp_session(page)
    inspector.send("Performance.enable")
    inspector.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    before = _scripted(inspector)
    page.goto("/field/")
    wall = page.wait_for_function(OPENED).json_value()
    script = _scripted(inspector) - before
    doors = page.locator("a.door").count()
    page.close()
    if not doors:
        raise AssertionError("The kept round did not open.")
    return script * 1000, wall


def _scripted(inspector: Any) -> float:
    """Seconds in which scripts have run on this page so far."""
    found = inspector.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in found if one["name"] == "ScriptDuration")
