"""What holds for every test: no socket leaves the machine, the seed is printed, nothing is read from anyone's home."""

import ipaddress
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
IN_CI = bool(os.environ.get("CI"))

# Children (command line, browser, worker) choose their own settings; what pytest-django needed is loaded by now.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

# No deadline: two shared cores make a slow example a fact about the neighbours. Few examples: rules are run often.
hypothesis.settings.register_profile("house", deadline=None, max_examples=60, print_blob=True)
hypothesis.settings.register_profile("campaign", deadline=None, max_examples=2_000, print_blob=True)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    if not pluginmanager.has_plugin("django"):  # `-p no:django` checks the rules of the house where Django cannot start
        parser.addini("DJANGO_SETTINGS_MODULE", "unused without Django")
    parser.addoption("--campaign", action="store_true", help="the long versions: more cuts, more tampering, more fuzz")
    parser.addoption("--seed", type=int, default=None, help="repeat the run that printed this seed")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    seed = config.getoption("--seed")
    if seed is None:
        seed = 20180205 if IN_CI else random.SystemRandom().randrange(2**31)
    config.stash[SEED] = seed
    random.seed(seed)
    if config.getoption("hypothesis_seed", None) is None:
        config.option.hypothesis_seed = str(seed)
    hypothesis.settings.load_profile("campaign" if config.getoption("--campaign") else "house")


SEED = pytest.StashKey[int]()


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.stash[SEED]} (repeat with --seed {config.stash[SEED]})"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """A skip is never silent: each reason once, with its count, and the seed again where -q has hidden the header."""
    terminalreporter.write_line(f"seed {config.stash[SEED]}")
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"SKIPPED {count}: {reason.removeprefix('Skipped: ')}")


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """The printed seed of this run, for tests that draw by themselves."""
    return pytestconfig.stash[SEED]


@pytest.fixture(scope="session")
def tries(pytestconfig: pytest.Config) -> Any:
    """How often to try: `tries(20, 1_000)` is 20 in a normal run and 1,000 in a campaign."""
    long = bool(pytestconfig.getoption("--campaign"))
    return lambda short, campaign: campaign if long else short


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The data that lies beside the clone on developers' machines; tests that need it are skipped elsewhere."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets do not lie beside this clone (../shared/data)")
    return SHARED_DATA


class SocketLeftTheMachine(Exception):
    """A test tried to reach another host. Give the link its Memory twin, or serve the answer on loopback."""


def stays_here(address: Any) -> bool:
    """True for unix sockets and loopback; names other than localhost count as elsewhere."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).split("%")[0]
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_socket_leaves_the_machine() -> Iterator[None]:
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(method: Any) -> Any:
        def call(self: socket.socket, address: Any) -> Any:
            if not stays_here(address):
                raise SocketLeftTheMachine(f"{address!r}: {SocketLeftTheMachine.__doc__}")
            return method(self, address)

        return call

    def resolve_here(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not stays_here((name,)):
            raise SocketLeftTheMachine(f"{name!r}: {SocketLeftTheMachine.__doc__}")
        return resolve(host, *args, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded(connect))
    patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
    patch.setattr(socket, "getaddrinfo", resolve_here)
    yield
    patch.undo()
