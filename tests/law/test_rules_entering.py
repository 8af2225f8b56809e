"""Do embassy and consulate differ as the two conventions say, whatever presses?"""

from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.law.events.entering import Capacity, Emergency, Given, Part
from legation.law.rules.entering import NOBODY, Word, may_enter, untouched

PARTS, EMERGENCIES = st.sampled_from(list(Part)), st.sampled_from(list(Emergency))
WORDS = st.builds(Word, st.sampled_from(list(Given)), st.sampled_from(list(Capacity)))
HEAD = Word(Given.CONSENT, Capacity.HEAD)


@given(st.sampled_from(["embassy", "high_commission", "permanent_mission", "other"]), PARTS, EMERGENCIES, WORDS)
def test_an_embassy_is_entered_on_the_heads_word_alone_in_a_fire_too(
    kind: str, part: Part, emergency: Emergency, word: Word
) -> None:
    found = may_enter(kind, part, emergency, word)
    heads = word.given is Given.CONSENT and word.capacity in {Capacity.HEAD, Capacity.DESIGNEE}
    assert isinstance(found, Grant) is heads
    if isinstance(found, Refusal):
        assert found.norm == ("vcdr-30-1" if part is Part.RESIDENCE else "vcdr-22-1")


@given(EMERGENCIES)
def test_at_a_consulate_consent_is_assumed_in_a_fire_and_not_in_a_pursuit(emergency: Emergency) -> None:
    found = may_enter("consulate", Part.OFFICES, emergency, NOBODY)
    assert isinstance(found, Grant) is (emergency in {Emergency.FIRE, Emergency.DISASTER})


def test_what_was_refused_by_who_may_is_not_assumed() -> None:
    refused = Word(Given.REFUSED, Capacity.HEAD)
    assert isinstance(may_enter("consulate", Part.OFFICES, Emergency.FIRE, refused), Refusal)
    guard = Word(Given.REFUSED, Capacity.OTHER)
    assert isinstance(may_enter("consulate", Part.OFFICES, Emergency.FIRE, guard), Grant), "a guard refuses nothing"


def test_the_ambassador_speaks_for_a_consulate_and_a_guard_for_nobody() -> None:
    ambassador, guard = Word(Given.CONSENT, Capacity.HEAD_OF_EMBASSY), Word(Given.CONSENT, Capacity.OTHER)
    assert isinstance(may_enter("consulate_general", Part.OFFICES, Emergency.NONE, ambassador), Grant)
    assert isinstance(may_enter("embassy", Part.OFFICES, Emergency.NONE, ambassador), Refusal)
    for kind in ("consulate", "embassy"):
        found = may_enter(kind, Part.OFFICES, Emergency.NONE, guard)
        assert isinstance(found, Refusal)
        assert found.reason == "consent_not_his_to_give"


@given(EMERGENCIES, WORDS)
def test_what_is_not_used_only_for_a_consulates_work_is_under_the_hosts_law(e: Emergency, word: Word) -> None:
    assert isinstance(may_enter("consulate", Part.PUBLIC_ROOMS, e, word), Grant)
    assert isinstance(may_enter("consulate", Part.RESIDENCE, e, word), Grant)
    assert isinstance(may_enter("honorary_consulate", Part.OFFICES, e, word), Grant)


def test_papers_stay_inviolable_everywhere() -> None:
    assert untouched("embassy") == "vcdr-24"
    assert untouched("consulate") == "vccr-33"
    assert untouched("honorary_consulate") == "vccr-61"
