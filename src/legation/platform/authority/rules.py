"""Which rights may one person give another?"""

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.markings import Marking
from legation.platform.authority.actor import Role, ServiceAccount

RULE = "grant"


def may_grant(
    giver: frozenset[str], roles: frozenset[str], scope: frozenset[str] | None, clearance: Marking
) -> Decision:
    """Administrators and the node's own command line give accounts; administering excludes reading.

    An account either administers or reads content, never both, so that who runs the node cannot clear himself.
    """
    if not giver & {Role.ADMINISTRATOR, ServiceAccount.LOCAL}:
        return Refusal("not_yours_to_give", RULE)
    unknown = roles - {role.value for role in Role}
    if unknown or not roles:
        return Refusal("unknown_role", RULE, params={"roles": ", ".join(sorted(unknown)) or "none"})
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        return Refusal("administrator_alone", RULE)
    if scope is not None and not scope:
        return Refusal("empty_scope", RULE)
    if "OPERATORS" in clearance.compartments:
        return Refusal("reserved_compartment", RULE, params={"compartment": "OPERATORS"})
    return Grant(RULE)


def not_oneself(actor_id: str, operator_id: str) -> Decision:
    """Nobody changes or closes his own account."""
    if actor_id == f"operator/{operator_id}":
        return Refusal("own_account", RULE)
    return Grant(RULE)
