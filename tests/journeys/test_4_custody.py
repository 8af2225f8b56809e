"""Somebody answers for each thing: a safe changes hands, assets are counted, a house is refused, an order is read."""

import re

from playwright.sync_api import Browser, Page, expect
from tests.journeys.post import Post
from tests.journeys.test_2_the_loop import mission_key, to_damascus


def custody(page: Page) -> str:
    """The register of the mission in Damascus, open; its key."""
    key = mission_key(to_damascus(page))
    page.goto(f"/missions/{key}/assets/")
    return key


def test_a_safe_is_handed_over_by_two_persons_in_two_browsers(post: Post, browser: Browser) -> None:
    giver = post.signed_in(browser, "rso")
    custody(giver)
    giver.get_by_role("link", name="Registry safe (demonstration)", exact=True).click()
    expect(giver.locator("main")).to_contain_text("never stored here")
    giver.locator("[name=receiver]").select_option(label="Member of staff (demonstration)")
    giver.get_by_role("button", name="Propose the hand-over").click()
    expect(giver.locator("#hand-over")).to_contain_text("Until Member of staff (demonstration) has answered")
    expect(giver.get_by_role("button", name=re.compile("take over"))).to_have_count(0)
    taker = post.signed_in(browser, "staff")
    taker.goto("/")
    panel = taker.locator("#held")
    expect(panel).to_contain_text("Registry safe")
    panel.get_by_role("link", name="Registry safe (demonstration)", exact=True).click()
    taker.get_by_role("button", name="I have it: take over").click()
    expect(taker.locator("main")).to_contain_text("Registry safe")
    giver.reload()
    expect(giver.locator("#combination")).to_contain_text("the custodian before still knows the combination")
    giver.get_by_role("button", name="It was changed").click()
    expect(giver.locator("#combination")).to_have_count(0)
    taker.context.close()
    giver.context.close()


def test_the_sheet_is_ticked_on_a_phone_and_what_is_missing_raises_an_alarm(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "rso", viewport={"width": 390, "height": 844})
    key = custody(page)
    page.goto(f"/missions/{key}/assets/count/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 391
    row = page.locator("fieldset", has_text="K-06/1")
    row.get_by_label("missing").check()
    page.locator("fieldset", has_text="A-77120").get_by_label("seen", exact=True).check()
    page.get_by_role("button", name="Record the count").click()
    page.wait_for_url(f"**/missions/{key}/assets/")
    expect(page.locator("tr", has_text="K-06/1")).to_contain_text("missing")
    for _ in range(30):  # the worker queues it; this list is read anew, it has no live line
        page.goto("/watch/alarms/")
        if "Not found at the count" in page.inner_text("main"):
            break
        page.wait_for_timeout(1_000)
    expect(page.locator("main")).to_contain_text("Not found at the count")
    page.context.close()


def test_a_house_below_the_standard_is_refused_and_opened_by_a_waiver(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "head_of_mission")
    key = mission_key(to_damascus(page))
    page.goto(f"/missions/{key}/residences/")
    page.get_by_role("link", name=re.compile("Flat 11")).click()
    expect(page.locator("#holes")).to_contain_text("nobody moves in")
    page.get_by_role("button", name="Move in").click()
    expect(page.locator(".said.error")).to_contain_text("A second way out")
    page.locator("#waive summary").click()
    page.locator("#waive [name=measure]").fill("Grilles of one window cut open, guard until they are hinged")
    page.locator("#waive [name=until]").fill("2018-03-01")
    page.get_by_role("button", name="Waive", exact=True).click()
    expect(page.locator("#holes")).to_contain_text("waived until")
    page.get_by_role("button", name="Move in").click()
    expect(page.locator("#residents h2 small")).to_have_text("1")
    page.context.close()


def test_version_two_of_an_order_is_published_and_the_unread_are_chased_until_they_read(
    post: Post, browser: Browser
) -> None:
    officer = post.signed_in(browser, "rso")
    key = mission_key(to_damascus(officer))
    officer.goto(f"/law/protocols/?mission={key}")
    officer.get_by_role("link", name=re.compile("Keys and their cabinet")).click()
    officer.locator("#publish summary").click()
    text = officer.locator("#publish [name=text]")
    text.fill(text.input_value() + "\nKeys of the generator house are counted each week.")
    officer.locator("#publish [name=changed_by]").select_option("incident")
    officer.locator("#publish [name=reason]").fill("A key of the generator house was not found at the count")
    officer.get_by_role("button", name="Publish").click()
    expect(officer.locator("h1 + span")).to_contain_text("version 2")
    expect(officer.locator("#changes .plus")).to_contain_text("counted each week")
    expect(officer.locator("#readers")).to_contain_text("Member of staff (demonstration)")
    where = officer.url
    reader = post.signed_in(browser, "staff")
    reader.goto("/")
    reader.locator("#must-read").get_by_role("link", name=re.compile("Keys and their cabinet")).click()
    reader.get_by_role("button", name="I have read and understood it").click()
    expect(reader.locator("main")).to_contain_text("You have read and understood this version")
    officer.goto(where)
    expect(officer.locator("#readers tr", has_text="Member of staff")).to_contain_text("read")
    expect(officer.locator("#readers tr", has_text="Member of staff")).not_to_contain_text("not read")
    reader.context.close()
    officer.context.close()
