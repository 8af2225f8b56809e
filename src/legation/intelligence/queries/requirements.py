"""What may this actor read of the questions that are asked, and how do those who are asked answer?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from legation.foundations.markings import Marking
from legation.intelligence.models.requirements import Agency, Answer, Requirement
from legation.intelligence.rules.requirements import STANDING, Exchange, State, Track, track
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.markings import marking_of
from legation.platform.records import MarkedQuerySet


@dataclass(frozen=True, slots=True)
class RequirementSeen:
    """A question with the names of its mission and of who is asked."""

    row: Requirement
    mission: str
    agency: str
    late: bool
    told: Marking  # of the question together with the name of who is asked

    @property
    def marking(self) -> str:
        return str(marking_of(self.row.marking_id))


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """An answer with the name of who gave it."""

    row: Answer
    agency: str

    @property
    def marking(self) -> str:
        return str(marking_of(self.row.marking_id))


@dataclass(frozen=True, slots=True)
class AgencySeen:
    """Somebody who can be asked, how he answers, and what is asked of him now."""

    row: Agency
    track: Track
    standing: int
    overdue: int


def requirements(actor: Actor) -> "MarkedQuerySet[Requirement]":
    """Visible questions, the most pressing first."""
    return Requirement.objects.visible_to(actor).order_by("-priority", "due_at", "id")


def standing(actor: Actor, *, mission: str | None = None) -> list[RequirementSeen]:
    """Questions that are not closed; of one mission those of the whole service too."""
    rows = requirements(actor).filter(state__in=[one.value for one in STANDING])
    if mission is not None:
        rows = rows.filter(mission_id=mission) | rows.filter(mission_id=None)
    return seen(actor, rows)


def narrowed(actor: Actor, which: str) -> list[RequirementSeen]:
    """`mine`, `overdue`, `closed`, or with any other word all that stand."""
    if which == "closed":
        closed = requirements(actor).exclude(state__in=[one.value for one in STANDING])
        return seen(actor, closed.order_by("-closed_at")[:200])
    found = standing(actor)
    if which == "mine":
        return [one for one in found if one.row.owner == actor.id]
    return [one for one in found if one.late] if which == "overdue" else found


def requirement(actor: Actor, key: str) -> RequirementSeen:
    """One question. Raises NotVisible."""
    row = Requirement.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return seen(actor, [row])[0]


def seen(actor: Actor, rows: "Iterable[Requirement]") -> list[RequirementSeen]:
    """Rows with names; what a reader may not see has none."""
    found, now = list(rows), clock.as_of()
    keys = frozenset(row.mission_id for row in found if row.mission_id)
    names = {str(one.id): one.name for one in missions.missions(actor, keys=keys)} if keys else {}
    asked = Agency.objects.visible_to(actor).in_bulk({row.agency for row in found})
    return [_seen(row, names.get(row.mission_id or "", ""), asked.get(row.agency), now) for row in found]


def _seen(row: Requirement, mission: str, agency: Agency | None, now: datetime) -> RequirementSeen:
    told = marking_of(row.marking_id)
    told = told.join(marking_of(agency.marking_id)) if agency else told
    return RequirementSeen(row, mission, agency.name if agency else "", late(row, now), told)


def late(row: Requirement, now: datetime) -> bool:
    """The day has passed on which the answer was due, and none is there."""
    return row.state == State.ASKED and row.due_at is not None and row.due_at < now


def names_of(actor: Actor, keys: set[str]) -> dict[str, str]:
    return dict(Agency.objects.visible_to(actor).filter(pk__in=keys - {""}).values_list("pk", "name"))


def answers(actor: Actor, requirement: str) -> list[AnswerSeen]:
    """Visible answers to one question, the latest first."""
    rows = list(Answer.objects.visible_to(actor).filter(requirement=requirement).order_by("-answered_at", "-id"))
    names = names_of(actor, {row.agency for row in rows})
    return [AnswerSeen(row, names.get(row.agency, "")) for row in rows]


def answer(actor: Actor, key: str) -> AnswerSeen:
    """One answer. Raises NotVisible."""
    row = Answer.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return AnswerSeen(row, names_of(actor, {row.agency}).get(row.agency, ""))


def agencies(actor: Actor) -> list[AgencySeen]:
    """Everybody who can be asked, with how he answers as far as this actor may read it."""
    given: dict[str, list[Exchange]] = {}
    for row in Answer.objects.visible_to(actor).exclude(agency="").exclude(asked_at=None):
        if row.asked_at is not None:
            given.setdefault(row.agency, []).append(Exchange(row.asked_at, row.answered_at, row.useful))
    asked = [one for one in standing(actor) if one.row.state == State.ASKED]
    return [
        AgencySeen(
            row,
            track(given.get(row.pk, [])),
            sum(one.row.agency == row.pk for one in asked),
            sum(one.row.agency == row.pk and one.late for one in asked),
        )
        for row in Agency.objects.visible_to(actor).order_by("name")
    ]


def agency(actor: Actor, words: str) -> Agency:
    """The one meant by an id or a name. Raises NotVisible."""
    rows = Agency.objects.visible_to(actor)
    found = rows.filter(pk=words).first() or rows.filter(name__iexact=words).first()
    if found is None:
        raise NotVisible
    return found


def requirement_fields(one: RequirementSeen) -> dict[str, object]:
    """A question as programs get it."""
    row = one.row
    return {
        "id": row.pk,
        "mission": row.mission_id,
        "question": row.question,
        "why": row.why,
        "threat": row.threat,
        "subject": row.subject,
        "priority": row.priority,
        "owner": row.owner_name,
        "agency": one.agency,
        "state": row.state,
        "due_at": row.due_at,
        "overdue": one.late,
        "times_asked": row.times_asked,
        "missing": row.missing,
        "marking": one.marking,
    }


def answer_fields(one: AnswerSeen) -> dict[str, object]:
    """An answer as programs get it."""
    row = one.row
    return {
        "id": row.pk,
        "agency": one.agency,
        "text": row.text,
        "grade": row.grade,
        "subject": row.subject,
        "answered_at": row.answered_at,
        "useful": row.useful,
        "signal": row.signal,
        "marking": one.marking,
    }


def agency_fields(one: AgencySeen) -> dict[str, object]:
    """Somebody who can be asked, as programs get it."""
    return {
        "id": one.row.pk,
        "name": one.row.name,
        "kind": one.row.kind,
        "contact": one.row.contact,
        "standing": one.standing,
        "overdue": one.overdue,
        "answers": one.track.answers,
        "median_days": one.track.median_days,
        "useful_share": one.track.useful_share,
    }
