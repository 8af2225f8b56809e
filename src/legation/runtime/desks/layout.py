"""How are panels turned into pieces of a page, for a request and for the live feed alike?"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string

from legation.pages.panels import Panel, panels
from legation.platform import clock
from legation.platform.authority.actor import Actor


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn panel; live ones are swapped by name when something changes. name: as in `live_name`."""

    name: str
    html: str
    live: bool


def fragment(panel: Panel, actor: Actor, mission: str | None = None, request: HttpRequest | None = None) -> str | None:
    """The panel's HTML, or None where it has nothing to say to this actor."""
    context = panel.query(actor, mission)
    if context is None:
        return None
    around = {"actor": actor, "as_of": clock.as_of(), "held": clock.is_demonstration(), "panel": panel.name}
    return render_to_string(panel.template, {**around, **context}, request=request)


def live_name(panel: Panel, mission: str | None) -> str:
    """`risk.causes@0193…`: a panel that stands on a mission's page is asked for with the mission's id."""
    return f"{panel.name}@{mission}" if mission else panel.name


def drawn(slot: str, actor: Actor, mission: str | None = None, request: HttpRequest | None = None) -> list[Piece]:
    """All panels of a slot that have something to say, in their order."""
    found = [(panel, fragment(panel, actor, mission, request)) for panel in panels(slot)]
    return [Piece(live_name(panel, mission), html, panel.live) for panel, html in found if html is not None]
