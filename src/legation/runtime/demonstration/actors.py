"""Who acts in the demonstration's world? The sides of the shipped tables, with what the analyst would add of a few."""

from dataclasses import replace

from legation.intelligence.actions.actors import register_actor
from legation.intelligence.events.actors import ActorValue
from legation.intelligence.links import actor_lists
from legation.intelligence.links.unpacking import unpack
from legation.intelligence.models import ThreatActor
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim_house
from legation.runtime.demonstration import records

LEAST = 60
"""Named so often in a table: some thirty sides, those a reader of the news would expect."""

ADDED: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "IS": (
        ("Islamic State", "ISIS", "ISIL", "Daesh", "داعش", "الدولة الإسلامية"),
        ("car_bomb", "suicide_attack", "hostage_taking", "ground_attack"),
        "Demonstration judgement: rule over territory, and attacks on foreigners as a message",
    ),
    "Government of Syria": (
        ("حكومة سوريا",),
        ("shelling", "air_strike", "siege", "ground_attack"),
        "Demonstration judgement: retake the suburbs of the capital",
    ),
    "Syrian insurgents": (
        ("المعارضة السورية",),
        ("shelling", "ground_attack", "car_bomb"),
        "Demonstration judgement: hold the eastern suburbs; the capital is within range of their mortars",
    ),
    "Jalisco Cartel New Generation": (
        ("CJNG", "Cártel de Jalisco Nueva Generación"),
        ("kidnap_for_ransom", "extortion", "roadblock", "armed_assault"),
        "Demonstration judgement: routes and territory; foreigners are met on the road, not sought",
    ),
}
"""Name in the table → other names, methods, aims."""


def register() -> int:
    """Bring the sides of every shipped table into the register. Returns how many."""
    local = service(ServiceAccount.LOCAL)
    if ThreatActor.objects.visible_to(local).exists():
        return 0
    named: dict[str, ActorValue] = {}
    for feed in records.FEEDS:
        if feed.collector == "ucdp":
            for one in unpack(records.read(feed.file), feed.file):
                for value in actor_lists.from_ucdp(one.data, least=LEAST):
                    known = named.setdefault(value.name, value)
                    named[value.name] = replace(known, ucdp_id=known.ucdp_id or value.ucdp_id)
    for value in named.values():
        register_actor(claim_house("intelligence.register_actor", local), _told(value))
    return len(named)


def _told(value: ActorValue) -> ActorValue:
    aliases, methods, aims = ADDED.get(value.name, ((), (), ""))
    return replace(value, aliases=aliases, methods=methods, aims=aims)
