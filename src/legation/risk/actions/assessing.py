"""What people enter: vulnerability and impact with a reason, measures and their state, a posture to be decided."""

from dataclasses import dataclass, fields

from legation.foundations.decisions import Refused, require
from legation.foundations.identity import MissionId, RecordId, Ref
from legation.foundations.layers import Layer, Means
from legation.foundations.markings import OPEN
from legation.foundations.posture import PostureLevel
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Alarm
from legation.law import published as law
from legation.law.events.limits import Use
from legation.platform.act import Context, act
from legation.platform.records import Record
from legation.platform.writing import Urgency
from legation.risk import queries
from legation.risk.actions.figures import project
from legation.risk.events import MeasureAdded, MeasureChanged, PostureDeclined, PostureProposed, RiskAssessed
from legation.risk.models import Assessment, DeclinedPosture, Measure
from legation.risk.rules import entering, measures, posture
from legation.risk.rules.measures import MeasureState, MeasureValue
from legation.risk.rules.points import Criticality, Degree, Effectiveness
from legation.risk.rules.programme import ProgrammeCriticality


@dataclass(frozen=True, slots=True)
class Entered:
    """What a person enters about one threat class; None leaves the vulnerability or the number of persons open."""

    threat: ThreatClass
    vulnerability: Degree | None
    vulnerability_reason: str
    people: int | None
    criticality: Criticality
    programme: ProgrammeCriticality
    impact_reason: str
    area: str = ""


@act("risk.assess")
def assess(ctx: Context, mission: Record, entered: Entered) -> Assessment:
    """Enter vulnerability and impact with their reasons. Raises Refused where a reason is missing."""
    require(
        entering.may_enter(entered.vulnerability, entered.vulnerability_reason, entered.people, entered.impact_reason)
    )
    row = Assessment.objects.filter(mission_id=mission.pk, threat=entered.threat, area=entered.area).first()
    if row is None:
        row = Assessment(id=ctx.new_id(), mission_id=mission.pk, marking_id=mission.marking_id, assessed_at=ctx.now)
    names = [f.name for f in fields(entered)]
    changed = tuple(name for name in names if getattr(row, name) != getattr(entered, name))
    row.take(entered)
    row.assessed_by, row.assessed_at = ctx.actor.id, ctx.now
    ctx.write(row, RiskAssessed(entered.threat, changed))
    project([mission.pk], ctx.now)
    return row


@dataclass(frozen=True, slots=True)
class Stated:
    """A measure as a person states it; no threats means all of them. norm: a code or a citation of the register."""

    title: str
    layer: Layer
    means: Means
    aspect: Aspect
    points: float
    effectiveness: Effectiveness
    cost: float
    currency: str
    norm: str
    threats: tuple[ThreatClass, ...] = ()
    uses: tuple[Use, ...] = ()


@act("risk.add_measure")
def add_measure(ctx: Context, mission: Record, stated: Stated) -> Measure:
    """Propose a measure with cost, layer and norm.

    Raises Refused where it could not be checked by others, rests on no norm of the register, or uses what host law
    forbids or ties to a consent that is not on record.
    """
    key = ctx.new_id()
    value = MeasureValue(
        RecordId(key),
        MissionId(mission.pk),
        stated.title,
        stated.layer,
        stated.means,
        stated.aspect,
        stated.points,
        stated.effectiveness,
        MeasureState.PROPOSED,
        stated.cost,
        stated.currency,
        stated.norm,
        stated.threats,
    )
    require(measures.may_be_stated(value))
    norm = law.norm_named(ctx.actor, stated.norm)
    require(measures.may_rest_on(stated.norm, found=norm is not None))
    require(law.limit_on(ctx.actor, mission.pk, stated.uses))
    row = Measure(id=key, mission_id=mission.pk, marking_id=mission.marking_id).take(stated)
    row.threats, row.uses = ",".join(stated.threats), ",".join(stated.uses)
    row.norm, row.norm_cited = (norm.code, norm.cited) if norm else (stated.norm, "")
    ctx.write(row, MeasureAdded(stated.title, stated.aspect, stated.points))
    project([mission.pk], ctx.now)
    return row


@act("risk.set_measure")
def set_measure_state(
    ctx: Context, measure: Measure, state: MeasureState, *, effectiveness: Effectiveness | None = None
) -> Measure:
    """Choose a measure, put it in force or withdraw it, and say how far it is proven.

    Raises Refused, also where a consent that it needs under host law no longer holds.
    """
    before = measure.state
    if state in {MeasureState.CHOSEN, MeasureState.IN_FORCE}:
        require(law.limit_on(ctx.actor, measure.mission_id or "", measure.used))
    tested = effectiveness is not None and effectiveness != measure.effectiveness
    if not (tested and state.value == before):
        measure.state = measures.become(measure.value, state).state.value
    if effectiveness is not None:
        measure.effectiveness = int(effectiveness)
    ctx.write(measure, MeasureChanged(measure.title, before, measure.state, measure.effectiveness))
    project([measure.mission_id or ""], ctx.now)
    return measure


@act("risk.propose_posture", urgency=Urgency.ALARM)
def propose_posture(ctx: Context, mission: Record) -> PostureLevel:
    """Say that risk calls for another posture, as an alarm that a person answers. Raises Refused where it fits."""
    proposal = queries.proposal(ctx.actor, mission.pk, ctx.now)
    if proposal is None:
        raise Refused(entering.posture_fits())
    if queries.declined(ctx.actor, mission.pk, proposal) is not None:
        raise Refused(entering.posture_declined())
    threat = str(proposal.causes[0].params.get("threat") or proposal.causes[0].params.get("title") or "")
    alarm = Alarm(
        MissionId(mission.pk),
        queries.POSTURE_ALARM,
        posture.severity(proposal),
        Ref("Mission", mission.pk),
        f"posture/{int(proposal.proposed)}",
        {"current": int(proposal.current), "proposed": int(proposal.proposed), "cause": threat.replace("_", " ")},
    )
    fact = PostureProposed(int(proposal.current), int(proposal.proposed), proposal.causes[0].code)
    ctx.announce(fact, mission=mission.pk, words=[alarm], subjects=[Ref("Mission", mission.pk)])
    return proposal.proposed


@act("risk.decline_posture", urgency=Urgency.ALARM)
def decline_posture(ctx: Context, mission: Record, *, reason: str) -> DeclinedPosture:
    """Answer what risk calls for with no, and why. Raises Refused where nothing is proposed or it was declined."""
    proposal = queries.proposal(ctx.actor, mission.pk, ctx.now)
    known = proposal is not None and queries.declined(ctx.actor, mission.pk, proposal) is not None
    require(posture.may_decline(proposal, reason, declined=known))
    assert proposal is not None  # the rule refuses without one
    row = DeclinedPosture(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(OPEN),
        proposed=int(proposal.proposed),
        current=int(proposal.current),
        ground=proposal.ground,
        reason=reason.strip(),
        declined_by=ctx.actor.id,
        declined_at=ctx.now,
    )
    return ctx.write(row, PostureDeclined(row.proposed, row.current, row.reason))
