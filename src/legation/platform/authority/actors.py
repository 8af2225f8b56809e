"""Who is asking? Actors made from sign-ins and from service accounts, with today's rights."""

from collections.abc import Iterable

from legation.foundations.markings import Classification, Marking, Tlp
from legation.platform.authority.actor import Actor, Role, ServiceAccount
from legation.platform.authority.markings import readable_by
from legation.platform.authority.models import Operator
from legation.platform.authority.table import rows, verbs_of

NOBODY = Actor("nobody", "nobody", frozenset(), frozenset(), Marking(), frozenset())

# A service account reads what the commands given to it may hold, never a compartment: the box's own owner is not
# thereby cleared. Reading more needs a person's key.
SERVICE_CLEARANCE = Marking(Classification.CONFIDENTIAL, Tlp.AMBER_STRICT)

ADMINISTRATION = Marking(compartments=frozenset({"OPERATORS"}))
"""How operators' accounts are marked: who only administers reads these and nothing else in the house."""


def service(account: ServiceAccount) -> Actor:
    """The actor of a program."""
    roles = frozenset({account.value})
    return Actor(
        id=f"service/{account}",
        name=account.value,
        roles=roles,
        missions=None,
        clearance=SERVICE_CLEARANCE,
        markings=readable_by(SERVICE_CLEARANCE),
        verbs=verbs_of(roles),
    )


def of_operator(operator: Operator) -> Actor:
    """The actor of a person. Who only administers reads no content: no marking is his."""
    if not operator.active:
        return NOBODY
    roles = frozenset(filter(None, operator.roles.split(",")))
    clearance = Marking.parse(operator.clearance)
    markings = readable_by(clearance)
    if roles <= {Role.ADMINISTRATOR}:
        markings = readable_by(ADMINISTRATION) - readable_by(Marking())
    return Actor(
        id=f"operator/{operator.pk}",
        name=operator.name,
        roles=roles,
        missions=frozenset(operator.scope.split(",")) if operator.scope else None,
        clearance=clearance,
        markings=markings,
        verbs=verbs_of(roles),
    )


def of_user(user: object) -> Actor:
    """The actor of a signed-in user; nobody where the user is anonymous, inactive or no operator."""
    if not getattr(user, "is_authenticated", False) or not getattr(user, "is_active", False):
        return NOBODY
    operator = Operator.objects.filter(user_id=str(getattr(user, "pk", ""))).first()
    return of_operator(operator) if operator else NOBODY


def people_with(roles: frozenset[str], mission: str | None) -> list[tuple[str, str]]:
    """Active persons who hold one of these roles and whose scope holds the mission (None: whatever their scope):
    (actor id, name), by name."""
    rows = Operator.objects.filter(active=True).order_by("name")
    fit = [row for row in rows if mission is None or not row.scope or mission in row.scope.split(",")]
    return [(f"operator/{row.pk}", row.name) for row in fit if roles & set(row.roles.split(","))]


def who_may(verb: str, mission: str) -> list[tuple[str, str]]:
    """Active persons who hold the verb and whose scope holds the mission: (actor id, name), by name."""
    return people_with(frozenset().union(*(row.holders for row in rows() if row.verb == verb)), mission)


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Actor id → the person's name, of those that are accounts here; the caller has asked whether he may know."""
    keys = {one.removeprefix("operator/") for one in actors if one.startswith("operator/")}
    return {f"operator/{row.pk}": row.name for row in Operator.objects.filter(pk__in=keys)}


def people_who_may(verb: str, mission: str | None) -> dict[str, str]:
    """Active persons with this verb at the mission (None: at every mission), as actor id → name, by name."""
    rows = Operator.objects.filter(active=True).order_by("name")
    fit = [row for row in rows if not row.scope or (mission is not None and mission in row.scope.split(","))]
    return {f"operator/{row.pk}": row.name for row in fit if verb in verbs_of(frozenset(row.roles.split(",")))}


def of_id(actor_id: str) -> Actor:
    """The actor behind an actor id, with today's rights; nobody where the account is absent or closed."""
    row = Operator.objects.filter(pk=actor_id.removeprefix("operator/")).first()
    return of_operator(row) if row else NOBODY
