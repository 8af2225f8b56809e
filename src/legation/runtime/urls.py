"""Which address leads where? Sign-in here, composite pages from desks, each room's own below its name."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
