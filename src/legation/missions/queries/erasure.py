"""What was asked, proposed and read about a person, as far as this actor may know?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from legation.foundations.identity import Ref
from legation.missions.events.erasure import RequestState
from legation.missions.models import CorrectionRequest, ErasureProposal, Person
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.ledger.erasure import standing_holds
from legation.platform.ledger.log import history, open_body
from legation.platform.ledger.models import Entry, LegalHold
from legation.platform.personal import Held
from legation.platform.records import MarkedQuerySet


def requests(actor: Actor, person: str) -> MarkedQuerySet[CorrectionRequest]:
    """Requests of one person, the latest first."""
    return CorrectionRequest.objects.visible_to(actor).filter(person_id=person).order_by("-asked_at")


def request(actor: Actor, key: str) -> CorrectionRequest:
    """One request. Raises NotVisible."""
    found = CorrectionRequest.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def open_requests(actor: Actor, mission: str | None = None) -> MarkedQuerySet[CorrectionRequest]:
    """Requests that nobody answered yet, the oldest first."""
    found = CorrectionRequest.objects.visible_to(actor).filter(state=RequestState.ASKED).order_by("asked_at")
    return found.filter(mission_id=mission) if mission else found


def proposal(actor: Actor, person: str) -> ErasureProposal | None:
    """The proposal to erase a person, where one stands."""
    return ErasureProposal.objects.visible_to(actor).filter(person_id=person).first()


def holds(person: Person) -> list[LegalHold]:
    """Legal holds on a person the actor already sees, or on his mission."""
    return [*standing_holds(person.ref), *standing_holds(Ref("Mission", str(person.mission_id)))]


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening of the sensitive part: when, by which account, and why."""

    at: datetime
    actor: str
    reason: str


def openings(actor: Actor, person: Person) -> list[Opened]:
    """Who opened next of kin and special needs, the latest first."""
    entries = history(person.ref, marking_ids=actor.markings, missions=actor.missions, limit=500)
    return [_opened(entry) for entry in entries if entry.fact.startswith("missions.SensitiveRead/")]


def _opened(entry: Entry) -> Opened:
    body = open_body(entry)
    return Opened(body.occurred_at, entry.actor, str(body.said.get("reason", "")))


def held(actor: Actor, subject: Ref) -> Iterator[Held]:
    """What this room holds about a person beside his own record, for his page."""
    if subject.type != "Person":
        return
    dependants = Person.objects.visible_to(actor).filter(principal_id=subject.id).count()
    if dependants:
        yield Held("held_principal", {"n": str(dependants)})
    if proposal(actor, subject.id):
        yield Held("held_proposal")
