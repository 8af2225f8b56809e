"""Pages of the room law, a module for each part of it."""

from legation.law.web import host, limits, norms, protocols

urlpatterns = [*host.urlpatterns, *norms.urlpatterns, *limits.urlpatterns, *protocols.urlpatterns]
