"""What do the demonstration's missions hold, where do their people live, what must they read? By acts, and made up.

The missions are real; the assets, houses, guests and orders are nobody's and say so.
"""

from datetime import datetime, timedelta

from legation.foundations.threats import ThreatClass
from legation.law.actions import protocols as orders
from legation.law.events.protocols import ChangedBy, ProtocolKind
from legation.law.models import Protocol
from legation.missions import published as missions
from legation.missions.actions import add_premises, assets, occasions, residences
from legation.missions.events import PremisesCategory, PremisesKind
from legation.missions.events.custody import AssetKind, VolumeUnit
from legation.missions.events.occasions import GuestValue, OccasionKind
from legation.missions.events.residences import Answer, Found
from legation.missions.models import Asset, Mission, Occasion, Premises, Residence
from legation.missions.queries import people as at_post
from legation.missions.rules.occasions import run_sheet
from legation.missions.rules.residences import STANDARD
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house

MARKED = "(demonstration)"

HELD: tuple[tuple[AssetKind, str, str, str, str], ...] = (
    (AssetKind.KEY, "Front gate", "K-01/1", "rso", "Duty room, key cabinet"),
    (AssetKind.KEY, "Front gate", "K-01/2", "head", "Residence"),
    (AssetKind.KEY, "Chancery door", "K-02/1", "rso", "Duty room, key cabinet"),
    (AssetKind.KEY, "Chancery door", "K-02/2", "staff", "On the person"),
    (AssetKind.KEY, "Consular section", "K-03/1", "staff", "On the person"),
    (AssetKind.KEY, "Registry", "K-04/1", "analyst", "On the person"),
    (AssetKind.KEY, "Armoury", "K-05/1", "rso", "Registry safe"),
    (AssetKind.KEY, "Generator house", "K-06/1", "staff", "Duty room, key cabinet"),
    (AssetKind.SAFE, "Registry safe", "S-1", "rso", "Registry"),
    (AssetKind.SAFE, "Consular safe", "S-2", "staff", "Consular section"),
    (AssetKind.COMBINATION, "Envelope, registry safe", "E-1", "head", "Head of mission's safe"),
    (AssetKind.COMBINATION, "Envelope, consular safe", "E-2", "rso", "Registry safe"),
    (AssetKind.ARM, "Pistol 9 mm", "A-77120", "rso", "Armoury"),
    (AssetKind.ARM, "Pistol 9 mm", "A-77121", "rso", "Armoury"),
    (AssetKind.AMMUNITION, "9 mm, 4 boxes of 50", "M-1", "rso", "Armoury"),
    (AssetKind.RADIO, "Handheld set", "R-01", "rso", "Duty room"),
    (AssetKind.RADIO, "Handheld set", "R-02", "staff", "Consular section"),
    (AssetKind.RADIO, "Satellite telephone", "R-09", "head", "Residence"),
    (AssetKind.ARMOUR, "Vest, size L", "V-01", "rso", "Duty room"),
    (AssetKind.ARMOUR, "Vest, size M", "V-02", "staff", "Consular section"),
    (AssetKind.ARMOUR, "Helmet", "V-11", "rso", "Duty room"),
    (AssetKind.BLANKS, "Passport booklets, 60", "B-400160", "staff", "Consular safe"),
    (AssetKind.SEAL, "Consular seal", "C-1", "staff", "Consular safe"),
)
HOLDINGS: tuple[tuple[str, str, float, VolumeUnit], ...] = (
    ("Political files", "H-1", 3.2, VolumeUnit.METRES),
    ("Cipher waste in bags", "H-2", 90.0, VolumeUnit.LITRES),
)

HOUSES: tuple[tuple[str, dict[str, str], str], ...] = (
    ("Residence of the head of mission", {}, "Private guard, hourly"),
    ("Flat 3, Gardens Street", {"locks": "Keys of the last tenant", "lighting": "Stairs are dark"}, ""),
    ("Flat 11, Gardens Street", {"fire_exit": "Grilles are welded shut"}, ""),
    ("House by the river", {}, ""),
)
"""Address, what falls short, patrol. The second is waived, the third refused, the last never surveyed."""

ALARM_1 = """Whoever sees the danger presses the nearest button and says where on channel 1.
The guard closes the gate.
Everybody goes to the safe room by the inner stairs and takes nothing along.
The duty officer counts heads against the list at the safe-room door.
Nobody leaves before the duty officer says so."""
ALARM_2 = ALARM_1.replace("The guard closes the gate.", "The guard closes both gates and the car barrier.").replace(
    "against the list", "against the printed list"
)
KEYS = """Keys are drawn from the cabinet against a signature and given back the same day.
A lost key is reported at once, whatever the hour.
The cabinet is counted each quarter by one who does not hold it."""
PHONES = """No private telephone in the registry or in the conference room.
A telephone that was out of its owner's hands at a border is brought to the security officer before it is used again."""

RUN = """18:30 | Door staff take their places, list in hand | Consular section
19:00 | Doors open | Guards
19:20 | Head of mission at the entrance | Protocol
20:00 | Short speech, anthem | Protocol
22:30 | Last guests leave, rooms walked | Security officer"""
GUESTS = (("Rim Alhadi", "Chamber of Commerce"), ("Youssef Barada", "University"), ("Nour Qasioun", "Press"))


def furnish(state: str, now: datetime) -> int:
    """Fill the first mission where history ships. Returns the number of acts; 0 where it is furnished already."""
    local = service(ServiceAccount.LOCAL)
    mission = Mission.objects.visible_to(local).filter(sending_state__iexact=state, receiving_code="SY").first()
    if mission is None or Asset.objects.visible_to(local).exists():
        return 0
    persons = {name: of_operator(Operator.objects.get(user__username=name)) for name in ("rso", "head", "staff")}
    persons["analyst"] = of_operator(Operator.objects.get(user__username="analyst"))
    done = _hold(mission, persons) + _house(mission, persons, now)
    return done + _receive(mission, persons["rso"], now) + _order(mission, persons, now)


def _hold(mission: Mission, persons: dict[str, Actor]) -> int:
    by = persons["rso"]
    keys = {}
    for name, actor in persons.items():
        person = at_post.person_of(actor)
        keys[name] = person.pk if person else actor.id
    things = [assets.Thing(kind, f"{name} {MARKED}", mark, keys[who], place) for kind, name, mark, who, place in HELD]
    for name, mark, volume, unit in HOLDINGS:
        held = assets.Thing(AssetKind.CLASSIFIED, f"{name} {MARKED}", mark, keys["analyst"], "Registry")
        things.append(replace_volume(held, volume, unit))
    rows = [assets.add_asset(claim(Mission, mission.pk, "missions.add_asset", by), thing) for thing in things]
    offered = next(row for row in rows if row.mark == "R-01")
    assets.propose_hand_over(claim(Asset, offered.pk, "missions.propose_hand_over", by), keys["staff"])
    return len(rows) + 1


def replace_volume(thing: assets.Thing, volume: float, unit: VolumeUnit) -> assets.Thing:
    """The same thing with what it measures."""
    return assets.Thing(thing.kind, thing.name, thing.mark, thing.custodian, thing.place, volume=volume, unit=unit)


def _house(mission: Mission, persons: dict[str, Actor], now: datetime) -> int:
    by, people = persons["rso"], list(at_post.people(persons["rso"], mission.pk)[:8])
    for number, (address, short, patrol) in enumerate(HOUSES):
        premises = add_premises(
            claim(Mission, mission.pk, "missions.add_premises", by),
            name=f"{address} {MARKED}",
            kind=PremisesKind.RESIDENCE,
            category=PremisesCategory.RESIDENCE,
            address=f"{address} {MARKED}",
        )
        row = residences.add_residence(claim(Premises, premises.pk, "missions.add_residence", by))
        if number == len(HOUSES) - 1:
            continue
        found = [
            Found(c.code, Answer.NOT_MET if c.code in short else Answer.MET, short.get(c.code, "")) for c in STANDARD
        ]
        claimed = claim(Residence, row.pk, "missions.survey_residence", by)
        residences.survey_residence(claimed, found, patrol=patrol, alarm="Panic button to the duty room")
        if "locks" in short:
            waived = claim(Residence, row.pk, "missions.waive_criterion", persons["head"])
            residences.waive_criterion(
                waived, "locks", measure="Bolt fitted inside; locksmith is booked", until=now + timedelta(days=20)
            )
        if "fire_exit" not in short:
            for person in people[number * 3 : number * 3 + 3]:
                residences.move_in(claim(Residence, row.pk, "missions.move_in", by), person.pk)
    return len(HOUSES) * 3


def _receive(mission: Mission, by: Actor, now: datetime) -> int:
    evening = now.replace(hour=17, minute=0) + timedelta(days=4)
    plan = occasions.Plan(
        OccasionKind.RECEPTION,
        f"Reception for trade {MARKED}",
        evening,
        evening + timedelta(hours=5),
        "Residence, garden",
        "Minister of Trade",
    )
    row = occasions.plan_occasion(claim(Mission, mission.pk, "missions.plan_occasion", by), plan)
    occasions.set_run_sheet(claim(Occasion, row.pk, "missions.set_run_sheet", by), run_sheet(RUN))
    for code in ("place_walked", "entrances", "shelter"):
        occasions.tick_advance(claim(Occasion, row.pk, "missions.tick_advance", by), code)
    guests = [GuestValue(f"{name} {MARKED}", office) for name, office in GUESTS]
    occasions.list_guests(claim(Occasion, row.pk, "missions.list_guests", by), guests)
    return 6


def _order(mission: Mission, persons: dict[str, Actor], now: datetime) -> int:
    by, review = persons["rso"], now + timedelta(days=240)
    everybody, few = ("rso", "head_of_mission", "analyst", "staff"), ("rso", "staff")

    def entered(
        title: str, kind: ProtocolKind, threat: ThreatClass, readers: tuple[str, ...], norm: str = ""
    ) -> orders.Subject:
        return orders.Subject(f"{title} {MARKED}", kind, threat, "rso", readers, 5, review, norm)

    def at_mission(subject: orders.Subject, text: str) -> Protocol:
        claimed = missions.claimed(by, mission.pk, "law.enter_protocol")
        return orders.enter_protocol(claimed, subject, orders.Wording(text, ChangedBy.FIRST, "None was in force"))

    alarm = at_mission(
        entered("Alarm at the gate", ProtocolKind.STANDING_ORDER, ThreatClass.TERRORISM, everybody, "vcdr-22-2"),
        ALARM_1,
    )
    for who in persons.values():
        orders.read_protocol(claim(Protocol, alarm.pk, "law.read_protocol", who), 1)
    wording = orders.Wording(ALARM_2, ChangedBy.LESSON, "The drill of January: the second gate stood open")
    orders.publish_protocol(claim(Protocol, alarm.pk, "law.publish_protocol", by), wording, within_days=5)
    orders.read_protocol(claim(Protocol, alarm.pk, "law.read_protocol", by), 2)
    at_mission(entered("Keys and their cabinet", ProtocolKind.PROCEDURE, ThreatClass.CRIME, few), KEYS)
    subject = entered("Private telephones", ProtocolKind.POLICY, ThreatClass.ESPIONAGE, everybody)
    first = orders.Wording(PHONES, ChangedBy.FIRST, "None was in force")
    watch = of_operator(Operator.objects.get(user__username="watch"))
    orders.enter_service_protocol(claim_house("law.enter_service_protocol", watch), subject, first)
    return 9
