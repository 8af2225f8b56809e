"""All that can happen to the register of threat actors, and the image of an actor in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class ActorKind(StrEnum):
    """What kind of body acts."""

    STATE_FORCES = "state_forces"  # the armed forces or police of a state, or of who claims to be one
    ARMED_GROUP = "armed_group"  # an organised armed opposition
    TERRORIST_GROUP = "terrorist_group"  # a group that attacks civilians for a political end
    CRIMINAL_GROUP = "criminal_group"  # a gang or cartel
    COMMUNAL_GROUP = "communal_group"  # militias of a community, herders or villages
    SERVICE = "service"  # an intelligence service
    CYBER_GROUP = "cyber_group"  # an intrusion set or a group known by its operations on networks
    MOVEMENT = "movement"  # a protest or political movement
    PERSON = "person"  # somebody who acts alone
    UNKNOWN = "unknown"  # not known yet


@dataclass(frozen=True, slots=True)
class ActorValue:
    """An actor as the register has it. aliases: other names in any script, each matched whole and never guessed.

    countries: ISO 3166-1 alpha-2. missions: ids. radius_km: how far from its past acts it reaches, 0 = not said.
    methods: words of the table in rules/actors. stix_id, ucdp_id: what others call it; "" = not known.
    """

    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    aims: str
    countries: tuple[str, ...]
    missions: tuple[str, ...]
    radius_km: float
    methods: tuple[str, ...]
    stix_id: str = ""
    ucdp_id: str = ""


@dataclass(frozen=True, slots=True)
class ActorImage:
    """An actor with the day on which somebody must look again."""

    value: ActorValue
    review_at: datetime


@dataclass(frozen=True, slots=True)
class ActorRegistered:
    """An actor came into the register."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class ActorReviewed:
    """Somebody looked at an actor again. changed: what was corrected; none where all still stood."""

    version: ClassVar[int] = 1
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorReviewLapsed:
    """The day passed on which somebody was to look at an actor again."""

    version: ClassVar[int] = 1
