"""Is a clock, chance, a socket, a file or the database touched only where the plan says?"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from tests.house.building import DOORS, Module, imported_names, modules, say

CLOCK = (
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "django.utils.timezone.now",
)
CHANCE = ("random.", "numpy.random.", "uuid.uuid1", "uuid.uuid4")
NETWORK = ("requests.", "httpx.", "urllib.request.", "urllib3.", "socket.", "http.client.", "aiohttp.")
PROCESS = ("subprocess.", "os.system", "os.popen", "os.fork")
FILES = ("open", "io.open")
SPEECH = ("print", "pprint.pprint")
UNSAFE = (
    "pickle.",
    "marshal.",
    "shelve.",
    "yaml.",
    "dill.",
    "joblib.",
    "eval",
    "exec",
    "compile",
    "__import__",
)
MARKUP = ("django.utils.safestring.mark_safe", "mark_safe", "django.utils.safestring.SafeString")
XML = (
    "xml.etree.",
    "xml.sax.",
    "xml.dom.",
    "lxml.etree.parse",
    "lxml.etree.fromstring",
    "lxml.etree.iterparse",
    "lxml.etree.XMLParser",
)

BANNED: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        CLOCK,
        r"legation\.platform\.clock(s)?(\..*)?$",
        "take ctx.now or ctx.wall; only the platform's clock reads the time",
    ),
    (CHANCE, r"legation\.platform\.act$", "take the seed or ctx.new_id(); chance nobody can repeat proves nothing"),
    (
        NETWORK,
        r"legation\.platform\.egress(\..*)?$|legation\.runtime\.serving$",
        "values leave only by platform/egress, which knows ceilings and addresses",
    ),
    (PROCESS, r"legation\.runtime\..*$", "only runtime starts processes"),
    (
        FILES,
        r"legation\.(runtime|platform)\..*$|legation\.[a-z]+\.(cli|links)(\..*)?$",
        "files are read by links, cli, platform and runtime; hand bytes in",
    ),
    (
        SPEECH,
        r"legation\.[a-z]+\.cli(\..*)?$|legation\.runtime\..*$",
        "only the command line prints; raise, return, or use the log",
    ),
    (UNSAFE, r"$^", "bytes from outside are never code: use msgspec with a schema (abuse case 49)"),
    (MARKUP, r"legation\.pages\..*$", "templates escape; build markup with format_html in pages"),
    (
        XML,
        r"legation\.(platform|intelligence\.links)\..*$",
        "XML is parsed in one guarded place: no entities, no network, bounded (abuse case 39)",
    ),
)
"""What is called, where it may be (a pattern over module names), and what to do instead."""

EXEMPT: dict[tuple[str, str], str] = {
    ("legation.missions.published", "Person.filter"): "what must be forgotten is found past every marking; an id only",
    (
        "legation.intelligence.queries.reports",
        "OwnReport.filter",
    ): "a person reads what he himself reported, however it was marked since: the query asks for his own id",
    (
        "legation.intelligence.actions.phones",
        "box.save",
    ): "a key pair under the node key is no record: the ledger must not carry it, as it carries no blob key",
    ("legation.intelligence.links.photographs", "fresh.save"): "a picture's bytes into memory; no row is meant",
}
"""(module, call) → the sentence that says why here, and why nothing else serves."""


def banned_faults(module: Module) -> list[str]:
    faults = []
    for called, node in module.calls():
        for names, allowed, advice in BANNED:
            hit = any(called == name or (name.endswith(".") and called.startswith(name)) for name in names)
            if hit and not re.match(allowed, module.name) and (module.name, called) not in EXEMPT:
                faults.append(f"{module.name}:{node.lineno} calls {called}: {advice}")
    return faults


BANNED_MODULES = {"pickle", "marshal", "shelve", "yaml", "dill", "joblib", "telnetlib", "ftplib"}


def banned_imports(module: Module) -> list[str]:
    return [
        f"{module.name} imports {full}: bytes from outside are never code; use msgspec with a schema (abuse case 49)"
        for full in imported_names(module).values()
        if full.split(".")[0] in BANNED_MODULES
    ]


def swallowed_errors(module: Module) -> list[str]:
    """Handlers that forget what went wrong."""
    return [
        f"{module.name}:{node.lineno}: an error is never forgotten; name the error you expect, "
        "or park the entry where a person sees it"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(s, ast.Pass | ast.Continue) for s in node.body)
    ]


def loose_types(module: Module) -> list[str]:
    """`Any` in rules: a rule whose types are unknown cannot be checked."""
    if module.kind not in {"rules", "events", "foundations"}:
        return []
    return [
        f"{module.name}:{node.lineno}: say the type; rules have no Any"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name) and node.id == "Any"
    ]


@cache
def tables() -> dict[str, str]:
    """Each model's name → Record, Stream, Projection, or what else it derives from."""
    bases = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and node.bases and (module.kind == "models" or module.room == "platform"):
                bases[node.name] = ast.unparse(node.bases[0]).rpartition(".")[2]
    return bases


def manager_calls(module: Module) -> Iterator[tuple[str, str, ast.Call]]:
    """Each `Model.objects.method(…)`: model, method, call."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            inner = node.func.value
            if isinstance(inner, ast.Attribute) and inner.attr == "objects":
                yield ast.unparse(inner.value).rpartition(".")[2], node.func.attr, node


READERS = {"queries", "published", "actions", "links"}


def unasked_reads(module: Module) -> list[str]:
    """Reads of marked tables that do not begin with who is asking, and reads from where nothing is read."""
    if module.room in {"platform", "runtime", "foundations"}:
        return []
    faults = []
    for model, method, node in manager_calls(module):
        where = f"{module.name}:{node.lineno} {model}.objects.{method}"
        if module.kind in DOORS:
            faults.append(f"{where}: a door reads nothing itself; call a query")
        elif module.kind not in READERS:
            faults.append(f"{where}: only queries, published, actions and links read tables")
        elif (
            module.kind in {"queries", "published"}
            and tables().get(model) == "Record"
            and method != "visible_to"
            and (module.name, f"{model}.{method}") not in EXEMPT
        ):
            faults.append(f"{where}: begin with .visible_to(actor), or the reader sees what he may not")
    return faults


WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete"}


def made_from(variable: str, module: Module) -> str:
    """The model that a variable is made from: `state = … or Computed(…)` gives Computed; empty where it is not seen."""
    made = re.findall(rf"\b{re.escape(variable)} = [^\n]*?\b([A-Z]\w+)\(", module.text)
    return made[-1] if made else ""


def written_past_the_ledger(module: Module) -> list[str]:
    """Writes to a Record outside the platform: they would not stand in the ledger.

    Runtime keeps the tables of sign-in (passwords, sessions, links), which are no records of the house.
    """
    if module.room in {"platform", "foundations"} or module.kind == "migrations":
        return []
    faults = []
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        chain = ast.unparse(node.func.value)
        found = re.search(r"(\w+)\.objects\b", chain)
        model = found.group(1) if found else made_from(chain, module)
        on_rows = bool(found) or node.func.attr in WRITES - {"update", "delete", "create"}
        if not on_rows or tables().get(model) in {"Stream", "Projection"}:
            continue
        if module.room == "runtime" and tables().get(model) != "Record":
            continue
        if (module.name, f"{chain}.{node.func.attr}") in EXEMPT:
            continue
        faults.append(
            f"{module.name}:{node.lineno} {chain}.{node.func.attr}(): records are written by ctx.write in an act, "
            "so that the ledger has them; only Stream and Projection tables are filled directly"
        )
    return faults


CHECKS = (banned_faults, banned_imports, swallowed_errors, loose_types, unasked_reads, written_past_the_ledger)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_nothing_banned_is_done(check: Callable[[Module], list[str]]) -> None:
    faults = [fault for module in modules() for fault in check(module)]
    assert not faults, say(faults)


def test_every_exemption_says_why() -> None:
    assert all(len(why.split()) >= 6 for why in EXEMPT.values()), "write a sentence beside each exemption"


@pytest.mark.parametrize(
    ("check", "name", "text"),
    [
        (banned_faults, "legation.risk.actions", "from datetime import datetime\ndatetime.now()"),
        (banned_faults, "legation.risk.actions", "import datetime\ndatetime.datetime.utcnow()"),
        (banned_faults, "legation.risk.rules", "import numpy as np\nnp.random.default_rng()"),
        (banned_faults, "legation.missions.queries", "import time\ntime.time()"),
        (banned_faults, "legation.missions.queries", "open('x')"),
        (banned_faults, "legation.missions.actions", "print('x')"),
        (banned_faults, "legation.intelligence.links.usgs", "import httpx\nhttpx.get('x')"),
        (banned_faults, "legation.intelligence.links.usgs", "from urllib.request import urlopen\nurlopen('x')"),
        (banned_faults, "legation.missions.web", "from django.utils.safestring import mark_safe\nmark_safe('x')"),
        (banned_faults, "legation.missions.actions", "eval('x')"),
        (banned_faults, "legation.missions.actions", "from lxml import etree\netree.fromstring(b'')"),
        (banned_imports, "legation.platform.streams", "import pickle"),
        (banned_imports, "legation.platform.streams", "from yaml import safe_load"),
        (swallowed_errors, "legation.runtime.worker", "try:\n    f()\nexcept Exception:\n    pass"),
        (swallowed_errors, "legation.runtime.worker", "try:\n    f()\nexcept:\n    pass"),
        (loose_types, "legation.risk.rules", "from typing import Any\ndef f(x: Any) -> int: ..."),
        (unasked_reads, "legation.missions.web", "Mission.objects.visible_to(actor)"),
        (unasked_reads, "legation.missions.queries", "Operator.objects.all()"),
        (written_past_the_ledger, "legation.missions.actions", "mission.save()"),
        (written_past_the_ledger, "legation.missions.web", "form.save()"),
        (written_past_the_ledger, "legation.missions.actions", "Mission.objects.filter(a=1).update(b=2)"),
        (written_past_the_ledger, "legation.missions.links.x", "Mission.objects.filter(a=1).delete()"),
    ],
)
def test_each_banned_thing_is_found(check: Callable[[Module], list[str]], name: str, text: str) -> None:
    assert check(Module.of(name, text)), text


@pytest.mark.parametrize(
    ("check", "name", "text"),
    [
        (banned_faults, "legation.platform.clock", "from datetime import datetime\ndatetime.now()"),
        (written_past_the_ledger, "legation.missions.rules", "seen.update(x)"),
        (swallowed_errors, "legation.runtime.worker", "try:\n    f()\nexcept KeyError:\n    pass"),
    ],
)
def test_what_is_allowed_is_left_alone(check: Callable[[Module], list[str]], name: str, text: str) -> None:
    assert not check(Module.of(name, text)), text
