"""Who is on call: a gap is filled before anybody falls into it, a watch changes hands, and what was signed is used."""

import re

from playwright.sync_api import Browser, Page, expect
from tests.journeys.post import Post

OFFICER = "Regional security officer (demonstration)"


def damascus(page: Page) -> str:
    """The mission's key, found by the search."""
    page.goto("/search?q=Embassy of Brazil in Syria")
    page.locator("main a[href^='/missions/']").first.click()
    page.wait_for_url("**/missions/*/")
    found = re.search(r"/missions/([0-9a-f]{32})/", page.url)
    assert found, page.url
    return found.group(1)


def test_a_gap_in_next_weeks_roster_is_found_and_filled(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "head_of_mission")
    key = damascus(page)
    page.goto("/watch/roster/")
    page.get_by_role("link", name="Damascus", exact=True).click()
    page.wait_for_url(f"**/watch/roster/{key}/")
    gap = page.locator("#gaps tbody tr", has_text="Nobody").first
    expect(gap).to_contain_text("Security officer on call")
    gap.get_by_role("link", name="Fill").click()
    form = page.locator("#fill form")
    form.get_by_label("Who").select_option(label=OFFICER)
    form.get_by_role("button", name="Enter the turn").click()
    expect(page.locator("main, body").first).to_contain_text("The turn is entered.")
    expect(page.locator("#gaps tr", has_text="Nobody")).to_have_count(0)
    page.context.close()


def test_a_watch_is_handed_over_in_one_browser_and_accepted_in_another(post: Post, browser: Browser) -> None:
    outgoing = post.signed_in(browser, "watch_officer")
    outgoing.goto("/watch/roster/headquarters/")
    outgoing.locator(".turn.now").first.click()
    form = outgoing.locator("#hand-over form")
    form.get_by_label("To whom").select_option(label=OFFICER)
    form.locator("[name=note]").fill("The gate camera at Damascus flickers")
    form.get_by_role("button", name="Hand over").click()
    outgoing.wait_for_url("**/watch/hand-overs/*/")
    expect(outgoing.locator("main")).to_contain_text("still has the watch")
    incoming = post.signed_in(browser, "rso")
    incoming.goto("/")
    incoming.get_by_role("link", name=re.compile("waits for you to accept it")).first.click()
    expect(incoming.locator("main")).to_contain_text("The gate camera at Damascus flickers")
    incoming.get_by_role("button", name="Accept the watch").click()
    expect(incoming.locator("main")).to_contain_text("has the watch since")
    outgoing.reload()
    expect(outgoing.locator("main")).to_contain_text("has the watch since")
    outgoing.context.close()
    incoming.context.close()


def test_an_authority_is_signed_used_for_a_proposed_posture_and_reviewed(post: Post, browser: Browser) -> None:
    head = post.signed_in(browser, "head_of_mission")
    key = damascus(head)
    head.goto(f"/watch/authorities/at/{key}/")
    form = head.locator("form[action$='/sign/']")
    form.locator("[name=kind]").select_option("raise_posture")
    form.locator("[name=level]").select_option("5")
    form.locator("[name=by]").select_option("watch_officer")
    form.locator("[name=until]").fill("2018-04-30")
    form.locator("[name=conditions]").fill("Neither head nor deputy answers within 30 minutes")
    form.locator("[name=norm]").fill("VCDR 22(2)")
    form.get_by_role("button", name="Sign").click()
    expect(head.locator("main")).to_contain_text("up to 5")
    officer = post.signed_in(browser, "watch_officer")
    officer.goto(f"/proposals/{key}/")
    expect(officer.locator("main")).to_contain_text("is called for")
    use = officer.locator("#standing form").last
    use.locator("[name=reason]").fill("Shelling comes near, nobody answers")
    use.get_by_role("button", name=re.compile("Use it: posture")).click()
    expect(officer.locator("main")).to_contain_text("Shelling comes near, nobody answers")
    officer.goto(f"/missions/{key}/")
    expect(officer.locator("#posture")).to_contain_text("Standing authority: Shelling comes near")
    officer.context.close()
    head.goto("/")
    head.get_by_role("link", name="Review").first.click()
    head.locator("[name=verdict]").select_option("approved")
    head.locator("[name=note]").fill("Rightly so")
    head.get_by_role("button", name="Record the review").click()
    expect(head.locator("main")).to_contain_text("Rightly so")
    head.context.close()
