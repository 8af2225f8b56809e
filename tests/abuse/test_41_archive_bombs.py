"""Abuse case 41: archives made to fill memory or to write elsewhere are refused before either; the original is kept."""

import gzip
import io
import tracemalloc
import warnings
import zipfile
import zlib

import pytest

from legation.intelligence.links import unpacking
from legation.intelligence.links.feeding import from_bytes

PEAK_BYTES = 64 * 2**20


def zipped(members: list[tuple[zipfile.ZipInfo | str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def gzip_bomb(size: int = 256 * 2**20) -> bytes:
    """A quarter of a gibibyte of zeros, packed without ever holding it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(2**20)
    return b"".join([packer.compress(block) for _ in range(size // 2**20)] + [packer.flush()])


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("events.csv")
    info.external_attr = 0o120777 << 16
    return info


ATTACKS = {
    "zip bomb": (zipped([("a.csv", bytes(40 * 2**20))]), "bomb"),
    "many small bombs": (zipped([(f"{n}.csv", bytes(2**20)) for n in range(60)]), "bomb"),
    "nested zip": (zipped([("a.zip", zipped([("b.csv", b"id")]))]), "archive_member"),
    "gzip in gzip": (gzip.compress(gzip.compress(b"id")), "archive_member"),
    "zip slip": (zipped([("../../etc/cron.d/x", b"id")]), "archive_member"),
    "absolute path": (zipped([("/etc/passwd", b"id")]), "archive_member"),
    "windows path": (zipped([("..\\..\\x.csv", b"id")]), "archive_member"),
    "symbolic link": (zipped([(link(), b"/etc/passwd")]), "archive_member"),
    "name twice": (zipped([("a.csv", b"id"), ("a.csv", b"other")]), "archive_member"),
    "too many members": (zipped([(f"{n}.csv", b"id") for n in range(101)]), "archive_member"),
    "broken": (gzip.compress(b"id" * 1000)[:-20], "archive_broken"),
    "not a zip": (b"PK\x03\x04" + bytes(50), "archive_broken"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_archive_is_put_aside_whole_with_its_reason(name: str) -> None:
    data, reason = ATTACKS[name]
    (fed,) = from_bytes(data, "feed.zip")
    assert [one.reason for one in fed.collected.quarantined] == [reason]
    assert fed.collected.quarantined[0].raw == data


def test_a_heap_of_zeros_is_refused_before_memory_is_used() -> None:
    data = gzip_bomb()
    tracemalloc.start()
    (fed,) = from_bytes(data, "feed.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.reason for one in fed.collected.quarantined] == ["bomb"]
    assert peak < PEAK_BYTES


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    honest = zipped([("a.csv", bytes(40 * 2**20))])
    size = (40 * 2**20).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest
    (fed,) = from_bytes(lying, "feed.zip")
    assert fed.collected.quarantined[0].reason in {"bomb", "archive_broken"}


def test_without_the_limit_the_bomb_would_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "RATIO_MAX", 10**9)
    (one,) = unpacking.unpack(ATTACKS["zip bomb"][0], "feed.zip")
    assert len(one.data) == 40 * 2**20
