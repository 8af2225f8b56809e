"""Under which name did the front-end build leave a file? Reads the manifest once."""

import json
from functools import cache
from pathlib import Path

BUILT = Path(__file__).parent / "static" / "built"


class NotBuilt(Exception):
    """The front end was not built."""


@cache
def manifest() -> dict[str, str]:
    """Source name → built name. Raises NotBuilt with what to do."""
    path = BUILT / "manifest.json"
    if not path.is_file():
        raise NotBuilt("The front end is not built. Run `make setup` (or `npm ci && npm run build`) once.")
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def address(name: str) -> str:
    """`app.js` → `/static/built/app-XXXXXXXX.js`."""
    return f"/static/built/{manifest()[name]}"


def content(name: str) -> bytes:
    """The built file itself, for a worker: a browser lets it serve what lies below its own address, and no more."""
    return (BUILT / manifest()[name]).read_bytes()
