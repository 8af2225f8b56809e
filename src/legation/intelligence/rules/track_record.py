"""How often was a source borne out? Of what it told that others told too: corroborated or contradicted, with interval.

A source's record is measured beside the grade that a person gave it and never changes the grade. The interval is the
95 % credible interval of a binomial share under Jeffreys' prior, Beta(1/2, 1/2): it says the same whatever scale the
share is measured on, it is honest at none of none (nearly the whole scale), and its coverage is close to what it says
from a handful upward (Brown, Cai & DasGupta 2001), where sources of a mission live.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import betaincinv

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.rules.corroboration import Contradiction

AGE_S = 14 * DAY_S
"""What is younger is not counted: news of one happening stops coming after about a week, coded reports after two."""

WEIGHS = Contradiction.GRAVITY | Contradiction.PLACE | Contradiction.TIME
"""Another word for the same happening (KIND) is no error of a source: coders differ in their vocabularies."""


class Fate(StrEnum):
    """What became of something a source told."""

    CORROBORATED = "corroborated"  # an origin that the source did not name itself told it too
    CONTRADICTED = "contradicted"  # another source told it differently beyond tolerance, or a person believed the other
    ALONE = "alone"  # nobody else has told it; says nothing for or against the source


@dataclass(frozen=True, slots=True)
class Told:
    """What one source said of one happening: when first, and which origins it named. believed: None = not judged.

    owner: whose source it is: two data sets of one institute are one hand, and test each other in nothing.
    """

    source: int
    first_s: int
    origins: frozenset[str]
    owner: str = ""
    believed: bool | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A happening that two or more sources told. origins: how many stand on their own, by rules/corroboration."""

    told: tuple[Told, ...]
    origins: int
    contradiction: Contradiction


@dataclass(frozen=True, slots=True)
class Band:
    """A grade and the share borne out that it claims, least to most."""

    grade: Reliability
    least: float
    most: float
    why: str


_R = Reliability
BANDS: tuple[Band, ...] = (
    Band(_R.A, 0.95, 1.00, "no doubt: at most one in twenty is contradicted"),
    Band(_R.B, 0.80, 0.95, "minor doubt: mostly valid, four in five at least"),
    Band(_R.C, 0.60, 0.80, "doubt: valid in the past, more often than not"),
    Band(_R.D, 0.40, 0.60, "significant doubt: about as often right as wrong"),
    Band(_R.E, 0.00, 0.40, "history of invalid information"),
)
"""AJP-2.1 gives the words and no figures; the shares are ours. F claims nothing, so nothing can disagree with it."""

WIDEST = 0.40
"""No wider than the widest band: from there on a record says enough to propose a grade for a source of grade F."""


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Counts of happenings old enough. first: told before every other source, of those that others told too.

    share, low, high: borne out among those tested (corroborated or contradicted); alone tests nothing.
    """

    corroborated: int
    contradicted: int
    alone: int
    first: int
    share: float
    low: float
    high: float

    @property
    def tested(self) -> int:
        return self.corroborated + self.contradicted

    @property
    def all(self) -> int:
        return self.tested + self.alone


def interval(borne_out: int, tested: int) -> tuple[float, float, float]:
    """Median and 95 % credible interval of the share under Jeffreys' prior; ends at 0 or 1 where all went one way."""
    a, b = borne_out + 0.5, tested - borne_out + 0.5
    low = 0.0 if borne_out == 0 else float(betaincinv(a, b, 0.025))
    high = 1.0 if borne_out == tested else float(betaincinv(a, b, 0.975))
    return float(betaincinv(a, b, 0.5)), low, high


def fate(one: Told, shared: Shared) -> Fate:
    """What became of it. A person's word goes before any count; then a contradiction, then another's own origin."""
    if one.believed is not None:
        return Fate.CORROBORATED if one.believed else Fate.CONTRADICTED
    if one.owner and all(other.owner == one.owner for other in shared.told):
        return Fate.ALONE
    if shared.contradiction & WEIGHS:
        return Fate.CONTRADICTED
    return Fate.CORROBORATED if shared.origins > max(1, len(one.origins)) else Fate.ALONE


def records(told: Mapping[int, int], shared: Iterable[Shared]) -> dict[int, TrackRecord]:
    """The record of each source. told: by source, how many happenings it told at all, shared ones among them."""
    counts = {source: dict.fromkeys(Fate, 0) for source in told}
    first = dict.fromkeys(told, 0)
    for one in shared:
        if one.told[0].owner and len({t.owner for t in one.told}) == 1:
            continue
        leader = min(one.told, key=lambda t: (t.first_s, t.source))
        tie = sum(t.first_s == leader.first_s for t in one.told) > 1
        if not tie and leader.source in first:
            first[leader.source] += 1
        for each in one.told:
            if each.source in counts:
                counts[each.source][fate(each, one)] += 1
    return {source: _record(counts[source], told[source], first[source]) for source in told}


def _record(counts: dict[Fate, int], told: int, first: int) -> TrackRecord:
    yes, no = counts[Fate.CORROBORATED], counts[Fate.CONTRADICTED]
    share, low, high = interval(yes, yes + no)
    return TrackRecord(yes, no, max(0, told - yes - no), first, share, low, high)


def proposed(grade: Reliability, record: TrackRecord) -> Reliability | None:
    """Another grade where the whole interval lies outside what this one claims; a person decides. None: keep it."""
    if grade is Reliability.F:
        fits = record.high - record.low <= WIDEST
        return _grade_of(record.share) if fits else None
    band = next(one for one in BANDS if one.grade is grade)
    apart = record.high < band.least or record.low > band.most
    return _grade_of(record.share) if apart else None


def _grade_of(share: float) -> Reliability:
    return next(band.grade for band in BANDS if share >= band.least)
