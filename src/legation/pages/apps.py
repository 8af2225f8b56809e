"""What does Django know of the pages? Templates, template tags and static files; no models."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "legation.pages"
    label = "pages"
