"""What can happen to norms, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class InstrumentKind(StrEnum):
    """Where a norm comes from."""

    CONVENTION = "convention"  # a treaty between many states
    BILATERAL = "bilateral"  # an agreement with one receiving state, headquarters agreements too
    NATIONAL_LAW = "national_law"  # the receiving state's own law
    MINISTRY = "ministry"  # the sending ministry's own standard or decision


class Party(StrEnum):
    """Who owes, and to whom."""

    SENDING_STATE = "sending_state"  # the state whose mission it is
    RECEIVING_STATE = "receiving_state"  # the state where the mission is, its police and guards too
    MISSION = "mission"  # the embassy or consular post
    AGENT = "agent"  # members of the mission and their families
    BOTH = "both"  # sending and receiving state to each other
    THIRD_STATE = "third_state"  # a state on the way, or one that protects interests
    EVERY_STATE = "every_state"  # every party to the convention


class NormKind(StrEnum):
    """What a norm does."""

    DUTY = "duty"  # something must be done
    PROHIBITION = "prohibition"  # something must not be done
    RIGHT = "right"  # something may be done
    IMMUNITY = "immunity"  # a power of the receiving state does not reach here
    PROCEDURE = "procedure"  # how something is done so that it counts


class Covers(StrEnum):
    """For which kind of mission a norm speaks."""

    EMBASSY = "embassy"  # diplomatic missions
    POSTS = "posts"  # consular posts, whoever heads them
    CONSULATE = "consulate"  # consular posts headed by career officers
    HONORARY = "honorary"  # consular posts headed by honorary officers
    ANY = "any"  # whichever it is


class Effect(StrEnum):
    """What a norm does to a measure, sensor or source that uses what it speaks of."""

    NONE = ""  # nothing
    NOTE = "note"  # it may be used; the norm is shown beside it
    CONSENT = "consent"  # it needs a consent on record
    REFUSED = "refused"  # it may not be used


@dataclass(frozen=True, slots=True)
class InstrumentValue:
    """A text that norms come out of. code: short and lasting, as vcdr; state: ISO code of the receiving state it binds,
    empty for all; edition: as the text itself says it, a year or a version."""

    code: str
    kind: InstrumentKind
    title: str
    state: str
    edition: str
    in_force_from: date


@dataclass(frozen=True, slots=True)
class NormValue:
    """One obligation in our own words. code: vcdr-22-2; paragraph: "2", "1(d)" or empty; objects and keywords: what
    it is about, in the words people search by; may, may_not: what police and guards may do where it applies.
    effect: what it does to a measure or source that uses one of its objects; consent_of: whose consent that needs."""

    code: str
    article: str
    paragraph: str
    owes: Party
    owed_to: Party
    objects: tuple[str, ...]
    kind: NormKind
    covers: Covers
    words: str
    keywords: tuple[str, ...]
    may: str
    may_not: str
    effect: Effect = Effect.NONE
    consent_of: str = ""


@dataclass(frozen=True, slots=True)
class NormImage:
    """A norm as it stood in one edition of its instrument; until is None while it is in force."""

    instrument: InstrumentValue
    value: NormValue
    until: date | None


@dataclass(frozen=True, slots=True)
class NormEntered:
    """A norm came into the register with this edition of its instrument."""

    version: ClassVar[int] = 1
    code: str
    edition: str


@dataclass(frozen=True, slots=True)
class NormEnded:
    """A norm is no longer in force in that wording; what rested on it then still names it."""

    version: ClassVar[int] = 1
    code: str
    edition: str
    until: date
