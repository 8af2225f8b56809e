"""Can everyone use every page: without a mouse, without colours, in the dark, on paper, on a phone, with a reader?"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.post import Post

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

PAGES = {
    "watch_officer": (
        "/",
        "/watch/",
        "/missions/",
        "MISSION",
        "/ledger/",
        "/search?q=da",
        "/account/",
        "/watch/alarms/",
        "/watch/roster/",
    ),
    "staff": ("/", "/missions/people/me/", "/intelligence/tell/", "/intelligence/told/own/"),
    "guard": ("/", "/access/"),
    "head_of_mission": ("/watch/roster/headquarters/", "/watch/authorities/"),
    "rso": (
        "/access/",
        "/law/",
        "/law/?q=what may police do at the gate",
        "/law/norms/vccr-31-2-fire/",
        "/law/load/",
        "/law/host/",
        "/law/entries/",
        "LAW standards/",
        "LAW matrix/",
        "LAW limits/",
        "MISSION assets/",
        "MISSION assets/count/",
        "MISSION residences/",
        "MISSION occasions/",
        "/law/protocols/",
        "/law/reading/",
        "/missions/my-assets/",
        "/intelligence/told/",
        "/intelligence/told/held/",
        "/",
        "MISSION",
        "DAMASCUS",
        "/missions/people/load/",
        "PEOPLE",
        "PERSON",
    ),
    "analyst": (
        "/briefs/compose/",
        "/intelligence/briefs/",
        "/intelligence/briefs/copies/",
        "/intelligence/requirements/",
        "/intelligence/reviews/",
        "/intelligence/contradictions/",
        "/intelligence/actors/",
        "/intelligence/calendar/",
    ),
    "auditor": ("/", "/ledger/"),
    "administrator": ("/authority",),
}
"""MISSION is the first mission of the list; DAMASCUS that of which most is known, LAW what law says there, PEOPLE who
is at post there, PERSON one of them."""

CASES = [(role, path) for role, paths in PAGES.items() for path in paths]


def opened(page: Page, path: str) -> Page:
    """The page, loaded; nothing on it may ask another host or fail in the console."""
    if path.startswith("MISSION"):
        page.goto("/missions/")
        first = page.locator("tr[data-row] a[href^='/missions/']").first.get_attribute("href") or ""
        path = first + path.removeprefix("MISSION").strip()
    if path.startswith("LAW"):
        page.goto("/missions/?state=Brazil&text=Damascus")
        mission = page.locator("tr[data-row] a[href^='/missions/']").first.get_attribute("href") or ""
        path = f"/law{mission}{path.removeprefix('LAW').strip()}"
    if path in {"DAMASCUS", "PEOPLE", "PERSON"}:
        page.goto("/missions/?state=Brazil&text=Damascus")
        mission = page.locator("tr[data-row] a[href^='/missions/']").first.get_attribute("href") or ""
        page.goto(f"{mission}people/")  # nobody's page is known by its address beforehand
        person = page.locator("tr[data-row] a[href^='/missions/people/']").first.get_attribute("href") or ""
        path = {"DAMASCUS": mission, "PEOPLE": f"{mission}people/", "PERSON": person}[path]
    answer = page.goto(path, wait_until="load")
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"
    return page


def serious_faults(page: Page) -> list[str]:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run make setup")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{v['id']} ({v['impact']}): {v['help']} — {v['nodes'][0]['html'][:160]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("role", "path"), CASES)
def test_a_page_is_sound_on_a_screen(post: Post, browser: Browser, role: str, path: str) -> None:
    """By day, on a wide screen: axe finds nothing serious, no other host is asked, the console stays silent."""
    page = post.signed_in(browser, role, color_scheme="light", reduced_motion="reduce")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    faults = serious_faults(opened(page, path))
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append("is wider than the screen")
    page.context.close()
    faults += [f"asks {url}" for url in asked if not url.startswith((post.address, "data:", "blob:"))]
    faults += [f"says {line}" for line in said]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(("role", "path"), CASES)
def test_a_page_is_sound_in_the_dark_on_a_phone_and_on_paper(
    post: Post, browser: Browser, role: str, path: str
) -> None:
    page = post.signed_in(browser, role, color_scheme="dark", viewport={"width": 390, "height": 844})
    faults = serious_faults(opened(page, path))
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 391:
        faults.append(f"{width} px wide on a phone of 390: one scrolls sideways")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 795:
        faults.append(f"{width} px wide on paper of 794")
    rail = page.locator("nav.rail")
    if rail.count() and rail.first.is_visible():
        faults.append("the rail is of no use on paper")
    page.context.close()
    assert not faults, "\n" + "\n".join(faults)


def test_axe_finds_a_fault_where_there_is_one(post: Post, browser: Browser) -> None:
    """The control."""
    page = post.signed_in(browser, "watch_officer")
    opened(page, "/missions/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<img src=\"data:,\"><button></button>')"
    )
    assert serious_faults(page)
    page.context.close()


def test_the_keyboard_reaches_the_search_and_the_rows(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "watch_officer")
    opened(page, "/missions/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("Damascus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Damascus")
    assert "Damascus" in page.inner_text("main")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/search" not in address)
    page.context.close()


def test_tab_begins_with_the_way_to_the_content_and_shows_where_it_is(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "watch_officer")
    opened(page, "/missions/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow })()"
        )
        assert outline != "nonenone", page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    page.context.close()


@pytest.mark.parametrize("language", ["ar"])
def test_a_page_is_read_from_right_to_left(post: Post, browser: Browser, language: str) -> None:
    page = post.signed_in(browser, "watch_officer", locale=language, extra_http_headers={"Accept-Language": language})
    opened(page, "/missions/")
    direction = page.evaluate("document.documentElement.dir")
    rail = page.locator("nav.rail").bounding_box()
    page.context.close()
    if direction == "ltr":
        pytest.skip("Arabic is not translated yet (O4)")
    assert rail is not None
    assert rail["x"] > 400, "the rail stands on the reading side"
