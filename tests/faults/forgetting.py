"""A child process in which a person with a canary in every field lives, is corrected, merged, tested, read and erased.

    python -m tests.faults.forgetting BACKUPS [insecure|kept]

Prints in which files the canaries stand before and after, and what a fresh backup holds when it is opened. Controls:
`insecure` leaves freed pages and the write-ahead log as they are; `kept` erases nobody.
"""

import dataclasses
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

CANARY = "CANARY"
KEPT = "Kept Neighbour"


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.runtime.settings"
    import django

    django.setup()
    from django.db import connection

    from legation.platform.ledger import erasure as ledger
    from legation.platform.secrets import node, places

    node.hold(node.unlock(places.home(), places.keys_folder()))
    backups, how = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    if how == "insecure":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
        ledger._overwrite_journal = lambda: None
    person, rso, head = lived()
    sealed = sealed_bytes(person)
    before = found(Path(places.home()), sealed)
    if how != "kept":
        forgotten(person, rso, head)
    after = found(Path(places.home()), sealed)
    print(json.dumps({"sealed": len(sealed), "before": before, "after": after, "backup": backed_up(backups, sealed)}))


def lived() -> tuple[Any, Any, Any]:
    """A person at post who went through every act that writes about him, among neighbours that share his pages."""
    from tests import given
    from tests.missions.given import person

    from legation.missions.actions import contacts, erasure, people_list
    from legation.missions.actions.people import correct_person, depart_person
    from legation.missions.events.contacts import ContactChannel, SensitiveValue
    from legation.missions.events.people import PersonCategory
    from legation.missions.links import people_file
    from legation.missions.models import Contact, Mission, Person
    from legation.platform.authority.resolve import claim

    mission = given.missions()[0]
    staff, rso, head = (given.operator(role) for role in ("staff", "rso", "head_of_mission"))
    text = {f: f"{CANARY} {f}" for f in ("name", "post", "staff_number", "languages", "warden_group")}
    row = person(mission, operator=staff, **text, nationality="BR", arrived=date(2018, 1, 1), born=date(1980, 1, 1))
    for number in range(40):
        person(mission, name=f"{KEPT} {number}", post="Guard " * 10)
    child = person(mission, name="Child", category=PersonCategory.DEPENDANT, principal_id=row.pk)
    changed = dataclasses.replace(row.value, post=f"{CANARY} second post")
    correct_person(claim(Person, row.pk, "missions.correct_person", rso), changed)
    depart_person(claim(Person, row.pk, "missions.depart_person", rso), date(2019, 1, 1))
    for channel in ContactChannel:
        address = "canary@example.org" if channel is ContactChannel.EMAIL else f"+999 {770000 + len(channel)}"
        contact = contacts.add_contact(claim(Person, row.pk, "missions.add_contact", staff), channel, address)
        contacts.test_contact(claim(Contact, contact.pk, "missions.test_contact", staff), reached=True)
    value = SensitiveValue(f"{CANARY} kin", f"{CANARY} needs")
    contacts.set_sensitive(claim(Person, row.pk, "missions.set_sensitive", staff), value)
    contacts.read_sensitive(claim(Person, row.pk, "missions.read_sensitive", rso), reason="drill")
    asked = erasure.ask_correction(claim(Person, row.pk, "missions.ask_correction", staff), f"{CANARY} wrong")
    answered = claim(type(asked), asked.pk, "missions.decide_correction", rso)
    erasure.decide_correction(answered, accepted=False, answer=f"{CANARY} answer")
    listed = f"name,category,staff_number,mobile,next_of_kin\n{CANARY} twin,service,{CANARY} 2,+999 7788,{CANARY} k2\n"
    loading = claim(Mission, mission.pk, "missions.import_people", given.local())
    people_list.import_people(loading, people_file.read(listed.encode()), "test")
    twin = Person.objects.get(name=f"{CANARY} twin")
    people_list.merge_people(claim(Person, row.pk, "missions.merge_people", rso), twin.pk)
    assert child.principal_id == row.pk
    row.refresh_from_db()
    return row, rso, head


def forgotten(person: Any, rso: Any, head: Any) -> None:
    """Proposed by one, confirmed by another."""
    from legation.missions.actions import erasure
    from legation.missions.models import Person
    from legation.platform.authority.resolve import claim

    erasure.propose_erasure(claim(Person, person.pk, "missions.propose_erasure", rso), reason="asked by the person")
    erasure.erase_person(claim(Person, person.pk, "missions.erase_person", head))


def sealed_bytes(person: Any) -> list[bytes]:
    """The person's sealed parts and their keys as they lie in the tables: bytes that must go as well."""
    from legation.platform.ledger.models import PartKey, SealedPart

    ids = [person.pk, *person.merged.split(",")]
    parts = list(SealedPart.objects.filter(key__in=ids))
    keys = PartKey.objects.filter(pk__in=[part.pk for part in parts])
    return [bytes(part.sealed) for part in parts] + [bytes(key.wrapped) for key in keys]


def found(folder: Path, sealed: list[bytes]) -> dict[str, int]:
    """File → how many of the canaries and sealed strings stand in it, in clear."""
    wanted = [CANARY.encode(), b"canary@example.org", b"+999 77", *sealed]
    files = [path for path in folder.rglob("*") if path.is_file()]
    counts = {path.name: sum(one in path.read_bytes() for one in wanted) for path in files}
    return {name: count for name, count in counts.items() if count}


def backed_up(folder: Path, sealed: list[bytes]) -> dict[str, object]:
    """A fresh backup, restored elsewhere: what of the person stands in it, and in the parts that open there."""
    from legation.platform import backup
    from legation.platform.secrets import keyfiles, places

    folder.mkdir(mode=0o700)
    done = backup.backup(folder / "data.backup", folder / "keys.backup")
    passphrase = keyfiles.find_passphrase(places.keys_folder())
    home = folder / "home"
    again = backup.restore(folder / "data.backup", folder / "keys.backup", home, folder / "keys", passphrase=passphrase)
    about = {"same": again.root == done.root, "parts": opened_parts(home / backup.DATABASE)}
    return {"found": found(home, sealed), **about}


def opened_parts(database: Path) -> dict[str, int]:
    """Of the sealed parts in a database, opened with this node's keys: how many there are, and speak of the canary."""
    import sqlite3
    from contextlib import closing

    from legation.platform.ledger import leaf
    from legation.platform.secrets.node import held

    own = held()
    with closing(sqlite3.connect(database)) as rows:
        found_there = rows.execute(
            "SELECT p.id, e.entry_id, k.wrapped, p.sealed FROM platform_sealedpart p"
            " JOIN platform_partkey k ON k.id = p.id JOIN platform_entry e ON e.id = p.entry_id"
        ).fetchall()
    texts = [own.sealer.open(leaf.place(own.name, at, pk % 256), key, text)[1] for pk, at, key, text in found_there]
    return {"all": len(texts), "canary": sum(CANARY.encode() in text for text in texts)}


if __name__ == "__main__":
    main()
