"""Do two signals speak of one happening? Named features, points for each, one cut-off.

The method is a printed score of agreement (Fellegi & Sunter 1969 in points a person can add up), not a trained model:
an officer who disagrees can say with which row.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from legation.foundations.causes import Cause
from legation.foundations.identity import Ref
from legation.foundations.place import EARTH_RADIUS_KM, unit_vectors
from legation.intelligence.rules.blocks import DAY_S
from legation.intelligence.rules.kinds import KINDS, kind_numbers
from legation.intelligence.rules.signals import BoolArray, CodeArray, FloatArray, IntArray, Signals


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of the score: at most `points` (negative: at most subtracted)."""

    name: str
    points: float
    why: str


DISTANCE = Feature("distance", 25, "full within the radii given, none at the kind's limit; vague places count less")
TIME = Feature("time", 20, "full at the same time, none at the kind's own limit; long spans count less")
SAME_KIND = Feature("same_kind", 15, "the same word of the table of kinds")
SAME_CLASS = Feature("same_class", 5, "another word, the same threat class: a clash one calls shelling")
SAME_INSTANT = Feature("same_instant", 20, "kinds that instruments time to the second (quakes): within three minutes")
ACTORS_AGREE = Feature("actors_agree", 20, "share of named actors in common; generic ones (police, army) do not count")
ACTORS_DIFFER = Feature("actors_differ", -15, "both name actors and have none in common")
TEXT = Feature("text", 30, "words in common beside place names, from 15 % (chance) to 60 % (the same story)")
NEAR_COPY = Feature("near_copy", 15, "four fifths of the words in common: one text was made from the other")
SAME_LINK = Feature("same_link", 35, "both were read out of one article")
GRAVITY_DIFFERS = Feature("gravity_differs", -10, "one says far more dead or damage than the other")
SAME_ITEM = Feature("same_item", 100, "the same source gives the same id: a later version of one item")

FEATURES: tuple[Feature, ...] = (
    DISTANCE, TIME, SAME_KIND, SAME_CLASS, SAME_INSTANT, ACTORS_AGREE,
    ACTORS_DIFFER, TEXT, NEAR_COPY, SAME_LINK, GRAVITY_DIFFERS, SAME_ITEM,
)  # fmt: skip

CUT_OFF = 65.0
"""Same place, day and kind make 60: in a city at war that is true of dozens of happenings a day, so it must not be
enough. One more agreement is needed: a shared actor, a sixth of the words, one article, or the same minute."""

INSTANT_S, TIMED_S = 180, 3600
TEXT_CHANCE, TEXT_SAME, TEXT_COPY = 0.15, 0.60, 0.80
TEXT_LEAST = 4
GRAVITY_FAR = 0.30
"""A third of the scale: on the scale of deaths about one against five, or ten against fifty."""

_ROLES = (
    "police|army|military|government|protesters|protester|civilians|civilian|gunman|gunmen|unknown|rebels|soldiers|"
    "armed group|criminal|citizen|citizens|student|students|school|court|media|company|the us|hospital|president|"
    "business|employee|worker|lawyer|judge|prison|opposition|insurgents|village|community|residents"
)
GENERIC_ACTORS = frozenset(_ROLES.split("|"))
"""Roles, not parties: two arrests by 'police' in one town are two arrests."""

_COMMON = (
    "a an and are as at by for from has have in into is it its of on or that the their this to was were with after "
    "near de la el en los las del un una y le les des du et dans sur au aux o a os as no na em do da"
)
STOP_WORDS = frozenset(_COMMON.split())
_TOKEN = re.compile(r"\w+")
_SLUG = re.compile(r"[^\W\d_]{3,}")
_ADDRESS_WORDS = frozenset(
    {"html", "htm", "php", "aspx", "news", "story", "article", "articles", "www", "world", "index"}
)
_SAME_KM = np.array([kind.same_km for kind in KINDS] + [0.0])
_SAME_S = np.array([kind.same_hours * 3600 for kind in KINDS] + [0.0])
_NO_PRECISION_KM = 25.0  # a point without a radius: taken for a district


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What scoring needs of each signal, (n,) each; made once for a batch."""

    kind: CodeArray
    threat: CodeArray
    source: IntArray
    start_s: IntArray
    end_s: IntArray
    whole_day: BoolArray  # the time is a date only
    xyz_km: FloatArray  # (n, 3), nan where unplaced
    precision_km: FloatArray
    intensity: FloatArray
    signals: Signals
    tokens: dict[int, frozenset[str]]  # filled as pairs are scored
    parties: dict[int, frozenset[str]]

    @classmethod
    def of(cls, signals: Signals, source: IntArray) -> "Prepared":
        """source: (n,) number of each signal's source."""
        precision = np.where(np.isnan(signals.precision_km), _NO_PRECISION_KM, signals.precision_km)
        return cls(
            kind=kind_numbers(signals.kind),
            threat=signals.threat,
            source=source,
            start_s=signals.occurred_s,
            end_s=signals.ended_s,
            whole_day=signals.occurred_s % DAY_S == 0,
            xyz_km=unit_vectors(signals.latitude, signals.longitude) * EARTH_RADIUS_KM,
            precision_km=precision,
            intensity=signals.intensity,
            signals=signals,
            tokens={},
            parties={},
        )


type Points = dict[str, FloatArray]


def score_pairs(prepared: Prepared, left: IntArray, right: IntArray) -> tuple[FloatArray, Points]:
    """Points of each pair of rows, in total and by feature. left, right: (m,). -inf: out of reach."""
    points = _measured(prepared, left, right)
    points |= _worded(prepared, left, right)
    total = np.sum(list(points.values()), axis=0) if points else np.zeros(len(left))
    return total, points


def explain_pair(prepared: Prepared, left: int, right: int, subjects: tuple[Ref, Ref] | None = None) -> Cause:
    """The score of one pair as causes: one row per feature that gave or took points."""
    total, points = score_pairs(prepared, np.array([left]), np.array([right]))
    rows = tuple(Cause(f"pair.{name}", float(p[0])) for name, p in points.items() if p[0] != 0)
    joined = "joined" if total[0] >= CUT_OFF else "apart"
    return Cause(f"pair.{joined}", float(total[0]), {"cut_off": CUT_OFF}, subjects[0] if subjects else None, rows)


def words_of(title: str, text: str, url: str, scored_apart: str) -> frozenset[str]:
    """The words of a report that can tell it from others: of title, text and the article's address.

    Left out: stop words and the words of `scored_apart` (its place and actors, which other features judge). Fewer
    than TEXT_LEAST words tell nothing: a title written by a machine from codes is the same for every such happening.
    """
    said = frozenset(_TOKEN.findall(f"{title} {text[:300]}".casefold())) | slug_words(url)
    said = said - STOP_WORDS - frozenset(_TOKEN.findall(scored_apart.casefold()))
    return said if len(said) >= TEXT_LEAST else frozenset()


def slug_words(url: str) -> frozenset[str]:
    """The words in an article's address, which newspapers make from its headline."""
    path = url.partition("//")[2].partition("/")[2].partition("?")[0]
    return frozenset(_SLUG.findall(path.casefold())) - _ADDRESS_WORDS


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the words of both that are in both (Jaccard), 0 where either is empty."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def parties_of(actors: str, place: str) -> frozenset[str]:
    """The named actors, without generic roles and names of the place ("Israel" in Jerusalem tells nothing apart)."""
    named = frozenset(a for a in (part.strip().casefold() for part in actors.split(";")) if a) - GENERIC_ACTORS
    where = place.casefold()
    return frozenset(a for a in named if a not in where)


def _measured(p: Prepared, a: IntArray, b: IntArray) -> Points:
    """The features that are arithmetic on columns."""
    same_km = np.maximum(_SAME_KM[p.kind[a]], _SAME_KM[p.kind[b]])
    slack_s = np.where(p.whole_day[a] | p.whole_day[b], DAY_S, 0)
    same_s = np.maximum(_SAME_S[p.kind[a]], _SAME_S[p.kind[b]]) + slack_s
    away_km = np.sqrt(((p.xyz_km[a] - p.xyz_km[b]) ** 2).sum(axis=1))
    radii_km = p.precision_km[a] + p.precision_km[b]
    gap_s = np.maximum(0, np.maximum(p.start_s[a] - p.end_s[b], p.start_s[b] - p.end_s[a])).astype(np.float64)
    span_s = (p.end_s[a] - p.start_s[a]) + (p.end_s[b] - p.start_s[b])

    near = 1.0 - np.maximum(0.0, away_km - np.minimum(radii_km, same_km)) / same_km
    sharp = np.minimum(1.0, 2 * same_km / np.maximum(radii_km, 1e-9))
    soon = 1.0 - gap_s / np.maximum(same_s, 1.0)
    brief = np.minimum(1.0, (same_s + DAY_S) / np.maximum(span_s, 1.0))
    beyond = (away_km > same_km + radii_km) | (gap_s > same_s)
    same_kind = p.kind[a] == p.kind[b]
    timed = ~p.whole_day[a] & ~p.whole_day[b] & (_SAME_S[p.kind[a]] <= TIMED_S)
    instant = timed & (np.abs(p.start_s[a] - p.start_s[b]) <= INSTANT_S)
    far_graver = np.abs(p.intensity[a] - p.intensity[b]) > GRAVITY_FAR
    distance = DISTANCE.points * np.nan_to_num(np.clip(near, 0.0, 1.0) * sharp)
    return {
        DISTANCE.name: np.where(beyond, -np.inf, distance),
        TIME.name: TIME.points * np.clip(soon, 0.0, 1.0) * brief,
        SAME_KIND.name: np.where(same_kind, SAME_KIND.points, 0.0),
        SAME_CLASS.name: np.where(~same_kind & (p.threat[a] == p.threat[b]), SAME_CLASS.points, 0.0),
        SAME_INSTANT.name: np.where(instant & same_kind, SAME_INSTANT.points, 0.0),
        GRAVITY_DIFFERS.name: np.where(far_graver, GRAVITY_DIFFERS.points, 0.0),
    }


def _worded(p: Prepared, a: IntArray, b: IntArray) -> Points:
    """The features that read words; each signal's words are cut once, when its first pair needs them."""
    s = p.signals
    rows = list(zip(a.tolist(), b.tolist(), strict=True))
    text = np.fromiter((overlap(_tokens(p, i), _tokens(p, j)) for i, j in rows), np.float64, count=len(rows))
    actors = np.fromiter((_actor_points(_parties(p, i), _parties(p, j)) for i, j in rows), np.float64, count=len(rows))
    link = np.fromiter((bool(s.url[i]) and s.url[i] == s.url[j] for i, j in rows), np.bool_, count=len(rows))
    item = np.fromiter((s.external_id[i] == s.external_id[j] for i, j in rows), np.bool_, count=len(rows))
    grade = np.clip((text - TEXT_CHANCE) / (TEXT_SAME - TEXT_CHANCE), 0.0, 1.0)
    return {
        ACTORS_AGREE.name: np.maximum(actors, 0.0),
        ACTORS_DIFFER.name: np.minimum(actors, 0.0),
        TEXT.name: TEXT.points * grade,
        NEAR_COPY.name: np.where(text >= TEXT_COPY, NEAR_COPY.points, 0.0),
        SAME_LINK.name: np.where(link, SAME_LINK.points, 0.0),
        SAME_ITEM.name: np.where(item & (p.source[a] == p.source[b]), SAME_ITEM.points, 0.0),
    }


def _actor_points(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    return ACTORS_AGREE.points * overlap(one, other) or ACTORS_DIFFER.points


def _tokens(p: Prepared, row: int) -> frozenset[str]:
    words = p.tokens.get(row)
    if words is None:
        s = p.signals
        words = words_of(s.title[row], s.text[row], s.url[row], f"{s.place[row]} {s.actors[row]}")
        p.tokens[row] = words
    return words


def _parties(p: Prepared, row: int) -> frozenset[str]:
    named = p.parties.get(row)
    if named is None:
        named = p.parties[row] = parties_of(p.signals.actors[row], p.signals.place[row])
    return named


def tokens_of_rows(prepared: Prepared, rows: Sequence[int]) -> list[frozenset[str]]:
    """words_of each of these rows, cut once."""
    return [_tokens(prepared, row) for row in rows]
