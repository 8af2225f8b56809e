"""A day at the mission: from the highest risk down to a raw signal, a report in, decisions out, and the next day."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.post import Post

ROOT = Path(__file__).parents[2]
REPORT = "خطف موظف محلي قرب السفارة في دمشق"
"""A local employee was abducted near the embassy in Damascus."""


def to_damascus(page: Page) -> Page:
    """The mission's page, found as anyone finds it: by the search."""
    page.goto("/search?q=Embassy of Brazil in Syria")
    page.locator("main a[href^='/missions/']").first.click()
    page.wait_for_url("**/missions/*/")
    return page


def mission_key(page: Page) -> str:
    found = re.search(r"/missions/([0-9a-f]{32})/", page.url)
    assert found, page.url
    return found.group(1)


def test_the_mission_at_highest_risk_leads_the_watch_and_its_causes_open_down_to_a_raw_signal(
    post: Post, browser: Browser
) -> None:
    page = post.signed_in(browser, "watch_officer")
    page.goto("/")
    table = page.locator("section.card", has_text="Highest present risk")
    first = table.locator("tbody tr").first
    expect(first).to_contain_text("Damascus")
    first.locator("a").first.click()
    page.wait_for_url("**/missions/*/")
    expect(page.locator("h1")).to_contain_text("Damascus")
    page.goto(f"/intelligence/missions/{mission_key(page)}/")
    page.locator("main a[href^='/intelligence/occurrences/']").first.click()
    page.wait_for_url("**/intelligence/occurrences/*/")
    page.locator("main a[href^='/intelligence/signals/']").first.click()
    page.wait_for_url("**/intelligence/signals/*/")
    raw = page.locator("main pre").first.text_content() or ""
    assert len(raw) > 40, "the item as it came"
    page.context.close()


def test_a_risk_opens_to_additive_causes_that_link_to_occurrences(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "rso")
    key = mission_key(to_damascus(page))
    page.goto(f"/risk/{key}/armed_conflict/")
    heading = page.get_by_role("heading", name=re.compile(r"Likelihood \d+ points")).inner_text()
    said = re.search(r"Likelihood (\d+) points", heading)
    assert said, heading
    total = int(said.group(1))
    rows = page.locator("section.card", has=page.get_by_role("heading", name=re.compile("^Likelihood"))).locator(
        ".why.d0, .why.d1"
    )
    assert rows.count() > 0
    assert total > 0
    page.locator("main a[href^='/intelligence/occurrences/']").first.click()
    page.wait_for_url("**/intelligence/occurrences/*/")
    page.context.close()


def test_a_police_report_in_arabic_changes_the_profile_and_stands_there_as_its_reason(
    post: Post, browser: Browser
) -> None:
    page = post.signed_in(browser, "rso")
    key = mission_key(to_damascus(page))
    before = reasons(page, key)
    page.goto("/intelligence/report/")
    page.locator("[name=title]").fill(REPORT)
    page.locator("[name=text]").fill("أفادت الشرطة بأن مسلحين خطفوا موظفا محليا على بعد مئتي متر من السفارة.")
    page.locator("[name=kind]").select_option("kidnapping")
    page.locator("[name=place]").fill("دمشق")
    page.locator("[name=office]").fill("Host police, Damascus")
    page.locator("[name=grade]").select_option("B2")
    page.get_by_role("button", name="Store the report").click()
    page.wait_for_url("**/intelligence/signals/*/")
    expect(page.locator("main")).to_contain_text(REPORT)
    fresh = reasons(page, key) - before
    assert fresh, "the report stands among the reasons"
    told = [said_on(page, path) for path in fresh]
    assert any(REPORT in text for text in told), "and opens to what was typed"
    page.context.close()


def reasons(page: Page, key: str) -> set[str]:
    """The occurrences that the threat profile of a mission names as its causes."""
    page.goto(f"/intelligence/missions/{key}/")
    links = page.locator("main a[href^='/intelligence/occurrences/']")
    return {link.get_attribute("href") or "" for link in links.all()}


def said_on(page: Page, path: str) -> str:
    page.goto(path)
    return page.inner_text("main")


def test_a_posture_is_set_with_its_reason_and_recorded_at_the_foot_of_the_page(post: Post, browser: Browser) -> None:
    page = to_damascus(post.signed_in(browser, "rso"))
    form = page.locator("#posture form")
    if not form.is_visible():
        page.locator("#posture summary").click()
    form.locator("[name=level]").select_option("3")
    form.locator("[name=reason]").fill("Shelling within five kilometres, third time in two days")
    form.get_by_role("button", name="Set the posture").click()
    page.wait_for_url("**/missions/*/")
    expect(page.locator(".titleline")).to_contain_text("3")
    expect(page.locator("#posture")).to_contain_text("Shelling within five kilometres")
    expect(page.locator("main")).to_contain_text(re.compile("Posture (changed|set)"))
    page.context.close()


def accept(page: Page, key: str) -> str:
    """Try to accept the residual risk of armed conflict; what the page says then."""
    page.goto(f"/risk/{key}/armed_conflict/")
    form = page.locator("#accept form")
    until = form.locator("[name=until]")
    until.fill("2018-04-01")
    form.locator("[name=reason]").fill("The consular work cannot wait; measures are in force")
    form.get_by_role("button", name="Accept").click()
    page.wait_for_load_state()
    return page.inner_text("body")


def test_a_residual_risk_is_refused_above_ones_delegation_and_accepted_within_it(post: Post, browser: Browser) -> None:
    officer = post.signed_in(browser, "rso")
    key = mission_key(to_damascus(officer))
    refused = accept(officer, key)
    assert re.search(r"delegat|may accept", refused, re.IGNORECASE)
    officer.goto(f"/risk/{key}/armed_conflict/")
    assert "Nobody has accepted it." in officer.inner_text("main")
    officer.context.close()
    head = post.signed_in(browser, "head_of_mission")
    accept(head, key)
    head.goto(f"/risk/{key}/armed_conflict/")
    shown = head.inner_text("main")
    assert "Nobody has accepted it." not in shown
    assert "The consular work cannot wait" in shown
    head.context.close()


def test_an_auditor_exports_the_record_and_verifies_it_offline_with_one_file(
    post: Post, browser: Browser, tmp_path: Path
) -> None:
    page = post.signed_in(browser, "auditor", accept_downloads=True)
    page.goto("/ledger/")
    with page.expect_download() as arriving:
        page.get_by_role("button", name=re.compile("Export")).first.click()
    export = tmp_path / "export"
    arriving.value.save_as(export)
    page.context.close()
    good = verified(export)
    assert good.returncode == 0, good.stdout + good.stderr
    damaged = bytearray(export.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    export.write_bytes(bytes(damaged))
    assert verified(export).returncode != 0, "the control: a flipped bit is found"


def verified(export: Path) -> "subprocess.CompletedProcess[str]":
    """What the one-file verifier says, run where nothing of ours can be imported."""
    program = export.parent / "verify_ledger.py"
    program.write_bytes((ROOT / "verify_ledger.py").read_bytes())
    return subprocess.run(
        [sys.executable, "-I", str(program), str(export)],
        cwd=export.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "path", ["/missions/", "MISSION", "/intelligence/", "/risk/", "/ledger/", "/watch/alarms/", "/search?q=Damascus"]
)
def test_an_administrator_reads_no_content(post: Post, browser: Browser, path: str) -> None:
    if path == "MISSION":
        other = to_damascus(post.signed_in(browser, "watch_officer"))
        path = f"/missions/{mission_key(other)}/"
        other.context.close()
    page = post.signed_in(browser, "administrator")
    answer = page.goto(path)
    shown = page.inner_text("main")
    page.context.close()
    assert answer is not None
    assert answer.status in {403, 404} or "Damascus" not in shown.replace("“Damascus”", "")
    assert "Embassy of Brazil" not in shown


def test_the_next_day_is_played_and_yesterdays_forecast_is_scored(post: Post, browser: Browser) -> None:
    page = post.signed_in(browser, "watch_officer")
    page.goto("/")
    expect(page.locator("#as-of")).to_contain_text("05 Feb 2018")
    page.set_default_timeout(120_000)
    page.get_by_role("button", name="Play next day").click()
    page.wait_for_load_state()
    expect(page.locator("#as-of")).to_contain_text("06 Feb 2018", timeout=120_000)
    assert re.search(r"forecast|signals", page.inner_text("body"))
    page.context.close()
