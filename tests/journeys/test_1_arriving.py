"""Arriving: the enrolment link, the second factor, the first page, the way out and in again."""

import re

from playwright.sync_api import Browser, expect
from tests.journeys.post import PASSWORD, Post


def test_a_person_enrols_with_a_link_a_password_and_an_authenticator(post: Post, browser: Browser) -> None:
    page = post.enrol(browser, "watch_officer")
    expect(page).to_have_url(re.compile(r"/(sign-in/recovery/.*)?$"))
    page.goto("/")
    expect(page.get_by_role("navigation", name="Rooms")).to_be_visible()
    assert "2018" in page.inner_text("#as-of"), "the demonstration begins in February 2018"
    post.states["watch_officer"] = page.context.storage_state()
    page.context.close()


def test_an_enrolment_link_works_once(post: Post, browser: Browser) -> None:
    link = post.enrolment("auditor")
    page = browser.new_context().new_page()
    page.goto(link)
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("form button").last.click()
    page.wait_for_selector("#totp-key")
    page.context.close()
    again = browser.new_context().new_page()
    answer = again.goto(link)
    assert answer is not None
    assert answer.status == 410
    again.context.close()


def test_signing_in_again_asks_for_password_and_code(post: Post, browser: Browser) -> None:
    post.signed_in(browser, "watch_officer").context.close()
    page = browser.new_context(base_url=post.address).new_page()
    page.goto("/missions/")
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.locator("input[name=login]").fill("watch")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button").last.click()
    expect(page).to_have_url(re.compile("/sign-in/code/"))
    page.goto("/missions/")
    expect(page).to_have_url(re.compile("/sign-in/"))  # a password alone opens nothing
    page.goto("/sign-in/code/")
    page.locator("input[name=code]").fill(post.code("watch_officer"))
    page.get_by_role("button", name="Sign in").click()
    page.goto("/missions/")
    expect(page).to_have_url(re.compile("/missions/"))
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.goto("/missions/")
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.context.close()


def test_a_wrong_code_opens_nothing(post: Post, browser: Browser) -> None:
    post.signed_in(browser, "watch_officer").context.close()
    page = browser.new_context(base_url=post.address).new_page()
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill("watch")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button").last.click()
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/sign-in/code/"))
    page.goto("/missions/")
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.context.close()
