"""The tables of the method pages, drawn from the rules; `python -m tests.intelligence.method_tables` writes them."""

from collections.abc import Iterable
from pathlib import Path

from legation.intelligence.rules.blocks import BANDS
from legation.intelligence.rules.corroboration import CREDIBILITY
from legation.intelligence.rules.kinds import KINDS
from legation.intelligence.rules.pairs import CUT_OFF, FEATURES
from legation.intelligence.rules.profile import GRADES
from legation.intelligence.rules.weights import LEVELS, NEARNESS

DOCS = Path(__file__).parents[2] / "docs"


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    names = head.split("|")
    lines = [names, ["---"] * len(names), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


TABLES: dict[str, dict[str, str]] = {
    "method-fusion.md": {
        "bands": table(
            "band|kinds whose reports lie within|compared within|and within",
            ((b.name, f"{b.up_to_km:g} km", f"{b.within_km:g} km", f"{b.within_hours:g} h") for b in BANDS),
        ),
        "features": table("feature|points|why", ((f.name, f"{f.points:+g}", f.why) for f in FEATURES))
        + f"\n| **cut-off** | **{CUT_OFF:g}** | at or above it, the two are one happening |",
        "credibility": table(
            "independent origins, at least|best reliability, at least|credibility|why",
            (
                (r.origins, r.best.value, f"{r.credibility.value} {r.credibility.name.lower()}", r.why)
                for r in CREDIBILITY
            ),
        ),
    },
    "method-profile.md": {
        "nearness": table(
            "where|within|weight|why",
            ((n.where, f"{n.within_km:g} km" if n.within_km else "–", f"{n.weight:g}", n.why) for n in NEARNESS),
        ),
        "levels": table("level|from score|looks like", ((f"{int(v)} {v.name}", f"{s:g}", why) for v, s, why in LEVELS)),
        "grades": table(
            "judged|grade|points|meaning", ((g.judged.value, g.value, f"{g.points:+g}", g.meaning) for g in GRADES)
        ),
        "kinds": table(
            "kind|class|measured by|least gravity|half-life, days|reach, km|why",
            (
                (
                    k.word,
                    k.threat.value,
                    k.scale.value,
                    f"{k.floor:g}",
                    f"{k.half_life_days:g}",
                    f"{k.reach_km:g}",
                    k.why,
                )
                for k in KINDS
            ),
        ),
    },
}


def with_tables(page: str, name: str) -> str:
    """The page with what stands between each pair of marks replaced by its table."""
    for mark, drawn in TABLES[name].items():
        start, end = f"<!-- table {mark} -->", f"<!-- end {mark} -->"
        before, rest = page.split(start)
        page = before + start + "\n" + drawn + "\n" + end + rest.split(end)[1]
    return page


if __name__ == "__main__":
    for name in TABLES:
        file = DOCS / name
        file.write_text(with_tables(file.read_text(encoding="utf-8"), name), encoding="utf-8")
        print("written:", file.name)
