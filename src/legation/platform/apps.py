"""The platform as Django knows it."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "legation.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
