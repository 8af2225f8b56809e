"""Is the front end ours alone, and does its map hold together at the date line?"""

import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from legation.pages.assets import BUILT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built() -> Path:
    if not (BUILT / "manifest.json").is_file():
        pytest.skip("the front end is not built; run make setup")
    return BUILT


def test_no_style_sheet_asks_another_host_for_anything(built: Path) -> None:
    for sheet in built.glob("*.css"):
        addresses = re.findall(r"url\(([^)]*)\)", sheet.read_text(encoding="utf-8"))
        assert all(one.strip("\"'").startswith(("/static/", "data:", "#")) for one in addresses), sheet.name


def test_no_coast_runs_across_the_map_at_the_date_line(built: Path) -> None:
    for basemap in built.glob("basemap-*.json"):
        world = json.loads(basemap.read_text(encoding="utf-8"))
        for country in world["features"]:
            if country["properties"]["kind"] != "country" or country["properties"]["name"] == "Antarctica":
                continue
            for polygon in country["geometry"]["coordinates"]:
                for ring in polygon:
                    steps = [abs(b[0] - a[0]) for a, b in itertools.pairwise(ring)]
                    assert max(steps, default=0) < 180, country["properties"]["name"]


def test_countries_of_the_basemap_have_names_and_fiji_is_whole(built: Path) -> None:
    fine = json.loads(next(built.glob("basemap-fine-*.json")).read_text(encoding="utf-8"))
    names = {one["properties"]["name"] for one in fine["features"] if one["properties"]["kind"] == "country"}
    assert {"Syria", "Mexico", "Fiji", "Switzerland"} <= names


def test_the_lock_file_carries_no_registry_address() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry." not in lock


@pytest.mark.skipif(not shutil.which("node"), reason="this machine has no Node of its own")
@pytest.mark.skipif(not (ROOT / "node_modules").is_dir(), reason="npm ci has not run")
def test_the_scripts_pass_the_strict_type_check() -> None:
    tsc = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        ["node", str(tsc), "--noEmit", "-p", "src/legation/pages/source"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
