"""People at post: a list with bad rows, a contact tried, one's own page, and somebody forgotten by two persons."""

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from tests.journeys.post import Post

LIST = Path(__file__).parents[2] / "src/legation/runtime/demonstration/data/people.csv"
MISSION = re.compile("Embassy of Brazil in Portugal")


def load(page: Page, *, dry_run: bool) -> None:
    page.goto("/missions/people/load/")
    choice = page.locator("select[name=mission] option", has_text=MISSION).first.get_attribute("value")
    page.locator("select[name=mission]").select_option(choice)
    page.set_input_files("input[type=file]", LIST)
    if dry_run:
        page.get_by_label("Only show what would happen").check()
    page.get_by_role("button", name="Load").click()


def test_a_list_of_two_hundred_is_tried_then_loaded_and_its_ten_bad_rows_are_named(
    post: Post, browser: Browser
) -> None:
    page = post.signed_in(browser, "rso")
    load(page, dry_run=True)
    expect(page.get_by_text("190 would be added")).to_be_visible()
    load(page, dry_run=False)
    expect(page.get_by_text("190 added, 0 corrected, 0 unchanged, 10 rows left out.")).to_be_visible()
    assert page.locator("tr[data-row]").count() == 10
    expect(page.get_by_text("“31.02.1980” is not a day")).to_be_visible()
    load(page, dry_run=False)
    expect(page.get_by_text("0 added, 0 corrected, 190 unchanged, 10 rows left out.")).to_be_visible()
    page.context.close()


def test_a_contact_is_tried_and_stands_as_tested_today(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "rso")
    page.goto("/search?q=Gonçalves")
    page.locator("main a[href*='/missions/people/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gonçalves")
    page.get_by_text("Add a contact").click()
    page.get_by_label("Number, address or call sign").fill("+999 012 555 1234")
    page.get_by_role("button", name="Add", exact=True).click()
    row = page.locator("tr[data-row]", has_text="+999 012 555 1234")
    expect(row).to_contain_text("untested")
    row.get_by_role("button", name="Reached", exact=True).click()
    today = page.inner_text("#as-of")[:11]  # the house's day, which other journeys may have moved
    expect(page.locator("tr[data-row]", has_text="+999 012 555 1234")).to_contain_text(f"tested {today}")
    page.context.close()


def test_a_member_of_staff_sees_what_is_held_who_opened_it_and_is_answered(post: Post, browser: Browser) -> None:
    staff, rso = post.signed_in(browser, "staff"), post.signed_in(browser, "rso")
    staff.goto("/")
    staff.get_by_role("link", name="all of it").click()
    staff.get_by_label("Next of kin").fill("My mother, +999 000 1")
    staff.get_by_role("button", name="Keep").click()
    staff.get_by_text("Something here is wrong").click()
    staff.get_by_label("What is wrong, and what is right").fill("I am a second secretary")
    staff.get_by_role("button", name="Ask for correction").click()
    expect(staff.locator("table", has_text="I am a second secretary")).to_be_visible()

    rso.goto("/")
    rso.locator("section", has_text="Requests for correction").locator("a").first.click()
    rso.get_by_label("Answer, read by the person").fill("Corrected today")
    rso.get_by_role("button", name="Corrected").click()
    rso.get_by_label("Why you open it").fill("Evacuation list")
    rso.get_by_role("button", name="Open", exact=True).click()
    expect(rso.get_by_label("Next of kin")).to_have_value("My mother, +999 000 1")

    staff.reload()
    expect(staff.get_by_text("Corrected today")).to_be_visible()
    expect(staff.get_by_text("Evacuation list")).to_be_visible()
    for page in (staff, rso):
        page.context.close()


def test_two_persons_erase_one_and_nothing_finds_him_again(post: Post, browser: Browser) -> None:
    rso, head = post.signed_in(browser, "rso"), post.signed_in(browser, "head_of_mission")
    rso.goto("/search?q=D-0001")
    rso.locator("main a[href*='/missions/people/']").first.click()
    address, name = rso.url, rso.get_by_role("heading", level=1).inner_text()
    rso.get_by_text("Propose erasure").click()
    rso.get_by_label("Reason").fill("asked by the person")
    rso.get_by_role("button", name="Propose", exact=True).click()
    expect(rso.get_by_text("Waits for a second person.")).to_be_visible()
    head.goto(address)
    head.get_by_role("button", name="Confirm: erase this person").click()
    expect(head.get_by_text("The proof that they stood there remains.")).to_be_visible()
    answer = head.goto(address)
    assert answer is not None
    assert answer.status == 404
    key = address.rstrip("/").rpartition("/")[2]
    listed = json.loads(post.legation("missions", "people", "list", "--json"))
    assert key not in {one["id"] for one in listed}
    assert name.startswith("Sônia")
    post.legation("ledger", "verify")
    for page in (rso, head):
        page.context.close()
