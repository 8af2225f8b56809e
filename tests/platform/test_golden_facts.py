"""A fact that was ever written can be read for ever: each version's golden body is kept and brought to the present."""

import dataclasses

import msgspec
import pytest
from tests.platform import golden

from legation.platform.ledger import upcast

KEPT = golden.golden()


def test_every_fact_has_its_golden_body_in_every_version() -> None:
    missing = []
    for name in golden.facts():
        stem, _, version = name.rpartition("/")
        missing += [f"{stem}/{n}" for n in range(1, int(version) + 1) if f"{stem}/{n}" not in KEPT]
    assert not missing, f"run `python -m tests.platform.golden` and commit what it adds: {', '.join(missing)}"


@pytest.mark.parametrize("name", sorted(KEPT))
def test_a_kept_body_reads_as_the_present_fact(name: str) -> None:
    stem, _, version = name.rpartition("/")
    present = {known.rpartition("/")[0]: (known, shape) for known, shape in golden.facts().items()}
    if stem not in present:
        pytest.fail(f"{stem} was written by an earlier release: keep its class, or an upcaster to what replaced it")
    known, shape = present[stem]
    forward = upcast.to_present(name, KEPT[name], wanted=int(known.rpartition("/")[2]))
    fact = msgspec.convert(forward, shape)
    if name == known:
        advice = f"{name} changed its shape: raise its version and write the step with @upcaster({stem!r}, {version})"
        assert golden.said(fact) == KEPT[name], advice


def test_the_control_a_changed_shape_is_noticed() -> None:
    name, shape = next((n, s) for n, s in golden.facts().items() if KEPT.get(n))
    field = dataclasses.fields(shape)[0].name
    renamed = {("other" if key == field else key): value for key, value in KEPT[name].items()}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(renamed, shape)
