"""A note to the ministry: asked, printed in Arabic and French, handed over, left unanswered, and protested at."""

import io
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from tests.journeys.post import Post

ROOT = Path(__file__).parents[2]
SUBJECT = "Officers at the visa entrance on Mondays"


def mission_page(page: Page, words: str) -> str:
    """The id of a mission, found by the search."""
    page.goto(f"/search?q={words}")
    page.locator("main a[href^='/missions/']").first.click()
    page.wait_for_url("**/missions/*/")
    found = re.search(r"/missions/([0-9a-f]{32})/", page.url)
    assert found, page.url
    return found.group(1)


def printed(page: Page, language: str) -> str:
    """The text of the copy to hand over, fetched as the button fetches it."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "language": language, "as": "pdf"}
    answer = page.request.post(page.url + "print/", form=form, headers={"Referer": page.url})
    assert answer.headers["content-type"] == "application/pdf", answer.text()[:300]
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)
    return " ".join(text.split())


def step(page: Page, button: str) -> None:
    page.locator("#next").get_by_role("button", name=button).click()
    page.wait_for_load_state()


def test_police_protection_is_asked_for_reminded_of_and_protested_at(
    post: Post, browser: Browser, tmp_path: Path
) -> None:
    page = post.signed_in(browser, "rso", accept_downloads=True)
    key = mission_page(page, "Embassy of Brazil in Syria")
    page.goto(f"/missions/{key}/")
    page.locator("#host-state").get_by_role("link", name="Ask something").click()
    page.wait_for_url("**/law/host/at/*/")
    expect(page.locator("form.sheet [name=norm]")).to_have_value("vcdr-22-2")
    page.locator("form.sheet [name=subject]").fill(SUBJECT)
    page.get_by_role("button", name="Draft the request").click()
    page.wait_for_url("**/law/host/*/")
    request = page.url
    expect(page.locator("#next [name=language]")).to_have_value("ar")
    page.locator("#next [name=concerns]").fill("وجود شرطيين أمام مدخل قسم التأشيرات يوم الاثنين")
    step(page, "Number the note")
    page.locator("form [name=language]:visible").select_option("fr")
    page.get_by_role("button", name="Word it").click()
    page.wait_for_load_state()
    french, arabic = printed(page, "fr"), printed(page, "ar")
    assert "présente ses compliments au Ministère des Affaires étrangères" in french
    assert "l’article 22, paragraphe 2" in french
    number = re.search(r"\d{3}/2018", arabic)
    assert number, arabic
    assert number.group(0) in french
    page.goto(request)
    page.locator("#next [name=receipt]").fill("Stamp 77")
    step(page, "Record the delivery")
    for _day in range(4):
        page.get_by_role("button", name=re.compile("next day", re.IGNORECASE)).first.click()
        page.wait_for_load_state()
    page.goto(request)
    expect(page.locator("#next h2")).to_contain_text("reminder", timeout=60_000)
    page.goto("/watch/alarms/")
    expect(page.locator("main")).to_contain_text(SUBJECT)
    page.goto(request)
    step(page, "Send a reminder note")
    page.goto(request)
    step(page, "Record the delivery")
    page.locator("#next [name=text]").fill("The ministry will post two officers")
    page.locator("#next [name=promised]").fill("Two officers on Mondays")
    step(page, "Record the answer")
    page.locator("#next [name=verdict]").select_option("not_kept")
    page.locator("#next [name=why]").fill("Nobody came on Monday")
    step(page, "Say whether it was kept")
    step(page, "Send a protest note")
    expect(page.locator("main")).to_contain_text(re.compile("تحتج|protest"))
    page.goto(request)
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Take the evidence pack").click()
    pack = tmp_path / "pack.txt"
    arriving.value.save_as(pack)
    program = tmp_path / "verify_ledger.py"
    program.write_bytes((ROOT / "verify_ledger.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(pack)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page.context.close()


def at_the_door(page: Page, mission: str, **said: str) -> str:
    page.goto(f"/law/entries/at/{mission}/")
    for name, value in said.items():
        page.locator(f"[name={name}]").select_option(value)
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url(re.compile(r"/law/entries/[0-9a-f]{32}/"))
    return page.inner_text("main")


def test_who_enters_is_written_down_at_an_embassy_and_at_a_consulate(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "rso", viewport={"width": 390, "height": 844})
    embassy = mission_page(page, "Embassy of Brazil in Syria")
    told = at_the_door(page, embassy, given="consent", capacity="head")
    assert "the head of mission consented" in told
    assert page.evaluate("document.documentElement.scrollWidth") <= 391
    assert "They may not enter" in at_the_door(page, embassy, emergency="fire")
    page.goto("/missions/?text=consulate&state=Brazil")
    consulate = page.locator("tr[data-row] a[href^='/missions/']").first.get_attribute("href") or ""
    told = at_the_door(page, consulate.strip("/").rpartition("/")[2], emergency="fire")
    assert "assumed" in told
    page.context.close()
