"""What could stand in a brief? Occurrences put forward with reasons, what changed, what is forecast, what is asked.

Rooms below may not ask each other for this: risk owns forecasts, missions own postures. The desk asks each of them as
the analyst, and once more as if he were cleared only up to the tear line, and hands frozen lines to intelligence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.utils.translation import gettext as _

from legation.foundations.identity import Ref
from legation.foundations.markings import OPEN, Marking
from legation.foundations.place import Point, distances_km
from legation.foundations.time import epoch_s, from_epoch_s
from legation.intelligence import queries as intelligence
from legation.intelligence.published import crossed_tripwires
from legation.intelligence.queries import OccurrenceSeen, calendar
from legation.intelligence.queries import requirements as asked
from legation.intelligence.queries.briefs import lowered
from legation.intelligence.rules.briefs import Item, Section, Span
from legation.intelligence.rules.proposing import Candidate, Proposed, proposed
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import marking_of
from legation.platform.ledger.models import WordRow
from legation.platform.ledger.words import params, visible_to
from legation.platform.secrets.node import held
from legation.risk import queries as risk
from legation.risk.panels.charting import scored

REACH_KM = 100.0
"""What happened farther from every mission concerned is no line of its brief unless it is in the country."""

LOOKED_AT = 4000  # occurrences of one period, newest first: a week of the densest record is below it
HORIZON_DAYS = 7
NEAR_KM = 25.0
FORECASTS = 3  # missions whose forecast stands in the service's own brief: the worst
TOLD = {"intelligence.threat_rose", "intelligence.tripwire_crossed", "risk.posture_proposed"}
LINES_MAX = 6  # of any list: a brief is two pages


@dataclass(frozen=True, slots=True)
class Choice:
    """An occurrence that may be chosen: what stands of it in the brief unless the analyst says more."""

    seen: OccurrenceSeen
    proposed: Proposed
    title: str
    facts: str

    @property
    def marking(self) -> Marking:
        return Marking.parse(self.seen.marking)

    @property
    def subject(self) -> str:
        return str(Ref("Occurrence", self.seen.key))


def concerned(actor: Actor, mission: str) -> list[MissionSeen]:
    """The mission, or with none all of the service's own."""
    if mission:
        return [missions.mission(actor, mission)]
    return missions.missions(actor, keys=missions.keys_of(actor, missions.home_state(actor)))


def looked_from(span: Span, now: datetime) -> datetime:
    return now - timedelta(days=span.days)


def choices(actor: Actor, at: Sequence[MissionSeen], since: datetime) -> list[Choice]:
    """Occurrences that became known since then at these missions, put forward by rule."""
    rows = intelligence.occurrences(actor).filter(known_s__gte=epoch_s(since)).order_by("-known_s", "-pk")[:LOOKED_AT]
    seen = {one.key: one for one in intelligence.with_keys(rows)}
    crossed = {(one.id, line.threat) for one in at for line in crossed_tripwires(actor, one.id, clock.as_of())}
    near = {key: found for key, one in seen.items() if (found := _nearest(one, at)) is not None}
    candidates = [
        Candidate(key, away, seen[key].row.known_s, seen[key].row.intensity, (mission.id, seen[key].threat) in crossed)
        for key, (mission, away) in near.items()
    ]
    return [_choice(seen[one.candidate.key], one, near[one.candidate.key][0]) for one in proposed(candidates)]


def _nearest(one: OccurrenceSeen, at: Sequence[MissionSeen]) -> tuple[MissionSeen, float | None] | None:
    """The mission that this concerns most and how far it is; None where it concerns none of them."""
    row = one.row
    placed = [m for m in at if m.latitude is not None and m.longitude is not None]
    if row.latitude is not None and row.longitude is not None and placed:
        lat = np.array([m.latitude for m in placed], dtype=np.float64)
        lon = np.array([m.longitude for m in placed], dtype=np.float64)
        away = distances_km(lat, lon, Point(row.latitude, row.longitude))
        nearest = int(np.argmin(away))
        if away[nearest] <= REACH_KM:
            return placed[nearest], float(away[nearest])
    home = next((m for m in at if row.country and m.receiving_code == row.country), None)
    return (home, None) if home else None


def _choice(one: OccurrenceSeen, found: Proposed, mission: MissionSeen) -> Choice:
    row, away = one.row, found.candidate.away_km
    where = (
        _("%(km)s km from %(mission)s") % {"km": round(away, 1) if away < 10 else round(away), "mission": mission.name}
        if away is not None
        else _("in %(country)s") % {"country": mission.receiving_state}
    )
    believed = _("credibility %(c)s, independent origins %(n)s") % {"c": row.credibility, "n": row.n_origins}
    title = f"{one.kind}, {row.place}" if row.place else one.kind
    return Choice(one, found, title, f"{from_epoch_s(row.start_s):%d %b}, {where}; {believed}.")


def changed(actor: Actor, at: Sequence[MissionSeen], since: datetime) -> Iterator[Item]:
    """Postures that were set, levels that rose, lines that were crossed, postures that risk calls for."""
    names = {str(one.id): one.name for one in at}
    for one in at:
        if one.posture.since is not None and one.posture.since >= since:
            said = _("%(mission)s: posture %(level)s since %(day)s: %(reason)s") % {
                "mission": one.name,
                "level": int(one.posture.level),
                "day": f"{one.posture.since:%d %b %H:%M}",
                "reason": one.posture.reason,
            }
            yield Item(Section.CHANGED, said, OPEN, subject=str(Ref("Mission", one.id)))
    rows = visible_to(actor).filter(word="alarm", kind__in=TOLD, at__gte=since, mission__in=list(names))
    for row in rows.order_by("-severity", "-at")[:LINES_MAX]:
        yield Item(Section.CHANGED, _told(row, names), marking_of(row.marking_id))


def _told(row: WordRow, names: dict[str, str]) -> str:
    return f"{names[str(row.mission)]}: {sentence(row.kind, params(row, held().sealer))}"


def ahead(actor: Actor, at: Sequence[MissionSeen], line: Marking | None) -> Iterator[Item]:
    """The week ahead within 25 km of each mission (of many, the worst), with what its score allows to say of it.

    Below the line stands the figure as it is stored for who is cleared only so far: never one that a higher input
    moved.
    """
    worst = {row.mission.id: n for n, row in enumerate(risk.highest(actor, 40))}
    chosen = sorted(at, key=lambda one: worst.get(one.id, 99))[:FORECASTS]
    lower = lowered(actor, line) if line is not None else None
    for one in chosen:
        found = forecast(actor, one)
        if found is not None:
            text, marking = found
            below = (
                forecast(lower, one) if lower is not None and line is not None and not line.covers(marking) else None
            )
            subject = str(Ref("Mission", one.id))
            yield Item(Section.AHEAD, text, marking, subject=subject, below=below[0] if below else "", counted=True)


def forecast(actor: Actor, mission: MissionSeen) -> tuple[str, Marking] | None:
    """The sentence of one mission's forecast and its marking; None where nobody watches the country."""
    rows = risk.forecasts(actor, mission.id)
    row = next((r for r in rows if r.ring_km == NEAR_KM and r.horizon_days == HORIZON_DAYS), None)
    if row is None:
        return None
    own = [s for s in risk.scores(actor, mission.id) if s.result.get("scored") and s.horizon_days == HORIZON_DAYS]
    judged = scored(own[0]).sentence if own else _("Not scored yet: no measure of how good this is.")
    text = _(
        "%(mission)s, next %(days)s days within %(km)s km: %(mean)s occurrences expected (80 %%: %(low)s–%(high)s), "
        "at least one %(chance)s %%. Back-tested over two years: %(score)s"
    ) % {
        "mission": mission.name,
        "days": row.horizon_days,
        "km": round(NEAR_KM),
        "mean": f"{row.mean:.1f}",
        "low": round(row.low80),
        "high": round(row.high80),
        "chance": round(row.at_least_one * 100),
        "score": judged,
    }
    marking = marking_of(row.marking_id)
    return text, marking.join(marking_of(own[0].marking_id)) if own else marking


def still_asked(actor: Actor, mission: str) -> Iterator[Item]:
    """Questions that stand, the most pressing first."""
    for one in asked.standing(actor, mission=mission or None)[:LINES_MAX]:
        text = one.row.question
        if one.row.due_at is not None:
            asked_of = {"agency": one.agency or _("someone else"), "due": f"{one.row.due_at:%d %b}"}
            text = f"{text} " + _("Asked of %(agency)s, due %(due)s.") % asked_of
        yield Item(Section.ASKED, text, one.told, subject=str(one.row.ref))


def to_come(actor: Actor, mission: str) -> Iterator[Item]:
    """Days of the calendar in the next week; of one mission, since the whole service would name every holiday."""
    for one in calendar.ahead(actor, mission, days=HORIZON_DAYS)[:LINES_MAX] if mission else []:
        text = f"{one.row.first:%d %b}: {one.row.title}"
        why = f" ({one.row.why})" if one.row.why else ""
        yield Item(Section.CALENDAR, text + why, marking_of(one.row.marking_id), subject=str(one.row.ref))


def silent(actor: Actor) -> Iterator[Item]:
    """Sources that should have spoken: what they did not bring is not what did not happen."""
    for one in intelligence.silent_sources(actor)[:LINES_MAX]:
        text = _("%(source)s is silent beyond its cadence.") % {"source": one.row.name}
        yield Item(Section.SILENT, text, marking_of(one.row.marking_id), subject=str(one.row.ref))
