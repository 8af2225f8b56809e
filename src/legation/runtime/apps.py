"""What does Django know of the runtime? Enrolment links, the sign-in counters, and the desks' own panels."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "legation.runtime"
    label = "runtime"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from legation.runtime.desks import registration

        registration.register()
