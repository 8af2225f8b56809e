"""Objects of a bundle become signals or are put aside, none is lost; actors are proposals, patterns stay words."""

import gzip
import json
from pathlib import Path

from hypothesis import given as having
from hypothesis import settings
from hypothesis import strategies as st

from legation.intelligence.links import stix
from legation.intelligence.links.feeding import from_bytes
from legation.intelligence.links.manifest import Looks
from legation.intelligence.links.stix import MemoryStix

RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"


def test_of_every_real_bundle_accepted_and_quarantined_are_all_objects(shared_data: Path) -> None:
    cyber = shared_data / "cyber"
    for path in sorted([*cyber.glob("stix21_examples/**/*.json"), *cyber.glob("attack/*attack-1*.json.gz")]):
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        whole = json.loads(data)
        objects = whole.get("objects", [whole])
        found = stix.read(data)
        assert found.accepted + len(found.quarantined) == len(objects), path.name
        unread = [one.reason for one in found.quarantined if one.reason != "marked_above"]
        assert len(unread) <= len(objects) * 0.1, (path.name, unread[:5])


def test_an_incident_has_time_place_kind_and_the_actors_it_is_attributed_to() -> None:
    world = MemoryStix()
    group = world.add("intrusion-set", name="admin@338", aliases=["Temper Panda"])
    place = world.add("location", latitude=33.5, longitude=36.3, country="SY", name="Damascus")
    incident = world.add("incident", name="Mail server entered", first_seen="2018-02-01T00:00:00Z")
    for target in (group, place):
        world.add("relationship", source_ref=incident, target_ref=target, relationship_type="attributed-to")
    found = stix.read(world.bundle()).signals
    at = found.external_id.index(incident)
    assert (found.kind[at], found.country[at], found.latitude[at]) == ("cyber_attack", "SY", 33.5)
    assert (found.actors[at], found.actors[0]) == ("admin@338", "admin@338")
    assert "Temper Panda" in found.text[0]
    assert found.kind[0] == ""


def test_a_pattern_is_kept_as_words_and_never_evaluated() -> None:
    world = MemoryStix()
    world.add("indicator", name="C2", pattern="[ipv4-addr:value = '198.51.100.1'] __import__('os')")
    found = stix.read(world.bundle()).signals
    assert "Pattern, not evaluated: [ipv4-addr" in found.text[0]


def test_what_is_marked_above_the_source_is_refused_and_its_content_is_not_kept() -> None:
    world = MemoryStix()
    world.add("incident", name="open", object_marking_refs=[CLEAR])
    world.add("incident", name="the secret", object_marking_refs=[RED])
    world.add("incident", name="unknown", object_marking_refs=["marking-definition--nobody-knows"])
    world.add("incident", name="part", granular_markings=[{"marking_ref": RED, "selectors": ["name"]}])
    found = stix.read(world.bundle())
    assert [one.reason for one in found.quarantined] == ["marked_above"] * 3
    assert found.quarantined[0].params == {"markings": "TLP:RED"}
    assert not any(b"secret" in one.raw for one in found.quarantined)
    assert found.accepted == 1


def test_the_name_of_an_actor_that_is_refused_does_not_leak_by_what_points_to_it() -> None:
    world = MemoryStix()
    group = world.add("intrusion-set", name="Canary Group", object_marking_refs=[RED])
    incident = world.add("incident", name="Mail server entered")
    world.add("relationship", source_ref=incident, target_ref=group, relationship_type="attributed-to")
    found = stix.read(world.bundle())
    told = "".join([*found.signals.title, *found.signals.actors, *found.signals.text])
    assert "Canary" not in told
    assert not any(b"Canary" in one.raw for one in found.quarantined)


def test_hostile_bundles_are_bounded_and_fall_object_by_object() -> None:
    deep = (
        b'{"type":"bundle","objects":[{"type":"incident","id":"incident--1","x":'
        + b"[" * 10_000
        + b"]" * 10_000
        + b"}]}"
    )
    assert stix.read(deep).accepted == 0
    assert stix.read(deep).quarantined
    world = MemoryStix()
    twin = world.add("incident", name="one")
    world.add("incident", id=twin, name="another of the same id")
    world.add("incident", name="x" * 1_100_000)
    world.add("incident", name=["a", {"b": 1}], created=7)
    world.add("sighting", sighting_of_ref="malware--nowhere", where_sighted_refs=["identity--gone", 5])
    world.add("incident", id="incident")
    found = stix.read(world.bundle())
    reasons = [one.reason for one in found.quarantined]
    assert reasons == ["duplicate_id", "too_large", "bad_time", "no_id"]
    assert found.accepted == 2


def test_a_bundle_is_recognised_by_its_form() -> None:
    world = MemoryStix()
    world.add()
    assert stix.recognises(Looks(world.bundle()))
    (fed,) = from_bytes(world.bundle(), "bundle.json")
    assert fed.collector == "stix"


@settings(max_examples=100, deadline=None)
@having(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(st.sampled_from(["type", "id", "created", "modified", "object_marking_refs", "name"]), x)
        ),
    )
)
def test_objects_of_any_shape_are_signals_or_aside(value: object) -> None:
    data = json.dumps(
        {"type": "bundle", "objects": [value, {"type": "incident", "id": "incident--1", "created": value}]}
    )
    found = stix.read(data.encode())
    assert found.accepted + len(found.quarantined) == 2
