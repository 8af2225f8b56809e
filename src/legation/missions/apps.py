"""The room missions as Django knows it, and what it puts on pages it does not own."""

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "legation.missions"
    label = "missions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from legation.missions import panels
        from legation.missions.links import (
            custody,  # noqa: F401  # importing registers what the room hears
            occasions,  # noqa: F401  # importing registers what the room hears
            residences,  # noqa: F401  # importing registers what the room hears
            subscribers,  # noqa: F401  # importing registers what the room hears
        )

        panels.register()
