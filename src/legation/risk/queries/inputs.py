"""What does the assessment rest on? Occurrences, judgements and evidence, read as one actor may read them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
import numpy as np

from legation.foundations.causes import Cause
from legation.foundations.countries import countries
from legation.foundations.identity import MissionId, Ref
from legation.foundations.markings import OPEN
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.time import DAY_S
from legation.foundations.words import Evidence
from legation.intelligence import published as intelligence
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.markings import readable_by
from legation.platform.ledger import words
from legation.risk.models import ActivityRow, Assessment, Measure
from legation.risk.rules.assessment import Activity, Judged, Scenario
from legation.risk.rules.counting import Happened, Places
from legation.risk.rules.points import Criticality, Degree


@dataclass(frozen=True, slots=True)
class Level:
    """One level of markings at which figures are computed and stored: who reads it, and how its rows are marked."""

    number: int
    reader: Actor


def levels() -> tuple[Level, Level]:
    """Open inputs alone, and all that the service reads: a derived number never shows what its reader may not see."""
    worker = service(ServiceAccount.WORKER)
    openly = replace(worker, clearance=OPEN, markings=readable_by(OPEN))
    return Level(0, openly), Level(1, worker)


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Missions and occurrences at one instant as columns, with what makes an occurrence a cause."""

    seen: tuple[MissionSeen, ...]
    places: Places
    happened: Happened
    known: intelligence.Known
    today: int  # days since 1970


def today_of(now: datetime) -> int:
    return int(now.timestamp()) // DAY_S


def world(reader: Actor, now: datetime) -> World:
    """All visible missions and everything known to have happened before `now`."""
    seen = tuple(missions.missions(reader))
    known = intelligence.occurrences_before(reader, now)
    table = countries()
    region = tuple(table[m.receiving_code].subregion if m.receiving_code in table else "" for m in seen)
    nowhere = float("nan")
    return World(
        seen,
        Places(
            tuple(m.id for m in seen),
            np.array([nowhere if m.latitude is None else m.latitude for m in seen], dtype=np.float64),
            np.array([nowhere if m.longitude is None else m.longitude for m in seen], dtype=np.float64),
            tuple(m.receiving_code for m in seen),
            region,
        ),
        Happened(
            known.ended_s // DAY_S,
            known.span_s,
            known.latitude,
            known.longitude,
            known.precision_km,
            tuple(known.country),
            known.threat.astype(np.int64),
        ),
        known,
        today_of(now),
    )


def says_more(reader: Actor, now: datetime, known: int) -> bool:
    """Does this reader see other occurrences than the `known` ones of the level below?"""
    return intelligence.count_before(reader, now) != known


def evidence(reader: Actor, mission: str | None = None) -> dict[str, list[Evidence]]:
    """Current evidence of other rooms by mission."""
    rows = words.visible_to(reader).filter(word="evidence")
    if mission:
        rows = rows.filter(mission=mission)
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        if row.mission is None:
            continue
        found[row.mission].append(
            Evidence(
                row.kind,
                Ref(row.subject_type, row.subject_key),
                Aspect(row.aspect),
                ThreatClass(row.threat),
                MissionId(row.mission),
                float(row.strength or 0.0),
                row.at,
                msgspec.json.decode(row.payload or "{}", type=dict[str, str | int | float]),
            )
        )
    return found


def _activity(row: ActivityRow | None) -> Activity:
    if row is None:
        return Activity()
    signals = tuple(
        Cause(
            "occurrence" if item["id"] else "more_occurrences",
            float(item["share"]),
            {"title": item["title"], "day": item["day"]},
            Ref("Occurrence", item["id"]) if item["id"] else None,
        )
        for item in row.shares
    )
    return Activity(row.near, row.near_low, row.near_high, row.around, row.days, row.events, signals)


def _judged(given: intelligence.Judgement | None) -> Judged | None:
    return None if given is None else Judged(Degree(given.degree), given.reason, subject=given.subject)


def scenarios(reader: Actor, level: int, keys: Iterable[str] | None = None) -> list[Scenario]:
    """Every scenario that anything is known of: activity, a person's entry, a judgement, evidence, a measure."""
    wanted = None if keys is None else list(keys)
    narrow = {} if wanted is None else {"mission_id__in": wanted}
    active = {
        (row.mission_id or "", row.threat): row
        for row in ActivityRow.objects.filter(level__lte=level, **narrow).order_by("level").iterator(chunk_size=2000)
    }
    entered = {(a.mission_id or "", a.threat): a for a in Assessment.objects.visible_to(reader).filter(**narrow)}
    standing: dict[str, list[Measure]] = defaultdict(list)
    for measure in Measure.objects.visible_to(reader).filter(**narrow):
        standing[measure.mission_id or ""].append(measure)
    one = wanted[0] if wanted is not None and len(wanted) == 1 else None
    told = evidence(reader, one)
    judged = intelligence.judgements(reader)
    known = {*active, *entered, *((m, t.value) for m, t in judged)}
    known |= {(m, item.threat.value) for m, items in told.items() for item in items}
    known |= {(m, t.value) for m, items in standing.items() for item in items for t in item.threat_classes}
    if wanted is not None:
        known = {key for key in known if key[0] in set(wanted)}
    found = []
    for mission, threat in sorted(known):
        person, opinion = entered.get((mission, threat)), judged.get((mission, ThreatClass(threat)))
        found.append(
            Scenario(
                mission=MissionId(mission),
                area=person.area if person else "",
                threat=ThreatClass(threat),
                activity=_activity(active.get((mission, threat))),
                intent=_judged(opinion.intent) if opinion else None,
                capability=_judged(opinion.capability) if opinion else None,
                inhibiting=_judged(opinion.inhibiting) if opinion else None,
                vulnerability=person.judged if person else None,
                people=person.people if person else None,
                criticality=Criticality(person.criticality) if person else Criticality.ORDINARY,
                measures=tuple(m.value for m in standing.get(mission, ())),
                evidence=tuple(told.get(mission, ())),
            )
        )
    return found
