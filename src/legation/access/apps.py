"""The room access as Django knows it, and what it puts on pages it does not own."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "legation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from legation.access import panels

        panels.register()
