"""What a page in a real browser is looked at for; each waits until it has loaded."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

TOO_WIDE = "() => document.documentElement.scrollWidth > window.innerWidth + 1"
UNLABELLED = """() =>
    [...document.querySelectorAll("main :is(input, select, textarea)")]
    .filter(one => one.type !== "hidden" && !one.labels.length && !one.ariaLabel)
    .map(one => one.name)"""
# What is out of sight in a scrolled box and stretches the page below its foot.
EMPTY_BELOW = """() => {
    const foot = document.querySelector("body > footer");
    const page = document.documentElement;
    const end = foot && foot.getBoundingClientRect().bottom + window.scrollY;
    return Boolean(foot) && page.scrollHeight > Math.max(end, page.clientHeight) + 60;
}"""
# Tables that reach below the card that holds them, which hides the rest.
CUT_OFF = """() =>
    [...document.querySelectorAll(".card-flush table")]
    .filter(one => one.getBoundingClientRect().bottom
                 > one.closest(".card-flush").getBoundingClientRect().bottom + 1)
    .map(one => one.innerText.slice(0, 40))"""
# Links within a sentence apart, as WCAG 2.2 has it.
SMALL_TARGETS = """() => [...document.querySelectorAll(
        "button, select, summary, a:not(p a):not(svg a), input:not(.tickbox input)")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 51.5)
    .map((one) => one.outerHTML.slice(0, 80))"""


def too_wide(page: Any) -> bool:
    return bool(_seen(page, TOO_WIDE))


def empty_below(page: Any) -> bool:
    return bool(_seen(page, EMPTY_BELOW))


def unlabelled(page: Any) -> list[str]:
    return list(_seen(page, UNLABELLED))


def cut_off(page: Any) -> list[str]:
    return list(_seen(page, CUT_OFF))


def small_targets(page: Any) -> list[str]:
    return list(_seen(page, SMALL_TARGETS))


def pictured(page: Any, name: str) -> None:
    """Kept to be looked at where a folder for it is named."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def serious(page: Any) -> list[str]:
    """What axe finds that is serious, and that the page is too wide, or goes on below
    its foot."""
    wide = [f"{page.url} is too wide"] if too_wide(page) else []
    long = [f"{page.url} goes on below its foot"] if empty_below(page) else []
    return [*wide, *long] + [
        f"{page.url} {one['id']}: {node['html'][:90]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def _seen(page: Any, script: str) -> Any:
    """A tap on a link returns while the next page is still without a document."""
    page.wait_for_load_state()
    return page.evaluate(script)
