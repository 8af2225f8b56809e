"""Which role may do which verb? The one table, read from `runtime/authority.csv` and shown by the UI as it is."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from legation.platform.authority.actor import Role, ServiceAccount

COLUMNS: tuple[str, ...] = (*Role, *ServiceAccount)


@dataclass(frozen=True, slots=True)
class VerbRow:
    """One line of the table: a verb, what it means, and who has it."""

    verb: str
    meaning: str
    holders: frozenset[str]


@cache
def rows() -> tuple[VerbRow, ...]:
    """The whole table. Raises ValueError naming the line where a cell is neither empty nor x."""
    path = Path(settings.LEGATION_AUTHORITY_TABLE)
    table = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, restval=""), start=2):
            strange = [c for c in COLUMNS if row.get(c) not in ("", "x")]
            if strange:
                raise ValueError(f"{path.name} line {number}: {', '.join(strange)} must be empty or x")
            table.append(VerbRow(row["verb"], row["meaning"], frozenset(c for c in COLUMNS if row[c])))
    return tuple(table)


def verbs_of(roles: frozenset[str]) -> frozenset[str]:
    """All verbs that any of these roles or service accounts holds."""
    return frozenset(row.verb for row in rows() if row.holders & roles)
