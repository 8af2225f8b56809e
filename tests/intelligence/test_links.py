"""Every collector reads real items of its source, and what it cannot read it puts aside with its bytes and a reason."""

import csv
import gzip
import io
import json
import math
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from tests.intelligence.samples import FILES, sample

from legation.foundations.threats import THREAT_CODES, ThreatClass
from legation.foundations.time import epoch_s, parse_instant
from legation.intelligence import links
from legation.intelligence.links import advisories, cap, feed, feeding, gdacs, gdelt, typed, ucdp, usgs
from legation.intelligence.links.feeding import Fed, from_bytes, from_path
from legation.intelligence.links.manifest import Hint
from legation.intelligence.links.reasons import REASONS, advice, sentence
from legation.intelligence.rules.signals import Collected


def only(data: bytes, name: str = "file", **more: str) -> Fed:
    (fed,) = from_bytes(data, name, **more)  # type: ignore[arg-type]
    return fed


def reasons(collected: Collected) -> list[str]:
    return [item.reason for item in collected.quarantined]


@pytest.mark.parametrize(("name", "collector"), FILES.items())
def test_each_real_sample_is_recognised_and_none_of_its_items_is_lost(name: str, collector: str) -> None:
    data = sample(name)
    fed = only(data, name)
    assert fed.collector == collector
    assert fed.collected.accepted + len(fed.collected.quarantined) == items_in(name, data)
    assert fed.collected.accepted > 0


def items_in(name: str, data: bytes) -> int:
    """The number of items, counted in another way than the collectors do."""
    if name.endswith(".csv"):
        return sum(1 for _ in csv.reader(io.StringIO(data.decode()))) - 1
    if name.endswith((".tsv", ".jsonl")):
        return len(data.splitlines())
    if name.endswith("json"):
        whole = json.loads(data)
        return len(whole.get("features") or whole["objects"] if isinstance(whole, dict) else whole)
    return len(re.findall(rb"<(?:atom:)?entry>|<item>", data)) or 1


def test_every_manifest_says_what_is_read_whose_it_is_and_what_happens_on_failure() -> None:
    for manifest in links.manifests():
        assert all((manifest.reads, manifest.credit, manifest.licence, manifest.owner, manifest.on_failure))
        assert manifest.cadence_s >= manifest.rate_s > 0


def test_every_reason_has_a_sentence_and_advice_with_its_parameters_filled() -> None:
    for code in REASONS:
        assert "{" not in sentence(code, {}) + advice(code, {})
    assert "12" in sentence("columns", {"found": "12", "wanted": "61"})


def test_a_gdelt_row_keeps_its_place_time_kind_and_publisher() -> None:
    world = gdelt.MemoryGdelt()
    world.add(event="194")
    signals = only(world.export()).collected.signals
    assert (signals.kind, signals.country, signals.origin) == (["shelling"], ["SY"], ["example.org"])
    assert signals.published_s[0] == epoch_s(parse_instant("2018-01-01"))
    assert (signals.latitude[0], signals.longitude[0]) == (33.5, 36.3)
    assert THREAT_CODES[signals.threat[0]] is ThreatClass.ARMED_CONFLICT


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"latitude": "91"}, "bad_place"),
        ({"latitude": "NaN"}, "bad_place"),
        ({"longitude": ""}, "bad_place"),
        ({"day": "00180101"}, "bad_time"),
        ({"day": "20181301"}, "bad_time"),
        ({"day": "20190101"}, "bad_time"),
        ({"event": "999"}, "bad_value"),
    ],
)
def test_a_gdelt_row_that_cannot_be_right_is_put_aside_alone(change: dict[str, str], reason: str) -> None:
    world = gdelt.MemoryGdelt()
    world.add()
    world.add(**change)
    world.add()
    found = gdelt.read(world.export())
    assert (len(found.signals), reasons(found)) == (2, [reason])
    assert found.quarantined[0].where == "line 2"
    assert found.quarantined[0].raw == world.export().splitlines()[1]


def test_one_line_of_a_hundred_megabytes_costs_no_other_line() -> None:
    world = gdelt.MemoryGdelt()
    world.add()
    world.add()
    first, second = world.export().splitlines()
    found = gdelt.read(b"\n".join([first, b"x" * 100_000_000, second]))
    assert (len(found.signals), reasons(found)) == (2, ["line_too_long"])


def test_an_undecodable_line_is_put_aside_and_the_rest_read() -> None:
    world = gdelt.MemoryGdelt()
    world.add()
    world.add()
    first, second = world.export().splitlines()
    found = gdelt.read(first + b"\n" + second.replace(b"Damascus", b"Dam\xe1s\xff") + b"\n")
    assert (len(found.signals), reasons(found)) == (1, ["encoding"])


def test_a_ucdp_event_is_known_when_it_was_over() -> None:
    world = ucdp.MemoryUcdp()
    world.add(date_start="2018-01-10", date_end="2018-01-12")
    signals = only(world.table()).collected.signals
    assert signals.published_s[0] == signals.ended_s[0] == epoch_s(parse_instant("2018-01-13")) - 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date_end": "2018-01-09"}, "ends_before_start"),
        ({"date_start": "0218-01-10"}, "bad_time"),
        ({"best": "-5"}, "bad_value"),
        ({"best": "many"}, "bad_value"),
        ({"type_of_violence": "9"}, "bad_value"),
        ({"latitude": "123.4"}, "bad_place"),
        ({"id": ""}, "no_id"),
    ],
)
def test_a_ucdp_row_that_cannot_be_right_is_put_aside_alone(change: dict[str, str], reason: str) -> None:
    world = ucdp.MemoryUcdp()
    world.add()
    world.add(**change)
    found = ucdp.read(world.table())
    assert (len(found.signals), reasons(found)) == (1, [reason])


def test_a_quoted_field_may_span_lines_and_a_stray_quote_may_not() -> None:
    world = ucdp.MemoryUcdp()
    world.add(where_coordinates="Damascus\ncity")
    world.add(where_coordinates="Homs")
    assert len(ucdp.read(world.table()).signals) == 2
    broken = world.table().replace(b'"Homs"', b'"Homs')
    assert len(ucdp.read(broken).signals) == 1
    assert reasons(ucdp.read(broken)) == ["columns"]


def test_the_fast_and_the_slow_way_through_a_table_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sample("ucdp_syria.csv")
    fast = ucdp.read(data).signals
    monkeypatch.setattr("legation.intelligence.links.tables._fast_frame", lambda *_: None)
    slow = ucdp.read(data).signals
    assert (fast.title, fast.text, fast.raw) == (slow.title, slow.text, slow.raw)
    np.testing.assert_array_equal(fast.occurred_s, slow.occurred_s)


def test_a_table_without_the_columns_is_put_aside_whole() -> None:
    found = ucdp.read(b"a,b\n1,2\n")
    assert reasons(found) == ["header"]
    assert found.quarantined[0].raw == b"a,b\n1,2\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_understood(encoding: str) -> None:
    world = ucdp.MemoryUcdp()
    world.add(side_a="حكومة سوريا")
    found = ucdp.read(world.table().decode().encode(encoding))
    assert found.signals.actors[0].startswith("حكومة سوريا")


def test_an_earthquake_is_known_when_it_was_last_revised() -> None:
    world = usgs.MemoryUsgs()
    world.add(magnitude=6.0)
    signals = only(world.feed()).collected.signals
    assert signals.published_s[0] - signals.occurred_s[0] == 600
    assert (signals.country, signals.intensity[0]) == (["MX"], pytest.approx(0.6))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"latitude": None}, "bad_place"),
        ({"latitude": math.nan}, "bad_place"),
        ({"longitude": 720}, "bad_place"),
        ({"magnitude": 77}, "bad_value"),
        ({"magnitude": math.inf}, "bad_value"),
        ({"time": "soon"}, "bad_time"),
        ({"time": 10**20}, "bad_time"),
        ({"time": None}, "bad_time"),
    ],
)
def test_an_earthquake_that_cannot_be_right_is_put_aside_alone(change: dict[str, object], reason: str) -> None:
    world = usgs.MemoryUsgs()
    world.add()
    world.add(**change)  # type: ignore[arg-type]
    world.add()
    found = usgs.read(world.feed())
    assert (len(found.signals), reasons(found)) == (2, [reason])


def test_a_truncated_json_gives_its_whole_items_and_puts_the_rest_aside() -> None:
    world = usgs.MemoryUsgs()
    for _ in range(5):
        world.add()
    cut = world.feed()[: int(len(world.feed()) * 0.7)]
    found = usgs.read(cut)
    assert len(found.signals) >= 2
    assert set(reasons(found)) == {"broken_json"}


def test_an_item_published_after_we_received_it_is_put_aside() -> None:
    world = usgs.MemoryUsgs()
    world.add()
    found = usgs.read(world.feed(), hint=Hint("x", epoch_s(parse_instant("2017-01-01"))))
    assert reasons(found) == ["future"]


def test_a_gdacs_colour_sets_how_grave_the_alert_is() -> None:
    world = gdacs.MemoryGdacs()
    world.add(event="FL", colour="Green")
    world.add(event="FL", colour="Red")
    signals = only(world.feed()).collected.signals
    assert signals.intensity.tolist() == [0.2, 1.0]
    assert signals.kind == ["flood", "flood"]


def test_a_broken_item_in_a_feed_costs_no_other() -> None:
    world = gdacs.MemoryGdacs()
    for _ in range(4):
        world.add()
    broken = world.feed().replace(b"<title>Orange alert 1001</title>", b"<title>Orange & alert < 1001</title>")
    found = gdacs.read(broken)
    assert (len(found.signals), reasons(found)) == (3, ["broken_xml"])
    assert b"1001" in found.quarantined[0].raw


def test_a_declared_encoding_is_obeyed_and_a_wrong_one_put_aside() -> None:
    data = sample("cap/earthquake-iso8859-1.cap")
    assert "Usulután" in cap.read(data).signals.title[0]
    lying = data.replace(b"ISO-8859-1", b"UTF-8")
    assert reasons(cap.read(lying)) == ["encoding"]


def test_a_cap_area_becomes_a_centre_and_a_radius() -> None:
    signals = cap.read(sample("cap/canada.cap")).signals
    assert (41.5 < signals.latitude[0] < 42.8, -83.2 < signals.longitude[0] < -81.5) == (True, True)
    assert 30 < signals.precision_km[0] < 130


def test_a_cap_index_is_read_by_the_same_words() -> None:
    signals = cap.read(sample("cap/earthquake_index.atom")).signals
    assert (signals.kind, signals.latitude[0]) == (["earthquake"], pytest.approx(-16.0529))


def test_a_travel_advisory_becomes_one_signal_for_each_reason_it_names() -> None:
    found = advisories.read(sample("advisories.jsonl"))
    assert found.accepted == 4
    afghan = [k for k, c in zip(found.signals.kind, found.signals.country, strict=True) if c == "AF"]
    assert {"advisory_crime", "advisory_terrorism", "advisory_unrest"} <= set(afghan)


def test_the_title_of_an_advisory_names_the_country_where_the_archive_cut_it() -> None:
    signals = advisories.read(sample("advisories.json")).signals
    assert "GW" in signals.country


def test_a_feed_gives_title_link_and_publisher_without_markup() -> None:
    world = feed.MemoryFeed()
    world.add("Police <b>& crowd</b> clash")
    signals = only(world.feed()).collected.signals
    assert (signals.title, signals.origin) == (["Police & crowd clash"], ["news.example.org"])


def test_a_story_is_classed_and_placed_by_its_words_in_any_script() -> None:
    world = feed.MemoryFeed()
    world.add("Car bomb kills four in Damascus")
    world.add("انفجار في حلب")
    world.add("Parliament debates the budget")
    signals = feed.read(world.feed()).signals
    assert signals.kind == ["bombing", "bombing", ""]
    assert signals.country == ["SY", "SY", ""]
    assert [round(x) for x in signals.latitude[:2].tolist()] == [34, 36]


def test_an_entry_without_a_date_takes_the_time_of_receipt_and_a_wrong_date_is_put_aside() -> None:
    world = feed.MemoryFeed()
    world.add("Protest", when="the other day")
    assert reasons(feed.read(world.feed())) == ["bad_time"]
    undated = world.feed().replace(b"<pubDate>the other day</pubDate>", b"")
    assert feed.read(undated, hint=Hint("x", 1_517_800_000)).signals.published_s.tolist() == [1_517_800_000]
    assert reasons(feed.read(undated)) == ["missing"]


def test_a_report_typed_in_arabic_is_one_signal_with_its_words_as_typed() -> None:
    data = typed.MemoryTyped().report("إطلاق نار قرب السوق", kind="attack_on_civilians")
    signals = only(data).collected.signals
    assert (signals.title, signals.kind) == (["إطلاق نار قرب السوق"], ["attack_on_civilians"])
    assert "السوق" in signals.raw[0].decode()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": ""}, "report_title"),
        ({"kind": "rumour"}, "report_kind"),
        ({"office": ""}, "report_office"),
        ({"latitude": None}, "report_place"),
        ({"occurred_at": "2018-02-09T00:00:00+00:00"}, "report_future"),
    ],
)
def test_a_report_that_is_not_whole_is_refused_with_its_reason(change: dict[str, str | None], reason: str) -> None:
    said = json.loads(typed.MemoryTyped().report())
    said.pop("received_s")
    report = typed.Report(**said | change)
    refusal = typed.refusal(report, now=parse_instant("2018-02-05T08:00:00Z"))
    assert refusal is not None
    assert refusal.reason == reason


def test_files_in_gzip_and_zip_are_read_as_if_plain() -> None:
    plain = sample("gdelt.export.tsv")
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("20180101000000.export.CSV", plain)
    for packed in (gzip.compress(plain), zipped.getvalue()):
        assert only(packed).collected.signals.external_id == gdelt.read(plain).signals.external_id


def test_what_no_collector_recognises_is_kept_whole() -> None:
    fed = only(b"# Sources\nA note.\n", "SOURCES.md")
    assert (fed.collector, reasons(fed.collected)) == ("", ["unknown_form"])
    assert fed.collected.quarantined[0].raw == b"# Sources\nA note.\n"


def test_an_address_is_fetched_only_from_the_hosts_of_the_manifest() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def fetch(address: str, hosts: tuple[str, ...]) -> bytes:
        asked.append((address, hosts))
        return sample("usgs.geojson")

    address = "https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_week.geojson"
    (fed,) = feeding.from_address(address, fetch, collector="usgs", received_s=0)
    assert (fed.name, fed.collected.accepted) == ("all_week.geojson", 20)
    assert asked == [(address, ("earthquake.usgs.gov",))]


OTHER_FORMS = {"SOURCES.md", "cia_factbook_2026-05-17.tar.gz"}


def test_every_shared_event_file_goes_through_and_none_of_its_items_is_lost(shared_data: Path) -> None:
    files = [p for d in ("events", "history/ucdp_ged") for p in sorted((shared_data / d).rglob("*")) if p.is_file()]
    counted = 0
    for path in files:
        if path.name in OTHER_FORMS:
            continue
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        (fed,) = from_path(path)
        expected = items_in(path.name.removesuffix(".gz"), data)
        assert fed.collected.accepted + len(fed.collected.quarantined) == expected, path.name
        counted += expected
    assert counted > 30_000
