"""What the law puts on pages that are not its own: the rail, the search, addresses, sentences."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.foundations.identity import Ref
from legation.law.events.standards import WaiverState
from legation.law.panels.wording import SENTENCES
from legation.law.queries import matrix, norms, standards
from legation.law.rules.matrix import Standing
from legation.law.web import entering, host_panel, host_words, protocol_panels
from legation.pages.panels import (
    Found,
    Panel,
    RailEntry,
    register_address,
    register_panel,
    register_rail,
    register_search,
)
from legation.pages.sentences import register_sentences
from legation.platform.authority.actor import Actor
from legation.platform.personal import Forgotten, Held, Holder, register_holder


def register() -> None:
    host_words.register()
    entering.register()
    host_panel.register()
    register_search("law", search)
    register_rail(RailEntry(_("Law"), "law", 120, "law.read", count=lambda actor: norms.count(actor) or None))
    register_address("Norm", lambda key: reverse("law-norm", args=[key]))
    register_address("Consent", lambda key: reverse("law-consent", args=[key]))
    register_address("Holding", lambda key: reverse("law-holding", args=[key]))
    register_address("Duty", _duty)
    register_address("Check", lambda key: reverse("law-check", args=[key]))
    register_address("Waiver", lambda key: reverse("law-waiver", args=[key]))
    register_panel(Panel("mission.side", "law.mission", at_mission, "law/panels/mission.html", order=35))
    register_holder(Holder("law", held_about, lambda _subject: Forgotten()))
    register_sentences(SENTENCES)
    protocol_panels.register()


def held_about(actor: Actor, subject: Ref) -> Iterator[Held]:
    """Duties that a person holds, for his own page. They name him by id only, so there is nothing to forget."""
    for row in matrix.held_by(actor, subject.id):
        yield Held("law.holds_duty", {"duty": row.title or row.subject_id}, reverse("law-holding", args=[row.pk]))


def _duty(key: str) -> str:
    mission, _dot, code = key.partition(".")
    return reverse("law-duty", args=[mission, "Norm", code])


def search(actor: Actor, text: str) -> Iterator[Found]:
    """Norms that answer, the best first."""
    if "law.read" not in actor.verbs:
        return
    for hit in norms.search(actor, text).found[:6]:
        yield Found("norm", hit.norm.cited, hit.norm.words, reverse("law-norm", args=[hit.norm.code]))


def at_mission(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """What is not right at a mission: categories, criteria, waivers that end soon or wait for a decision."""
    if mission is None or "law.read" not in actor.verbs:
        return None
    sheets = standards.sheets(actor, mission)
    waivers = standards.waivers(actor, mission)
    lines = matrix.matrix(actor, mission)
    return {
        "mission": mission,
        "flagged": [(sheet.premises.name, flag) for sheet in sheets for flag in sheet.flags],
        "open": sum(sheet.open for sheet in sheets),
        "near": standards.near_end(actor, mission),
        "asked": waivers.filter(state=WaiverState.APPLIED),
        "holes": [line.standing for line in lines].count(Standing.HOLE),
        "doubles": [line.standing for line in lines].count(Standing.DOUBLE),
    }
