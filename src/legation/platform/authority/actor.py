"""Who acts, with which rights, and on what has he a claim?"""

from dataclasses import dataclass, field
from enum import StrEnum

from legation.foundations.identity import EntryId, Ref
from legation.foundations.markings import Marking


class Role(StrEnum):
    """The roles of people; what each may do is the table `runtime/authority.csv`."""

    RSO = "rso"
    WATCH_OFFICER = "watch_officer"
    ANALYST = "analyst"
    HEAD_OF_MISSION = "head_of_mission"
    AUDITOR = "auditor"
    STAFF = "staff"
    GUARD = "guard"
    ADMINISTRATOR = "administrator"


class ServiceAccount(StrEnum):
    """The accounts that programs act as. None of them may do everything."""

    LOCAL = "local"
    WORKER = "worker"
    COLLECTOR = "collector"
    STANDING_AUTHORITY = "standing_authority"  # carries out what was signed beforehand, when somebody uses it


@dataclass(frozen=True, slots=True)
class Actor:
    """Rights as they stand at one instant; made anew for every request and job, never kept.

    missions: the missions in scope, None for every mission. markings: ids of the interned markings he may read.
    """

    id: str
    name: str
    roles: frozenset[str]
    missions: frozenset[str] | None
    clearance: Marking
    markings: frozenset[int]
    verbs: frozenset[str] = field(default_factory=frozenset)

    def sees_mission(self, mission_id: str | None) -> bool:
        return self.missions is None or mission_id is None or mission_id in self.missions


@dataclass(frozen=True, slots=True)
class Authorised[T]:
    """A claim on one record that is not loaded yet, minted only by `authority.resolve`.

    The act that it is handed to loads and locks the record and checks the claim again.
    """

    model: type[T]
    id: str
    verb: str
    actor: Actor
    caused_by: EntryId | None = None

    @property
    def ref(self) -> Ref:
        return Ref(self.model.__name__, self.id)


class NotVisible(Exception):
    """There is no such record for this actor: absent and hidden are the same answer."""


class Forbidden(Exception):
    """The record may be seen, but this verb is not the actor's."""

    def __init__(self, verb: str, actor: Actor) -> None:
        super().__init__(f"{actor.name} may not {verb}")
        self.verb = verb
