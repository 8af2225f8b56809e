"""How do police figures come in? A table as one act; a later figure for the same month replaces the earlier."""

from collections.abc import Sequence
from hashlib import sha256

from legation.foundations.markings import OPEN, Marking
from legation.intelligence.events.figures import FiguresImported
from legation.intelligence.links import police_figures
from legation.intelligence.links.police_figures import Figure, Figures
from legation.intelligence.models import PoliceFigure
from legation.platform.act import Context, act
from legation.platform.authority.actor import Authorised
from legation.platform.authority.resolve import House
from legation.platform.writing import Urgency

KEY = ("publisher", "area", "month", "offence")


def import_figures(
    claim: Authorised[House], data: bytes, name: str, *, marking: Marking = OPEN, dry_run: bool = False
) -> Figures:
    """Read a table and store what could be read; what could not is told line by line. dry_run: nothing is written."""
    read = police_figures.read(data)
    if read.rows and not dry_run:
        _import(claim, read.rows, name, sha256(data).hexdigest(), marking=marking)
    return read


@act("intelligence.import_figures", urgency=Urgency.BATCH)
def _import(ctx: Context, house: House, rows: Sequence[Figure], file: str, digest: str, *, marking: Marking) -> None:
    """Store figures; the last line of a file for one area, month and offence counts."""
    latest = {tuple(getattr(row, name) for name in KEY): row for row in rows}
    marking_id = ctx.marking_id(marking)
    PoliceFigure.objects.bulk_create(
        [
            PoliceFigure(marking_id=marking_id, **{name: getattr(row, name) for name in Figure.__slots__})
            for row in latest.values()
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=["count", "latitude", "longitude", "country", "marking"],
    )
    months = sorted(row.month for row in latest.values())
    fact = FiguresImported(file[:250], len(latest), f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}", digest)
    ctx.announce(fact, marking=marking)
