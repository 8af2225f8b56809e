"""What may this actor read of briefs, who has read them, and whose is a printed copy?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from legation.foundations.identity import Ref
from legation.foundations.markings import Marking
from legation.intelligence.models.briefs import OUTSIDER, Brief, BriefCopy, Receipt
from legation.intelligence.rules.briefs import CHANCES, Line, Recipient, Section
from legation.missions import published as missions
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.markings import marking_of, readable_by
from legation.platform.records import MarkedQuerySet


@dataclass(frozen=True, slots=True)
class BriefSeen:
    """A version as its reader sees it. sections: (code, lines) in order; later: the edition that replaced it."""

    row: Brief
    mission: str
    later: str

    @property
    def marking(self) -> Marking:
        return marking_of(self.row.marking_id)

    @property
    def judgements(self) -> "list[LineSeen]":
        return [one for one in shown(self.row.parts) if one.line.section is Section.JUDGEMENT]

    @property
    def rest(self) -> "list[tuple[str, list[LineSeen]]]":
        """The other parts in order: the code of the heading, and its lines; no part without lines."""
        return by_section(self.row.parts)


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line as pages show it. chance: what its word of likelihood stands for; subject: what it opens to."""

    line: Line
    chance: str
    subject: Ref | None


def shown(lines: list[Line]) -> list[LineSeen]:
    return [LineSeen(one, chance_of(one), Ref.parse(one.subject) if one.subject else None) for one in lines]


def by_section(lines: list[Line]) -> list[tuple[str, list[LineSeen]]]:
    """Lines under the code of their heading, the judgement aside."""
    every = [(section, [one for one in lines if one.section is section]) for section in Section]
    return [
        (f"brief.section.{section.value}", shown(found))
        for section, found in every
        if found and section is not Section.JUDGEMENT
    ]


def lowered(actor: Actor, line: Marking) -> Actor:
    """The same actor as if he were cleared only so far: what he is shown then may stand below the line."""
    return replace(actor, clearance=line, markings=actor.markings & readable_by(line))


def briefs(actor: Actor, *, mission: str | None = None) -> "MarkedQuerySet[Brief]":
    """Visible versions, the newest first; of one mission where it is named. Where a version of a brief may be read
    whole, the one below its line is not listed beside it."""
    rows = Brief.objects.visible_to(actor).order_by("-issued_at", "-id")
    rows = rows.exclude(pk__in=Brief.objects.visible_to(actor).exclude(below="").values("below"))
    return rows if mission is None else rows.filter(mission_id=mission)


def brief(actor: Actor, key: str) -> BriefSeen:
    """One version. Raises NotVisible, for absent and hidden alike."""
    row = Brief.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return seen(actor, [row])[0]


def seen(actor: Actor, rows: "list[Brief]") -> list[BriefSeen]:
    """Versions with the names of their missions and what replaced them."""
    keys = frozenset(row.mission_id for row in rows if row.mission_id)
    names = {str(one.id): one.name for one in missions.missions(actor, keys=keys)} if keys else {}
    replaced = Brief.objects.visible_to(actor).filter(corrects__in=[row.pk for row in rows])
    later: Mapping[str, str] = dict(replaced.values_list("corrects", "pk"))
    return [BriefSeen(row, names.get(row.mission_id or "", ""), later.get(row.pk, "")) for row in rows]


def current(actor: Actor, *, mission: str | None = None, limit: int = 20) -> list[BriefSeen]:
    """The newest versions that nothing replaced, one's own mission's and the service's."""
    return [one for one in seen(actor, list(briefs(actor, mission=mission)[: limit * 2])) if not one.later][:limit]


def receipts(actor: Actor, brief: Brief) -> list[Receipt]:
    """Who is to read this version, those who have not first. Raises nothing: nobody is an empty list."""
    rows = Receipt.objects.visible_to(actor).filter(brief=brief.pk)
    return sorted(rows, key=lambda one: (one.read_at is not None, not one.must_read, one.name))


def receipts_of_both(actor: Actor, brief: Brief) -> list[Receipt]:
    """Those of this version and of the one below its line."""
    rows = Receipt.objects.visible_to(actor).filter(brief__in=[key for key in (brief.pk, brief.below) if key])
    return sorted(rows, key=lambda one: (one.read_at is not None, not one.must_read, one.name))


def stands_below(actor: Actor, brief: Brief) -> bool:
    """True where this reader may see the whole of which this is the version below the line."""
    return Brief.objects.visible_to(actor).filter(below=brief.pk).exists()


def line_of(actor: Actor, brief: Brief) -> Marking | None:
    """At which marking its tear line is drawn; None where there is none."""
    lower = Brief.objects.visible_to(actor).filter(pk=brief.below).first() if brief.below else None
    return marking_of(lower.marking_id) if lower else None


def recipients(actor: Actor, brief: Brief) -> tuple[Recipient, ...]:
    """Those who got it, for its next edition."""
    return tuple(
        Recipient(outsider=one.name, note=one.note, must_read=False)
        if one.reader == OUTSIDER
        else Recipient(operator=one.reader, must_read=one.must_read)
        for one in receipts_of_both(actor, brief)
    )


def own_receipt(actor: Actor, key: str) -> Receipt | None:
    """The reader's own receipt of a version."""
    return Receipt.objects.visible_to(actor).filter(brief=key, reader=actor.id).first()


def waiting_for(actor: Actor) -> list[Receipt]:
    """What this person has yet to read."""
    return list(Receipt.objects.visible_to(actor).filter(reader=actor.id, read_at=None).order_by("-id")[:20])


def copy(actor: Actor, key: str) -> tuple[BriefCopy, BriefSeen]:
    """Whose copy it is, by what stands on its pages. Raises NotVisible."""
    row = BriefCopy.objects.visible_to(actor).filter(pk=key.strip().lower()).first()
    if row is None:
        raise NotVisible
    return row, brief(actor, row.brief)


def copies(actor: Actor, brief: Brief) -> list[BriefCopy]:
    """Copies of a version, the latest first."""
    return list(BriefCopy.objects.visible_to(actor).filter(brief=brief.pk).order_by("-printed_at")[:50])


def chance_of(line: Line) -> str:
    """`55–80 %`: the chance that the line's word stands for; empty for none."""
    if line.likelihood is None:
        return ""
    low, high = CHANCES[line.likelihood]
    return f"{low}–{high} %"


def brief_fields(one: BriefSeen) -> dict[str, object]:
    """A version as programs get it."""
    row = one.row
    return {
        "id": row.pk,
        "span": row.span,
        "number": row.number,
        "edition": row.edition,
        "mission": row.mission_id,
        "title": row.title,
        "marking": str(one.marking),
        "issued_at": row.issued_at,
        "author": row.author_name,
        "corrects": row.corrects,
        "change": row.change,
        "replaced_by": one.later,
        "lines": row.lines,
    }
