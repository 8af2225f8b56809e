"""Who may see this? Classification × TLP 2.0 × compartments, and the order between markings.

Source: FIRST TLP 2.0 (2022); the classification ladder is the one most ministries share.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from functools import reduce


class Classification(IntEnum):
    """How much harm disclosure would do."""

    UNCLASSIFIED = 0
    RESTRICTED = 1
    CONFIDENTIAL = 2
    SECRET = 3


class Tlp(IntEnum):
    """Traffic Light Protocol 2.0: how far it may be passed on."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        return "TLP:" + self.name.replace("_", "+", 1)


@dataclass(frozen=True, slots=True)
class Marking:
    """One marking. Compartments are need-to-know groups: all of them are required to read."""

    classification: Classification = Classification.UNCLASSIFIED
    tlp: Tlp = Tlp.CLEAR
    compartments: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        parts = [self.classification.name, self.tlp.label, *sorted(self.compartments)]
        return " // ".join(parts)

    @classmethod
    def parse(cls, text: str) -> "Marking":
        """Read `RESTRICTED // TLP:AMBER // NEGOTIATION`; classification or TLP alone is enough.

        Raises ValueError that names the word not understood.
        """
        classification, tlp, compartments = Classification.UNCLASSIFIED, Tlp.CLEAR, set[str]()
        for word in (part.strip() for part in text.split("//")):
            upper = word.upper()
            if upper in Classification.__members__:
                classification = Classification[upper]
            elif upper.startswith("TLP:"):
                name = upper.removeprefix("TLP:").replace("+", "_")
                if name not in Tlp.__members__:
                    raise ValueError(f"{word!r} is not a TLP 2.0 label; use one of {', '.join(t.label for t in Tlp)}")
                tlp = Tlp[name]
            elif word.isupper() and word.replace("-", "").isalnum():
                compartments.add(word)
            else:
                raise ValueError(f"{word!r} is neither a classification, a TLP label nor a compartment in capitals")
        return cls(classification, tlp, frozenset(compartments))

    def covers(self, other: "Marking") -> bool:
        """True where one cleared to `self` may read what is marked `other`."""
        return (
            self.classification >= other.classification
            and self.tlp >= other.tlp
            and self.compartments >= other.compartments
        )

    def join(self, other: "Marking") -> "Marking":
        """The lowest marking that protects both: what a text made of both must carry."""
        return Marking(
            max(self.classification, other.classification),
            max(self.tlp, other.tlp),
            self.compartments | other.compartments,
        )


OPEN = Marking()


def join_all(markings: list[Marking]) -> Marking:
    """The marking of something computed from all of these; OPEN where there are none."""
    return reduce(Marking.join, markings, OPEN)
