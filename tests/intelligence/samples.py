"""The real samples that the tests of the collectors read, and the collector that each belongs to."""

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "signals"

FILES: dict[str, str] = {
    "gdelt.export.tsv": "gdelt",
    "ucdp_syria.csv": "ucdp",
    "ucdp_mexico.csv": "ucdp",
    "usgs.geojson": "usgs",
    "gdacs.xml": "gdacs",
    "advisories.json": "advisories",
    "advisories.jsonl": "advisories",
    "stix.json": "stix",
} | {f"cap/{path.name}": "cap" for path in sorted((FOLDER / "cap").iterdir())}


def sample(name: str) -> bytes:
    """The bytes of one sample."""
    return (FOLDER / name).read_bytes()
