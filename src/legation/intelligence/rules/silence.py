"""Has a source fallen silent? Nothing heard for longer than is normal for it: quiet pages may then be blind ones."""

from dataclasses import dataclass
from enum import StrEnum


class Hearing(StrEnum):
    """Where a source stands; codes with a sentence in a template."""

    NEVER = "never_heard"
    HEARD = "heard"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Silence:
    """hearing, since when nothing came (0: never), by how many of its cadences it is overdue (0: not)."""

    hearing: Hearing
    since_s: int
    cadences_missed: float


def silence(last_heard_s: int | None, cadence_s: int, now_s: int) -> Silence:
    """last_heard_s: when it was last read successfully, also where it had nothing new; None: never yet.

    cadence_s: the longest silence that is normal, > 0. A source heard in the future (a clock stepped back) is heard.
    """
    if cadence_s <= 0:
        raise ValueError(f"a cadence of {cadence_s} s is none; give the longest silence that is normal, in seconds")
    if last_heard_s is None:
        return Silence(Hearing.NEVER, 0, 0.0)
    missed = (now_s - last_heard_s) / cadence_s - 1.0
    if missed > 0:
        return Silence(Hearing.SILENT, last_heard_s, missed)
    return Silence(Hearing.HEARD, last_heard_s, 0.0)
