"""The room risk as Django knows it, and what it puts on pages it does not own."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "legation.risk"
    label = "risk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from legation.risk import panels
        from legation.risk.links import subscribers  # noqa: F401  # importing registers what the room hears

        panels.register()
