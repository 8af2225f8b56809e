"""What is done to operators' accounts: enrol, change, revoke. Nobody grants more than he may grant."""

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session

from legation.foundations.decisions import require
from legation.foundations.markings import Marking
from legation.platform.act import Context, act
from legation.platform.authority import rules
from legation.platform.authority.actors import ADMINISTRATION
from legation.platform.authority.events import OperatorChanged, OperatorEnrolled, OperatorRevoked
from legation.platform.authority.models import Operator, PersonalKey
from legation.platform.authority.resolve import House


@act("authority.enrol")
def enrol(
    ctx: Context,
    house: House,
    *,
    username: str,
    name: str,
    roles: frozenset[str],
    clearance: Marking,
    scope: frozenset[str] | None = None,
) -> Operator:
    """Give a person an account without a password; an enrolment link lets him set one.

    Raises Refused for an unknown role, an empty scope, or rights that the actor may not give.
    """
    require(rules.may_grant(ctx.actor.roles, roles, scope, clearance))
    user = get_user_model().objects.create_user(username=username)
    operator = Operator(
        id=ctx.new_id(),
        marking_id=ctx.marking_id(ADMINISTRATION),
        user=user,
        name=name,
        roles=",".join(sorted(roles)),
        scope=",".join(sorted(scope or ())),
        clearance=str(clearance),
    )
    return ctx.write(operator, OperatorEnrolled(operator.roles, operator.clearance))


@act("authority.change")
def change(
    ctx: Context,
    operator: Operator,
    *,
    roles: frozenset[str],
    clearance: Marking,
    scope: frozenset[str] | None,
) -> Operator:
    """Change a person's rights; they hold from his next request on, and within two seconds on an open live feed."""
    require(rules.may_grant(ctx.actor.roles, roles, scope, clearance))
    require(rules.not_oneself(ctx.actor.id, operator.pk))
    operator.roles, operator.clearance = ",".join(sorted(roles)), str(clearance)
    operator.scope = ",".join(sorted(scope or ()))
    return ctx.write(operator, OperatorChanged(operator.roles, operator.clearance, operator.scope))


@act("authority.revoke")
def revoke(ctx: Context, operator: Operator, *, reason: str) -> Operator:
    """Close an account: every session, key and live feed of it ends."""
    require(rules.not_oneself(ctx.actor.id, operator.pk))
    operator.active = False
    operator.user.is_active = False
    operator.user.save(update_fields=["is_active"])
    PersonalKey.objects.filter(operator=operator).delete()
    _end_sessions(operator.user_id)
    return ctx.write(operator, OperatorRevoked(reason))


def _end_sessions(user_id: int) -> None:
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(user_id):
            session.delete()
