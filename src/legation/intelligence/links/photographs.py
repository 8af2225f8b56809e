"""What of a photograph may be kept? Its pixels, written anew; place, camera, comments and hidden pictures stay out.

Type by content, never by name; the size is read before anything is decoded. The file as it came is not kept: it says
where a person lives. Whoever needs it as evidence takes the telephone itself into custody.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
"""What phones take. SVG is a program, TIFF and the rest have decoders that nobody here needs."""

BYTES_MAX = 12 << 20
"""A full-size picture of today's phones is 3 to 8 MB."""

PIXELS_MAX = 50_000_000
"""The largest sensors in common phones give 50 million; decoded that is 150 MB for the moment it takes."""

SIDE_PX_MAX = 1_600
"""A number plate fills a fifth of the width: 300 pixels are enough to read it."""

QUALITY = 82


class NotAPhotograph(Exception):
    """It is not kept; the code has a sentence and says what to do."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def cleaned(data: bytes) -> bytes:
    """A JPEG of the pixels alone, upright, at most SIDE_PX_MAX on a side. Raises NotAPhotograph."""
    if len(data) > BYTES_MAX:
        raise NotAPhotograph("photograph_bytes", limit=f"{BYTES_MAX >> 20}")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as found:
            _refuse_floods(found)
            found.draft("RGB", (SIDE_PX_MAX, SIDE_PX_MAX))  # a JPEG is decoded small at once
            pixels = ImageOps.exif_transpose(found).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPhotograph("photograph_pixels", limit=f"{PIXELS_MAX // 1_000_000}") from None
    except UnidentifiedImageError:
        raise NotAPhotograph("photograph_form", known=", ".join(FORMATS)) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as fault:
        raise NotAPhotograph("photograph_broken", detail=type(fault).__name__) from None
    return _written_anew(pixels)


def _refuse_floods(found: Image.Image) -> None:
    if found.width * found.height > PIXELS_MAX:
        raise NotAPhotograph("photograph_pixels", limit=f"{PIXELS_MAX // 1_000_000}")


def _written_anew(pixels: Image.Image) -> bytes:
    """Into a fresh picture: what is not pixels has nowhere to go."""
    pixels.thumbnail((SIDE_PX_MAX, SIDE_PX_MAX))
    fresh = Image.new("RGB", pixels.size)
    fresh.paste(pixels)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
