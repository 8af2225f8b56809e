"""How can t of n custodians together open what none can alone? Shamir's scheme over GF(256), byte by byte.

Source: A. Shamir, How to share a secret, CACM 22 (1979); the field is that of AES (x^8 + x^4 + x^3 + x + 1).
"""

import secrets
from collections.abc import Sequence
from functools import reduce
from hashlib import sha256

CHECK_BYTES = 4
"""A share ends with the start of its own SHA-256, so that a mistyped digit is named before it spoils the secret."""


class ShareRefused(Exception):
    """A share is mistyped, doubled, or does not belong with the others."""


def _tables() -> tuple[list[int], list[int]]:
    exponents, logarithms = [0] * 255, [0] * 256
    value = 1
    for power in range(255):
        exponents[power], logarithms[value] = value, power
        doubled = value << 1 ^ (0x11B if value & 0x80 else 0)
        value ^= doubled  # times 3, a generator of the field
    return exponents, logarithms


_EXP, _LOG = _tables()


def multiply(a: int, b: int) -> int:
    return _EXP[(_LOG[a] + _LOG[b]) % 255] if a and b else 0


def divide(a: int, b: int) -> int:
    return _EXP[(_LOG[a] - _LOG[b]) % 255] if a else 0


def split(secret: bytes, *, needed: int, custodians: int) -> list[str]:
    """One share per custodian; any `needed` of them give the secret back, fewer give nothing.

    A share reads `3-2-hex`: needed, this custodian's number, bytes with check. Raises ValueError for counts that
    make no sense.
    """
    if not 2 <= needed <= custodians <= 255:
        raise ValueError(f"{needed} of {custodians} is not possible; needed is at least 2, custodians at most 255")
    columns = [bytes([byte]) + secrets.token_bytes(needed - 1) for byte in secret]
    return [_write(needed, x, bytes(_at(column, x) for column in columns)) for x in range(1, custodians + 1)]


def combine(shares: Sequence[str]) -> bytes:
    """The secret. Raises ShareRefused with what is wrong, and where too few shares were given."""
    points: dict[int, bytes] = {}
    wanted = 0
    for text in shares:
        needed, x, data = _read(text)
        if x in points:
            raise ShareRefused(f"share number {x} was given twice")
        if wanted not in (0, needed) or any(len(data) != len(other) for other in points.values()):
            raise ShareRefused(f"share number {x} does not belong with the others")
        wanted, points[x] = needed, data
    if len(points) < max(wanted, 2):
        raise ShareRefused(f"{len(points)} shares were given and {max(wanted, 2)} are needed")
    used = dict(list(points.items())[:wanted])
    weights = {x: _weight(x, list(used)) for x in used}
    length = len(next(iter(used.values())))
    return bytes(reduce(lambda a, b: a ^ b, (multiply(weights[x], used[x][i]) for x in used), 0) for i in range(length))


def _at(column: bytes, x: int) -> int:
    """Horner's rule: the polynomial with these coefficients, lowest first, at x."""
    return reduce(lambda value, coefficient: multiply(value, x) ^ coefficient, reversed(column), 0)


def _weight(x: int, others: Sequence[int]) -> int:
    """Lagrange's weight of the point x at zero; subtraction is exclusive or."""
    return reduce(lambda value, o: multiply(value, divide(o, o ^ x)), (o for o in others if o != x), 1)


def _write(needed: int, x: int, data: bytes) -> str:
    head = f"{needed}-{x}-"
    check = sha256(head.encode() + data).digest()[:CHECK_BYTES]
    return head + (data + check).hex()


def _read(text: str) -> tuple[int, int, bytes]:
    try:
        needed, x, digits = text.strip().split("-")
        raw = bytes.fromhex(digits)
        data, check = raw[:-CHECK_BYTES], raw[-CHECK_BYTES:]
        number, point = int(needed), int(x)
    except ValueError:
        raise ShareRefused("a share reads like 3-2-9fa0…: two numbers and hex digits joined by hyphens") from None
    if sha256(f"{number}-{point}-".encode() + data).digest()[:CHECK_BYTES] != check or not 1 <= point <= 255:
        raise ShareRefused(f"share number {point} is mistyped: its check digits do not fit")
    return number, point, data
