"""Which alarms and evidence stand? The index of the words that rooms speak, written with their entry."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import models

from legation.foundations.words import Alarm, Due, Evidence, Word
from legation.platform import deadlines
from legation.platform.ledger.body import Draft
from legation.platform.ledger.models import WordRow
from legation.platform.secrets.sealing import PartSealer

if TYPE_CHECKING:
    from legation.platform.authority.actor import Actor


def visible_to(actor: "Actor") -> "models.QuerySet[WordRow]":
    """Current words that the actor may read: by marking, and by mission (or none)."""
    seen = WordRow.objects.filter(current=True, marking_id__in=actor.markings)
    if actor.missions is None:
        return seen
    return seen.filter(models.Q(mission__in=actor.missions) | models.Q(mission__isnull=True))


def params(row: WordRow, sealer: PartSealer) -> dict[str, str | int | float]:
    """A word's parameters, unsealed where its marking has a compartment."""
    data = row.payload if row.sealed is None else sealer.open_field(_place(row.word, row.key), bytes(row.sealed))
    return msgspec.json.decode(data or "{}", type=dict[str, str | int | float])


def index(entries: Iterable[tuple[int, Draft]], sealer: PartSealer) -> None:
    """Write these entries' words: an alarm's repeats are counted, evidence replaces, a due stands as a deadline."""
    rows: dict[tuple[str, str], WordRow] = {}
    for entry, draft in entries:
        for word in draft.words:
            if isinstance(word, Due):
                deadlines.stand(word, marking_id=draft.marking_id, caused_by=draft.entry_id)
                continue
            row = _row(entry, draft, word, sealer)
            before = rows.get((row.word, row.key))
            if before is not None and row.word == "alarm":
                row.count, row.first_at = before.count + 1, before.first_at
            rows[row.word, row.key] = row
    if rows:
        _join_alarms([row for row in rows.values() if row.word == "alarm"])
        _replace_evidence([row for row in rows.values() if row.word == "evidence"])


def _join_alarms(rows: Sequence[WordRow]) -> None:
    """The same key raises a count: the standing row takes over the newest entry, time and severity."""
    standing = {
        row.key: row for row in WordRow.objects.filter(word="alarm", current=True, key__in=[row.key for row in rows])
    }
    for row in rows:
        older = standing.get(row.key)
        if older is not None:
            row.pk, row.count, row.first_at = older.pk, older.count + row.count, older.first_at
    WordRow.objects.bulk_update(
        [row for row in rows if row.pk], ["entry", "severity", "at", "count", "first_at", "payload", "sealed"]
    )
    WordRow.objects.bulk_create([row for row in rows if not row.pk])


def _replace_evidence(rows: Sequence[WordRow]) -> None:
    """The latest replaces; strength 0 withdraws, and what is withdrawn is not current."""
    keys = [row.key for row in rows]
    WordRow.objects.filter(word="evidence", current=True, key__in=keys).update(current=False)
    for row in rows:
        row.current = row.strength != 0
    WordRow.objects.bulk_create(rows)


def standing_alarm(key: str) -> WordRow | None:
    """The alarm that stands under this key, if any."""
    return WordRow.objects.filter(word="alarm", current=True, key=key).first()


def counts(keys: Iterable[str]) -> dict[str, int]:
    """How often each of these standing alarms was raised."""
    rows = WordRow.objects.filter(word="alarm", current=True, key__in=list(keys))
    return dict(rows.values_list("key", "count"))


def alarm_key(word: Alarm, marking_id: int) -> str:
    """What joins repeats of an alarm. Mission and marking are part of it: a count must not betray repeats that its
    reader may not see."""
    return f"{word.mission}|{marking_id}|{word.kind}|{word.key}"


def settle_alarm(row_id: int) -> None:
    """An alarm was dealt with; the next of its key is a new one. Called inside the act that dealt with it."""
    WordRow.objects.filter(pk=row_id, word="alarm").update(current=False)


def _row(entry: int, draft: Draft, word: Alarm | Evidence, sealer: PartSealer) -> WordRow:
    own: dict[str, Any]
    if isinstance(word, Alarm):
        key, at = alarm_key(word, draft.marking_id), draft.occurred_at
        own = {"kind": word.kind, "severity": int(word.severity)}
    else:
        key, at = f"{word.speaker}|{word.subject}|{word.aspect}", word.observed_at
        own = {
            "kind": word.speaker,
            "threat": word.threat.value,
            "aspect": word.aspect.value,
            "strength": word.strength,
        }
    return WordRow(
        entry_id=entry,
        word=_name(word),
        room=draft.fact_name.split(".", 1)[0],
        mission=word.mission,
        marking_id=draft.marking_id,
        key=key,
        subject_type=word.subject.type,
        subject_key=word.subject.id,
        at=at,
        first_at=at,
        **own,
        **_payload(draft, word, key, sealer),
    )


def _payload(draft: Draft, word: Alarm | Evidence, key: str, sealer: PartSealer) -> dict[str, Any]:
    data = msgspec.json.encode(word.params, order="sorted")
    if draft.marking.compartments:
        return {"sealed": sealer.seal_field(_place(_name(word), key), data)}
    return {"payload": data.decode()}


def _name(word: Word) -> str:
    return type(word).__name__.lower()


def _place(word: str, key: str) -> bytes:
    return f"word/{word}/{key}".encode()
