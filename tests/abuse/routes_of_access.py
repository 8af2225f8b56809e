"""Who may ask the routes of access? Rows of the authority matrix: verb, method, is a mission named?"""

PAGES: dict[str, tuple[str, str, bool]] = {
    "access/": ("access.read", "get", False),
    "access/missions/<str:key>/": ("access.read", "get", True),
    "access/premises/<str:key>/open/": ("access.open_site", "post", False),
    "access/sites/<str:key>/": ("access.read", "get", False),
    "access/sites/<str:key>/zones/": ("access.lay_out_zone", "post", False),
    "access/sites/<str:key>/portals/": ("access.fit_portal", "post", False),
    "access/zones/<str:key>/": ("access.read", "get", False),
    "access/portals/<str:key>/": ("access.read", "get", False),
}

API: dict[tuple[str, str], tuple[str, str, bool]] = {
    ("get", "/api/access/missions/{key}/sites"): ("access.read", "get", True),
    ("post", "/api/access/premises/{key}/site"): ("access.open_site", "post", False),
    ("get", "/api/access/sites/{key}/zones"): ("access.read", "get", False),
    ("post", "/api/access/sites/{key}/zones"): ("access.lay_out_zone", "post", False),
    ("get", "/api/access/sites/{key}/portals"): ("access.read", "get", False),
    ("post", "/api/access/sites/{key}/portals"): ("access.fit_portal", "post", False),
}
