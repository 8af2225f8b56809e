"""Case 47: a photograph gives away a safe house, what was cut off, or fills the memory. Only pixels are kept."""

import io
import struct
import zlib

import pytest
from PIL import Image
from tests.abuse.photographs import COMMENT, UNCROPPED, photograph

from legation.intelligence.links import photographs
from legation.intelligence.links.photographs import NotAPhotograph, cleaned


def says_where(data: bytes) -> bool:
    """True where a reader finds a place, a maker's note, a comment or a second picture."""
    with Image.open(io.BytesIO(data)) as found:
        exif = found.getexif()
        told = bool(exif) or bool(exif.get_ifd(0x8825)) or "comment" in found.info or "exif" in found.info
    return told or UNCROPPED in data or COMMENT in data or data.find(b"\xff\xd8", 2) >= 0


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_thumbnail_and_comment_of_a_photograph_are_gone(form: str) -> None:
    taken = photograph(form=form)
    assert says_where(taken), "the control must say where it was taken, or this test proves nothing"
    assert not says_where(cleaned(taken))


def test_control_a_copy_that_carries_its_notes_over_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure switched off: the picture is saved with what came with it."""

    def careless(data: bytes) -> bytes:
        with Image.open(io.BytesIO(data)) as found:
            out = io.BytesIO()
            found.save(out, "JPEG", exif=found.getexif())
            return out.getvalue()

    assert says_where(careless(photograph()))


def test_it_stands_upright_although_the_note_that_says_how_is_gone() -> None:
    with Image.open(io.BytesIO(cleaned(photograph(640, 480)))) as shown:
        assert shown.size == (480, 640)


def test_a_second_picture_behind_the_first_is_gone() -> None:
    behind = cleaned(photograph() + photograph(100, 100))
    assert not says_where(behind)


def flood(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is gigapixels wide."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.fixture
def undecoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever decodes says so."""

    def decoded(self: Image.Image) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)


@pytest.mark.usefixtures("undecoded")
@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 10_000), (8_000, 7_000)])
def test_a_pixel_flood_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(NotAPhotograph) as refused:
        cleaned(flood(*size))
    assert refused.value.code == "photograph_pixels"


@pytest.mark.usefixtures("undecoded")
def test_control_without_the_limit_the_flood_would_be_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photographs, "PIXELS_MAX", 10**12)
    with pytest.raises(AssertionError, match="it was decoded"):
        cleaned(flood(8_000, 7_000))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n%PK\x03\x04 both at once",
        b"<svg xmlns='x'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(40),
        b"II*\x00" + bytes(60),
        b"",
        b"\xff\xd8\xff/*alert(1)*/",
        b"\x89PNG\r\n\x1a\n" + bytes(30),
    ],
    ids=["pdf and zip", "svg", "gif", "tiff", "nothing", "half a jpeg", "half a png"],
)
def test_what_is_no_photograph_by_its_content_is_refused_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(NotAPhotograph) as refused:
        cleaned(data)
    assert refused.value.code in {"photograph_form", "photograph_broken"}


def test_a_polyglot_of_picture_and_script_comes_out_as_picture() -> None:
    both = photograph() + b"PK\x03\x04<script>alert(1)</script>"
    assert b"<script>" not in cleaned(both)
    assert b"PK\x03\x04" not in cleaned(both)


def test_it_is_never_larger_than_needed_and_never_read_past_the_limit() -> None:
    with Image.open(io.BytesIO(cleaned(photograph(4_000, 3_000)))) as shown:
        assert max(shown.size) == photographs.SIDE_PX_MAX
    with pytest.raises(NotAPhotograph) as refused:
        cleaned(bytes(photographs.BYTES_MAX + 1))
    assert refused.value.code == "photograph_bytes"
