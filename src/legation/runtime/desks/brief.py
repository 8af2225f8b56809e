"""How is a brief composed in five minutes? Candidates preselected, a line of judgement each, both versions at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from legation.foundations.decisions import Refused
from legation.foundations.markings import Marking, join_all
from legation.intelligence import actions
from legation.intelligence.queries import briefs as queries
from legation.intelligence.queries.briefs import LineSeen
from legation.intelligence.rules import briefs as rules
from legation.intelligence.rules.briefs import CHANCES, Composed, Item, Likelihood, Line, Recipient, Section, Span
from legation.intelligence.web import MARKINGS
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.pages.sentences import in_words, sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor, Role
from legation.platform.authority.actors import people_with
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import actor_of
from legation.runtime.desks import brief_material as material
from legation.runtime.desks.brief_material import Choice

PARTS = (Section.CHANGED, Section.AHEAD, Section.ASKED, Section.CALENDAR, Section.SILENT)
READERS = (Role.HEAD_OF_MISSION, Role.RSO, Role.WATCH_OFFICER, Role.STAFF)
LINE = "UNCLASSIFIED // TLP:GREEN"
"""What the line is drawn at unless another is chosen: what partners and staff may be given."""


@dataclass(frozen=True, slots=True)
class Field:
    """A candidate as the form shows it, with what was typed."""

    choice: Choice
    picked: bool
    order: str
    text: str
    likely: str
    below: str
    above_line: bool

    @property
    def reasons(self) -> list[str]:
        return [f"brief.reason.{one.value}" for one in self.choice.proposed.reasons]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the analyst has before him: for whom, since when, and what was typed so far (None at first)."""

    actor: Actor
    mission: str
    span: Span
    at: list[MissionSeen]
    now: datetime
    typed: QueryDict | None

    def said(self, name: str, otherwise: str = "") -> str:
        return otherwise if self.typed is None else self.typed.get(name, "").strip()

    def many(self, name: str, otherwise: list[str]) -> list[str]:
        return otherwise if self.typed is None else self.typed.getlist(name)

    @property
    def line(self) -> Marking | None:
        text = self.said("line", LINE)
        return Marking.parse(text) if text else None

    @property
    def drawn(self) -> Marking:
        """The line, or where none is wanted one that everything stands below."""
        return self.line or self.actor.clearance

    @property
    def place(self) -> str:
        return self.at[0].name if self.mission else _("All missions")

    @property
    def title(self) -> str:
        named = _("Daily brief") if self.span is Span.DAILY else _("Weekly brief")
        return f"{named}, {self.place}, {self.now:%d %B %Y}"


def desk_of(request: HttpRequest, actor: Actor) -> Desk:
    """What the address and the form ask for. Raises NotVisible for a mission that is absent or hidden."""
    mission, span = request.GET.get("mission", ""), Span(request.GET.get("span") or Span.DAILY)
    typed = request.POST if request.method == "POST" else None
    return Desk(actor, mission, span, material.concerned(actor, mission), clock.as_of(), typed)


def fields_of(desk: Desk) -> list[Field]:
    """Candidates with what was typed at each; at first those with a reason are picked."""
    found = material.choices(desk.actor, desk.at, material.looked_from(desk.span, desk.now))
    picked = desk.many("pick", [one.seen.key for one in found if one.proposed.reasons])
    return [
        Field(
            one,
            one.seen.key in picked,
            desk.said(f"order-{one.seen.key}", str(n + 1)),
            desk.said(f"text-{one.seen.key}"),
            desk.said(f"likely-{one.seen.key}"),
            desk.said(f"below-{one.seen.key}"),
            not desk.drawn.covers(one.marking),
        )
        for n, one in enumerate(found)
    ]


def items_of(desk: Desk, fields: list[Field]) -> tuple[Item, ...]:
    """The brief as it stands in the form."""
    chosen = sorted((one for one in fields if one.picked), key=_position)
    happened = [
        Item(
            Section.HAPPENED,
            f"{one.choice.facts} {one.text}".strip(),
            one.choice.marking,
            one.choice.title,
            _likelihood(one.likely),
            one.choice.subject,
            one.below,
        )
        for one in chosen
    ]
    return (*_judgement(desk, happened), *happened, *parts_of(desk))


def _position(one: Field) -> tuple[int, str]:
    return int(one.order) if one.order.isdigit() else 999, one.choice.seen.key


def _likelihood(word: str) -> Likelihood | None:
    return Likelihood(word) if word in Likelihood else None


def _judgement(desk: Desk, happened: list[Item]) -> list[Item]:
    """What it all means rests on everything chosen, and is marked so."""
    text = desk.said("judgement")
    if not text:
        return []
    marking = join_all([one.marking for one in happened])
    likely = _likelihood(desk.said("judgement-likely"))
    return [Item(Section.JUDGEMENT, text, marking, likelihood=likely, below=desk.said("judgement-below"))]


def parts_of(desk: Desk) -> list[Item]:
    """The parts that fill themselves, those that are wanted."""
    wanted = set(desk.many("part", [one.value for one in PARTS]))
    since = material.looked_from(desk.span, desk.now)
    filled = {
        Section.CHANGED: lambda: material.changed(desk.actor, desk.at, since),
        Section.AHEAD: lambda: material.ahead(desk.actor, desk.at, desk.line),
        Section.ASKED: lambda: material.still_asked(desk.actor, desk.mission),
        Section.CALENDAR: lambda: material.to_come(desk.actor, desk.mission),
        Section.SILENT: lambda: material.silent(desk.actor),
    }
    return [item for section in PARTS if section.value in wanted for item in filled[section]()]


def recipients_of(desk: Desk) -> tuple[Recipient, ...]:
    """Roles, persons, and outsiders one a line as `name; how it is handed over`."""
    must = bool(desk.said("must"))
    roles = [Recipient(role=one, must_read=must) for one in desk.many("role", [])]
    persons = [Recipient(operator=one, must_read=must) for one in desk.many("operator", [])]
    outside = [line.partition(";") for line in desk.said("outsiders").splitlines() if line.strip()]
    return (*persons, *roles, *(Recipient(outsider=name.strip(), note=note.strip()) for name, _semi, note in outside))


def composed_of(desk: Desk, items: tuple[Item, ...]) -> Composed:
    wanted = desk.said("wanted")
    # Where the line covers all of it there is nothing to divide: one version is issued, and the preview says so.
    line = None if desk.drawn.covers(rules.marking_of(items, Marking())) else desk.line
    return Composed(
        desk.span,
        desk.title,
        items,
        material.looked_from(desk.span, desk.now),
        Marking.parse(wanted) if wanted else None,
        line,
        recipients_of(desk),
    )


def issue(desk: Desk, items: tuple[Item, ...]) -> str:
    """Issue it; the id of the whole version. Raises Refused."""
    composed = composed_of(desk, items)
    verb = "intelligence.issue_brief"
    if desk.mission:
        return actions.issue_brief(missions.claimed(desk.actor, desk.mission, verb), composed).pk
    return actions.issue_brief(claim_house(verb, desk.actor), composed).pk


def preview(desk: Desk, items: tuple[Item, ...]) -> Mapping[str, object]:
    """Both versions side by side, or the sentence that says why not."""
    needs = rules.marking_of(items, Marking())
    composed = composed_of(desk, items)
    line = composed.line
    shown: dict[str, object] = {"above": _whole(rules.above(items)), "needs": needs, "tearing": line}
    if line is not None:
        shown |= {"below": _whole(rules.below(items, line)), "released": rules.released(items, line)}
    try:
        actions.check_brief(desk.actor.clearance, items, composed.wanted, composed.line)
    except Refused as refused:
        shown["refused"] = sentence(refused.refusal.reason, refused.refusal.params)
    return shown


def _whole(lines: list[Line]) -> list[tuple[str, list[LineSeen]]]:
    """A version as it will stand, the judgement first."""
    judged = [one for one in lines if one.section is Section.JUDGEMENT]
    head = [("brief.section.judgement", queries.shown(judged))] if judged else []
    return [*head, *queries.by_section(lines)]


@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """Candidates, both versions, issue."""
    actor = actor_of(request)
    check_verb("intelligence.issue_brief", actor)
    desk = desk_of(request, actor)
    fields = fields_of(desk)
    items = items_of(desk, fields)
    if desk.said("do") == "issue":
        try:
            key = issue(desk, items)
            messages.success(request, _("The brief is issued; it stands as it is."))
            return redirect("brief", key=key)
        except Refused as refused:
            messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    shown = preview(desk, items) if desk.typed is not None else {}
    return render(request, "desks/brief.html", {**_offered(desk), "desk": desk, "fields": fields, **shown})


def _offered(desk: Desk) -> dict[str, object]:
    """What the form lets one choose from."""
    every = frozenset(role.value for role in READERS)
    return {
        "own": sorted(material.concerned(desk.actor, ""), key=lambda one: one.name),
        "markings": MARKINGS,
        "line": desk.said("line", LINE),
        "wanted": desk.said("wanted"),
        "likelihoods": [(one.value, f"{in_words(one.value)} ({low}–{high} %)") for one, (low, high) in CHANCES.items()],
        "parts": [(one.value, f"brief.section.{one.value}") for one in PARTS],
        "parts_chosen": desk.many("part", [one.value for one in PARTS]),
        "roles": [(one.value, in_words(one.value)) for one in READERS],
        "roles_chosen": desk.many("role", [Role.HEAD_OF_MISSION.value]),
        "people": people_with(every, desk.mission),
        "people_chosen": desk.many("operator", []),
        "must": bool(desk.said("must", "1")),
        "judgement": desk.said("judgement"),
        "judgement_below": desk.said("judgement-below"),
        "judgement_likely": desk.said("judgement-likely"),
        "outsiders": desk.said("outsiders"),
    }
