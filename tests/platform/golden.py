"""Every fact that this release can write, with made-up content, as it would stand in a sealed body.

    python -m tests.platform.golden

adds what is missing to golden_facts.json and never changes what stands there: those bytes are in ledgers already.
"""

import dataclasses
import enum
import importlib
import json
import pkgutil
import types
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

FILE = Path(__file__).with_name("golden_facts.json")
INSTANT = datetime(2018, 2, 5, 6, 0, tzinfo=UTC)
PLAIN: dict[Any, Any] = {
    str: "text",
    int: 3,
    float: 0.5,
    bool: True,
    bytes: b"bytes",
    datetime: INSTANT,
    date: INSTANT.date(),
    timedelta: timedelta(hours=1),
    type(None): None,
}


def facts() -> dict[str, type]:
    """Ledger name → class, for every dataclass of the house that carries a version."""
    import legation

    own = (thing for module in _modules(legation.__path__, "legation.") for thing in _defined_in(module))
    return {_name(thing): thing for thing in own if isinstance(getattr(thing, "version", None), int)}


def _defined_in(module: types.ModuleType) -> Iterator[type]:
    for thing in vars(module).values():
        if isinstance(thing, type) and thing.__module__ == module.__name__ and dataclasses.is_dataclass(thing):
            yield thing


def _name(fact: type) -> str:
    from legation.platform.act import fact_name

    class Shell:
        pass

    Shell.__module__, Shell.__name__, Shell.version = fact.__module__, fact.__name__, fact.version  # type: ignore[attr-defined]
    return fact_name(Shell())  # type: ignore[arg-type]


def _modules(path: Any, prefix: str) -> Iterator[types.ModuleType]:
    for info in pkgutil.walk_packages(path, prefix):
        last = info.name.rpartition(".")[2]
        if "migrations" not in info.name and last not in {"asgi", "wsgi", "__main__"}:
            yield importlib.import_module(info.name)


def made_up(shape: Any) -> Any:
    """A value of this type: the same at every call."""
    if isinstance(shape, typing.NewType):
        return made_up(shape.__supertype__)
    if isinstance(shape, typing.TypeAliasType):
        return made_up(shape.__value__)
    if shape in PLAIN:
        return PLAIN[shape]
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if origin in {typing.Union, types.UnionType}:
        return made_up(inner[0])
    if origin is typing.Literal:
        return inner[0]
    if origin is tuple:
        return (made_up(inner[0]),) if inner[-1] is Ellipsis else tuple(map(made_up, inner))
    if origin in {list, set, frozenset}:
        return origin([made_up(inner[0])])
    if origin is dict:
        return {made_up(inner[0]): made_up(inner[1])}
    if isinstance(shape, type) and issubclass(shape, enum.Enum):
        return next(iter(shape))
    if dataclasses.is_dataclass(shape):
        hints = typing.get_type_hints(shape)
        return shape(**{f.name: made_up(hints[f.name]) for f in dataclasses.fields(shape) if f.init})
    raise TypeError(f"say here what a made-up {shape} is")


def golden() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return content


def said(fact: Any) -> Any:
    """A fact's fields as the ledger writes them."""
    return json.loads(msgspec.json.encode(fact, order="sorted"))


def main() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    kept = golden()
    for name, shape in facts().items():
        kept.setdefault(name, said(made_up(shape)))
    FILE.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
