"""May officials of the host state enter here, and on whose word? An embassy and a consulate differ.

Source: VCDR 1961, articles 22, 24 and 30; VCCR 1963, articles 31, 33, 59 and 61.
"""

from dataclasses import dataclass

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.law.events.entering import Capacity, Emergency, Given, Part
from legation.law.rules.notes import CONSULAR

RULE = "law.may_enter"
HONORARY = "honorary_consulate"


@dataclass(frozen=True, slots=True)
class Word:
    """What was said to them, and as what he who said it spoke."""

    given: Given
    capacity: Capacity = Capacity.OTHER


NOBODY = Word(Given.NOT_ASKED)

SPEAKS_FOR_EMBASSY = frozenset({Capacity.HEAD, Capacity.DESIGNEE})
"""Article 22(1) names the head of mission; whom he authorised carries his word, not his own."""

SPEAKS_FOR_CONSULATE = frozenset({Capacity.HEAD, Capacity.DESIGNEE, Capacity.HEAD_OF_EMBASSY})
"""Article 31(2) names all three."""

PROMPT = frozenset({Emergency.FIRE, Emergency.DISASTER})
"""What "fire or other disaster requiring prompt protective action" covers; a pursuit is none."""


def may_enter(mission_kind: str, part: Part, emergency: Emergency, word: Word) -> Decision:
    """Whether they may enter this part of the premises, with the norm that says so.

    At an embassy only on the head's word, in a fire too. At a consulate the part used only for its work needs
    consent, which may be assumed in a fire or disaster unless it was refused; other parts are under the host's law.
    """
    if mission_kind == HONORARY:
        return Grant(f"{RULE}.honorary_post")
    if mission_kind in CONSULAR:
        return _consulate(part, emergency, word)
    return _embassy(part, word)


def untouched(mission_kind: str) -> str:
    """The norm by which papers stay inviolable, whoever is let in and why."""
    if mission_kind == HONORARY:
        return "vccr-61"
    return "vccr-33" if mission_kind in CONSULAR else "vcdr-24"


def _embassy(part: Part, word: Word) -> Decision:
    norm = "vcdr-30-1" if part is Part.RESIDENCE else "vcdr-22-1"
    if word.given is not Given.CONSENT:
        refused = word.given is Given.REFUSED
        return Refusal("entry_refused" if refused else "entry_without_consent", RULE, norm)
    if word.capacity not in SPEAKS_FOR_EMBASSY:
        return Refusal("consent_not_his_to_give", RULE, norm, {"who": "the head of mission"})
    return Grant(f"{RULE}.head_of_mission_consented")


def _consulate(part: Part, emergency: Emergency, word: Word) -> Decision:
    if part in {Part.PUBLIC_ROOMS, Part.RESIDENCE}:
        return Grant(f"{RULE}.not_used_only_for_the_work")
    norm = "vccr-31-2"
    if word.given is Given.REFUSED and word.capacity in SPEAKS_FOR_CONSULATE:
        return Refusal("entry_refused", RULE, norm)
    if word.given is Given.CONSENT and word.capacity in SPEAKS_FOR_CONSULATE:
        return Grant(f"{RULE}.consent_was_given")
    if emergency in PROMPT:
        return Grant(f"{RULE}.consent_assumed")
    if word.given is Given.CONSENT:
        who = "the head of post, his designee or the ambassador"
        return Refusal("consent_not_his_to_give", RULE, norm, {"who": who})
    return Refusal("entry_without_consent", RULE, norm)
