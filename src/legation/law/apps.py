"""The room law as Django knows it, and what it puts on pages it does not own."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "legation.law"
    label = "law"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from legation.law import panels
        from legation.law.links import protocols, subscribers  # noqa: F401  # importing registers what the room hears

        panels.register()
