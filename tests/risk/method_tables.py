"""The tables of the method page, drawn from the rules; `python -m tests.risk.method_tables` writes them."""

from collections.abc import Iterable
from pathlib import Path

from legation.risk.rules import points
from legation.risk.rules.matrix import IMPACT_CUT_OFFS, LIKELIHOOD_CUT_OFFS, MATRIX, Impact
from legation.risk.rules.posture import CALLS_FOR
from legation.risk.rules.programme import JUSTIFIES

DOCS = Path(__file__).parents[2] / "docs"


def words(name: str) -> str:
    return name.lower().replace("_", " ")


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    names = head.split("|")
    lines = [names, ["---"] * len(names), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def floor(value: float) -> str:
    return "below" if value == float("-inf") else f"{value:g}"


TABLES: dict[str, str] = {
    "matrix": table(
        "likelihood|" + "|".join(words(i.name) for i in Impact),
        ((words(row.name), *(words(band.name) for band in bands)) for row, bands in MATRIX.items()),
    ),
    "cut-offs": table(
        "from points|likelihood|from points|impact",
        (
            (floor(a.from_points), words(a.step.name), floor(b.from_points), words(b.step.name))
            for a, b in zip(LIKELIHOOD_CUT_OFFS, IMPACT_CUT_OFFS, strict=True)
        ),
    ),
    "activity": table(
        "expected in 30 days|points within 25 km|points between 25 and 100 km",
        (
            (f"{row.at_least:g}", f"{row.points:g}", f"{points.look_up(points.ACTIVITY_AROUND, row.at_least):g}")
            for row in points.ACTIVITY_NEAR
        ),
    ),
    "judged": table(
        "judged|none|low|moderate|high|not judged",
        (
            (name, *(f"{scale[step]:g}" for step in points.Degree), f"{otherwise:g}")
            for name, scale, otherwise in (
                ("intent", points.INTENT, points.INTENT_UNJUDGED),
                ("capability", points.CAPABILITY, points.CAPABILITY_UNJUDGED),
                ("inhibiting context", points.INHIBITING, 0.0),
                ("vulnerability", points.VULNERABILITY, points.VULNERABILITY_UNJUDGED),
            )
        ),
    ),
    "severity": table("threat class|points", ((words(k.value), f"{v:g}") for k, v in points.SEVERITY.items())),
    "exposure": table(
        "persons, at least|points",
        [(f"{r.at_least:g}", f"{r.points:g}") for r in points.EXPOSURE]
        + [("not entered", f"{points.EXPOSURE_UNKNOWN:g}")],
    ),
    "criticality": table(
        "the state depends on the mission|points", ((words(k.name), f"{v:g}") for k, v in points.CRITICALITY.items())
    ),
    "effectiveness": table(
        "known to work|counts", ((words(k.name), f"{v:g}") for k, v in points.EFFECTIVENESS.items())
    ),
    "programme": table("programme|justifies at most", ((k.name, words(v.name)) for k, v in JUSTIFIES.items())),
    "posture": table("band|posture", ((words(k.name), f"{int(v)} {words(v.name)}") for k, v in CALLS_FOR.items())),
}


def with_tables(page: str) -> str:
    """The page with what stands between each pair of marks replaced by its table."""
    for mark, drawn in TABLES.items():
        start, end = f"<!-- table {mark} -->", f"<!-- end {mark} -->"
        before, rest = page.split(start)
        page = before + start + "\n" + drawn + "\n" + end + rest.split(end)[1]
    return page


if __name__ == "__main__":
    file = DOCS / "method-risk.md"
    file.write_text(with_tables(file.read_text(encoding="utf-8")), encoding="utf-8")
    print("written:", file.name)
