"""How far is an occurrence believed? Independent origins are counted, contradictions kept, a table gives credibility.

Scale: admiralty code, AJP-2.1. Independence: another origin, not the same article, not a near
copy of the text, not citing the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag

import numpy as np

from legation.foundations.grading import Credibility, Reliability
from legation.intelligence.rules.pairs import GRAVITY_FAR, TEXT_COPY, Prepared, overlap, tokens_of_rows


class Contradiction(IntFlag):
    """On what the signals of one occurrence disagree; kept and shown, never averaged away."""

    NONE = 0
    GRAVITY = 1  # deaths or damage lie far apart
    PLACE = 2  # places farther apart than their radii allow
    KIND = 4  # different kinds of the same class
    TIME = 8  # times that do not overlap by more than a day


@dataclass(frozen=True, slots=True)
class CredibilityRow:
    """The first row that fits decides. `best` is the least reliability that one of the origins must have."""

    origins: int
    best: Reliability
    credibility: Credibility
    why: str


_R, _C = Reliability, Credibility
CREDIBILITY: tuple[CredibilityRow, ...] = (
    CredibilityRow(3, _R.C, _C.CONFIRMED, "three independent origins, one at least fairly reliable"),
    CredibilityRow(2, _R.B, _C.CONFIRMED, "two independent origins, one usually reliable"),
    CredibilityRow(2, _R.C, _C.PROBABLE, "two independent origins, one fairly reliable"),
    CredibilityRow(3, _R.E, _C.PROBABLE, "three independent origins agree, whatever their record"),
    CredibilityRow(1, _R.A, _C.PROBABLE, "one origin that has always been right"),
    CredibilityRow(2, _R.E, _C.POSSIBLE, "two independent origins of poor or unknown record"),
    CredibilityRow(1, _R.C, _C.POSSIBLE, "one origin, fairly or usually reliable, alone"),
    CredibilityRow(1, _R.D, _C.DOUBTFUL, "one origin that is often wrong, alone"),
    CredibilityRow(1, _R.E, _C.IMPROBABLE, "one unreliable origin, alone"),
)
"""One origin of reliability F alone cannot be judged (6). A contradiction on gravity or place moves confirmed to
probable and probable to possible: that something happened is still believed, what exactly is less."""

_LOWERED = {_C.CONFIRMED: _C.PROBABLE, _C.PROBABLE: _C.POSSIBLE}
_RANK = {_R.A: 5, _R.B: 4, _R.C: 3, _R.D: 2, _R.E: 1, _R.F: 0}


def credibility_of(origins: int, reliabilities: Sequence[Reliability], contradiction: Contradiction) -> Credibility:
    """The credibility of an occurrence told by so many independent origins of these reliabilities."""
    judged = [r for r in reliabilities if r is not Reliability.F]
    # Two origins of unknown record still corroborate each other; alone, one of them says nothing to go by.
    best = max((_RANK[r] for r in judged), default=_RANK[_R.E] if origins > 1 else 0)
    answer = next((row.credibility for row in CREDIBILITY if origins >= row.origins and best >= _RANK[row.best]), None)
    if answer is None:
        return Credibility.UNJUDGED
    if contradiction & (Contradiction.GRAVITY | Contradiction.PLACE):
        return _LOWERED.get(answer, answer)
    return answer


def origins_named(origin: str) -> list[str]:
    """The origins behind one item: `SOHR; Reuters News` are two."""
    return list(dict.fromkeys(part for part in (word.strip().casefold() for word in origin.split(";")) if part))


def independent_origins(prepared: Prepared, rows: Sequence[int]) -> int:
    """How many origins behind these signals stand on their own; at least 1. rows: in order of publication.

    A signal that leans on an earlier one (same article, near copy, cites it or is cited) brings no origin of its own.
    """
    s = prepared.signals
    tokens = tokens_of_rows(prepared, rows)
    origins: set[str] = set()
    for at, row in enumerate(rows):
        if not any(_leans(prepared, rows, tokens, at, earlier) for earlier in range(at)):
            origins.update(origins_named(s.origin[row]))
    return max(1, len(origins))


def contradictions(prepared: Prepared, rows: Sequence[int]) -> Contradiction:
    """On what these signals disagree."""
    at = np.asarray(rows)
    found = Contradiction.NONE
    intensity = prepared.intensity[at]
    if intensity.max() - intensity.min() > GRAVITY_FAR:
        found |= Contradiction.GRAVITY
    if len(set(prepared.kind[at].tolist())) > 1:
        found |= Contradiction.KIND
    xyz, radius = prepared.xyz_km[at], prepared.precision_km[at]
    away = np.sqrt(((xyz[:, None] - xyz[None]) ** 2).sum(axis=2))
    if np.nanmax(np.where(np.isnan(away), 0.0, away - radius[:, None] - radius[None])) > 0:
        found |= Contradiction.PLACE
    if int(prepared.start_s[at].max() - prepared.end_s[at].min()) > 86_400:
        found |= Contradiction.TIME
    return found


def _leans(p: Prepared, rows: Sequence[int], tokens: list[frozenset[str]], one: int, other: int) -> bool:
    s = p.signals
    a, b = rows[one], rows[other]
    if s.url[a] and s.url[a] == s.url[b]:
        return True
    if overlap(tokens[one], tokens[other]) >= TEXT_COPY:
        return True
    return _cites(f"{s.title[a]} {s.text[a]}", s.origin[b]) or _cites(f"{s.title[b]} {s.text[b]}", s.origin[a])


def _cites(text: str, origin: str) -> bool:
    """True where a text names an origin of at least four letters ("SANA" counts, "AP" would be found within words)."""
    said = text.casefold()
    return any(len(name) >= 4 and name in said for name in origins_named(origin))
