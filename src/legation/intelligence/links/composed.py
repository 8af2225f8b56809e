"""How does a composed brief arrive from a program? The same fields for the API's body and the command's file."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from legation.foundations.markings import Marking
from legation.intelligence.rules.briefs import Composed, Item, Likelihood, Recipient, Section, Span

type Said = Mapping[str, object]


def composed(said: Said, now: datetime) -> Composed:
    """The brief out of plain fields. Raises ValueError that names what is wrong."""
    span = Span(_text(said, "span") or Span.DAILY)
    wanted, line = _text(said, "marking"), _text(said, "line")
    return Composed(
        span,
        _text(said, "title"),
        tuple(item(one) for one in _many(said, "items")),
        now - timedelta(days=span.days),
        Marking.parse(wanted) if wanted else None,
        Marking.parse(line) if line else None,
        tuple(recipient(one) for one in _many(said, "recipients")),
    )


def item(said: Said) -> Item:
    """One line. A figure counted anew is never taken from outside: what stands below is a written sentence."""
    likelihood = _text(said, "likelihood")
    return Item(
        Section(_text(said, "section") or Section.HAPPENED),
        _text(said, "text"),
        Marking.parse(_text(said, "marking") or str(Marking())),
        _text(said, "title"),
        Likelihood(likelihood) if likelihood else None,
        _text(said, "subject"),
        _text(said, "below"),
    )


def recipient(said: Said) -> Recipient:
    """A person, a role or somebody outside."""
    return Recipient(
        _text(said, "operator"),
        _text(said, "role"),
        _text(said, "outsider"),
        _text(said, "note"),
        said.get("must_read", True) is True,
    )


def _text(said: Said, name: str) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text")
    return value.strip()


def _many(said: Said, name: str) -> Sequence[Said]:
    value = said.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError(f"{name} must be a list of objects")
    return cast(Sequence[Said], value)
