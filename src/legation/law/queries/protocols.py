"""Which protocols are in force, who must read them, and who has?"""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.law.models import Protocol, ProtocolVersion, Receipt
from legation.law.rules.protocols import Line, difference
from legation.platform.authority.actor import Actor, NotVisible, Role
from legation.platform.authority.actors import names_of, people_with
from legation.platform.records import MarkedQuerySet

RECEIPTS = "law.read_receipts"
"""Who may see by name who has read and who has not."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a version has been read: (actor id, name) of those who have and who have not, in order of name."""

    read: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def must(self) -> int:
        return len(self.read) + len(self.unread)


@dataclass(frozen=True, slots=True)
class Standing:
    """A protocol with its version in force and how far that has been read."""

    protocol: Protocol
    current: ProtocolVersion
    reading: Reading


def protocols(actor: Actor, *, mission: str | None = None, ended: bool = False) -> MarkedQuerySet[Protocol]:
    """Visible protocols by title; with a mission named, its own and those of the whole service."""
    found = Protocol.objects.visible_to(actor).filter(ended=ended).order_by("title", "pk")
    if mission is not None:
        found = found.filter(mission_id=mission) | found.filter(mission_id=None)
    return found


def protocol(actor: Actor, key: str) -> Protocol:
    """One protocol. Raises NotVisible."""
    found = Protocol.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def versions(actor: Actor, key: str) -> list[ProtocolVersion]:
    """Every version of a protocol, the latest first; older ones stay readable."""
    return list(ProtocolVersion.objects.visible_to(actor).filter(protocol_id=key).order_by("-number"))


def version(actor: Actor, key: str, number: int) -> ProtocolVersion:
    """One version. Raises NotVisible."""
    found = ProtocolVersion.objects.visible_to(actor).filter(protocol_id=key, number=number).first()
    if found is None:
        raise NotVisible
    return found


def changes(actor: Actor, key: str, number: int) -> tuple[Line, ...]:
    """What a version changed in the one before; nothing for the first."""
    if number < 2:
        return ()
    return difference(version(actor, key, number - 1).text, version(actor, key, number).text)


def readers(row: Protocol) -> list[tuple[str, str]]:
    """Who must read it today: whoever holds one of its roles at its mission."""
    return people_with(row.reader_roles, row.mission_id)


def reading(actor: Actor, row: Protocol) -> Reading:
    """Who has read the version in force and who has not, in names for whom the reader may see them."""
    return readings(actor, [row])[row.pk]


def readings(actor: Actor, rows: Iterable[Protocol]) -> dict[str, Reading]:
    """The same for many protocols, with one question for all receipts."""
    listed = list(rows)
    given: dict[tuple[str, int], set[str]] = {}
    for one in Receipt.objects.visible_to(actor).filter(protocol__in=listed):
        given.setdefault((str(one.protocol_id), one.number), set()).add(one.reader)
    found = {}
    for row in listed:
        have, must = given.get((row.pk, row.in_force), set()), readers(row)
        found[row.pk] = Reading(
            tuple(one for one in must if one[0] in have), tuple(one for one in must if one[0] not in have)
        )
    return found


def standing(actor: Actor, mission: str | None = None) -> list[Standing]:
    """All protocols in force with how far each has been read, the least read first."""
    rows = list(protocols(actor, mission=mission))
    read = readings(actor, rows)
    current = {
        (str(one.protocol_id), one.number): one
        for one in ProtocolVersion.objects.visible_to(actor).filter(protocol__in=rows)
    }
    found = [Standing(row, current[row.pk, row.in_force], read[row.pk]) for row in rows]
    return sorted(found, key=lambda one: (-len(one.reading.unread), one.protocol.title))


def to_read(actor: Actor) -> list[Standing]:
    """What this person must read and has not, what is due first on top."""
    waiting = [one for one in standing(actor) if actor.id in dict(one.reading.unread)]
    return sorted(waiting, key=lambda one: one.current.read_by)


def owner_name(row: Protocol) -> str:
    """The owner as people say it: a role in words, or the person's name."""
    return names_of([row.owner]).get(row.owner, row.owner.replace("_", " "))


def owners(mission: str | None) -> list[tuple[str, str]]:
    """Who may own a protocol: the roles that decide, and the persons who hold one of them."""
    roles = [Role.RSO, Role.HEAD_OF_MISSION, Role.WATCH_OFFICER]
    people = people_with(frozenset(role.value for role in roles), mission)
    return [*((role.value, role.value.replace("_", " ")) for role in roles), *people]
