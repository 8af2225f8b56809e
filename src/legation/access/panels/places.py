"""What sites, zones and portals put on other pages: their addresses and sentences."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.access.queries import places as queries
from legation.pages.panels import Panel, register_address, register_panel
from legation.pages.sentences import register_sentences
from legation.platform.authority.actor import Actor

SENTENCES = {
    "access.SiteOpened": _("Premises under access control: {name}"),
    "access.ZoneLaidOut": _("Zone laid out: {name}, {kind}"),
    "access.PortalFitted": _("Portal fitted: {name}"),
    "site_opened_already": _("These premises are under access control already."),
    "timezone_unknown": _("“{timezone}” is no time zone. Write it like Asia/Damascus."),
    "place_without_name": _("Give it a name that people use for it."),
    "place_name_taken": _("There is already a zone called “{name}” here."),
    "portal_code_odd": _("“{code}” cannot be a portal's code. Use small letters, digits and hyphens, three or more."),
    "portal_code_taken": _(
        "The code {code} belongs to another portal. Readers call themselves by it, so it is unique."
    ),
    "portal_leads_nowhere": _("A portal leads from one zone into another: choose two."),
}


def at_mission(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """The sites of a mission, and the way to bring more of its premises in."""
    if mission is None or "access.read" not in actor.verbs:
        return None
    return {"mission": mission, "sites": queries.sites(actor, mission)}


def register() -> None:
    register_panel(Panel("mission.side", "access.mission", at_mission, "access/panels/mission.html", order=40))
    register_address("Site", lambda key: reverse("access-site", args=[key]))
    register_address("Zone", lambda key: reverse("access-zone", args=[key]))
    register_address("Portal", lambda key: reverse("access-portal", args=[key]))
    register_sentences(SENTENCES)
