"""A node as its users meet it: served by its own command on a free port, with the demonstration's data and people."""

import base64
import contextlib
import hmac
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

READY_S = 240  # a cold demonstration loads a hundred thousand signals on a machine that others use too
PATIENCE_MS = 20_000  # for one element; a page itself takes well under a second
PASSWORD = "four plain words together"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def code_now(secret: str, at: float) -> str:
    """The six digits an authenticator shows. Source: RFC 6238 over HMAC-SHA-1, 30 s."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // 30), sha1)
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@dataclass
class Post:
    """One node: its address, its home, and the people already enrolled at it."""

    home: Path
    port: int
    environment: dict[str, str]
    secrets: dict[str, str] = field(default_factory=dict)
    spent_codes: set[str] = field(default_factory=set)
    states: dict[str, Any] = field(default_factory=dict)
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Serve, and wait until it answers."""
        log = (self.home.parent / "server.log").open("w+", encoding="utf-8")
        with log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "legation.runtime.cli", "demonstration", "run", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until_it_answers(self, self.server, Path(log.name))

    def stop(self) -> None:
        """End the server and its worker, as a power cut at the ministry would seem from a phone."""
        if self.server is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGTERM)
        try:
            self.server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(timeout=20)
        self.server = None

    def legation(self, *words: str, check: bool = True) -> str:
        """What a command prints."""
        done = subprocess.run(
            [sys.executable, "-m", "legation.runtime.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert not check or done.returncode == 0, (
            f"legation {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done.stdout

    def enrolment(self, role: str) -> str:
        """A fresh enrolment link of this role."""
        lines = self.legation("demonstration", "credentials", "--port", str(self.port)).splitlines()
        for line in lines:
            if re.search(rf"\b{role.replace('_', ' ')}\b", line):
                found = re.search(r"https?://\S+/enrol/[\w-]+/?", line)
                assert found, line
                return found.group(0)
        raise AssertionError(f"no link for {role} in:\n" + "\n".join(lines))

    def code(self, role: str) -> str:
        """A code that was not used yet: each is accepted once."""
        while (code := code_now(self.secrets[role], time.time())) in self.spent_codes:
            time.sleep(1)
        self.spent_codes.add(code)
        return code

    def enrol(self, browser: Browser, role: str) -> Page:
        """Follow the enrolment link, choose a password, connect the authenticator; the page stands signed in."""
        page = browser.new_context(base_url=self.address, locale="en-GB").new_page()
        page.goto(self.enrolment(role))
        for box in page.locator("input[type=password]").all():
            box.fill(PASSWORD)
        page.locator("form button").last.click()
        page.wait_for_selector("#totp-key")
        self.secrets[role] = page.inner_text("#totp-key").strip()
        page.locator("input[name=code]").fill(self.code(role))
        page.locator("form button").last.click()
        page.wait_for_load_state()
        return page

    def signed_in(self, browser: Browser, role: str, **context: Any) -> Page:
        """A fresh browser in which this person is signed in; enrolled at the first asking."""
        if role not in self.states:
            page = self.enrol(browser, role)
            self.states[role] = page.context.storage_state()
            page.context.close()
        options = {"base_url": self.address, "locale": "en-GB", "storage_state": self.states[role], **context}
        page = browser.new_context(**options).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page


@contextlib.contextmanager
def served(home: Path) -> Iterator[Post]:
    """The demonstration, loaded and served by `legation demonstration run` until the block ends."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LEGATION_", "DJANGO_"))}
    environment |= {"LEGATION_HOME": str(home), "COLUMNS": "400", "NO_COLOR": "1", "HOME": str(home.parent)}
    post = Post(home, free_port(), environment)
    try:
        post.start()
        yield post
    finally:
        post.stop()


def wait_until_it_answers(post: Post, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        assert server.poll() is None, f"the server ended with {server.returncode}:\n{log.read_text()[-3000:]}"
        with contextlib.suppress(OSError), urllib.request.urlopen(post.address + "/health", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.5)
    raise AssertionError(f"no answer after {READY_S} s:\n{log.read_text()[-3000:]}")
