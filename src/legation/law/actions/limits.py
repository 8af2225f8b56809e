"""What is done about host-law limits: a consent is recorded, withdrawn, or ends with its time."""

from legation.foundations.decisions import require
from legation.foundations.identity import MissionId
from legation.foundations.words import Alarm, Due, Severity
from legation.law.events.limits import ConsentEnded, ConsentRecorded, ConsentState, Use
from legation.law.models import Consent
from legation.law.queries import limits as queries
from legation.law.rules import limits as rules
from legation.law.rules.limits import Said
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.records import Record
from legation.platform.writing import Urgency

CONSENT_ENDS = "law.consent_ends"
"""The kind of deadline that ends a consent."""


@act("law.record_consent")
def record_consent(ctx: Context, mission: Record, use: Use, said: Said) -> Consent:
    """Record a consent that a norm asks for at this mission. Raises Refused with what it lacks."""
    held = [row.value for row in queries.consents(ctx.actor, mission.pk)]
    limit = rules.to_consent(use, queries.limits(ctx.actor, mission.pk), held, ctx.now)
    require(rules.may_record(limit, said, ctx.now))
    row = Consent(id=ctx.new_id(), mission_id=mission.pk, marking_id=mission.marking_id, use=use).take(said)
    row.norm = limit.norm if limit else ""
    due = Due(MissionId(mission.pk), CONSENT_ENDS, row.ref, said.until, "rso", row.deadline_key) if said.until else None
    return ctx.write(row, ConsentRecorded(use, row.norm, row.given_by), words=[due] if due else [])


@act("law.withdraw_consent")
def withdraw_consent(ctx: Context, row: Consent) -> Consent:
    """Take a consent off: it was taken back, or was none. What rests on it is refused from now on."""
    deadlines.settle(row.deadline_key)
    return _end(ctx, row, ConsentState.WITHDRAWN)


@act("law.end_consent", urgency=Urgency.ALARM)
def end_consent(ctx: Context, row: Consent) -> Consent:
    """The time of a consent is over: what rests on it must stop or be consented anew. One that has ended stays so."""
    return row if row.state != ConsentState.HOLDS else _end(ctx, row, ConsentState.EXPIRED)


def _end(ctx: Context, row: Consent, state: ConsentState) -> Consent:
    row.state = state.value
    mission = MissionId(row.mission_id or "")
    params: dict[str, str | int | float] = {"use": row.use, "by": row.given_by}
    alarm = Alarm(mission, "law.consent_ended", Severity.NOTICE, row.ref, f"consent/{row.pk}", params)
    return ctx.write(row, ConsentEnded(Use(row.use), row.norm, state), words=[alarm])
