"""What sites, zones and portals put on other pages: their addresses and sentences."""

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.pages.panels import register_address
from legation.pages.sentences import register_sentences

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


def register() -> None:
    register_address("Site", lambda key: reverse("access-site", args=[key]))
    register_address("Zone", lambda key: reverse("access-zone", args=[key]))
    register_address("Portal", lambda key: reverse("access-portal", args=[key]))
    register_sentences(SENTENCES)
