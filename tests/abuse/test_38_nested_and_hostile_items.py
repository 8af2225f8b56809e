"""Abuse case 38: items made to exhaust a parser are put aside within bounds, and the feed goes on."""

import json
import time
import tracemalloc

import pytest

from legation.intelligence.links import gdacs, guarded_xml, json_items, usgs

SECONDS_MAX, BYTES_MAX = 2.0, 64 * 2**20
"""The case asks 200 ms and 64 MiB of one item on a machine of its own; shared cores get ten times the time."""


def test_ten_thousand_levels_of_json_are_put_aside_and_the_feed_goes_on() -> None:
    world = usgs.MemoryUsgs()
    for _ in range(3):
        world.add()
    deep = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
    whole = world.feed().replace(b'"features": [', b'"features": [' + deep + b", ", 1)
    tracemalloc.start()
    began = time.process_time()
    found = usgs.read(whole)
    spent, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(found.signals), len(found.quarantined)) == (3, 1)
    assert (spent < SECONDS_MAX, peak < BYTES_MAX) == (True, True)


def test_ten_thousand_levels_of_xml_are_refused() -> None:
    found = gdacs.read(b"<rss><channel>" + b"<item>" * 10_000 + b"</item>" * 10_000 + b"</channel></rss>")
    assert [one.reason for one in found.quarantined] == ["too_deep"]


def test_a_text_that_makes_patterns_backtrack_takes_no_longer_than_another() -> None:
    world = usgs.MemoryUsgs()
    world.add(place="a" * 200_000 + ",")
    hostile = json.dumps([" , " * 100_000]).encode()
    began = time.process_time()
    assert len(usgs.read(world.feed()).signals) == 1
    usgs.read(hostile)
    gdacs.read(b"<rss>" + b"<item " * 50_000)
    assert time.process_time() - began < SECONDS_MAX


def test_without_the_limits_the_same_items_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_xml, "DEPTH_MAX", 10**6)
    found = gdacs.read(b"<rss><channel>" + b"<item>" + b"<a>" * 90 + b"</a>" * 90 + b"</item></channel></rss>")
    assert [one.reason for one in found.quarantined] == ["bad_value"]
    monkeypatch.setattr(json_items, "DEPTH_MAX", 10**6)
    assert json_items.decoded(b'{"a":' * 200 + b"1" + b"}" * 200)
