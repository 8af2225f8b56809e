"""The room access over HTTP with JSON, a module for each part of it."""

from ninja import Router

from legation.access.api import places

router = Router(tags=["access"])
router.add_router("", places.router)
