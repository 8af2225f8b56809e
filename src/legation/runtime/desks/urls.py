"""Addresses of the composite pages."""

from django.urls import URLPattern, URLResolver, path

from legation.runtime.desks import watch

urlpatterns: list[URLPattern | URLResolver] = [
    path("", watch.home, name="watch"),
]
