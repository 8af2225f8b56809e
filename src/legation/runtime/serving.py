"""How is the node served? A web process on loopback, and a worker process beside it on the same data directory."""

import contextlib
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import uvicorn

from legation.pages import assets
from legation.runtime.certificates import Certificate

GOODBYE_S = 2  # how long running requests may finish after the signal; acts take 50 ms
HOST = "127.0.0.1"


class PortTaken(Exception):
    """Another program listens at this port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken on this machine; stop what uses it, or choose another: PORT={port + 1}")


def serve(
    port: int,
    *,
    ready: Callable[[str], None] = lambda address: None,
    host: str = HOST,
    name: str = "",
    certificate: Certificate | None = None,
) -> None:
    """Serve pages, API and live feed until a signal ends it. `ready` is told the address once it listens.

    With a certificate by HTTPS under `name`. Raises PortTaken or NotBuilt before anything else is started.
    """
    assets.manifest()
    with listening(host, port) as door, worker_beside():
        ready(f"https://{name}:{port}" if certificate else f"http://localhost:{port}")
        config = uvicorn.Config(
            "legation.runtime.asgi:application",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_S,
            lifespan="on",
            ssl_certfile=certificate.chain if certificate else None,
            ssl_keyfile=certificate.key if certificate else None,
        )
        # uvicorn hands a signal on when it has stopped; as an exception it also lets the worker beside be stopped.
        signal.signal(signal.SIGTERM, _leave)
        with contextlib.suppress(KeyboardInterrupt):
            WebProcess(config).run(sockets=[door])


def _leave(*_: object) -> None:
    raise KeyboardInterrupt


class WebProcess(uvicorn.Server):
    """uvicorn, which would wait for open live lines until its patience ends: they are told to come back instead."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from legation.runtime.live.hub import HUB

        await HUB.close()
        await super().shutdown(sockets)


def refuse_taken(port: int) -> None:
    """Raises PortTaken: asked before minutes of loading, so that nobody waits for a refusal."""
    with listening(HOST, port):
        return


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The bound socket; a browser that comes before the pages are ready waits in its queue."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError:
            raise PortTaken(port) from None
        door.listen(128)
        yield door


@contextlib.contextmanager
def worker_beside() -> Iterator[None]:
    """A worker process for as long as the pages are served; one that dies is started again."""
    keeper = _Keeper()
    keeper.start()
    try:
        yield
    finally:
        keeper.end()


class _Keeper(threading.Thread):
    """Without a worker no deadline fires, so its end is never the end of it."""

    PAUSE_S = 2.0  # a worker that cannot start is not started in a tight loop

    def __init__(self) -> None:
        super().__init__(name="worker-keeper", daemon=True)
        self._over = threading.Event()
        self._worker = self._begin()

    def run(self) -> None:
        while not self._over.is_set():
            self._worker.wait()
            if not self._over.wait(self.PAUSE_S):
                sys.stderr.write("The worker ended and is started again.\n")
                self._worker = self._begin()

    def end(self) -> None:
        """Let the worker finish its turn; end it where it does not."""
        self._over.set()
        self._worker.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._worker.wait(timeout=GOODBYE_S * 3)
        if self._worker.poll() is None:
            self._worker.kill()

    @staticmethod
    def _begin() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "legation.runtime.cli", "worker", "--beside"])
