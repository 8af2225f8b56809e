"""Photographs that say more than their pixels, made here: a place, a thumbnail of what was cut off, a comment."""

import io

from PIL import Image

SAFE_HOUSE = (33.51234, 36.28765)
UNCROPPED = b"UNCROPPED-THUMBNAIL"
COMMENT = b"taken-by-a-source"


def photograph(width: int = 640, height: int = 480, form: str = "JPEG") -> bytes:
    """A picture with GPS of a safe house, an embedded thumbnail, a maker's note and a comment."""
    picture = Image.new("RGB", (width, height), (120, 80, 40))
    exif = Image.Exif()
    exif[0x010F] = "Camera of an agent"
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (33.0, 30.0, 44.424), "E", (36.0, 17.0, 15.54)
    exif.get_ifd(0x8769)[0x927C] = UNCROPPED
    out = io.BytesIO()
    if form == "JPEG":
        picture.save(out, form, exif=exif, comment=COMMENT)
    else:
        picture.save(out, form, exif=exif)
    return out.getvalue()
