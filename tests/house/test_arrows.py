"""Do all arrows run one way? Imports of the package against the plan in ARCHITECTURE.md."""

import ast
import graphlib
import sys
from collections.abc import Callable

import pytest
from tests.house.building import DOORS, NOT_ROOMS, RANK, Module, imports, modules, rooms, say

MAY_ASK: dict[str, set[str]] = {
    "missions": set(),
    "watch": {"missions"},
    "law": {"missions"},
    "intelligence": {"missions", "law"},
    "risk": {"missions", "law", "intelligence"},
    "access": {"missions"},
}
"""Which room may ask (`published`) or hear (`events`) which. This table is the architecture diagram."""

DJANGO_FREE = {"foundations", "rules", "events"}
RULES_MAY_IMPORT = {"numpy", "scipy", "polars", "h3", "msgspec"}
"""Beside the standard library: what rules and facts need to count. msgspec is allowed for the shape of facts only."""

STDLIB_WITH_EFFECTS = {
    "os",
    "pathlib",
    "socket",
    "random",
    "secrets",
    "logging",
    "subprocess",
    "threading",
    "sqlite3",
    "urllib",
    "http",
    "tempfile",
    "shutil",
    "io",
    "time",
    "uuid",
    "asyncio",
}
"""Standard modules by which a rule would get a clock, chance, a file or a network."""


type Wall = tuple[Callable[[Module, Module], bool], str]

WALLS: tuple[Wall, ...] = (
    (
        lambda m, t: m.room not in NOT_ROOMS and t.room == m.room and RANK.get(t.kind, 0) > RANK.get(m.kind, 9),
        "this kind of file stands below that one; move what is needed down, or call from above",
    ),
    (
        lambda m, t: m.room == "foundations" != t.room,
        "foundations import nothing else of the house; move the type up or the need down",
    ),
    (
        lambda m, t: t.room == "runtime" != m.room,
        "nothing below runtime may know it; take the value as an argument or a setting",
    ),
    (
        lambda m, t: m.room == "platform" and t.room not in {"platform", "foundations"},
        "the platform knows no room and no page; let the room register itself with the platform",
    ),
    (
        lambda m, t: t.room == "platform" and m.kind in DJANGO_FREE,
        "rules and events are pure; take the value as an argument",
    ),
    (
        lambda m, t: t.room == "pages" and m.kind not in {*DOORS, "apps", "pages", "runtime"},
        "only doors show pages; move the call into web.py",
    ),
    (
        lambda m, t: m.room == "pages" and t.room not in {*NOT_ROOMS, "runtime"},
        "pages hold the look of every room and the logic of none; register a panel in runtime/desks",
    ),
)
"""Which imports are walled off, and what to do instead. What stands between two rooms is in `neighbour_faults`."""


def arrow_faults(module: Module) -> list[str]:
    """What this module imports against the plan."""
    faults = []
    for target_name, line in imports(module):
        target = Module.of(target_name, "")
        if not target.room:
            continue
        found = [advice for crosses, advice in WALLS if crosses(module, target)]
        if target.room != module.room and not {target.room, module.room} & NOT_ROOMS:
            found += neighbour_faults(module, target)
        faults += [f"{module.name}:{line} imports {target_name}: {advice}" for advice in found]
    return faults


def neighbour_faults(module: Module, target: Module) -> list[str]:
    """What one room may take from another."""
    faults = []
    if target.kind not in {"events", "published"}:
        faults.append(f"a room takes only events and published from another; ask {target.room} to publish a question")
    if target.room not in MAY_ASK.get(module.room, set()):
        faults.append(
            f"{module.room} may not ask {target.room}; speak one of the three words, or argue for a new row in MAY_ASK"
        )
    if target.kind == "published" and module.kind in DJANGO_FREE:
        faults.append("rules ask nobody; let the action ask and hand the answer in")
    return faults


def purity_faults(module: Module) -> list[str]:
    """What rules, events and foundations import that is not pure."""
    if module.kind not in DJANGO_FREE:
        return []
    faults = []
    for node in ast.walk(module.tree):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found = [node.module or ""]
        for name in found:
            top = name.split(".")[0]
            if top in STDLIB_WITH_EFFECTS:
                faults.append(
                    f"{module.name}:{node.lineno} imports {name}: rules have no clock, chance, file or network; "
                    "take the value in"
                )
            elif top not in RULES_MAY_IMPORT | {"legation", "__future__"} and top not in sys.stdlib_module_names:
                faults.append(
                    f"{module.name}:{node.lineno} imports {name}: rules use the standard library, foundations "
                    "and numeric libraries only"
                )
    return faults


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.name)
def test_arrows_point_down(module: Module) -> None:
    assert not (faults := arrow_faults(module)), say(faults)


@pytest.mark.parametrize("module", [m for m in modules() if m.kind in DJANGO_FREE], ids=lambda m: m.name)
def test_rules_facts_and_foundations_are_pure(module: Module) -> None:
    assert not (faults := purity_faults(module)), say(faults)


def test_the_table_of_who_asks_whom_has_no_circle() -> None:
    tuple(graphlib.TopologicalSorter(MAY_ASK).static_order())  # raises CycleError


def test_every_room_that_exists_stands_in_the_table_and_no_other() -> None:
    assert set(MAY_ASK) >= set(rooms()), "a new room needs its row in MAY_ASK: whom may it ask?"


def circle(graph: dict[str, set[str]]) -> list[str]:
    """One import circle, or nothing."""
    try:
        tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as found:
        return list(found.args[1])
    return []


def import_graph() -> dict[str, set[str]]:
    """Module → modules imported when it is imported; a package counts as itself, not as what it holds."""
    return {
        module.name: {target for target, _ in imports(module, with_types=False)} - {module.name} for module in modules()
    }


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert not (found := circle(import_graph())), "circle: " + " → ".join(found) + "; move what both need down"


def test_kinds_of_file_are_those_of_the_plan() -> None:
    faults = [
        f"{m.name}: a room holds rules, events, models, actions, queries, published, web, api, cli, panels and links; "
        f"fold {m.kind}.py into one of them"
        for m in modules()
        if m.room in rooms() and m.kind not in {*RANK, "package"}
    ]
    assert not faults, say(faults)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("legation.missions.rules", "from legation.missions.models import Mission"),
        ("legation.missions.queries", "from legation.missions.actions import rename"),
        ("legation.missions.actions", "from legation.missions.web import form"),
        ("legation.risk.actions", "from legation.missions.models import Mission"),
        ("legation.missions.actions", "from legation.risk.published import band"),
        ("legation.risk.rules", "from legation.missions.published import near"),
        ("legation.platform.act", "from legation.missions.events import Renamed"),
        ("legation.foundations.place", "from legation.platform.act import act"),
        ("legation.missions.rules", "from legation.platform.act import Context"),
        ("legation.missions.queries", "from legation.pages.parts import card"),
        ("legation.missions.queries", "from legation.runtime.settings import HOSTS"),
        ("legation.pages.parts", "from legation.missions.queries import listed"),
        ("legation.missions.queries", "def late():\n    import legation.missions.web"),
    ],
)
def test_each_wrong_arrow_is_found(name: str, text: str) -> None:
    assert arrow_faults(Module.of(name, text))


@pytest.mark.parametrize(
    "text",
    [
        "import random",
        "from datetime import UTC\nimport os",
        "import django",
        "from pathlib import Path",
        "import requests",
    ],
)
def test_each_impure_import_is_found(text: str) -> None:
    assert purity_faults(Module.of("legation.risk.rules.matrix", text))


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert not circle({"a": {"b"}, "b": {"c"}, "c": set()})
