"""The strictest limit decides; a consent lifts only its own norm, only while it holds."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.law.events.limits import ConsentState, Use
from legation.law.events.norms import Effect
from legation.law.rules.limits import Consented, Limit, may_use, noted, to_consent

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)
ASKS = Limit(Use.DRONE, "air-law-3", "Air law art. 3", Effect.CONSENT, "receiving_state")
FORBIDS = Limit(Use.DRONE, "decree-9", "Decree art. 9", Effect.REFUSED, "")

EFFECTS = [Effect.NOTE, Effect.CONSENT, Effect.REFUSED]
uses = st.lists(st.sampled_from(Use), max_size=4)
a_limit = st.builds(Limit, st.sampled_from(Use), st.just("a"), st.just("A"), st.sampled_from(EFFECTS), st.just(""))
limits = st.lists(a_limit, max_size=6)


def test_a_national_ban_prevails_over_a_consent() -> None:
    consent = Consented(Use.DRONE, "air-law-3", None, ConsentState.HOLDS)
    assert isinstance(may_use([Use.DRONE], [ASKS], [consent], NOW), Grant)
    decided = may_use([Use.DRONE], [ASKS, FORBIDS], [consent], NOW)
    assert isinstance(decided, Refusal)
    assert decided.norm == "decree-9"
    assert to_consent(Use.DRONE, [ASKS, FORBIDS], [], NOW) == FORBIDS


def test_where_two_norms_ask_each_gets_its_own_consent() -> None:
    other = Limit(Use.DRONE, "radio-law-1", "Radio law art. 1", Effect.CONSENT, "the regulator")
    first = to_consent(Use.DRONE, [ASKS, other], [], NOW)
    assert first == ASKS
    held = Consented(Use.DRONE, ASKS.norm, None, ConsentState.HOLDS)
    assert to_consent(Use.DRONE, [ASKS, other], [held], NOW) == other
    assert isinstance(may_use([Use.DRONE], [ASKS, other], [held], NOW), Refusal)
    both = [held, Consented(Use.DRONE, other.norm, None, ConsentState.HOLDS)]
    assert isinstance(may_use([Use.DRONE], [ASKS, other], both, NOW), Grant)


def test_a_consent_holds_until_its_end_and_not_once_withdrawn() -> None:
    ends = Consented(Use.DRONE, "air-law-3", NOW, ConsentState.HOLDS)
    assert isinstance(may_use([Use.DRONE], [ASKS], [ends], NOW), Refusal)
    assert isinstance(may_use([Use.DRONE], [ASKS], [ends], NOW - timedelta(seconds=1)), Grant)
    taken = Consented(Use.DRONE, "air-law-3", None, ConsentState.WITHDRAWN)
    assert isinstance(may_use([Use.DRONE], [ASKS], [taken], NOW), Refusal)


@given(uses, limits)
def test_without_consents_only_what_no_norm_ties_may_be_used(wanted: list[Use], said: list[Limit]) -> None:
    binding = {one.use for one in said if one.effect is not Effect.NOTE}
    assert isinstance(may_use(wanted, said, [], NOW), Refusal) == bool(binding & set(wanted))


@given(uses, limits)
def test_more_uses_never_make_allowed_what_was_refused(wanted: list[Use], said: list[Limit]) -> None:
    if isinstance(may_use(wanted, said, [], NOW), Refusal):
        assert isinstance(may_use([*wanted, *Use], said, [], NOW), Refusal)


def test_what_is_noted_begins_with_the_strictest() -> None:
    assert noted([Use.DRONE], [ASKS, FORBIDS]) == [FORBIDS, ASKS]
