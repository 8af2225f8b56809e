"""What is inside the archive? One plain file or several, unpacked under limits that are checked before the memory.

Source of the limits: OWASP ASVS 5.0, 5.2.3 (size and number of files checked before unpacking).
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from legation.intelligence.links.guarded_xml import Refused

PACKED_BYTES_MAX = 256 * 2**20
"""A GED of the whole world is 30 MB packed; nothing here is near this."""

PLAIN_BYTES_MAX = 512 * 2**20
"""The same table plain is 250 MB."""

RATIO_MAX, RATIO_FREE_BYTES = 60, 8 * 2**20
"""Real tables here pack 5 to 15 times, JSON up to 25; zeros pack 1,000 times. Small files may pack better by chance."""

MEMBERS_MAX = 100
STEP_BYTES = 2**20

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_SYMLINK = 0o120000


@dataclass(frozen=True, slots=True)
class Plain:
    """One file, unpacked. name: of the member, or of the archive without its suffix."""

    name: str
    data: bytes


def is_packed(data: bytes) -> bool:
    """True for gzip and zip, by content."""
    return data.startswith((_GZIP, _ZIP))


def unpack(data: bytes, name: str) -> list[Plain]:
    """The files within, or the bytes themselves where they are no archive. Raises Refused with the reason."""
    if not is_packed(data):
        if len(data) > PLAIN_BYTES_MAX:
            raise Refused("too_large", limit=str(PLAIN_BYTES_MAX))
        return [Plain(name, data)]
    if len(data) > PACKED_BYTES_MAX:
        raise Refused("too_large", limit=str(PACKED_BYTES_MAX))
    if data.startswith(_GZIP):
        plain = _gunzip(data, name)
        if is_packed(plain):
            raise Refused("archive_member", member=name, detail="an archive inside an archive")
        return [Plain(name.removesuffix(".gz"), plain)]
    return _unzip(data, name)


def head(data: bytes, size: int = 65_536) -> bytes:
    """The first plain bytes, for recognition; "" where they cannot be had."""
    try:
        if data.startswith(_GZIP):
            return zlib.decompressobj(31).decompress(data, size)
        if data.startswith(_ZIP):
            with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(archive.infolist()[0]) as member:
                return member.read(size)
    except (zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, LookupError):
        return b""
    return data[:size]


def _limit(packed: int) -> int:
    return min(PLAIN_BYTES_MAX, max(RATIO_FREE_BYTES, packed * RATIO_MAX))


def _gunzip(data: bytes, name: str) -> bytes:
    """All members of a gzip file, a megabyte at a time, so that a bomb is refused at the limit and not after it."""
    limit, parts, total, rest = _limit(len(data)), list[bytes](), 0, data
    try:
        while rest:
            one = zlib.decompressobj(31)
            while not one.eof:
                part = one.decompress(rest, STEP_BYTES)
                rest = one.unconsumed_tail
                total += len(part)
                if total > limit:
                    raise Refused("bomb", limit=str(limit), packed=str(len(data)))
                if not part and not rest and not one.eof:
                    raise Refused("archive_broken", name=name, detail="it breaks off")
                parts.append(part)
            rest = one.unused_data.lstrip(b"\0")  # tape padding
    except zlib.error as error:
        raise Refused("archive_broken", name=name, detail=str(error)) from None
    return b"".join(parts)


def _unzip(data: bytes, name: str) -> list[Plain]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _check(members)
            limit = _limit(len(data))
            if sum(one.file_size for one in members) > limit:
                raise Refused("bomb", limit=str(limit), packed=str(len(data)))
            return [_member(archive, one, limit) for one in members]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise Refused("archive_broken", name=name, detail=str(error)[:100]) from None


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS_MAX:
        raise Refused("archive_member", member=f"{len(members)} files", detail=f"at most {MEMBERS_MAX} are read")
    seen: set[str] = set()
    for one in members:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in one.filename:
            raise Refused("archive_member", member=one.filename[:100], detail="its path leads out of the folder")
        if (one.external_attr >> 16) & 0o170000 == _SYMLINK:
            raise Refused("archive_member", member=one.filename[:100], detail="it is a link to another file")
        if one.flag_bits & 1:
            raise Refused("archive_locked", member=one.filename[:100])
        if str(path) in seen:
            raise Refused("archive_member", member=one.filename[:100], detail="its name occurs twice")
        seen.add(str(path))


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo, limit: int) -> Plain:
    """The sizes in the directory are claims: the count that matters is of what comes out."""
    with archive.open(one) as opened:
        data = opened.read(limit + 1)
    if len(data) > limit:
        raise Refused("bomb", limit=str(limit), packed=str(one.compress_size))
    if is_packed(data):
        raise Refused("archive_member", member=one.filename[:100], detail="an archive inside an archive")
    return Plain(one.filename, data)
