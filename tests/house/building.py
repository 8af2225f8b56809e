"""What is the house made of? Every source file once, parsed, with the room and the kind of file that its path says."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "legation"

NOT_ROOMS = {"foundations", "platform", "pages", "runtime"}

RANK = {
    "foundations": 0,
    "rules": 1,
    "events": 1,
    "models": 2,
    "migrations": 2,
    "queries": 3,
    "published": 3,
    "actions": 4,
    "links": 4,
    "web": 5,
    "api": 5,
    "cli": 5,
    "panels": 5,
    "apps": 6,
    "runtime": 6,
}
"""How far up each kind of file stands: it imports what stands level with it or below, never what stands above."""

DOORS = {"web", "api", "cli", "panels"}
"""What a room shows: pages, endpoints, commands, and the panels it lends to composite pages."""


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its text and its tree."""

    name: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, name: str, text: str) -> "Module":
        """A module made up by a test, to show that a rule can fail."""
        return cls(name, text, ast.parse(text))

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")[1:]

    @property
    def room(self) -> str:
        """`missions`, `platform`, …; empty for the package itself."""
        return self.parts[0] if self.parts else ""

    @property
    def kind(self) -> str:
        """`rules`, `actions`, `web`, … inside a room; the name of the part of the house elsewhere."""
        if self.room in NOT_ROOMS or not self.room:
            return self.room
        return self.parts[1] if len(self.parts) > 1 else "package"

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def path(self) -> Path:
        file = PACKAGE.joinpath(*self.parts)
        return file / "__init__.py" if file.is_dir() else file.with_suffix(".py")

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Each call with what is called, written as in the source and with imported names spelled out in full."""
        spelled = imported_names(self)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                head, dot, rest = ast.unparse(node.func).partition(".")
                yield spelled.get(head, head) + dot + rest, node


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module.of(name, path.read_text(encoding="utf-8")))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


@cache
def rooms() -> tuple[str, ...]:
    """The rooms that exist: folders that hold more than their own docstring."""
    return tuple(sorted({m.room for m in modules() if m.room not in NOT_ROOMS and len(m.parts) > 1}))


def imported_names(module: Module) -> dict[str, str]:
    """Local name → full dotted name, for every import in the file."""
    spelled: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            spelled.update(
                {(a.asname or a.name.split(".")[0]): (a.name if a.asname else a.name.split(".")[0]) for a in node.names}
            )
        elif isinstance(node, ast.ImportFrom) and node.module:
            spelled.update({(a.asname or a.name): f"{node.module}.{a.name}" for a in node.names})
    return spelled


def imports(module: Module, *, with_types: bool = True) -> Iterator[tuple[str, int]]:
    """Every module of the house imported here, with the line; `from x import y` counts y where y is a module."""
    hidden = set() if with_types else set(_typing_only(module.tree))
    for node in ast.walk(module.tree):
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "legation":
                    yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            if base.split(".")[0] == "legation":
                for alias in node.names:
                    longer = f"{base}.{alias.name}"
                    yield (longer if longer in names() else base), node.lineno


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
    return ".".join(package[: len(package) - node.level + 1] + ([node.module] if node.module else []))


def _typing_only(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for child in node.body:
                yield from ast.walk(child)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def decorated(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> list[str]:
    """The first arguments of every `@name("…")` above the function."""
    return [
        str(mark.args[0].value)
        for mark in function.decorator_list
        if isinstance(mark, ast.Call)
        and ast.unparse(mark.func).rpartition(".")[2] == name
        and mark.args
        and isinstance(mark.args[0], ast.Constant)
    ]


def tracked(*suffixes: str, below: tuple[str, ...] = ("src", "tests", "bench", "docs", "requirements")) -> list[Path]:
    """Files of the project with these suffixes, without what is installed or built."""
    skipped = {"node_modules", "built", "__pycache__"}
    return sorted(
        path
        for folder in below
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and path.is_file() and not skipped & set(path.parts) and ".egg-info" not in str(path)
    )


def say(faults: list[str]) -> str:
    """The message of a failed house test: one fault a line."""
    return "\n" + "\n".join(faults)
