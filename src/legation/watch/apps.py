"""The room watch as Django knows it, and what it puts on pages it does not own."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "legation.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from legation.watch import panels
        from legation.watch.links import authorities, handing, rostering, subscribers  # noqa: F401  # importing registers what the room hears

        panels.register()
