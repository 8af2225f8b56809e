"""What does a list of norms hold: which rows can be loaded, and what is wrong with the others?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from legation.law.events.norms import Covers, Effect, NormKind, NormValue, Party

COLUMNS = (
    "id",
    "article",
    "paragraph",
    "owes",
    "owed_to",
    "objects",
    "kind",
    "covers",
    "words",
    "keywords",
    "may",
    "may_not",
    "effect",
    "consent_of",
)
REQUIRED = ("id", "article", "owes", "owed_to", "objects", "kind", "words")
CHOICES: dict[str, type[StrEnum]] = {
    "owes": Party,
    "owed_to": Party,
    "kind": NormKind,
    "covers": Covers,
    "effect": Effect,
}
LONGEST = {
    "id": 60,
    "article": 20,
    "paragraph": 20,
    "objects": 200,
    "words": 600,
    "keywords": 400,
    "may": 400,
    "may_not": 400,
    "consent_of": 60,
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was left out; line counts from 1, the heading being line 1."""

    line: int
    advice: str


@dataclass(frozen=True, slots=True)
class NormList:
    """What a file held: the norms that can be loaded, and the rows that cannot."""

    norms: tuple[NormValue, ...]
    faults: tuple[RowFault, ...]


class NotANormList(ValueError):
    """The heading lacks columns without which nothing can be read."""


def read_rows(heading: Iterable[str], rows: Iterable[tuple[int, Mapping[str, str]]]) -> NormList:
    """Read (line, row) pairs. Raises NotANormList naming the columns that the heading lacks."""
    lacking = [column for column in REQUIRED if column not in set(heading)]
    if lacking:
        raise NotANormList(f"the first line lacks {', '.join(lacking)}; the columns are {', '.join(COLUMNS)}")
    norms: dict[str, NormValue] = {}
    faults: list[RowFault] = []
    for line, row in rows:
        cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
        wrong = _wrong(cells) or (f"{cells['id']} stands twice; keep one of the two" if cells["id"] in norms else "")
        if wrong:
            faults.append(RowFault(line, wrong))
        else:
            norms[cells["id"]] = _norm(cells)
    return NormList(tuple(norms.values()), tuple(faults))


def _wrong(cells: Mapping[str, str]) -> str:
    """What is wrong with a row and what to do, or nothing."""
    for column in REQUIRED:
        if not cells[column]:
            return f"the column {column} is empty; fill it in"
    for column, longest in LONGEST.items():
        if len(cells[column]) > longest:
            return f"{column} has {len(cells[column])} characters; shorten it to {longest}"
    for column, choice in CHOICES.items():
        if cells[column] and cells[column] not in [member.value for member in choice]:
            return f"{column} says {cells[column][:40]!r}; write one of {', '.join(choice)}"
    return ""


def _norm(cells: Mapping[str, str]) -> NormValue:
    return NormValue(
        code=cells["id"],
        article=cells["article"],
        paragraph=cells["paragraph"],
        owes=Party(cells["owes"]),
        owed_to=Party(cells["owed_to"]),
        objects=_parted(cells["objects"]),
        kind=NormKind(cells["kind"]),
        covers=Covers(cells["covers"] or Covers.ANY),
        words=cells["words"],
        keywords=_parted(cells["keywords"]),
        may=cells["may"],
        may_not=cells["may_not"],
        effect=Effect(cells["effect"]),
        consent_of=cells["consent_of"],
    )


def _parted(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split("|") if word.strip())
