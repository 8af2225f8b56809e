"""A real browser and a served node, once for all journeys; both are skipped loudly where Chromium is not installed."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.post import Post, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="package")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """The demonstration, served. Journeys run in the order in which they stand: a day has one."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install Debian's chromium to run the journeys in a real browser")
    home = tmp_path_factory.mktemp("post") / "home"
    home.mkdir(mode=0o700)
    with served(home) as node:
        yield node


@pytest.fixture(scope="package")
def browser(post: Post) -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
