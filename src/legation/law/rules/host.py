"""What may be asked of the receiving state, on what ground, by when is an answer owed, and what comes next?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.threats import Aspect, ThreatClass
from legation.law.events.host import NoteForm, RequestKind, RequestState, Step
from legation.law.rules.notes import CONSULAR

S, R = RequestState, RequestKind


@dataclass(frozen=True, slots=True)
class Ground:
    """One row of the table of kinds.

    embassy, consulate: the code of the norm that the kind rests on there. days: within how many an answer is
    expected. aspect, threat, points: what the mission lacks where the host does not do it (0: nothing that a risk
    shows).
    """

    embassy: str
    consulate: str
    days: int
    aspect: Aspect
    threat: ThreatClass
    points: float


KINDS: Mapping[RequestKind, Ground] = {
    # Police at the gate are what stands between a crowd and the door: as much as a judged vulnerability's one step (8).
    R.POLICE_PROTECTION: Ground("vcdr-22-2", "vccr-31-3", 3, Aspect.VULNERABILITY, ThreatClass.CIVIL_UNREST, 8),
    # Patrols deter, they do not stand there: half of that.
    R.EXTRA_PATROL: Ground("vcdr-22-2", "vccr-31-3", 5, Aspect.VULNERABILITY, ThreatClass.CRIME, 4),
    # A movement without the escort it was planned with; it can be put off, so less than a guard at the door.
    R.ESCORT: Ground("vcdr-29", "vccr-40", 5, Aspect.VULNERABILITY, ThreatClass.TERRORISM, 4),
    # A host that does not answer for an entry invites the next: a step and a half.
    R.INTRUSION: Ground("vcdr-22-1", "vccr-31-2", 7, Aspect.VULNERABILITY, ThreatClass.CIVIL_UNREST, 12),
    # Attackers at large may come again.
    R.ATTACK_INVESTIGATION: Ground("vcdr-22-2", "vccr-31-3", 14, Aspect.VULNERABILITY, ThreatClass.TERRORISM, 6),
    # Staff without accreditation work, but immunity is doubtful: shown to nobody as a risk of violence.
    R.ACCREDITATION: Ground("vcdr-10-1", "vccr-28", 15, Aspect.IMPACT, ThreatClass.INTERSTATE_TENSION, 2),
    # A bag held back is a bag that may be opened.
    R.BAG_CLEARANCE: Ground("vcdr-27-3", "vccr-35-3", 2, Aspect.VULNERABILITY, ThreatClass.ESPIONAGE, 8),
    # Guards go without; the plan counted on them.
    R.FIREARMS_PERMIT: Ground("vcdr-41-1", "vccr-55-1", 30, Aspect.VULNERABILITY, ThreatClass.TERRORISM, 3),
    # Without a transmitter the mission is deaf when the network is cut: the consequence grows, not the likelihood.
    R.RADIO_TRANSMITTER: Ground("vcdr-27-1", "vccr-35-1", 30, Aspect.IMPACT, ThreatClass.POLITICAL_INSTABILITY, 4),
    # The street stays unseen.
    R.CAMERA_CONSENT: Ground("vcdr-41-1", "vccr-55-1", 30, Aspect.VULNERABILITY, ThreatClass.ESPIONAGE, 2),
    # Hard for the person, but no change to the mission's own risk.
    R.DETAINED_NATIONAL: Ground("vccr-36-1b", "vccr-36-1b", 2, Aspect.IMPACT, ThreatClass.INTERSTATE_TENSION, 0),
    R.OTHER: Ground("vcdr-25", "vccr-28", 15, Aspect.IMPACT, ThreatClass.INTERSTATE_TENSION, 0),
}
"""Days are the house's own: what a ministry can decide alone within its week, what needs a law office in a month, and
two days where somebody is locked up or a bag lies open to hands."""

CHASE_DAYS = 3
"""A reminder that is proposed and not written for so long is raised: the next step goes up, not round."""

NEXT: Mapping[tuple[RequestState, Step], RequestState] = {
    (S.DRAFTED, Step.NUMBER): S.NUMBERED,
    (S.DRAFTED, Step.WITHDRAW): S.WITHDRAWN,
    (S.NUMBERED, Step.DELIVER): S.DELIVERED,
    (S.NUMBERED, Step.WITHDRAW): S.WITHDRAWN,
    (S.DELIVERED, Step.ANSWER): S.ANSWERED,
    (S.DELIVERED, Step.REMIND): S.REMINDED,
    (S.DELIVERED, Step.WITHDRAW): S.WITHDRAWN,
    (S.REMINDED, Step.DELIVER): S.REMINDED,
    (S.REMINDED, Step.ANSWER): S.ANSWERED,
    (S.REMINDED, Step.REMIND): S.REMINDED,
    (S.REMINDED, Step.ESCALATE): S.ESCALATED,
    (S.REMINDED, Step.WITHDRAW): S.WITHDRAWN,
    (S.ESCALATED, Step.DELIVER): S.ESCALATED,
    (S.ESCALATED, Step.ANSWER): S.ANSWERED,
    (S.ESCALATED, Step.ESCALATE): S.ESCALATED,
    (S.ESCALATED, Step.PROTEST): S.PROTESTED,
    (S.ESCALATED, Step.WITHDRAW): S.WITHDRAWN,
    (S.PROTESTED, Step.DELIVER): S.PROTESTED,
    (S.PROTESTED, Step.ANSWER): S.ANSWERED,
    (S.PROTESTED, Step.ESCALATE): S.ESCALATED,
    (S.ANSWERED, Step.JUDGE): S.KEPT,
    (S.ANSWERED, Step.WITHDRAW): S.WITHDRAWN,
    (S.KEPT, Step.JUDGE): S.KEPT,
    (S.PARTLY_KEPT, Step.JUDGE): S.KEPT,
    (S.PARTLY_KEPT, Step.ANSWER): S.ANSWERED,
    (S.PARTLY_KEPT, Step.REMIND): S.REMINDED,
    (S.PARTLY_KEPT, Step.ESCALATE): S.ESCALATED,
    (S.PARTLY_KEPT, Step.PROTEST): S.PROTESTED,
    (S.NOT_KEPT, Step.JUDGE): S.KEPT,
    (S.NOT_KEPT, Step.ANSWER): S.ANSWERED,
    (S.NOT_KEPT, Step.REMIND): S.REMINDED,
    (S.NOT_KEPT, Step.ESCALATE): S.ESCALATED,
    (S.NOT_KEPT, Step.PROTEST): S.PROTESTED,
}
"""The whole course. What is not here cannot happen; JUDGE names the verdict itself. A promise once kept may be broken
later (the police go home), so it can be judged again."""

PROPOSED: Mapping[RequestState, Step] = {
    S.DRAFTED: Step.NUMBER,
    S.NUMBERED: Step.DELIVER,
    S.DELIVERED: Step.ANSWER,
    S.REMINDED: Step.ANSWER,
    S.ESCALATED: Step.ANSWER,
    S.PROTESTED: Step.ANSWER,
    S.ANSWERED: Step.JUDGE,
    S.PARTLY_KEPT: Step.REMIND,
    S.NOT_KEPT: Step.PROTEST,
}
"""What is shown as the one big choice while nothing is late."""

LATE: Mapping[RequestState, Step] = {
    S.DELIVERED: Step.REMIND,
    S.REMINDED: Step.ESCALATE,
    S.ESCALATED: Step.PROTEST,
    S.PROTESTED: Step.ESCALATE,
    S.ANSWERED: Step.JUDGE,
}
"""What is proposed once the answer, or what was promised, is overdue."""

VERDICTS = frozenset({S.KEPT, S.PARTLY_KEPT, S.NOT_KEPT})
FORMS: Mapping[Step, NoteForm] = {
    Step.NUMBER: NoteForm.REQUEST,
    Step.REMIND: NoteForm.REMINDER,
    Step.PROTEST: NoteForm.PROTEST,
}
"""Steps that give a note its number, and the formulas of that note."""


def ground_of(kind: RequestKind, mission_kind: str) -> str:
    """The code of the norm that a request of this kind rests on at this kind of mission."""
    row = KINDS[kind]
    return row.consulate if mission_kind in CONSULAR else row.embassy


def form_of(kind: RequestKind, step: Step) -> NoteForm:
    """Which formulas the note of this step is written in: an intrusion is protested at with the first note."""
    return NoteForm.PROTEST if kind is R.INTRUSION and step is Step.NUMBER else FORMS[step]


def may_step(state: RequestState, step: Step, *, undelivered: bool = False) -> Decision:
    """Whether this step follows; undelivered: the latest note has a number and has not been handed over."""
    if (state, step) not in NEXT:
        return Refusal("step_does_not_follow", "law.host_course", params={"state": state.value, "step": step.value})
    if step is Step.DELIVER and not undelivered:
        return Refusal("nothing_to_deliver", "law.host_course")
    if undelivered and step in FORMS:
        return Refusal("note_not_delivered", "law.host_course")
    return Grant("law.host_course")


def steps_from(state: RequestState, *, undelivered: bool = False) -> tuple[Step, ...]:
    """Every step that follows here, in the order of a request's life."""
    return tuple(step for step in Step if isinstance(may_step(state, step, undelivered=undelivered), Grant))


def proposed(state: RequestState, *, undelivered: bool, late: bool) -> Step | None:
    """The one step to show large; None where nothing is left to do."""
    if undelivered and (state, Step.DELIVER) in NEXT:
        return Step.DELIVER
    return (LATE.get(state) if late else None) or PROPOSED.get(state)


def after(state: RequestState, step: Step) -> RequestState:
    """Where the request stands after a step that follows."""
    return NEXT[state, step]


def answer_by(kind: RequestKind, delivered_at: datetime) -> datetime:
    """By when an answer is expected."""
    return delivered_at + timedelta(days=KINDS[kind].days)


def chase_by(now: datetime) -> datetime:
    """By when a proposed step must have been taken before it is raised again, one level up."""
    return now + timedelta(days=CHASE_DAYS)


def weight(kind: RequestKind, verdict: RequestState) -> float:
    """Points that a verdict adds to a risk: all of the kind's where nothing was kept, half where some was."""
    share = {S.NOT_KEPT: 1.0, S.PARTLY_KEPT: 0.5}.get(verdict, 0.0)
    return KINDS[kind].points * share


@dataclass(frozen=True, slots=True)
class Course:
    """What the record of an obligation is counted from: one request. Days are None while nothing was answered."""

    norm: str
    state: RequestState
    delivered: bool
    days_to_answer: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How the host stands to one obligation. median_days: to an answer, None where none came."""

    norm: str
    asked: int
    answered: int
    kept: int
    not_kept: int
    median_days: float | None


def tally(courses: Iterable[Course]) -> list[Tally]:
    """The record by obligation, the least kept first. Only what was delivered counts as asked."""
    by_norm: dict[str, list[Course]] = {}
    for one in courses:
        if one.delivered:
            by_norm.setdefault(one.norm, []).append(one)
    rows = [_row(norm, found) for norm, found in by_norm.items()]
    return sorted(rows, key=lambda row: (-row.not_kept, row.kept - row.asked, row.norm))


def _row(norm: str, found: list[Course]) -> Tally:
    days = [one.days_to_answer for one in found if one.days_to_answer is not None]
    return Tally(
        norm,
        len(found),
        len(days),
        sum(one.state is S.KEPT for one in found),
        sum(one.state in {S.NOT_KEPT, S.PARTLY_KEPT} for one in found),
        median(days) if days else None,
    )
