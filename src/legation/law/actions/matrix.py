"""What is done about responsibilities: duties are given to somebody, released, and gone through."""

from collections.abc import Sequence
from dataclasses import dataclass

from legation.foundations.decisions import require
from legation.foundations.identity import MissionId, Ref
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Evidence
from legation.law.events.matrix import Holder, MatrixReviewed, ResponsibilityGiven, ResponsibilityReleased
from legation.law.models import Holding
from legation.law.queries import matrix as queries
from legation.law.rules import matrix as rules
from legation.law.rules.matrix import Held, Standing
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.records import Record


@dataclass(frozen=True, slots=True)
class Given:
    """A duty given to somebody: on which side, which office or person, for which part of it."""

    subject: Ref
    holder: Holder
    office: str = ""
    person: str = ""
    part: str = ""
    title: str = ""


@act("law.give_responsibility")
def give_responsibility(ctx: Context, mission: Record, given: Sequence[Given]) -> list[Holding]:
    """Say who holds duties at a mission. Raises Refused for a holder without a name; two are shown."""
    rows = []
    for one in given:
        require(rules.may_hold(Held(one.subject, one.part, one.holder, one.office, one.person)))
        row = Holding(id=ctx.new_id(), mission_id=mission.pk, marking_id=mission.marking_id, since=ctx.now)
        row.subject_type, row.subject_id, row.title = one.subject.type, one.subject.id, one.title[:200]
        row.holder, row.office, row.person_id, row.part = one.holder, one.office.strip(), one.person, one.part.strip()
        rows.append(row)
    if rows:
        subjects = tuple(dict.fromkeys(str(row.subject) for row in rows))
        words = [_evidence(ctx, mission.pk, Ref.parse(subject), 0.0) for subject in subjects]
        ctx.write_many(rows, ResponsibilityGiven(subjects), words=words)
    return rows


@act("law.release_responsibility")
def release_responsibility(ctx: Context, row: Holding) -> Holding:
    """Somebody no longer holds a duty; where nobody is left and it is grave, it counts as vulnerability."""
    if row.released:
        return row
    row.released = True
    mission = row.mission_id or ""
    duty = queries.duty(ctx.actor, mission, row.subject)
    others = [h.value for h in queries.holdings(ctx.actor, mission) if h.subject == row.subject and h.pk != row.pk]
    points = rules.hole_points(grave=duty is not None and duty.grave, standing=rules.standing(others))
    evidence = _evidence(ctx, mission, row.subject, points, duty.cited if duty else row.title)
    return ctx.write(row, ResponsibilityReleased(str(row.subject)), words=[evidence])


@act("law.review_matrix")
def review_matrix(ctx: Context, mission: Record) -> MatrixReviewed:
    """Go through every duty of a mission: each grave hole is spoken as vulnerability, each filled one withdrawn."""
    lines = queries.matrix(ctx.actor, mission.pk)
    words = [
        _evidence(
            ctx,
            mission.pk,
            line.duty.subject,
            rules.hole_points(grave=line.duty.grave, standing=line.standing),
            line.duty.cited,
        )
        for line in lines
        if line.duty.grave
    ]
    count = [line.standing for line in lines]
    fact = MatrixReviewed(len(lines), count.count(Standing.HOLE), count.count(Standing.DOUBLE))
    ctx.announce(fact, mission=mission.pk, marking=marking_of(mission.marking_id), words=words, subjects=[mission.ref])
    return fact


def _evidence(ctx: Context, mission: str, subject: Ref, points: float, cited: str = "") -> Evidence:
    return Evidence(
        speaker="law",
        subject=Ref("Duty", f"{mission}.{subject.id}"[:64]),
        aspect=Aspect.VULNERABILITY,
        threat=ThreatClass.TERRORISM,
        mission=MissionId(mission),
        strength=points,
        observed_at=ctx.now,
        params={"duty": cited, "standing": "held by nobody"},
    )
