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


@pytest.mark.django_db(transaction=True)
def test_what_the_cache_holds_is_a_counter_and_needs_no_code() -> None:
    """Django's database cache pickles; so nothing from outside may become a value in it."""
    users = [m.name for m in modules() if "django.core.cache" in m.text]
    assert not users, f"{users}: keep state in a table; the cache is for the sign-in counters alone"
