"""What does Django know of the runtime? Enrolment links and the counters behind the sign-in lock-out."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "legation.runtime"
    label = "runtime"
    default_auto_field = "django.db.models.BigAutoField"
