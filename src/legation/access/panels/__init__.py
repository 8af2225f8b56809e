"""What access puts on pages that are not its own: the rail, addresses, sentences. A module for each part."""

from django.utils.translation import gettext_noop as _

from legation.access.panels import places
from legation.pages.panels import RailEntry, register_rail


def register() -> None:
    register_rail(RailEntry(_("Access"), "access", 60, "access.read"))
    places.register()
