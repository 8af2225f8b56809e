"""Sources, signals and reports for the tests of the room, made by its acts."""

from tests import given

from legation.foundations.markings import OPEN, Marking
from legation.intelligence import actions
from legation.intelligence.actions import Outcome
from legation.intelligence.links import typed
from legation.intelligence.links.feeding import from_bytes
from legation.intelligence.links.ucdp import MemoryUcdp
from legation.intelligence.models import Source
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import claim, claim_house


def source(collector: str = "ucdp", name: str = "") -> Source:
    """A source read by this collector."""
    house = claim_house("intelligence.register_source", given.local())
    return actions.register_source(house, name=name or f"Test {collector}", collector=collector)


def collected(one: Source, data: bytes, name: str = "file") -> Outcome:
    """What collecting these bytes did."""
    claimed = claim(Source, one.pk, "intelligence.collect", given.local())
    return actions.collect_all(claimed, from_bytes(data, name, collector=one.collector))


def fighting(*places: tuple[str, str], day: str = "2018-01-10") -> bytes:
    """A table of armed clashes at these coordinates."""
    world = MemoryUcdp()
    for latitude, longitude in places or (("33.51", "36.29"), ("33.49", "36.31"), ("34.73", "36.71")):
        world.add(latitude=latitude, longitude=longitude, date_start=day, date_end=day)
    return world.table()


def report(
    actor: Actor, one: Source, title: str = "Shots near the market", *, marking: Marking = OPEN, **more: object
) -> str:
    """The content key of a report typed by this person."""
    values: dict[str, object] = {
        "text": "", "kind": "attack_on_civilians", "occurred_at": "2018-02-04T06:00:00+00:00",
        "office": "Police liaison", "latitude": 33.51, "longitude": 36.29, "country": "SY",
    }  # fmt: skip
    said = typed.Report(title=title, **values | more)  # type: ignore[arg-type]
    claimed = claim(Source, one.pk, "intelligence.report", actor)
    return actions.report(claimed, said, marking=marking, grade="B2", mission=None)
