"""Who is at post at the demonstration's missions? The shipped list, loaded by the same act as anybody's."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files

from legation.missions.actions.contacts import add_contact, test_contact
from legation.missions.actions.people import add_person, link_account
from legation.missions.actions.people_list import import_people
from legation.missions.events.contacts import ContactChannel
from legation.missions.events.people import PersonCategory, PersonValue
from legation.missions.links import people_file
from legation.missions.models import Contact, Mission, Person
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim
from legation.runtime.demonstration import people

SHARES = {"SY": 14, "MX": 38, "MM": 9}
"""How many are at post where history ships, as the demonstration's exposure says; the rest go where most are left."""


def populate(state: str) -> int:
    """People at the state's own missions, and who signs in is one of them. Returns how many are at post."""
    local = service(ServiceAccount.LOCAL)
    if Person.objects.visible_to(local).exists():
        return 0
    done = 0
    for mission, rows in _shared_out(state):
        claimed = claim(Mission, mission.pk, "missions.import_people", local)
        done += import_people(claimed, people_file.read(rows), "people.csv").added
    return done + _sign_ins(state)


def shipped() -> bytes:
    """The list as it ships, its ten bad rows included."""
    return files("legation.runtime.demonstration").joinpath("data/people.csv").read_bytes()


def _shared_out(state: str) -> Iterator[tuple[Mission, bytes]]:
    """Each mission with its part of the list; dependants go with their principals."""
    read = list(csv.DictReader(io.StringIO(shipped().decode("utf-8"))))
    families: dict[str, list[dict[str, str]]] = {}
    for row in read:
        families.setdefault(row["principal"] or row["staff_number"] or row["name"], []).append(row)
    waiting = list(families.values())
    # A stride through the list: every mission gets some of each category, not the first only ambassadors.
    waiting = [waiting[(i * 31) % len(waiting)] for i in range(len(waiting))] if len(waiting) % 31 else waiting
    missions = _own_missions(state)
    for number, mission in enumerate(missions):
        share = SHARES.get(mission.receiving_code, 20)
        part: list[dict[str, str]] = []
        while waiting and (len(part) < share or number == len(missions) - 1):
            part += waiting.pop(0)
        if part:
            yield mission, _as_csv(part)


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _own_missions(state: str) -> list[Mission]:
    """Where history ships first, then six others that are embassies."""
    found = Mission.objects.visible_to(service(ServiceAccount.LOCAL)).filter(sending_state__iexact=state)
    rows = list(found.order_by("city"))
    first = sorted((m for m in rows if m.receiving_code in SHARES), key=lambda m: list(SHARES).index(m.receiving_code))
    return [*first, *[m for m in rows if m.kind == "embassy" and m not in first][:6]]


def _sign_ins(state: str) -> int:
    """Each demonstration person who signs in is somebody at post at the first mission."""
    local = service(ServiceAccount.LOCAL)
    mission = _own_missions(state)[0]
    done = 0
    for one in people.PEOPLE:
        if one.role == "administrator":
            continue
        account = Operator.objects.get(user__username=one.username)
        value = PersonValue(one.name, PersonCategory.DIPLOMATIC_AGENT, post=one.name.partition(" (")[0])
        row = add_person(claim(Mission, mission.pk, "missions.add_person", local), value, source="demonstration")
        link_account(claim(Person, row.pk, "missions.link_account", local), f"operator/{account.pk}")
        actor = of_operator(account)
        mobile = add_contact(
            claim(Person, row.pk, "missions.add_contact", actor), ContactChannel.MOBILE, f"+999 000 558 {done:04d}"
        )
        if one.role != "staff":  # his first task on his own page
            test_contact(claim(Contact, mobile.pk, "missions.test_contact", actor), reached=True)
        done += 1
    return done
