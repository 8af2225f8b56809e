"""Which colour, letter and word belong to a risk band? One table for chips, matrices and maps.

Source: the five bands of the United Nations security risk management process, in the order of its matrix's top row.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Band:
    """rank 1–5 (0: not assessed); letter tells it apart without colour."""

    rank: int
    code: str
    letter: str
    name: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


BANDS: tuple[Band, ...] = (
    Band(0, "none", "–", _("Not assessed")),
    Band(1, "low", "L", _("Low")),
    Band(2, "medium", "M", _("Medium")),
    Band(3, "high", "H", _("High")),
    Band(4, "very_high", "V", _("Very high")),
    Band(5, "unacceptable", "U", _("Unacceptable")),
)
_by_code = {band.code: band for band in BANDS}


def band_of(value: object) -> Band:
    """The band of a rank, a code or an enum of either; not assessed for anything else."""
    plain = getattr(value, "value", value)
    if isinstance(plain, int) and 0 <= plain < len(BANDS):
        return BANDS[plain]
    return _by_code.get(str(plain).lower().replace(" ", "_"), BANDS[0])
