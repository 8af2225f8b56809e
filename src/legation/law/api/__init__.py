"""The room law over HTTP with JSON, a module for each part of it."""

from ninja import Router

from legation.law.api import host, limits, matrix, norms, protocols, standards

router = Router(tags=["law"])
router.add_router("", norms.router)
router.add_router("", host.router)
router.add_router("", limits.router)
router.add_router("", protocols.router)
router.add_router("", standards.router)
router.add_router("", matrix.router)
