"""Which small id stands for this marking, and which ids may one cleared so far read?"""

from legation.foundations.markings import Marking
from legation.platform.authority.models import MarkingRow

_by_id: dict[int, Marking] = {}


def intern(marking: Marking) -> int:
    """The id of the marking, made on first use. A row of this table is never changed."""
    row, _ = MarkingRow.objects.get_or_create(
        classification=int(marking.classification),
        tlp=int(marking.tlp),
        compartments=",".join(sorted(marking.compartments)),
    )
    return int(row.pk)


def marking_of(marking_id: int) -> Marking:
    """The marking behind an id; remembered, because rows never change."""
    known = _by_id.get(marking_id)
    if known is None:
        known = _by_id[marking_id] = MarkingRow.objects.get(pk=marking_id).value
    return known


def readable_by(clearance: Marking) -> frozenset[int]:
    """Ids of all markings in use that this clearance covers."""
    return frozenset(int(row.pk) for row in MarkingRow.objects.all() if clearance.covers(row.value))


def forget() -> None:
    """Drop what is remembered: a test, or a restore, has put another database in place."""
    _by_id.clear()
