"""An analyst's morning: whom to believe, who acts within reach of a mission, and which days lie ahead."""

import re

from playwright.sync_api import Browser, expect
from tests.journeys.post import Post
from tests.journeys.test_2_the_loop import mission_key, to_damascus


def test_what_sources_say_differently_is_opened_judged_and_noted(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "analyst")
    page.goto("/intelligence/contradictions/")
    page.locator("main tbody a[href^='/intelligence/occurrences/']").first.click()
    card = page.locator("#differences")
    expect(card).to_contain_text("What sources say differently")
    card.locator("input[name=reason]").fill("The second office was at the place")
    card.get_by_role("button", name="Note it").click()
    expect(page.locator("#differences")).to_contain_text("The second office was at the place")
    page.goto("/intelligence/sources/")
    expect(page.locator("main")).to_contain_text("Borne out")


def test_who_reaches_the_mission_is_opened_from_its_profile_to_a_past_act(post: Post, browser: Browser) -> None:
    page = to_damascus(post.signed_in(browser, "analyst"))
    page.goto(f"/intelligence/missions/{mission_key(page)}/")
    card = page.locator("section.card", has_text="Actors with reach")
    card.get_by_role("link", name="Syrian insurgents", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Syrian insurgents")
    expect(page.locator("main")).to_contain_text("المعارضة السورية")
    page.locator("main a[href^='/intelligence/occurrences/']").first.click()
    page.wait_for_url(re.compile("/intelligence/occurrences/"))


def test_a_verdict_typed_into_the_calendar_stands_ahead_of_the_mission(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "analyst")
    page.goto("/intelligence/calendar/")
    card = page.locator("section.card", has_text="Enter a day")
    card.locator("input[name=title]").fill("Verdict in the harbour case")
    card.locator("select[name=kind]").select_option("verdict")
    card.locator("input[name=first]").fill("2018-02-20")
    card.locator("input[name=country]").fill("SY")
    card.locator("input[name=source]").fill("Court list")
    card.get_by_role("button", name="Enter").click()
    expect(page.locator("main")).to_contain_text("Verdict in the harbour case")
    to_damascus(page)
    expect(page.locator("main")).to_contain_text("Verdict in the harbour case")
