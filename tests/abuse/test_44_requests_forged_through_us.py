"""Abuse case 44: no feed address makes this house ask a machine that its administrator did not allow."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from legation.platform.egress import http
from legation.platform.egress.http import Limits, NotFetched, fetch, is_public


class Answers(BaseHTTPRequestHandler):
    """A server with one path per trick."""

    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        port = self.server.server_address[1]
        moves = {
            "/elsewhere": "http://169.254.169.254/latest/meta-data/",
            "/loopback": f"http://localhost:{port}/secret",
            "/file": "file:///etc/passwd",
            "/round": f"http://feeds.test:{port}/round",
            "/near": "/plain",
        }
        if self.path in moves:
            self.send_response(302)
            self.send_header("Location", moves[self.path])
            self.end_headers()
            return
        body = b"x" * 5_000 if self.path == "/large" else b"plain"
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/lie":
            self.send_header("Content-Length", "500")
        elif self.path != "/endless":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.path == "/drip":
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(0.3)
        elif self.path == "/endless":
            for _ in range(200):
                self.wfile.write(body * 100)
        else:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Answers.asked = []
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    serving.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is what is tested
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield f"feeds.test:{serving.server_address[1]}"
    serving.shutdown()
    serving.server_close()


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def ask(host: str, path: str, **limits: float) -> bytes:
    """Ask the test's own server, which stands inside by permission."""
    bounds = Limits(**limits)  # type: ignore[arg-type]
    return fetch(f"http://{host}{path}", allowed={host}, inside={"feeds.test"}, resolve=here, limits=bounds).body


def code(host: str, path: str, **limits: float) -> str:
    with pytest.raises(NotFetched) as caught:
        ask(host, path, **limits)
    return caught.value.code


def test_an_allowed_host_answers(server: str) -> None:
    assert ask(server, "/plain") == b"plain"


def test_a_redirect_within_the_host_is_followed_and_one_out_of_it_refused(server: str) -> None:
    assert ask(server, "/near") == b"plain"
    assert code(server, "/elsewhere") == "fetch_host"
    assert code(server, "/loopback") == "fetch_host"
    assert code(server, "/file") == "fetch_scheme"
    assert code(server, "/round") == "fetch_redirect"
    assert "/secret" not in Answers.asked


def test_a_redirect_to_another_allowed_host_is_refused_too(server: str) -> None:
    port = server.rpartition(":")[2]
    allowed = {server, f"localhost:{port}"}
    with pytest.raises(NotFetched, match="fetch_redirect"):
        fetch(f"http://{server}/loopback", allowed=allowed, inside={"feeds.test", "localhost"}, resolve=here)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x",
        "http://2130706433/x",
        "http://0x7f.1/x",
        "http://[::1]/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://feeds.test.evil.example/x",
        "http://feeds.test:8080/x",
        "http://ｆeeds.test/x",
        "gopher://feeds.test/x",
        "file:///etc/passwd",
        "ftp://feeds.test/x",
        "http://feeds.test@127.0.0.1/x",
        "http://user:word@feeds.test/x",
        "http://feeds.test/x\r\nHost: evil",
        "http://",
        "//feeds.test/x",
        "http://feeds.test:99999/x",
    ],
)
def test_an_address_that_is_not_on_the_list_is_refused_before_any_name_is_looked_up(address: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(NotFetched):
        fetch(address, allowed={"feeds.test"}, resolve=never)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.5", "64:ff9b::a00:5",
        "2002:7f00:1::", "2001:0:7f00:1::", "ff02::1", "not an address",
    ],
)  # fmt: skip
def test_an_allowed_name_at_a_private_address_is_refused(ip: str) -> None:
    assert not is_public(ip)
    for found in ([ip], ["93.184.216.34", ip]):
        with pytest.raises(NotFetched, match="fetch_private"):
            fetch("http://feeds.test/x", allowed={"feeds.test"}, resolve=lambda *_, found=found: found)


def test_a_name_that_changes_its_address_between_two_looks_is_asked_at_the_first(server: str) -> None:
    looks: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"] if len(looks) == 1 else ["10.0.0.5"]

    fetch(f"http://{server}/near", allowed={server}, inside={"feeds.test"}, resolve=rebinding)
    assert looks == ["feeds.test"]


def test_proxies_of_the_environment_are_not_used(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.5:3128")
    assert ask(server, "/plain") == b"plain"


def test_size_and_time_are_bounded(server: str) -> None:
    assert code(server, "/large", bytes_max=1_000) == "fetch_too_large"
    assert code(server, "/endless", bytes_max=50_000) == "fetch_too_large"
    assert code(server, "/drip", total_s=0.5) in {"fetch_slow", "fetch_broken"}
    assert code(server, "/gone") == "fetch_status"
    assert code(server, "/lie", total_s=2.0) in {"fetch_broken", "fetch_slow"}


def test_without_the_check_of_addresses_a_private_one_would_be_asked(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "is_public", lambda _: True)
    assert fetch(f"http://{server}/plain", allowed={server}, resolve=here).body == b"plain"


def test_every_refusal_has_a_sentence_that_can_be_filled() -> None:
    for code_, words in http.SENTENCES.items():
        assert code_.startswith("fetch_")
        assert words.rstrip().endswith((".", "}."))
