"""How is personal data erased while the proof still holds? Part, salt and key go; the commitment in the leaf stays.

Without its salt a commitment says nothing about what it committed to. A legal hold, on the data subject or on the
mission, blocks the erasure. Called inside the act that records who erased and why.
"""

from datetime import datetime

from django.db import connection, models, transaction

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.identity import Ref
from legation.platform.ledger.models import Entry, LegalHold, PartKey, SealedPart

TRIES = 20
"""Each waits busy_timeout for readers to finish; pages take well under a second."""


class JournalHeld(Exception):
    """The erasure is committed; old pages may still lie in the write-ahead log until the node is started again."""


BATCH = 500  # ids per statement, below SQLite's limit on parameters


def erase(subject: Ref) -> int:
    """Erase every sealed part about this data subject. Returns how many there were. Raises Refused under a hold."""
    parts = list(SealedPart.objects.filter(type=subject.type, key=subject.id).values_list("pk", "entry_id"))
    entries = {entry for _, entry in parts}
    told = Entry.objects.filter(pk__in=entries, mission__isnull=False).values_list("mission", flat=True)
    refuse_held(subject, missions=set(told))
    ids = [pk for pk, _ in parts]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        PartKey.objects.filter(pk__in=some).delete()
        SealedPart.objects.filter(pk__in=some).delete()
    transaction.on_commit(_overwrite_journal)
    return len(ids)


def hold(subject: Ref, *, reason: str, by: str, at: datetime) -> LegalHold:
    """Forbid erasure about this subject until the hold is lifted; on `Mission/id` for everybody at that mission."""
    return LegalHold.objects.create(type=subject.type, key=subject.id, reason=reason, placed_by=by, placed_at=at)


def lift(held: LegalHold, *, by: str, at: datetime) -> None:
    """End a hold; its row stays."""
    LegalHold.objects.filter(pk=held.pk, lifted_at=None).update(lifted_by=by, lifted_at=at)


def standing_holds(subject: Ref) -> "models.QuerySet[LegalHold]":
    return LegalHold.objects.filter(type=subject.type, key=subject.id, lifted_at=None)


def refuse_held(subject: Ref, *, missions: "set[str | None]") -> None:
    """Raises Refused where a hold stands on this subject or on one of these missions."""
    found = standing_holds(subject).first()
    if found is None and missions:
        found = LegalHold.objects.filter(type="Mission", key__in=missions, lifted_at=None).first()
    if found is not None:
        params = {"subject": f"{found.type}/{found.key}", "reason": found.reason, "placed_by": found.placed_by}
        raise Refused(Refusal("legal_hold", "ledger.erase", params=params))


def _overwrite_journal() -> None:
    """SQLite overwrites freed pages (secure_delete); the write-ahead log keeps old ones until it is reset.

    A reader who is in the middle of a page holds the log open for a moment; he is waited for.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for _ in range(TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0] == 0:
                return
    raise JournalHeld("erased rows are gone, but the write-ahead log could not be emptied: close readers, restart")
