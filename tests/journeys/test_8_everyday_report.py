"""A car before the chancery, seen by a secretary: reported from a phone without a line, merged, and felt."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.post import Post
from tests.journeys.test_2_the_loop import mission_key, to_damascus

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "geolocation": {"latitude": 33.5142, "longitude": 36.2791, "accuracy": 12},
    "permissions": ["geolocation"],
}
AT_THE_GATE = "The same grey car, third morning, two men who do not get out"


@pytest.fixture(scope="module")
def officer(post: Post, browser: Browser) -> Iterator[Page]:
    page = post.signed_in(browser, "rso")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def phone(post: Post, browser: Browser) -> Iterator[BrowserContext]:
    """The secretary's telephone, with the page opened once while there was a line."""
    page = post.signed_in(browser, "staff", **PHONE)
    page.goto("/")
    page.get_by_role("link", name="Report something").first.tap()
    page.wait_for_url("**/intelligence/tell/")
    expect(page.locator("form#tell[data-ready=kept][data-page=kept]")).to_be_attached()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    yield page.context
    page.context.close()


def espionage(page: Page, mission: str) -> float:
    """The score of espionage as the mission's threat profile shows it."""
    page.goto(f"/intelligence/missions/{mission}/")
    card = page.locator("section.card", has=page.get_by_role("heading", name=re.compile("^Espionage"))).first
    said = re.search(r"score\s+([\d.]+)", card.inner_text())
    assert said, card.inner_text()
    return float(said.group(1))


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3000, 2000), (90, 90, 90)).save(out, "JPEG")
    return out.getvalue()


def test_the_page_fits_one_hand_and_one_screen(phone: BrowserContext) -> None:
    page = phone.pages[0]
    tall, wide = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert (tall, wide) <= (844, 390), "what one would have to scroll to is not sent in thirty seconds"
    for one in page.locator(".tiles label, .pills label, .send").all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= 44, "smaller than a thumb"


def test_surveillance_is_reported_with_the_server_stopped_and_moves_the_profile_of_the_mission(
    post: Post, phone: BrowserContext, officer: Page
) -> None:
    mission = mission_key(to_damascus(officer))
    before = espionage(officer, mission)
    page = phone.pages[0]

    post.stop()
    page.reload()
    expect(page.get_by_role("heading", name="Report something")).to_be_visible()
    page.get_by_role("radio", name="Someone watches or follows").tap()
    page.get_by_role("button", name="Here").tap()
    expect(page.locator("#state")).to_contain_text("Here, within")
    page.locator("select[name=mission]").select_option(mission)
    page.locator("#text").fill(AT_THE_GATE)
    page.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.get_by_role("button", name="Send").tap()
    expect(page.locator("#state")).to_contain_text("Kept on this phone, 1 waits")
    stored = page.evaluate(
        """async () => { const db = await new Promise(r => { const a = indexedDB.open('legation-tell');
        a.onsuccess = () => r(a.result) }); const all = await new Promise(r => { const q = db.transaction('queue')
        .objectStore('queue').getAll(); q.onsuccess = () => r(q.result) }); db.close(); return JSON.stringify(all) }"""
    )
    assert "grey car" not in stored, "the phone cannot read what it keeps"
    assert mission not in stored

    envelope = page.evaluate(f"() => JSON.stringify(({stored})[0])")
    post.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#state")).to_contain_text("Sent", timeout=30_000)
    again = page.evaluate(
        """async body => (await fetch('/intelligence/tell/queue/', { method: 'POST', body })).json()""", envelope
    )
    assert again["state"] == "received"

    page.goto("/intelligence/told/own/")
    assert page.get_by_text(AT_THE_GATE[:30]).count() == 1, "sent twice, told once"
    expect(page.locator("main")).to_contain_text("Received")
    assert espionage(officer, mission) > before


def test_the_officer_opens_it_from_the_alarm_and_the_reporter_reads_what_came_of_it(
    phone: BrowserContext, officer: Page
) -> None:
    officer.goto("/")
    officer.locator("#panel-intelligence-told").get_by_role("link", name="Someone watches or follows").first.click()
    expect(officer.locator("main")).to_contain_text(AT_THE_GATE)
    expect(officer.locator("main")).to_contain_text("Member of staff (demonstration)")
    expect(officer.locator("img.photograph")).to_have_js_property("naturalWidth", 1600)
    report = officer.url
    officer.get_by_role("link", name=re.compile("The occurrence")).click()
    officer.wait_for_url("**/intelligence/occurrences/*/")
    officer.goto(report)
    officer.get_by_label("What came of it").fill("The police know the car; take the other gate until Friday.")
    officer.get_by_role("button", name="tell the reporter").click()
    expect(officer.locator("main")).to_contain_text("take the other gate")

    page = phone.pages[0]
    page.goto("/intelligence/told/own/")
    expect(page.locator("main")).to_contain_text("take the other gate until Friday")


def test_without_scripts_the_page_is_a_form(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "staff", java_script_enabled=False, **PHONE)
    page.goto("/intelligence/tell/")
    page.get_by_role("radio", name="Near miss").tap()
    page.locator("#text").fill("Brakes failed on the ramp, nobody hurt")
    page.get_by_role("button", name="Send").tap()
    expect(page.locator("main")).to_contain_text("Brakes failed on the ramp")
    page.context.close()


def test_signing_out_leaves_nothing_on_the_phone(phone: BrowserContext) -> None:
    page = phone.pages[0]
    page.goto("/")
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url("**/sign-in/**")
    left = page.evaluate(
        "async () => [(await indexedDB.databases()).length, (await caches.keys()).length,"
        " (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert left == [0, 0, 0]
