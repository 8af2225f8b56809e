"""Abuse 49: nothing that is stored or received is unpickled, evaluated or imported."""

import pytest
from django.conf import settings
from tests.house.building import Module, modules
from tests.house.test_banned_calls import banned_faults, banned_imports


def test_no_module_imports_a_format_that_can_carry_code() -> None:
    assert not [fault for module in modules() for fault in banned_imports(module)]


@pytest.mark.parametrize("text", ["import pickle", "from yaml import load", "import marshal", "import shelve"])
def test_the_lint_finds_one_that_does(text: str) -> None:
    """The control."""
    assert banned_imports(Module.of("legation.platform.streams", text))
    assert banned_faults(Module.of("legation.platform.streams", "eval('1')"))


def test_sessions_and_cache_hold_json() -> None:
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert "db" in settings.SESSION_ENGINE


def test_the_cache_that_counts_sign_ins_holds_json() -> None:
    """What it does with a pickle that somebody wrote into its table is in tests/runtime/test_counters.py."""
    assert settings.CACHES["default"]["BACKEND"] == "legation.runtime.counters.Counters"
