"""May a site, a zone or a portal be laid out so?"""

import re

from legation.foundations.decisions import Decision, Grant, Refusal

RULE = "places"
CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]")
"""A portal's code stands in topics and addresses of readers, so it is plain."""


def may_open(name: str, timezone: str, *, known: bool, opened: bool) -> Decision:
    """A site has a name and a time zone; premises become one site only once. known: is there such a time zone."""
    if opened:
        return Refusal("site_opened_already", RULE)
    if not name.strip():
        return Refusal("place_without_name", RULE)
    if not known:
        return Refusal("timezone_unknown", RULE, params={"timezone": timezone})
    return Grant(RULE)


def may_lay_out(name: str, taken: frozenset[str]) -> Decision:
    """A zone has a name of its own at its site."""
    if not name.strip():
        return Refusal("place_without_name", RULE)
    if name.strip() in taken:
        return Refusal("place_name_taken", RULE, params={"name": name.strip()})
    return Grant(RULE)


def may_fit(name: str, code: str, taken: frozenset[str], inside: str, outside: str | None) -> Decision:
    """A portal has a name, a plain code that no other has, and leads from one zone into another."""
    if not name.strip():
        return Refusal("place_without_name", RULE)
    if not CODE.fullmatch(code):
        return Refusal("portal_code_odd", RULE, params={"code": code})
    if code in taken:
        return Refusal("portal_code_taken", RULE, params={"code": code})
    if inside == outside:
        return Refusal("portal_leads_nowhere", RULE)
    return Grant(RULE)
