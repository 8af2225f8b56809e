"""What do the pages look like? Serves the demonstration and takes the pictures of the README: `make screenshots`."""

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402  the project's root must be on the path first
from tests.journeys.post import served  # noqa: E402  as above

SIZE = {"width": 1440, "height": 960}


def main() -> None:
    """Write docs/images/watch.png, mission.png and mission-dark.png."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("There is no Chromium here: install Debian's chromium, then try again.")
    images = ROOT / "docs" / "images"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        with served(home) as post, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--use-gl=swiftshader"])
            play_a_day(post.signed_in(browser, "watch_officer"))
            for name, scheme, mission in (
                ("watch", "light", False),
                ("mission", "light", True),
                ("mission-dark", "dark", True),
            ):
                page = post.signed_in(browser, "watch_officer", viewport=SIZE, color_scheme=scheme)
                page.goto("/")
                if mission:
                    page.locator("main a[href^='/missions/']").first.click()
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(1500)  # the map draws its last tiles after the network is quiet
                page.screenshot(path=images / f"{name}.png")
                page.context.close()
            browser.close()


def play_a_day(page: Page) -> None:
    """Move the demonstration on, so that the pictures show a scored forecast and what a day brings."""
    page.goto("/")
    page.get_by_role("button", name="Play next day").click(timeout=120_000, no_wait_after=True)
    page.locator("#as-of", has_text="06 Feb 2018").wait_for(timeout=120_000)
    page.context.close()


if __name__ == "__main__":
    main()
