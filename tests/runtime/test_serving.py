"""Does serving stop as a whole, and say plainly when it cannot start?"""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from legation.runtime.serving import PortTaken, listening


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def test_a_taken_port_is_said_before_anything_is_started() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} is taken"), listening("127.0.0.1", port):
            pass


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are looked up in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_pages_and_worker_end_together(tmp_path: Path, how: signal.Signals) -> None:
    port = free_port()
    home = {"LEGATION_HOME": str(tmp_path / "home"), "LEGATION_PASSPHRASE": "a passphrase for one test"}
    env = {**os.environ, **home, "PORT": str(port)}
    env.pop("LEGATION_KEYS", None)
    command = [sys.executable, "-m", "legation.runtime.cli"]
    subprocess.run([*command, "init"], env=env, check=True, capture_output=True)
    served = subprocess.Popen([*command, "serve"], env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                body = urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).read()
                break
            except OSError:
                time.sleep(0.1)
        assert b"ok" in body
        workers = descendants(served.pid)
        assert workers, "the control: a worker runs beside the pages"
        served.send_signal(how)
        served.wait(timeout=20)
        assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    finally:
        served.kill()
        served.wait()


def test_a_named_node_is_served_by_https_that_phones_can_trust(tmp_path: Path) -> None:
    port = free_port()
    env = {**os.environ, "LEGATION_HOME": str(tmp_path / "home"), "LEGATION_PASSPHRASE": "a passphrase for one test"}
    env.pop("LEGATION_KEYS", None)
    command = [sys.executable, "-m", "legation.runtime.cli"]
    subprocess.run([*command, "init"], env=env, check=True, capture_output=True)
    options = ["serve", "--name", "post.test", "--port", str(port)]
    served = subprocess.Popen([*command, *options], env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        trusted = tmp_path / "home-keys" / "post.test.authority.crt"
        until = time.monotonic() + 60
        answer = b""
        while not answer and time.monotonic() < until:
            try:
                answer = asked(port, ssl.create_default_context(cafile=str(trusted)))
            except OSError:
                time.sleep(0.2)
        assert b"200 OK" in answer
        assert b"Strict-Transport-Security" in answer.title()
        with pytest.raises(ssl.SSLCertVerificationError):
            asked(port, ssl.create_default_context())
    finally:
        served.terminate()
        served.wait(timeout=20)


def asked(port: int, trust: ssl.SSLContext) -> bytes:
    """What the node answers to one who knows it as post.test."""
    request = b"GET /health HTTP/1.1\r\nHost: post.test\r\nConnection: close\r\n\r\n"
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as line,
        trust.wrap_socket(line, server_hostname="post.test") as sealed,
    ):
        sealed.sendall(request)
        return b"".join(iter(lambda: sealed.recv(65_536), b""))


def descendants(pid: int) -> list[int]:
    found = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]
    return [child for child in found if parent(child) == pid]


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return -1
