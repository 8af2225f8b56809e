"""Is every setting, fact, enum member and command described where a reader would look?"""

import ast
import re
from functools import cache

from tests.house.building import ROOT, Module, functions, modules, say

SETTING = re.compile(r"\bLEGATION_[A-Z][A-Z_]*[A-Z]\b")
NOT_SET_BY_OPERATORS = {"LEGATION_AUTHORITY_TABLE": "a Django setting that names a file of the package, not a variable"}


@cache
def page(name: str) -> str:
    path = ROOT / "docs" / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def settings_read(module: Module) -> set[str]:
    """Environment variables that a module reads or tells an operator to set."""
    words = {
        w
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for w in SETTING.findall(node.value)
    }
    return words - set(NOT_SET_BY_OPERATORS)


def test_every_setting_is_described() -> None:
    wanted = {name: m.name for m in modules() for name in settings_read(m)}
    faults = [
        f"{where} reads {name}: describe it in docs/settings.md"
        for name, where in wanted.items()
        if name not in page("settings.md")
    ]
    assert not faults, say(sorted(faults))


def test_no_setting_is_described_that_nothing_reads() -> None:
    read = {name for m in modules() for name in settings_read(m)} | set(NOT_SET_BY_OPERATORS)
    faults = [f"docs/settings.md: nothing reads {name}" for name in set(SETTING.findall(page("settings.md"))) - read]
    assert not faults, say(faults)


def undocumented_classes(module: Module) -> list[str]:
    """Facts, images and enums without a docstring."""
    faults = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
            wanted = (
                module.kind == "events" or module.name.endswith(".events") or bases & {"StrEnum", "IntEnum", "Enum"}
            )
            if wanted and not ast.get_docstring(node):
                faults.append(f"{module.name}.{node.name}: say in one sentence what it means in the field")
    return faults


def unexplained_members(module: Module, glossary: str) -> list[str]:
    """Enum members that neither a comment beside them, nor the class docstring, nor the glossary explains."""
    faults = []
    lines = module.text.splitlines()
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        if not {ast.unparse(base).rpartition(".")[2] for base in node.bases} & {"StrEnum", "IntEnum"}:
            continue
        told = (ast.get_docstring(node) or "").lower() + "\n" + glossary
        for statement in node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                name = statement.targets[0].id
                word = name.lower().replace("_", " ")
                line = lines[statement.lineno - 1]
                if len(name) > 1 and "#" not in line and not re.search(rf"\b{re.escape(word)}\b", told):
                    faults.append(
                        f"{module.name}.{node.name}.{name}: explain {word!r} beside it or in docs/glossary.md"
                    )
    return faults


def test_facts_and_enums_say_what_they_mean() -> None:
    faults = [fault for module in modules() for fault in undocumented_classes(module)]
    assert not faults, say(faults)


def test_every_word_of_the_field_is_explained() -> None:
    """Foundations, facts and roles are words people read; codes elsewhere have a sentence in a table of their own."""
    glossary = page("glossary.md").lower()
    of_the_field = [m for m in modules() if m.kind in {"foundations", "events"} or "authority" in m.parts]
    faults = [fault for module in of_the_field for fault in unexplained_members(module, glossary)]
    assert not faults, say(faults)


def sub_group(module: Module) -> str:
    """` people` where the room's command line adds `missions/cli/people.py` under that name; else nothing."""
    if module.is_package:
        return ""
    joined = re.search(
        rf"\badd_typer\({module.parts[-1]}\.app, name=\"([\w-]+)\"",
        module.path.with_name("__init__.py").read_text("utf-8"),
    )
    return f" {joined.group(1)}" if joined else ""


def commands(module: Module) -> list[str]:
    """Every `legation GROUP NAME` that a module adds to the command line."""
    if module.kind != "cli" and not module.name.startswith("legation.runtime.commands."):
        return []
    group = f"{module.room}{sub_group(module)}" if module.kind == "cli" else module.parts[-1]
    found = []
    for function in functions(module.tree):
        for mark in function.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith(".command"):
                name = (
                    str(mark.args[0].value) if mark.args and isinstance(mark.args[0], ast.Constant) else function.name
                )
                found.append(f"legation {group} {name.replace('_', '-')}")
    return found


def test_every_command_is_described() -> None:
    faults = [
        f"{module.name}: describe `{command}` in docs/cli.md, with the fields of its --json"
        for module in modules()
        for command in commands(module)
        if command not in page("cli.md")
    ]
    assert not faults, say(faults)


def public_functions_without_words(module: Module) -> list[str]:
    """Public rules whose docstring is missing: what goes in, what comes out, in which unit."""
    return [
        f"{module.name}.{node.name}: a rule says what it decides, with shapes and units"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]


def test_rules_say_what_they_decide() -> None:
    faults = [f for m in modules() if m.kind == "rules" for f in public_functions_without_words(m)]
    assert not faults, say(faults)


def test_every_capability_has_a_row_that_says_how_it_stands() -> None:
    rows = re.findall(r"^\| ([A-Z]\d+) \|", page("coverage.md"), re.MULTILINE)
    expected = {"F": 8, "M": 6, "P": 10, "I": 4, "R": 6, "A": 4, "N": 10, "T": 6, "D": 6, "X": 3, "S": 3, "O": 6}
    missing = {f"{letter}{n}" for letter, count in expected.items() for n in range(1, count + 1)} - set(rows)
    assert not missing, f"docs/coverage.md: no row for {sorted(missing)}; an honest 'not yet' is a row"


def test_every_test_that_coverage_names_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)(?:::[\w]+)?`", page("coverage.md")))
    faults = [f"docs/coverage.md names {path}, which does not exist" for path in named if not (ROOT / path).is_file()]
    assert not faults, say(sorted(faults))


def test_links_between_documents_lead_somewhere() -> None:
    faults = []
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "decisions").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
            if "://" not in target and not (document.parent / target).exists():
                faults.append(f"{document.relative_to(ROOT)} links to {target}, which does not exist")
    assert not faults, say(faults)


def test_the_rules_of_documents_can_fail() -> None:
    bad = Module.of("legation.missions.events", "class Moved:\n    a: int\nclass K(StrEnum):\n    ODDLY_NAMED = 'x'\n")
    assert undocumented_classes(bad)
    assert unexplained_members(bad, "")
    assert settings_read(Module.of("legation.runtime.settings", "os.environ.get('LEGATION_ODD_ONE')"))
    assert public_functions_without_words(Module.of("legation.risk.rules", "def f(): ..."))
