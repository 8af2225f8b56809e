"""Whatever is done to the bytes of a real feed, a collector answers with signals and items put aside, nothing else."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intelligence.samples import FILES, sample

from legation.intelligence.links import COLLECTORS
from legation.intelligence.links.feeding import Fed, from_bytes
from legation.intelligence.links.reasons import REASONS

SECONDS_MAX = 5.0
"""For one mutated sample of at most 40 kB on a busy machine; a parser that hangs takes minutes."""

type Edit = tuple[str, int, bytes]

EDITS = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "insert", "repeat"]), st.integers(0, 2**20), st.binary(max_size=40)),
    min_size=1,
    max_size=6,
)
SPLICES = st.sampled_from(
    [b"<!DOCTYPE x [<!ENTITY a 'a'>]>", b"]]>", b"<![CDATA[", b"NaN", b"null", b'"', b"\x00", b"\xff\xfe", b"1e999"]
)


def mutated(data: bytes, edits: list[Edit], splice: bytes) -> bytes:
    """The bytes after these edits."""
    for how, at, extra in edits:
        place = at % (len(data) + 1)
        if how == "flip" and place < len(data):
            data = data[:place] + bytes([data[place] ^ (1 << at % 8)]) + data[place + 1 :]
        elif how == "cut":
            data = data[:place] + data[place + 1 + at % 50 :]
        elif how == "insert":
            data = data[:place] + (extra or splice) + data[place:]
        else:
            data = data[:place] + data[max(0, place - 200) :]
    return data


def check(fed: Fed) -> None:
    """What must hold of any answer."""
    signals = fed.collected.signals
    assert fed.collected.accepted <= len(signals)
    assert all(one.reason in REASONS for one in fed.collected.quarantined)
    assert all(signals.external_id), "a signal without a name could not be found again"


@pytest.mark.parametrize("name", sorted(FILES))
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS, splice=SPLICES)
def test_a_mutated_sample_gives_signals_and_quarantine_and_no_exception(
    name: str, edits: list[Edit], splice: bytes
) -> None:
    data = mutated(sample(name), edits, splice)
    began = time.process_time()
    for fed in from_bytes(data, name, collector=FILES[name], received_s=1_600_000_000):
        check(fed)
    assert time.process_time() - began < SECONDS_MAX


@pytest.mark.parametrize("collector", sorted(COLLECTORS))
@given(data=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_at_all_give_no_exception(collector: str, data: bytes) -> None:
    for fed in from_bytes(data, "x", collector=collector):
        check(fed)
