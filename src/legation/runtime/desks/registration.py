"""Which panels and rail lines are the desks' own? Registered when Django starts, like those of the rooms."""

from django.utils.translation import gettext_noop as _

from legation.pages.panels import Panel, RailEntry, register_panel, register_rail
from legation.platform.authority.actor import Actor, Role
from legation.platform.ledger.checkpoints import latest
from legation.runtime.desks import changes, decisions, due, homes, proposals, standing, world_map  # noqa: F401  # importing says how uses are carried out, proposals settled

MAP, WORST, DECIDE = (f"desks/panels/{name}.html" for name in ("map", "worst", "decisions"))


def register() -> None:
    register_panel(Panel("watch.main", "map", world_map.home_map, MAP, order=10))
    register_panel(Panel("watch.main", "worst", world_map.home_worst, WORST, order=20, live=True))
    register_panel(Panel("watch.all", "map-all", world_map.whole_map, MAP, order=10))
    register_panel(Panel("watch.all", "worst-all", world_map.whole_worst, WORST, order=20, live=True))
    register_panel(Panel("rso.main", "own", world_map.own_panel, WORST, order=10, live=True))
    register_panel(Panel("watch.side", "decisions", decisions.panel, DECIDE, order=30, live=True))
    register_panel(Panel("rso.main", "own-decisions", decisions.panel, DECIDE, order=5, live=True))
    register_panel(Panel("watch.side", "changes", changes.panel, "desks/panels/changes.html", order=90, live=True))
    register_panel(Panel("rso.main", "own-changes", changes.panel, "desks/panels/changes.html", order=80, live=True))
    register_panel(Panel("rso.side", "due", due.panel, "desks/panels/due.html", order=20, live=True))
    register_rail(RailEntry(_("My day"), "home", 5, "", shown=has_own_home))
    register_rail(RailEntry(_("Watch"), "watch", 10, "watch.read"))
    register_rail(RailEntry(_("Ledger"), "ledger", 900, "ledger.read", count=checkpoint_sign))
    register_rail(RailEntry(_("Authority"), "authority", 910, ""))


def has_own_home(actor: Actor) -> bool:
    """Whose home is the watch floor has no second line for it."""
    return homes.home_of(actor) is not homes.watch_floor and not actor.roles <= {Role.ADMINISTRATOR}


def checkpoint_sign(_actor: Actor) -> str | None:
    """✓ where the record has a signed checkpoint; what it covers stands on the ledger page."""
    from django.conf import settings

    return "✓" if latest(settings.LEGATION_HOME) else None
