"""Can each file and function be read at one sitting, and does its name say what it holds?"""

import ast
from pathlib import Path

import pytest
from tests.house.building import ROOT, Module, functions, modules, say, tracked

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
FUNCTION_LINES_P95 = 40
HANDLER_STATEMENTS_MAX = 15

REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "extras", "services"}
"""Names that say nothing of what a file holds; things put there are never found again."""


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first of the signature to the last of the body."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def size_faults(path: Path, text: str) -> list[str]:
    lines = text.count("\n")
    return [f"{path}: {lines} lines; split it by meaning, at most {FILE_LINES_MAX}"] if lines > FILE_LINES_MAX else []


def long_functions(module: Module) -> list[str]:
    return [
        f"{module.name}.{f.name}: {length(f)} lines; give its steps names, at most {FUNCTION_LINES_MAX}"
        for f in functions(module.tree)
        if length(f) > FUNCTION_LINES_MAX
    ]


def refused_names(module: Module) -> list[str]:
    return [f"{module.name}: name it for what it holds, not {part!r}" for part in module.parts if part in REFUSED_NAMES]


def stray_marks(name: str, text: str) -> list[str]:
    """Work left for later without a reason, and code kept as a comment."""
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:")
    return [
        f"{name}:{number}: finish it, or write the reason in decisions/"
        for number, line in enumerate(text.splitlines(), 1)
        if any(mark in line for mark in marks)
    ]


def test_files_can_be_read_at_one_sitting() -> None:
    faults = [
        fault
        for path in tracked(".py", ".ts", ".html", ".css", ".mjs")
        for fault in size_faults(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    ]
    assert not faults, say(faults)


def test_no_function_is_over_the_limit() -> None:
    faults = [fault for module in modules() for fault in long_functions(module)]
    assert not faults, say(faults)


def test_nineteen_functions_of_twenty_fit_on_a_screen() -> None:
    lengths = sorted(length(f) for module in modules() for f in functions(module.tree))
    assert lengths[int(len(lengths) * 0.95)] <= FUNCTION_LINES_P95


def test_names_say_what_a_module_holds() -> None:
    faults = [fault for module in modules() for fault in refused_names(module)]
    assert not faults, say(faults)


@pytest.mark.parametrize("module", [m for m in modules() if "migrations" not in m.parts], ids=lambda m: m.name)
def test_a_module_says_which_question_it_answers(module: Module) -> None:
    empty = not module.text.strip()
    assert empty or ast.get_docstring(module.tree), f"{module.name}: begin with one sentence, the question it answers"


def test_nothing_is_left_for_later_without_a_reason() -> None:
    faults = [
        fault
        for path in tracked(".py", ".ts", ".html", ".css")
        for fault in stray_marks(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    ]
    assert not faults, say(faults)


def test_the_rules_of_size_and_name_can_fail() -> None:
    long = Module.of("legation.missions.utils", "def f():\n" + "    a = 1\n" * 71)
    assert long_functions(long)
    assert refused_names(long)
    assert size_faults(Path("x.py"), "\n" * 501)
    assert stray_marks("x.py", "# TO" + "DO later")


def statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Statements in a handler's body, its docstring aside."""
    body = [s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return sum(isinstance(n, ast.stmt) for s in body for n in ast.walk(s))


def heavy_handlers(module: Module) -> list[str]:
    return [
        f"{module.name}.{f.name}: {statements(f)} statements; a door parses, calls one action or query, and shows"
        for f in functions(module.tree)
        if statements(f) > HANDLER_STATEMENTS_MAX
    ]


def test_doors_only_parse_call_and_show() -> None:
    faults = [fault for m in modules() if m.kind in {"web", "api", "cli"} for fault in heavy_handlers(m)]
    assert not faults, say(faults)


def test_a_door_that_decides_is_found() -> None:
    assert heavy_handlers(Module.of("legation.missions.web", "def show(request):\n" + "    a = 1\n" * 16))
