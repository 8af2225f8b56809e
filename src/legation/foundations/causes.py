"""Why is this number what it is? A tree of causes that every figure in the house opens to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from legation.foundations.identity import Ref


@dataclass(frozen=True, slots=True)
class Cause:
    """One row of an explanation.

    code and params become a sentence in a template; points is the signed, additive contribution in the unit
    of the figure it explains; subject is the record, signal, person or norm that the row links to.
    """

    code: str
    points: float
    params: dict[str, str | int | float] = field(default_factory=dict)
    subject: Ref | None = None
    children: tuple["Cause", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Cause"]]:
        """This cause and all below it, each with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)
