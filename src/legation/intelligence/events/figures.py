"""What can happen to police figures."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FiguresImported:
    """Figures by area, month and offence came in; later ones replace earlier. digest: SHA-256 of the file, in hex."""

    version: ClassVar[int] = 1
    file: str
    figures: int
    first_month: str
    last_month: str
    digest: str
