"""What may a room put on pages it does not own? Panels, rail entries, search, addresses of records, registered once.

A room registers in its apps.py `ready()`; the composite pages in runtime/desks lay the pieces out. Nothing here knows
a room, and no room knows another's panels.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from legation.foundations.identity import Ref
from legation.foundations.posture import Consequence, PostureLevel

type Query = Callable[[Any, str | None], Mapping[str, object] | None]
"""(actor, mission id or None) → the panel's context; None where the panel has nothing to say to this actor."""

_PAGES = {
    "watch": ("main", "all", "side"),
    "mission": ("head", "main", "side"),
    "rso": ("main", "side"),
    "staff": ("main", "side"),
}
SLOTS = tuple(f"{page}.{place}" for page, places in _PAGES.items() for place in places)


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a composite page: where it stands, what it asks, how it is drawn.

    slot: one of SLOTS. name: unique, also its name on the live feed. template: draws the context of `query`. A panel
    of a mission slot is asked with the mission's id.
    """

    slot: str
    name: str
    query: Query
    template: str
    order: int = 50
    live: bool = False


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A line of the rail: its label (a gettext message), the name of its url, and a count or a sign beside it."""

    label: str
    url_name: str
    order: int
    verb: str
    count: Callable[[Any], int | str | None] = lambda actor: None
    prefix: str = ""
    shown: Callable[[Any], bool] = lambda actor: True


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mission stands, for the map and the table beside it.

    band, residual: rank 1-5 of pages/bands.py, 0 not assessed. change: bands up or down in seven days. cause: the
    greatest contribution as a sentence; detail: a second line below it. url: where the causes open.
    """

    band: int
    residual: int = 0
    change: int = 0
    cause: str = ""
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the search: what it is, its title, one line about it, and where it opens."""

    kind: str
    title: str
    detail: str
    url: str


_panels: dict[str, Panel] = {}
_rail: dict[str, RailEntry] = {}
_searches: dict[str, Callable[[Any, str], Iterable[Found]]] = {}
_addresses: dict[str, Callable[[str], str]] = {}
_foresights: dict[str, Callable[[PostureLevel, Any, str], Iterable[Consequence]]] = {}


_standings: list[Callable[[Any], Mapping[str, Standing]]] = []


def register_standing(provider: Callable[[Any], Mapping[str, Standing]]) -> None:
    """The room that judges risk says how each visible mission stands: `provider(actor)` by mission id."""
    _standings[:] = [provider]


def standing(actor: Any) -> Mapping[str, Standing]:
    """How the missions stand for this actor; empty where no room judges yet."""
    return _standings[0](actor) if _standings else {}


def register_panel(panel: Panel) -> None:
    """Raises ValueError for an unknown slot: a panel that is never drawn is a mistake."""
    if panel.slot not in SLOTS:
        raise ValueError(f"there is no slot {panel.slot!r}; use one of {', '.join(SLOTS)}")
    _panels[panel.name] = panel


def register_rail(entry: RailEntry) -> None:
    _rail[entry.url_name] = entry


def register_search(room: str, search: Callable[[Any, str], Iterable[Found]]) -> None:
    """`search(actor, text)` answers only what the actor may read; it is asked with at least two characters."""
    _searches[room] = search


def register_address(record_type: str, address: Callable[[str], str]) -> None:
    """How a record of this type is opened: `address(id)` gives a path."""
    _addresses[record_type] = address


def register_foresight(room: str, foresee: Callable[[PostureLevel, Any, str], Iterable[Consequence]]) -> None:
    """`foresee(level, actor, mission id)`: what this posture would change in the room."""
    _foresights[room] = foresee


def panels(slot: str) -> list[Panel]:
    return sorted(
        (panel for panel in _panels.values() if panel.slot == slot), key=lambda panel: (panel.order, panel.name)
    )


def panel_named(name: str) -> Panel | None:
    return _panels.get(name)


def rail() -> list[RailEntry]:
    return sorted(_rail.values(), key=lambda entry: entry.order)


def searches() -> dict[str, Callable[[Any, str], Iterable[Found]]]:
    return dict(sorted(_searches.items()))


def foresee(level: PostureLevel, actor: Any, mission: str) -> list[Consequence]:
    """What every room says this posture would change at the mission."""
    return [found for _, ask in sorted(_foresights.items()) for found in ask(level, actor, mission)]


def address_of(ref: Ref | None) -> str:
    """Where the record opens; empty where its room gave no address."""
    known = _addresses.get(ref.type) if ref else None
    return known(ref.id) if ref and known else ""
