"""What the host-state ledger puts on pages that are not its own."""

from collections.abc import Mapping

from legation.law.queries import host as queries
from legation.pages.panels import Panel, register_panel
from legation.platform.authority.actor import Actor

SHOWN = 5


def register() -> None:
    register_panel(Panel("mission.main", "law.host", panel, "law/host_panel.html", order=50))
    register_panel(Panel("rso.side", "law.host_rso", panel, "law/host_panel.html", order=45))


def panel(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Requests that wait, what is due first, and the two ways in."""
    if "law.read" not in actor.verbs:
        return None
    return {
        "requests": queries.requests(actor, mission or "")[:SHOWN],
        "mission": mission,
        "may_ask": "law.ask_host" in actor.verbs,
        "may_log": "law.log_entry" in actor.verbs,
    }
