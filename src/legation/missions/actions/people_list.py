"""How does a list of people become rows, the same list twice as once? And how do two rows become one person?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.identity import Ref
from legation.missions.actions.contacts import reminder
from legation.missions.actions.people import PERSONAL
from legation.missions.events.contacts import ContactAdded, SensitiveValue
from legation.missions.events.people import PeopleMerged, PersonAdded, PersonCorrected
from legation.missions.models import Contact, Mission, Person
from legation.missions.rules.people import changed_in
from legation.missions.rules.people_list import Known, PeopleList, Plan, Planned, RowFault, plan
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.records import Record
from legation.platform.writing import Urgency

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

type Pair = "tuple[Record, DataclassInstance]"


@dataclass(frozen=True, slots=True)
class PeopleLoaded:
    """What loading a list did, and the rows that were left out."""

    added: int
    corrected: int
    unchanged: int
    left_out: tuple[RowFault, ...]
    unread: tuple[str, ...] = ()


def foretold(planned: Plan) -> PeopleLoaded:
    """What a list would do, in the words of what it did; whom it would correct is told when it is loaded."""
    return PeopleLoaded(planned.fresh, 0, planned.met, planned.faults)


@act("missions.import_people", urgency=Urgency.BATCH)
def import_people(ctx: Context, mission: Mission, read: PeopleList, source: str) -> PeopleLoaded:
    """Bring the people of a mission to what a list says; whom it does not name stays as he is.

    An empty cell leaves what is held. The same list again changes nothing. Whoever is hidden from the actor is not
    met: his row is added as somebody new.
    """
    rows = Person.objects.visible_to(ctx.actor).filter(mission_id=mission.pk)
    at_mission = {row.pk: row for row in rows}
    planned = plan(read, [Known(row.pk, row.value) for row in at_mission.values()])
    load = _Load(ctx, mission, source, at_mission)
    for one in planned.rows:
        load.prepare(one)
    for one in planned.rows:
        load.fill(one)
    ctx.write_each(load.pairs, personal=_sealed_apart)
    if load.pairs and ctx.drafts:
        last = ctx.drafts[-1]
        ctx.drafts[-1] = replace(last, words=tuple(reminder(mission.pk, ctx.now)))
    return PeopleLoaded(load.added, load.corrected, load.unchanged, planned.faults, read.unread)


class _Load:
    """One list on its way in: people first get their ids, because rows name one another as principals."""

    def __init__(self, ctx: Context, mission: Mission, source: str, at_mission: dict[str, Person]) -> None:
        self.ctx, self.mission, self.source, self.at_mission = ctx, mission, source, at_mission
        self.marking = ctx.marking_id(marking_of(mission.marking_id).join(PERSONAL))
        self.rows: dict[int, Person] = {}
        self.pairs: list[Pair] = []
        self.added = self.corrected = self.unchanged = 0
        held = Contact.objects.filter(person_id__in=list(at_mission)).values_list("person_id", "channel", "address")
        self.contacts = set(held)

    def prepare(self, one: Planned) -> None:
        """The row's person: the one that is meant, or somebody new."""
        fresh = Person(id=self.ctx.new_id(), mission_id=self.mission.pk, marking_id=self.marking)
        self.rows[one.row.line] = self.at_mission[one.known.id] if one.known else fresh

    def fill(self, one: Planned) -> None:
        """What the row says, as the facts to write; nothing where it says nothing new."""
        person, before = self.rows[one.row.line], one.known.value if one.known else None
        principal = one.principal if isinstance(one.principal, str) else self.rows[one.principal].pk
        value = one.value(principal)
        changed = (*(changed_in(before, value) if before else ()), *self._sensitive(person, one.row.sensitive))
        contacts = list(self._contacts(person, one))
        person.take(value)
        if before is None:
            self.pairs.append((person, PersonAdded(self.source)))
            self.added += 1
        elif changed:
            self.pairs.append((person, PersonCorrected(self.source, changed)))
        self.pairs += contacts
        self.corrected += bool(before and (changed or contacts))
        self.unchanged += bool(before and not changed and not contacts)

    @staticmethod
    def _sensitive(person: Person, value: SensitiveValue | None) -> tuple[str, ...]:
        if value is None or value == person.opened():
            return ()
        person.seal(value)
        return ("sensitive",)

    def _contacts(self, person: Person, one: Planned) -> Iterator[Pair]:
        for contact in one.row.contacts:
            if (person.pk, contact.channel, contact.address) in self.contacts:
                continue
            row = Contact(
                id=self.ctx.new_id(),
                mission_id=person.mission_id,
                marking_id=person.marking_id,
                person_id=person.pk,
                tested_at=one.row.tested,
                tested_by=self.ctx.actor.id if one.row.tested else "",
            ).take(contact)
            yield row, ContactAdded(contact.channel)


def _sealed_apart(row: Record) -> "dict[Ref, DataclassInstance]":
    return row.personal() if isinstance(row, Person | Contact) else {}


@act("missions.merge_people")
def merge_people(ctx: Context, kept: Person, other_id: str) -> Person:
    """Two records are of one person: the kept one takes what it lacks, all contacts, and the higher marking.

    The other's id leads to the kept one from now on. Raises Refused where the other is not visible to the actor or
    is at another mission.
    """
    other = Person.objects.visible_to(ctx.actor).filter(pk=other_id, mission_id=kept.mission_id).first()
    if other is None or other.pk == kept.pk:
        raise Refused(Refusal("no_such_twin", "people"))
    mine, theirs = kept.value, other.value
    lacking = {name: getattr(theirs, name) for name in changed_in(mine, theirs) if not getattr(mine, name)}
    kept.take(replace(mine, **lacking))
    kept.operator_id = kept.operator_id or other.operator_id
    if kept.sensitive is None and other.sensitive is not None:
        kept.seal(other.opened())
    kept.merged = ",".join(filter(None, (kept.merged, other.pk, other.merged)))
    kept.marking_id = ctx.marking_id(marking_of(kept.marking_id).join(marking_of(other.marking_id)))
    moved = list(Contact.objects.filter(person_id=other.pk))
    for contact in moved:
        contact.person_id, contact.marking_id = kept.pk, kept.marking_id
    dependants = list(Person.objects.filter(principal_id=other.pk))
    for one in dependants:
        one.principal_id = kept.pk
    ctx.rewrite(
        PeopleMerged(other.pk),
        changed=[kept, *moved, *dependants],
        deleted=[other],
        mission=kept.mission_id,
        subjects=[kept.ref, other.ref],
        personal=kept.personal(),
    )
    return kept
