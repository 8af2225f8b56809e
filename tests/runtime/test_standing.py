"""The account that carries out what was signed may set a posture and nothing else, and one module speaks for it."""

from pathlib import Path

from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.table import verbs_of
from legation.runtime.desks import standing

PACKAGE = Path(standing.__file__).parents[2]


def test_the_account_of_standing_authorities_may_set_a_posture_and_nothing_else() -> None:
    held = verbs_of(frozenset({ServiceAccount.STANDING_AUTHORITY.value}))
    assert held == {"missions.read", "missions.set_posture"}


def test_claims_for_it_are_made_in_one_module() -> None:
    speakers = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "ServiceAccount.STANDING_AUTHORITY" in path.read_text(encoding="utf-8")
    ]
    assert speakers == ["runtime/desks/standing.py"]
