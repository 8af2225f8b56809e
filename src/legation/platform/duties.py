"""What must be looked after again and again? Slow work of rooms, which the worker turns outside the write lock."""

from collections.abc import Callable

type Duty = Callable[[], int]

_duties: dict[str, Duty] = {}


def duty(name: str) -> Callable[[Duty], Duty]:
    """Register a duty: it looks whether there is something to do, does it through an act, and returns how much."""

    def mark(work: Duty) -> Duty:
        _duties[name] = work
        return work

    return mark


def duties() -> tuple[Duty, ...]:
    """All of them, in the order in which they were registered."""
    return tuple(_duties.values())
