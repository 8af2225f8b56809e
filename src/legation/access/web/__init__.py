"""Pages of the room access, a module for each part of it."""

from legation.access.web import places

PARTS = (places,)

urlpatterns = [pattern for part in PARTS for pattern in part.urlpatterns]
