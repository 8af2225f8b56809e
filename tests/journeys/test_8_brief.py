"""The morning brief: composed after an event, refused at too low a marking, issued in two, read; a question closed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from tests.journeys.post import Post

from legation.foundations.markings import Marking

CANARY = "Kestrel"
AMBER, GREEN = "RESTRICTED // TLP:AMBER", "UNCLASSIFIED // TLP:GREEN"
RELEASABLE = "Members of staff avoid the market after dark."


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """What one step of the day leaves for the next."""
    return {}


def mission_of(page: Page) -> str:
    page.goto("/search?q=Embassy of Brazil in Syria")
    link = page.locator("main a[href^='/missions/']").first.get_attribute("href") or ""
    return link.split("/")[2]


def printed(page: Page, to: Path) -> list[str]:
    """The pages of the copy that the button prints."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Print a copy").click()
    download.value.save_as(to)
    return [one.extract_text() for one in PdfReader(to).pages]


def test_a_brief_with_a_closed_line_cannot_be_issued_as_green_and_says_which_line_it_is(
    post: Post, browser: Browser, kept: dict[str, str]
) -> None:
    page = post.signed_in(browser, "analyst")
    kept["mission"] = mission_of(page)
    page.goto("/intelligence/report/")
    page.get_by_label("What happened").fill(f"{CANARY} was followed from the market")
    page.get_by_label("Kind").select_option("attack_on_civilians")
    page.get_by_label("Latitude").fill("33.52")
    page.get_by_label("Longitude").fill("36.29")
    page.get_by_label("Who told it").fill("A source of our own")
    page.locator("select[name=marking]").select_option(AMBER)
    page.locator("main form button").last.click()
    page.wait_for_url("**/intelligence/signals/*/")
    page.goto(f"/briefs/compose/?mission={kept['mission']}")
    row = page.locator("tr[data-row]", has_text="RESTRICTED").first
    expect(row.locator("input[name=pick]")).to_be_checked()
    row.locator("input[name^=text-]").fill(f"{CANARY} keeps away from the market.")
    page.locator("#wanted").select_option(GREEN)
    page.get_by_role("button", name="Issue").click()
    expect(page.locator("body")).to_contain_text("cannot carry UNCLASSIFIED // TLP:GREEN")
    row = page.locator("tr[data-row]", has_text="RESTRICTED").first
    row.locator("input[name^=below-]").fill(RELEASABLE)
    page.locator("#wanted").select_option("")
    page.get_by_role("button", name="Preview both").click()
    lower = page.locator("section.card", has=page.get_by_role("heading", name=re.compile("Below the line")))
    expect(lower).to_contain_text(RELEASABLE)
    assert CANARY not in lower.inner_text()
    page.get_by_role("button", name="Issue").click()
    page.wait_for_url("**/intelligence/briefs/*/")
    kept["brief"] = page.url
    page.context.close()


def test_the_lower_print_holds_nothing_of_what_stands_above_and_both_say_how_they_are_marked(
    post: Post, browser: Browser, kept: dict[str, str], tmp_path: Path
) -> None:
    page = post.signed_in(browser, "analyst")
    page.goto(kept["brief"])
    above = printed(page, tmp_path / "above.pdf")
    page.get_by_role("link", name="The version below the line").click()
    below = printed(page, tmp_path / "below.pdf")
    assert CANARY in " ".join(above)
    assert CANARY not in " ".join(below)
    assert RELEASABLE in " ".join(" ".join(below).split())
    label = re.findall(r"[A-Z]+ // TLP:[A-Z+]+", above[0])[-1]  # at the foot; what stands higher may be an item's own
    assert Marking.parse(label).covers(Marking.parse(AMBER))  # higher where an earlier journey's report is in it
    assert all(one.count(label) >= 2 for one in above)
    assert all(one.count(GREEN) >= 2 and label not in one for one in below)
    copy = re.search(r"[0-9a-f]{32}", below[0])
    assert copy
    page.goto(f"/intelligence/briefs/copies/?copy={copy.group(0)}")
    expect(page.locator("main")).to_contain_text("Analyst (demonstration)")
    page.context.close()


def test_the_head_of_mission_says_that_he_has_read_it(post: Post, browser: Browser, kept: dict[str, str]) -> None:
    page = post.signed_in(browser, "head_of_mission")
    page.goto("/")
    expect(page.locator("section.card", has_text="Today's brief")).to_contain_text("waits for you")
    page.goto(kept["brief"])
    page.get_by_role("button", name="I have read it").click()
    expect(page.locator("main")).to_contain_text("that you have read it")
    page.context.close()


def test_a_question_goes_overdue_on_the_clock_is_answered_and_closed(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "analyst")
    for _day in range(2):
        page.goto("/")
        page.get_by_role("button", name="Play next day").click()
        page.wait_for_load_state()
    page.goto("/intelligence/requirements/?show=overdue")
    page.locator("main tbody a", has_text="Which streets").click()
    expect(page.locator("main")).to_contain_text("overdue")
    page.locator("textarea[name=text]").fill("Straight Street, from ten until two.")
    page.locator("select[name=grade]").select_option("B2")
    page.get_by_role("button", name="Record the answer").click()
    page.get_by_role("button", name="It is enough").click()
    expect(page.locator("main")).to_contain_text("satisfied")
    page.goto("/intelligence/requirements/")
    police = page.locator("tr", has_text="Diplomatic police (demonstration)").last
    expect(police).to_contain_text("100 %")
    page.context.close()
