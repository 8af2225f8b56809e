"""How is a fact of an older shape read today? Pure functions from version n to n+1, kept for ever.

Ledger bytes are never rewritten: a room that changes a fact adds one function here and keeps the golden body of the
older version among its tests.
"""

from collections.abc import Callable

type Upcaster = Callable[[dict[str, object]], dict[str, object]]

_steps: dict[tuple[str, int], Upcaster] = {}


class NoSuchVersion(Exception):
    """The fact was written by a later release; this one must not guess at it."""


def upcaster(name: str, version: int) -> Callable[[Upcaster], Upcaster]:
    """Register the step from `name/version` to `name/version+1`. Raises ValueError for a second one."""

    def mark(step: Upcaster) -> Upcaster:
        if (name, version) in _steps:
            raise ValueError(f"two functions bring {name}/{version} forward")
        _steps[name, version] = step
        return step

    return mark


def to_present(fact: str, said: dict[str, object], *, wanted: int | None = None) -> dict[str, object]:
    """The fact's fields brought forward as far as there are steps, or to `wanted`. Raises NoSuchVersion beyond it."""
    name, _, digits = fact.rpartition("/")
    version = int(digits)
    if wanted is not None and version > wanted:
        raise NoSuchVersion(f"{fact} is newer than this release, which knows {name}/{wanted}; update this node")
    while (name, version) in _steps and version != wanted:
        said, version = _steps[name, version](dict(said)), version + 1
    return said


def latest(name: str) -> int:
    """The version that the steps lead to; 1 where there is none."""
    return max((version + 1 for known, version in _steps if known == name), default=1)
