"""Addresses of the composite pages."""

from django.urls import URLPattern, URLResolver, path

from legation.runtime.desks import authority, brief, homes, ledger, mission, proposals, replay, search, world_map

urlpatterns: list[URLPattern | URLResolver] = [
    path("", homes.home, name="home"),
    path("watch/", homes.watch, name="watch"),
    path("briefs/compose/", brief.compose, name="brief-compose"),
    path("map.json", world_map.points, name="map_points"),
    path("missions/<str:key>/", mission.mission, name="mission"),
    path("proposals/<str:key>/", proposals.proposal, name="proposal"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.export, name="ledger_export"),
    path("ledger/<str:key>/", ledger.entry, name="ledger_entry"),
    path("authority", authority.authority, name="authority"),
    path("next-day", replay.next_day, name="next_day"),
    path("search", search.search, name="search"),
]
