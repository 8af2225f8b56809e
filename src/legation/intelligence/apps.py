"""The room intelligence as Django knows it, and what it puts on pages it does not own."""

from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    name = "legation.intelligence"
    label = "intelligence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from legation.intelligence import panels
        from legation.intelligence.links import register, subscribers  # noqa: F401  # importing registers what the room hears

        panels.register()
