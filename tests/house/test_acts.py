"""Is every act authorised by the table, written only as an act, and named by a test?"""

import ast
import csv
import re
from functools import cache

from tests.house.building import PACKAGE, ROOT, Module, decorated, functions, modules, rooms, say

TABLE = PACKAGE / "runtime" / "authority.csv"


@cache
def acts() -> dict[str, str]:
    """Verb → module and function of each `@act`."""
    return {
        verb: f"{module.name}.{function.name}"
        for module in modules()
        for function in functions(module.tree)
        for verb in decorated(function, "act")
    }


@cache
def table() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["verb"]: row for row in csv.DictReader(lines)}


@cache
def texts_of_tests(folder: str) -> str:
    """All tests of one room as one text."""
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests" / folder).rglob("test_*.py")))


def test_every_act_has_a_row_in_the_table() -> None:
    faults = [
        f"{where}: add a row for {verb} to runtime/authority.csv: who may?"
        for verb, where in acts().items()
        if verb not in table()
    ]
    assert not faults, say(faults)


def test_every_verb_in_the_table_is_used() -> None:
    texts = [m.text for m in modules()]
    faults = [
        f"runtime/authority.csv: nothing asks for {verb}; use it or take the row out"
        for verb in table()
        if not any(f'"{verb}"' in text for text in texts)
    ]
    assert not faults, say(faults)


def test_each_verb_stands_once_in_the_table() -> None:
    """A second row would add its holders to those of the first, unseen."""
    verbs = [line.split(",")[0] for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    faults = [f"runtime/authority.csv: {verb} has two rows; keep one" for verb in set(verbs) if verbs.count(verb) > 1]
    assert not faults, say(faults)


def test_every_verb_says_what_it_means_and_is_held_by_someone() -> None:
    faults = [
        f"runtime/authority.csv: {verb} {problem}"
        for verb, row in table().items()
        for problem in (
            ["says nothing of what it means"] * (not row["meaning"].strip())
            + ["is held by nobody; give it to a role or take it out"] * ("x" not in row.values())
        )
    ]
    assert not faults, say(faults)


def test_who_administers_reads_and_changes_no_content() -> None:
    allowed = {"authority", "ledger", "deadlines", "node", "runtime", "platform"}
    held = {verb for verb, row in table().items() if row["administrator"] == "x"}
    assert not (faults := [v for v in held if v.split(".")[0] not in allowed]), (
        f"administrators read no content: {faults}"
    )


def misshaped(module: Module) -> list[str]:
    """Acts that do not have the shape of the plan: context first, named after a verb of their own room."""
    faults = []
    for function in functions(module.tree):
        for verb in decorated(function, "act"):
            where = f"{module.name}.{function.name}"
            arguments = [a.arg for a in function.args.args]
            if not arguments or arguments[0] != "ctx":
                faults.append(f"{where}: an act's first argument is ctx: Context")
            if module.room in rooms() and verb.split(".")[0] != module.room:
                faults.append(f"{where}: {verb} belongs to another room; an act's verb begins with its room")
            if not ast.get_docstring(function):
                faults.append(f"{where}: say in a docstring what happens and what is refused")
    return faults


def test_acts_have_the_shape_of_the_plan() -> None:
    faults = [fault for module in modules() for fault in misshaped(module)]
    assert not faults, say(faults)


def test_every_act_is_named_by_a_test() -> None:
    faults = []
    for verb, where in acts().items():
        room, name = where.split(".")[1], where.rpartition(".")[2]
        texts = texts_of_tests(room if room in rooms() else "")
        if f'"{verb}"' not in texts and not re.search(rf"\b{name}\b", texts):
            faults.append(f"{where} ({verb}): tests/{room} never names it; write what it does and what it refuses")
    assert not faults, say(faults)


def test_every_rule_module_has_its_tests() -> None:
    faults = []
    for module in modules():
        if module.kind == "rules" and not module.is_package and list(functions(module.tree)):
            name = module.parts[-1]
            if not re.search(
                rf"\brules(\.{name}\b| import [^\n]*\b{name}\b)|{re.escape(module.name)}\b", texts_of_tests(module.room)
            ):
                faults.append(f"{module.name}: tests/{module.room} imports it nowhere; write test_rules_{name}.py")
    assert not faults, say(faults)


def minted_elsewhere(module: Module) -> list[str]:
    """Claims made other than by the resolver: the one thing that would let a caller authorise himself."""
    if module.name.startswith("legation.platform.authority"):
        return []
    return [
        f"{module.name}:{node.lineno}: claims are minted only by platform/authority/resolve; call claim(…)"
        for called, node in module.calls()
        if called.rpartition(".")[2] == "Authorised"
    ]


def test_claims_are_minted_in_one_place() -> None:
    faults = [fault for module in modules() for fault in minted_elsewhere(module)]
    assert not faults, say(faults)


def test_the_rules_of_acts_can_fail() -> None:
    assert misshaped(Module.of("legation.missions.actions", '@act("risk.accept")\ndef accept(mission, ctx): ...'))
    assert minted_elsewhere(
        Module.of(
            "legation.missions.web", "from legation.platform.authority import Authorised\nAuthorised(M, 'a', 'v', x)"
        )
    )
