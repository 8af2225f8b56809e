"""Law at the post: what police may do, a wrong category waived by two, a camera that waits for a consent, holes."""

import re

from playwright.sync_api import Browser, Page, expect
from tests.journeys.post import Post


def damascus(page: Page) -> str:
    """The id of the own mission, found by the search."""
    page.goto("/search?q=Embassy of Brazil in Syria")
    page.locator("main a[href^='/missions/']").first.click()
    page.wait_for_url("**/missions/*/")
    found = re.search(r"/missions/([0-9a-f]{32})/", page.url)
    assert found, page.url
    return found.group(1)


def test_what_police_may_do_at_the_gate_is_one_question_away(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "staff")
    page.goto("/law/")
    page.get_by_role("searchbox").last.fill("what may police do at the gate")
    page.get_by_role("button", name="Search").last.click()
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("VCDR art. 22")
    first.locator("th a").click()
    page.wait_for_url("**/law/norms/*/")
    expect(page.locator("main")).to_contain_text("They may not")
    page.context.close()


def test_a_wrong_category_is_flagged_and_waived_by_two_people(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "rso")
    key = damascus(page)
    page.goto(f"/law/missions/{key}/standards/")
    chancery = page.locator("section.card", has_text="Chancery (demonstration)").first
    expect(chancery).to_contain_text("contradicts the kind of building")
    chancery.get_by_role("link", name="not met").first.click()
    page.wait_for_url("**/law/checks/*/")
    address = page.url
    page.get_by_text("Ask for a waiver").click()
    page.locator("[name=reason]").fill("the list of buildings is being reviewed")
    page.locator("[name=instead]").fill("the chancery standard is applied meanwhile")
    page.locator("[name=until]").fill("2018-04-01")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("main")).to_contain_text("applied")
    page.context.close()
    head = post.signed_in(browser, "head_of_mission")
    head.goto(address)
    head.get_by_role("button", name="Approve").click()
    expect(head.locator("main")).to_contain_text("approved")
    head.goto(f"/law/missions/{key}/standards/")
    expect(head.locator("main")).to_contain_text("waived until 01 Apr 2018")
    head.context.close()


def propose(page: Page, key: str) -> None:
    """A camera over the gate, as a measure."""
    page.goto(f"/risk/{key}/")
    page.get_by_text("Propose a measure").click()
    form = page.locator("form[action$='/measures/']")
    form.locator("[name=title]").fill("Camera over the gate")
    form.locator("[name=points]").fill("4")
    form.locator("[name=cost]").fill("3000")
    form.locator("[name=norm]").fill("VCDR art. 22(2)")
    form.locator("[name=uses]").select_option("camera_on_street")
    form.get_by_role("button", name="Propose").click()


def test_a_camera_on_a_public_street_waits_for_a_consent(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "rso")
    key = damascus(page)
    propose(page, key)
    expect(page.locator("body")).to_contain_text("needs the consent of the receiving state")
    page.goto(f"/law/missions/{key}/limits/")
    page.get_by_text("Record a consent", exact=True).click()
    form = page.locator("form[action$='/consents/']")
    form.locator("[name=use]").select_option("camera_on_street")
    form.locator("[name=given_by]").fill("Ministry of Interior")
    form.locator("[name=given_on]").fill("2018-01-20")
    form.locator("[name=scope]").fill("one camera over the gate")
    form.locator("[name=document]").fill("Note 12/2018")
    form.get_by_role("button", name="Record").click()
    expect(page.locator("tbody").first).to_contain_text("Note 12/2018")
    propose(page, key)
    expect(page.locator("#measures")).to_contain_text("Camera over the gate")
    page.context.close()


def test_a_duty_that_nobody_holds_is_filled(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "head_of_mission")
    key = damascus(page)
    page.goto(f"/law/missions/{key}/matrix/?show=hole")
    holes = page.locator("tbody tr").count()
    assert holes > 0
    page.locator("tbody tr th a").first.click()
    expect(page.locator("main")).to_contain_text("Nobody holds it.")
    page.locator("[name=holder]").select_option("mission")
    page.locator("[name=office]").fill("Head of chancery")
    page.get_by_role("button", name="Give").click()
    expect(page.locator("main table")).to_contain_text("Head of chancery")
    page.goto(f"/law/missions/{key}/matrix/?show=hole")
    expect(page.locator("tbody tr")).to_have_count(holes - 1)
    page.context.close()
