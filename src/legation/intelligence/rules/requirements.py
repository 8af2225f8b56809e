"""What is still not known, who was asked for it, and may this be done to the question now?

A question goes round a circle: open, asked, answered, and then closed or asked again with what was missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from statistics import median

from legation.foundations.decisions import Decision, Grant, Refusal

RULE = "intelligence.requirement"

QUESTION_CHARS_MAX = 400
ANSWER_CHARS_MAX = 8_000

ASKED_AHEAD_MAX = timedelta(days=365)
"""What nobody needs within a year is no requirement of today."""


class State(StrEnum):
    """How far a question has come."""

    OPEN = "open"  # put, and nobody is asked yet
    ASKED = "asked"  # somebody is asked, and the answer is due
    ANSWERED = "answered"  # an answer is there, and nobody has said yet whether it is enough
    SATISFIED = "satisfied"  # the answer is enough; closed
    WITHDRAWN = "withdrawn"  # not needed any more; closed


class Step(StrEnum):
    """What is done to a question."""

    ASK = "ask"  # name who is to answer, and by when
    ANSWER = "answer"  # put down what he said
    CLOSE = "close"  # say that it is enough
    ASK_AGAIN = "ask_again"  # say what is missing
    WITHDRAW = "withdraw"  # say that it is not needed


STEPS: dict[tuple[State, Step], State] = {
    (State.OPEN, Step.ASK): State.ASKED,
    (State.ASKED, Step.ASK): State.ASKED,  # another agency, or another day
    (State.ASKED, Step.ANSWER): State.ANSWERED,
    (State.OPEN, Step.ANSWER): State.ANSWERED,  # somebody told it unasked
    (State.ANSWERED, Step.ANSWER): State.ANSWERED,  # a second voice
    (State.ANSWERED, Step.CLOSE): State.SATISFIED,
    (State.ANSWERED, Step.ASK_AGAIN): State.ASKED,
    (State.OPEN, Step.WITHDRAW): State.WITHDRAWN,
    (State.ASKED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Step.WITHDRAW): State.WITHDRAWN,
}
"""Every step that there is; what is not here is refused."""

STANDING = (State.OPEN, State.ASKED, State.ANSWERED)


class Priority(IntEnum):
    """How soon the decision needs it."""

    ROUTINE = 1  # it would sharpen the picture
    PRIORITY = 2  # a decision of these weeks rests on it
    IMMEDIATE = 3  # a decision of these days rests on it


class AgencyKind(StrEnum):
    """Who is asked."""

    POLICE = "police"  # of the receiving state
    HOST_SERVICE = "host_service"  # another authority of the receiving state
    OWN_SERVICE = "own_service"  # of the sending state
    PARTNER = "partner"  # another mission, or an organisation
    COMPANY = "company"  # a private provider
    PERSON = "person"  # one named person; the name is personal


@dataclass(frozen=True, slots=True)
class Exchange:
    """One asking and its answer. useful: None until someone said."""

    asked_at: datetime
    answered_at: datetime
    useful: bool | None


@dataclass(frozen=True, slots=True)
class Track:
    """How an agency answers: how often, the median of days, the share of the judged that was useful (None: none)."""

    answers: int
    median_days: float | None
    useful_share: float | None


def step(state: State, wanted: Step) -> State:
    """The state after it. Raises KeyError where `may_step` refuses."""
    return STEPS[state, wanted]


def may_step(state: State, wanted: Step) -> Decision:
    """Is there such a step from here?"""
    if (state, wanted) in STEPS:
        return Grant(RULE)
    return Refusal("requirement_step", RULE, params={"state": state.value, "step": wanted.value})


def may_put(question: str, why: str) -> Decision:
    """A question has words, and says which decision waits for it."""
    if not question.strip() or len(question) > QUESTION_CHARS_MAX:
        return Refusal("requirement_question", RULE, params={"limit": str(QUESTION_CHARS_MAX)})
    if not why.strip() or len(why) > QUESTION_CHARS_MAX:
        return Refusal("requirement_why", RULE, params={"limit": str(QUESTION_CHARS_MAX)})
    return Grant(RULE)


def may_fall_due(due_at: datetime, now: datetime) -> Decision:
    """An answer is due in the future, and within a year."""
    if now < due_at <= now + ASKED_AHEAD_MAX:
        return Grant(RULE)
    return Refusal("requirement_due", RULE)


def may_answer(text: str) -> Decision:
    """An answer has words."""
    if text.strip() and len(text) <= ANSWER_CHARS_MAX:
        return Grant(RULE)
    return Refusal("requirement_answer", RULE, params={"limit": str(ANSWER_CHARS_MAX)})


def track(exchanges: Sequence[Exchange]) -> Track:
    """How those who were asked answered."""
    days = [(one.answered_at - one.asked_at) / timedelta(days=1) for one in exchanges]
    judged = [one.useful for one in exchanges if one.useful is not None]
    return Track(len(exchanges), median(days) if days else None, sum(judged) / len(judged) if judged else None)
