"""Who may accept how much, and what is accepted until when."""

from datetime import datetime

from legation.foundations.decisions import Refused, require
from legation.foundations.identity import MissionId
from legation.foundations.threats import ThreatClass
from legation.foundations.words import Alarm, Due, Severity, Word
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.markings import marking_of
from legation.platform.records import Record
from legation.platform.writing import Urgency
from legation.risk.events import AcceptanceDelegated, AcceptanceEnded, DelegationWithdrawn, RiskAccepted
from legation.risk.models import Acceptance, Assessment, Delegation, ScenarioRow
from legation.risk.rules import acceptance as rules
from legation.risk.rules.acceptance import AcceptanceState, Wish
from legation.risk.rules.matrix import Band
from legation.risk.rules.programme import ProgrammeCriticality

EXPIRY = "risk.acceptance_expires"
"""The kind of deadline that ends an acceptance."""


MINISTRY = f"service/{ServiceAccount.LOCAL}"
"""The node's own command line stands for the ministry: the first delegation at a mission comes from there."""
NONE_HELD = 0


def held_by(person: str, mission: str) -> list[Delegation]:
    """Delegations that were not withdrawn."""
    return list(Delegation.objects.filter(mission_id=mission, person=person, withdrawn=False))


@act("risk.delegate")
def delegate(
    ctx: Context, mission: Record, *, person: str, person_name: str, max_band: Band, until: datetime
) -> Delegation:
    """Let a person accept risk up to a band at this mission until then. Raises Refused for the past or one's own."""
    live = [d for d in held_by(ctx.actor.id, mission.pk) if ctx.now < d.until]
    own = None if ctx.actor.id == MINISTRY else max((Band(d.max_band) for d in live), default=NONE_HELD)
    require(rules.may_delegate(ctx.actor.id, own, person, max_band, until, ctx.now))
    row = Delegation(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=mission.marking_id,
        person=person,
        person_name=person_name,
        max_band=int(max_band),
        until=until,
    )
    return ctx.write(row, AcceptanceDelegated(person, int(max_band), until))


@act("risk.withdraw_delegation")
def withdraw_delegation(ctx: Context, row: Delegation) -> Delegation:
    """Take the right back; what was accepted under it stands until it is withdrawn or ends."""
    row.withdrawn = True
    return ctx.write(row, DelegationWithdrawn(row.person, row.max_band))


@act("risk.accept")
def accept(ctx: Context, assessment: Assessment, *, until: datetime, reason: str) -> Acceptance:
    """Accept the residual risk as it stands until then. Raises Refused with the reason and with those who could."""
    mission = assessment.mission_id or ""
    stands = (
        ScenarioRow.objects.visible_to(ctx.actor)
        .filter(mission_id=mission, threat=assessment.threat)
        .order_by("-level")
        .first()
    )
    if stands is None:
        raise Refused(rules.not_computed())
    wish = Wish(
        ctx.actor.id,
        MissionId(mission),
        Band(stands.residual_band),
        ProgrammeCriticality(assessment.programme),
        until,
        reason,
    )
    held = Delegation.objects.filter(mission_id=mission)
    names = {row.person: row.person_name for row in held}
    require(rules.may_accept(wish, [row.value for row in held], ctx.now, names))
    row = Acceptance(
        id=ctx.new_id(),
        mission_id=mission,
        marking_id=ctx.marking_id(marking_of(assessment.marking_id).join(marking_of(stands.marking_id))),
        assessment_id=assessment.pk,
        threat=assessment.threat,
        person=ctx.actor.id,
        person_name=ctx.actor.name,
        accepted_band=stands.residual_band,
        present_band=stands.present_band,
        accepted_at=ctx.now,
        until=until,
        reason=reason.strip(),
    )
    due = Due(MissionId(mission), EXPIRY, row.ref, until, ctx.actor.id, row.deadline_key)
    earlier = list(
        Acceptance.objects.filter(assessment_id=assessment.pk, state=AcceptanceState.HOLDS).select_for_update()
    )
    for old in earlier:
        old.state = AcceptanceState.REPLACED.value
        deadlines.settle(old.deadline_key)
    fact = RiskAccepted(assessment.threat_class, stands.residual_band, until)
    ctx.write_many([row, *earlier], fact, words=[due])
    return row


@act("risk.withdraw_acceptance")
def withdraw_acceptance(ctx: Context, row: Acceptance) -> Acceptance:
    """A person takes an acceptance back. Raises Refused where it has ended."""
    return _end(ctx, row, AcceptanceState.WITHDRAWN, ())


@act("risk.end_acceptance", urgency=Urgency.ALARM)
def end_acceptance(ctx: Context, row: Acceptance) -> Acceptance:
    """Expire or lapse an acceptance where its time is up or the risk rose above it; otherwise leave it as it is."""
    stands = ScenarioRow.objects.filter(mission_id=row.mission_id, threat=row.threat).order_by("-level").first()
    present = Band(stands.present_band) if stands else Band.LOW
    residual = Band(stands.residual_band) if stands else Band.LOW
    state = rules.ends(row.value, present=present, residual=residual, now=ctx.now)
    if state is AcceptanceState.HOLDS or state.value == row.state:
        return row
    alarm = Alarm(
        MissionId(row.mission_id or ""),
        f"risk.acceptance_{state.value}",
        Severity.SERIOUS if state is AcceptanceState.LAPSED else Severity.NOTICE,
        row.ref,
        row.pk,
        {"threat": row.threat.replace("_", " "), "by": row.person_name, "present": present.name.lower()},
    )
    return _end(ctx, row, state, (alarm,))


def _end(ctx: Context, row: Acceptance, state: AcceptanceState, words: tuple[Word, ...]) -> Acceptance:
    row.state = rules.end(row.value, state).state.value
    deadlines.settle(row.deadline_key)
    return ctx.write(row, AcceptanceEnded(ThreatClass(row.threat), row.accepted_band, row.state), words=words)
