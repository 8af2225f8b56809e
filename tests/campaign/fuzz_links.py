"""How long do the collectors withstand mutation? Random edits of the real samples for as long as it is told.

Run: python -m tests.campaign.fuzz_links --seconds 600 --seed 7. Prints executions, items, and every failing input.
"""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

from tests.intelligence.samples import FILES, sample
from tests.intelligence.test_links_fuzz import SPLICES, Edit, check, mutated

from legation.intelligence.links.feeding import from_bytes

SPLICE_BYTES = list(SPLICES.elements)  # type: ignore[attr-defined]


def edits(chance: random.Random) -> list[Edit]:
    """Between one and eight random edits."""
    hows = ["flip", "flip", "cut", "insert", "repeat"]
    return [
        (chance.choice(hows), chance.randrange(2**20), chance.choice([b"", chance.randbytes(chance.randrange(20))]))
        for _ in range(chance.randint(1, 8))
    ]


def main() -> int:
    """Exit code 1 where any input raised."""
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance, until = random.Random(chosen.seed), time.monotonic() + chosen.seconds
    runs, seen, failed = Counter[str](), Counter[str](), 0
    while time.monotonic() < until:
        name = chance.choice(sorted(FILES))
        data = mutated(sample(name), edits(chance), chance.choice(SPLICE_BYTES))
        runs[FILES[name]] += 1
        try:
            for fed in from_bytes(data, name, collector=FILES[name]):
                check(fed)
                seen["accepted"] += fed.collected.accepted
                seen["put aside"] += len(fed.collected.quarantined)
        except Exception as error:  # noqa: BLE001  # to find the one that was not foreseen is the purpose
            failed += 1
            Path(f"fuzz-failure-{failed}.bin").write_bytes(data)
            print(f"FAILED {name}: {error!r}, input kept in fuzz-failure-{failed}.bin")
    print(f"seed {chosen.seed}: {sum(runs.values())} executions {dict(runs)}, items {dict(seen)}, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
