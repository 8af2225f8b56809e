"""Where does a measure act? Layers of protection × kinds of means."""

from enum import StrEnum


class Layer(StrEnum):
    """In the order in which an attacker meets them."""

    DETER = "deter"
    DETECT = "detect"
    DELAY = "delay"
    RESPOND = "respond"
    RECOVER = "recover"


class Means(StrEnum):
    """What the measure is made of."""

    PHYSICAL = "physical"
    PROCEDURAL = "procedural"
    TECHNICAL = "technical"
    LEGAL = "legal"
