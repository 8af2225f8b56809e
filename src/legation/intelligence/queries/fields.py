"""How does a program get it? Sources, signals, occurrences and profiles as plain fields, the same for API and CLI."""

from dataclasses import asdict

from legation.foundations.causes import Cause
from legation.intelligence.models import Aside
from legation.intelligence.models.columns import COLUMNS
from legation.intelligence.queries import OccurrenceSeen, SignalSeen, SourceSeen
from legation.intelligence.queries.reports import ReportSeen
from legation.intelligence.queries.track import SourceRated
from legation.intelligence.rules.profile import ThreatLine


def source_fields(one: SourceSeen) -> dict[str, object]:
    """A source as programs get it."""
    return {
        "id": one.row.pk,
        **asdict(one.row.value),
        "hearing": one.silence.hearing.value,
        "last_heard_at": one.row.last_heard_at,
        "signals": one.signals,
        "set_aside": one.aside,
    }


def rated_fields(one: SourceRated) -> dict[str, object]:
    """A source with its track record, as programs get it. proposed_grade: None where record and grade agree."""
    record = asdict(one.record) | {"tested": one.record.tested, "proposed_grade": one.proposed}
    return source_fields(one.seen) | {"track_record": record}


def cause_fields(cause: Cause) -> dict[str, object]:
    """A cause and all below it, as programs get it."""
    return {
        "code": cause.code,
        "points": cause.points,
        "params": cause.params,
        "subject": str(cause.subject) if cause.subject else None,
        "children": [cause_fields(child) for child in cause.children],
    }


def line_fields(line: ThreatLine) -> dict[str, object]:
    """One class of a profile, as programs get it."""
    causes = cause_fields(line.causes)
    return {"threat": line.threat, "score": line.score, "level": int(line.level), "causes": causes}


def occurrence_fields(one: OccurrenceSeen) -> dict[str, object]:
    """An occurrence as programs get it: seconds since 1970, degrees, km, credibility 1-6."""
    row = one.row
    own = {name: getattr(row, name) for name in COLUMNS}
    return {"id": one.key, **own, "threat": one.threat.value, "marking": one.marking}


def signal_fields(one: SignalSeen) -> dict[str, object]:
    """A signal as programs get it, without its raw bytes."""
    row, words = one.row, one.words
    return {
        "id": one.key,
        "source": one.source.name,
        "external_id": words.external_id,
        "kind": row.kind,
        "threat": row.threat_class.value if row.threat_class else None,
        "occurred_s": row.occurred_s,
        "ended_s": row.ended_s,
        "published_s": row.published_s,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "precision_km": row.precision_km,
        "country": row.country,
        "place": words.place,
        "intensity": row.intensity,
        "actors": words.actors,
        "title": words.title,
        "text": words.text,
        "origin": words.origin,
        "url": words.url,
        "marking": one.marking,
    }


def aside_fields(row: Aside) -> dict[str, object]:
    """An item that could not be read, as programs get it, without its bytes."""
    return {
        "id": row.pk,
        "file": row.file,
        "where": row.place,
        "reason": row.reason,
        "params": row.params,
        "bytes": row.size,
        "state": row.state,
    }


def told_fields(one: ReportSeen) -> dict[str, object]:
    """A report by a member of staff, as programs get it."""
    row = one.row
    own = ("told", "occurred_at", "claimed_at", "received_at", "seen_at", "seen_by", "outcome")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in own},
        "kind": one.line.kind,
        "mission": one.mission,
        "text": one.words.text,
        "place": one.words.place,
        "reporter": one.reporter,
        "photograph": bool(row.photograph),
        "occurrence": one.occurrence,
        "marking": str(one.marking),
    }
