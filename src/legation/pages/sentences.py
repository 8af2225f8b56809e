"""How is a code said to a person? Rooms register a sentence per code; rules never write prose.

A sentence is a gettext message with {names} of the code's parameters. Each room owns its entries; a code may be
registered once, so that two rooms cannot quietly mean different things by it.
"""

import re
from collections.abc import Mapping
from string import Formatter

from django.utils.translation import gettext

from legation.foundations.decisions import Refused

_CODE = re.compile(r"[a-z]+(_[a-z]+)+")
"""A parameter that is itself a code, as armed_conflict: read aloud it has spaces."""

_sentences: dict[str, str] = {}


class _Gentle(Formatter):
    """Fills what is given; a parameter that is missing shows as its name, because a page must not fail for a word."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        value = kwargs.get(str(key), f"[{key}]")
        return value.replace("_", " ") if isinstance(value, str) and _CODE.fullmatch(value) else value

    def format_field(self, value: object, format_spec: str) -> str:
        try:
            return str(super().format_field(value, format_spec))
        except (ValueError, TypeError):
            return str(value)


def register_sentences(entries: Mapping[str, str]) -> None:
    """Raises ValueError where a code already has another sentence."""
    for code, text in entries.items():
        if _sentences.setdefault(code, text) != text:
            raise ValueError(f"the code {code!r} already says {_sentences[code]!r}; give one of them another code")


def known(code: str) -> bool:
    return code in _sentences


def sentence(code: str, params: Mapping[str, object] | None = None) -> str:
    """The sentence for a code in the reader's language; an unregistered code is shown in words, never as an error."""
    text = _sentences.get(code)
    if text is None:
        said = in_words(code.rpartition(".")[2])
        details = ", ".join(f"{key} {value}" for key, value in (params or {}).items())
        return f"{said}: {details}" if details else said
    said = _Gentle().vformat(gettext(text), (), dict(params or {}))
    return said[:1].upper() + said[1:] if text.startswith("{") else said


def in_words(name: str) -> str:
    """`PostureChanged` and `posture_changed` both as `Posture changed`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()
    return spaced[:1].upper() + spaced[1:]


def said_at_terminal(refused: Refused) -> str:
    """The sentence of a refusal, for a command."""
    return sentence(refused.refusal.reason, refused.refusal.params)
