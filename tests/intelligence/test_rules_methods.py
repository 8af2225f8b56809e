"""Host law is asked of every way that uses an instrument, at the mission where it stands."""

import pytest

from legation.foundations.decisions import Grant, Refusal
from legation.intelligence.events import SourceMethod
from legation.intelligence.rules.methods import USES, may_stand


@pytest.mark.parametrize("method", SourceMethod)
def test_every_way_says_what_it_uses_and_an_instrument_needs_a_site(method: SourceMethod) -> None:
    assert isinstance(may_stand(method, ""), Refusal if USES[method] else Grant)
    assert isinstance(may_stand(method, "m" * 32), Grant)
