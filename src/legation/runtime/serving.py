"""How is the node served? A web process on loopback, and a worker process beside it on the same data directory."""

import contextlib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import uvicorn

GOODBYE_S = 2  # how long running requests may finish after the signal; acts take 50 ms
HOST = "127.0.0.1"


class PortTaken(Exception):
    """Another program listens at this port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken on this machine; stop what uses it, or choose another: PORT={port + 1}")


def serve(port: int, *, ready: Callable[[str], None] = lambda address: None, host: str = HOST) -> None:
    """Serve pages, API and live feed until a signal ends it. `ready` is told the address once it listens.

    Raises PortTaken before anything else is started.
    """
    with listening(host, port) as door, worker_beside():
        ready(f"http://localhost:{port}" if host == HOST else f"http://{host}:{port}")
        config = uvicorn.Config(
            "legation.runtime.asgi:application",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_S,
            lifespan="on",
        )
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[door])


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
    """A worker process for as long as the pages are served."""
    worker = subprocess.Popen([sys.executable, "-m", "legation.runtime.cli", "worker"])
    try:
        yield
    finally:
        worker.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(timeout=GOODBYE_S * 3)
        if worker.poll() is None:
            worker.kill()
