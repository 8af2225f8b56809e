"""Pages of the room law, a module for each part of it."""

from legation.law.web import entering, host, limits, matrix, norms, protocols, standards

PARTS = (entering, host, limits, matrix, norms, protocols, standards)

urlpatterns = [pattern for part in PARTS for pattern in part.urlpatterns]
