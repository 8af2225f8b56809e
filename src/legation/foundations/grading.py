"""How far is this believed? The admiralty code: reliability of the source, credibility of the item.

Source: NATO AJP-2.1, annex on evaluation; the same table is used by police services.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reliability(StrEnum):
    """Of the source, by its record."""

    A = "A"  # completely reliable
    B = "B"  # usually reliable
    C = "C"  # fairly reliable
    D = "D"  # not usually reliable
    E = "E"  # unreliable
    F = "F"  # cannot be judged

    @property
    def weight(self) -> float:
        """How much a report of this source counts, 0–1; F stands at the middle because nothing is known."""
        return {"A": 1.0, "B": 0.85, "C": 0.65, "D": 0.4, "E": 0.15, "F": 0.5}[self.value]


class Credibility(StrEnum):
    """Of the item, by what other sources say."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNJUDGED = "6"

    @property
    def weight(self) -> float:
        """How much an item of this credibility counts, 0–1."""
        return {"1": 1.0, "2": 0.85, "3": 0.65, "4": 0.35, "5": 0.1, "6": 0.5}[self.value]


@dataclass(frozen=True, slots=True)
class Grade:
    """Both letters together, written B2."""

    reliability: Reliability
    credibility: Credibility

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"

    @classmethod
    def parse(cls, text: str) -> "Grade":
        """Read `B2`. Raises ValueError with the two scales in the message."""
        word = text.strip().upper()
        try:
            return cls(Reliability(word[:1]), Credibility(word[1:]))
        except ValueError:
            raise ValueError(f"{text!r} is not a grade; write a letter A–F and a digit 1–6, as in B2") from None
