"""Pages of the room law, a module for each part of it."""

from legation.law.web import limits, norms

urlpatterns = [*norms.urlpatterns, *limits.urlpatterns]
