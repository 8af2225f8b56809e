"""What does that address answer? The one outbound HTTP client: allowed hosts only, resolved once and held to it.

Method: OWASP SSRF prevention. The name is looked up once, every address it has must be public, and the connection
goes to that address whatever the name means a moment later; nothing is read from the environment, so no proxy
stands between. An address that redirects to another host is refused: what it names was never allowed.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

type Resolve = Callable[[str, int], list[str]]
"""name, port -> all its addresses as text. Raises OSError where there is none."""

REDIRECTS_MAX = 3
REDIRECTING = frozenset({301, 302, 303, 307, 308})
CHUNK_BYTES = 65_536
DEFAULT_PORT = {"http": 80, "https": 443}

_TUNNELS = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""NAT64, 6to4 and Teredo carry an IPv4 address inside, which may be a private one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """bytes_max: of the body. total_s: from the first packet to the last byte; idle_s: between two of them."""

    bytes_max: int = 256 * 2**20
    total_s: float = 120.0
    idle_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its body, and the address that gave it in the end."""

    body: bytes
    address: str
    content_type: str


class NotFetched(Exception):
    """Nothing was fetched. `code` and `params` become a sentence; `code` begins with fetch_."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code}: " + ", ".join(f"{k} {v}" for k, v in params.items()))
        self.code = code
        self.params = params


SENTENCES = {
    "fetch_scheme": "{address} is neither http nor https; only those are fetched.",
    "fetch_credentials": "The address carries a name or a password; take them out.",
    "fetch_host": "{host} is not among the hosts that may be asked. An administrator adds it to LEGATION_FETCH_HOSTS.",
    "fetch_unknown_host": "{host} has no address. Check the name and the line.",
    "fetch_private": "{host} stands at {ip}, which is not a public address; it is never asked.",
    "fetch_redirect": "{host} sends us on to {to}, which is refused. Register the address it names if that is right.",
    "fetch_status": "{host} answered {status}. Try again later, or check the address.",
    "fetch_too_large": "{host} answers with more than {limit} bytes. Ask for a shorter period.",
    "fetch_slow": "{host} did not answer in full within {seconds} seconds. Try again later.",
    "fetch_broken": "The connection to {host} failed: {detail}.",
}
"""For the doors of the rooms that fetch."""


def fetch(
    address: str,
    *,
    allowed: Collection[str],
    inside: Collection[str] = (),
    limits: Limits = Limits(),
    resolve: Resolve | None = None,
) -> Fetched:
    """GET an address. Raises NotFetched.

    allowed: host names, or host:port for a port that is not the scheme's own.  inside: those of them that may stand
    at private addresses, for a ministry's own servers and for tests.
    """
    url = _checked(address, allowed)
    host = _host(url)
    ip = _pinned(url, inside, resolve or _addresses)
    deadline = monotonic() + limits.total_s
    for _ in range(REDIRECTS_MAX + 1):
        answer = _ask(url, ip, limits, deadline)
        if isinstance(answer, Fetched):
            return answer
        onward = urljoin(url.geturl(), answer)
        next_url = _checked(onward, allowed)
        same = _host(next_url) == host and next_url.port == url.port
        if not same or (url.scheme == "https" and next_url.scheme != "https"):
            raise NotFetched("fetch_redirect", host=host, to=onward[:200])
        url = next_url
    raise NotFetched("fetch_redirect", host=host, to="itself again and again")


def _host(url: SplitResult) -> str:
    return (url.hostname or "").rstrip(".").lower()


def _checked(address: str, allowed: Collection[str]) -> SplitResult:
    """The address, taken apart, where its scheme and host are allowed."""
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError:
        raise NotFetched("fetch_scheme", address=address[:200]) from None
    if url.scheme not in DEFAULT_PORT or not address.isprintable() or " " in address:
        raise NotFetched("fetch_scheme", address=repr(address[:200]))
    if url.username is not None or url.password is not None:
        raise NotFetched("fetch_credentials")
    host = _host(url)
    name = host if port in (None, DEFAULT_PORT[url.scheme]) else f"{host}:{port}"
    if not host.isascii() or name not in allowed:
        raise NotFetched("fetch_host", host=name or "no host")
    return url


def _addresses(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _pinned(url: SplitResult, inside: Collection[str], resolve: Resolve) -> str:
    """The address to connect to. One private address among several refuses all: that is how rebinding looks."""
    host = _host(url)
    try:
        found = resolve(host, url.port or DEFAULT_PORT[url.scheme])
    except OSError:
        raise NotFetched("fetch_unknown_host", host=host) from None
    if not found:
        raise NotFetched("fetch_unknown_host", host=host)
    if host not in inside:
        for ip in found:
            if not is_public(ip):
                raise NotFetched("fetch_private", host=host, ip=ip)
    return found[0]


def is_public(ip: str) -> bool:
    """True for an address of the open internet; false for what cannot be read as an address at all."""
    try:
        address = ipaddress.ip_address(ip.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if any(address in net for net in _TUNNELS):
            return False
    return address.is_global and not address.is_multicast


def _ask(url: SplitResult, ip: str, limits: Limits, deadline: float) -> Fetched | str:
    """One request: an answer, or the address it sends us on to."""
    host = _host(url)
    connection = _Pinned(url, ip, limits.idle_s)
    # headers that come a byte at a time never time out by themselves: the watch cuts the line at the deadline
    watch = threading.Timer(max(0.0, deadline - monotonic()), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection.request("GET", target, headers={"User-Agent": "legation", "Accept-Encoding": "identity"})
        with connection.getresponse() as response:
            if response.status in REDIRECTING:
                return response.getheader("Location") or ""
            if response.status != http.client.OK:
                raise NotFetched("fetch_status", host=host, status=str(response.status))
            body = _body(response, host, limits, deadline)
            return Fetched(body, url.geturl(), response.getheader("Content-Type") or "")
    except (OSError, http.client.HTTPException, ValueError) as error:
        if monotonic() >= deadline or isinstance(error, TimeoutError):
            raise NotFetched("fetch_slow", host=host, seconds=f"{limits.total_s:g}") from None
        raise NotFetched("fetch_broken", host=host, detail=f"{type(error).__name__} {error}"[:150]) from None
    finally:
        watch.cancel()
        connection.close()


def _body(response: http.client.HTTPResponse, host: str, limits: Limits, deadline: float) -> bytes:
    said = response.getheader("Content-Length") or "0"
    if said.isdigit() and int(said) > limits.bytes_max:
        raise NotFetched("fetch_too_large", host=host, limit=str(limits.bytes_max))
    parts: list[bytes] = []
    total = 0
    while part := response.read1(CHUNK_BYTES):
        total += len(part)
        if total > limits.bytes_max:
            raise NotFetched("fetch_too_large", host=host, limit=str(limits.bytes_max))
        if monotonic() >= deadline:
            raise NotFetched("fetch_slow", host=host, seconds=f"{limits.total_s:g}")
        parts.append(part)
    if said.isdigit() and int(said) > total:
        raise NotFetched("fetch_broken", host=host, detail=f"it broke off after {total} of {said} bytes")
    return b"".join(parts)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, which greets it by its name: TLS checks the name, not the address."""

    def __init__(self, url: SplitResult, ip: str, timeout_s: float) -> None:
        port = url.port or DEFAULT_PORT[url.scheme]
        super().__init__(_host(url), port, timeout=timeout_s)
        self.ip = ip
        self.tls = ssl.create_default_context() if url.scheme == "https" else None
        self.default_port = DEFAULT_PORT[url.scheme]

    def connect(self) -> None:
        plain = socket.create_connection((self.ip, self.port), self.timeout)
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host) if self.tls else plain

    def cut(self) -> None:
        """End the connection from another thread."""
        sock = getattr(self, "sock", None)
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
