"""How does the mission stand? The one value that flows down from a decision to every room."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class PostureLevel(IntEnum):
    """Normal work to evacuation; the names are the ministry's own to print beside the digits."""

    NORMAL = 1
    VIGILANT = 2
    HEIGHTENED = 3
    RESTRICTED = 4
    CRITICAL = 5


@dataclass(frozen=True, slots=True)
class Posture:
    """A mission's posture since an instant; lockdown closes every portal at once."""

    level: PostureLevel = PostureLevel.NORMAL
    lockdown: bool = False
    since: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a posture would change in one room, as a code with parameters."""

    room: str
    code: str
    params: dict[str, str | int] | None = None
