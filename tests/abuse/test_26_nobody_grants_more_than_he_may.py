"""Abuse 26: rights are given by those who may give them, never to oneself, and administering excludes reading."""

import pytest
from tests import given

from legation.foundations.decisions import Refused
from legation.foundations.markings import Classification, Marking, Tlp
from legation.platform.authority.actions import change, enrol
from legation.platform.authority.actor import Forbidden, Role
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("role", [r.value for r in Role if r is not Role.ADMINISTRATOR])
def test_only_administrators_give_accounts(role: str) -> None:
    given.keys()
    with pytest.raises(Forbidden):
        claim_house("authority.enrol", given.operator(role))


def test_an_administrator_cannot_make_himself_a_reader() -> None:
    given.keys()
    admin = given.operator("administrator", clearance=Marking())
    own = admin.id.removeprefix("operator/")
    with pytest.raises(Refused) as refused:
        change(
            claim(Operator, own, "authority.change", admin),
            roles=frozenset({"rso"}),
            clearance=given.CLEARED,
            scope=None,
        )
    assert refused.value.refusal.reason == "own_account"
    assert Operator.objects.get(pk=own).roles == "administrator"


@pytest.mark.parametrize(
    ("roles", "clearance", "scope"),
    [
        ({"administrator", "rso"}, Marking(), None),
        ({"god"}, Marking(), None),
        (set(), Marking(), None),
        ({"rso"}, Marking(), frozenset()),
        ({"rso"}, Marking(Classification.SECRET, Tlp.RED, frozenset({"OPERATORS"})), None),
    ],
)
def test_rights_that_do_not_go_together_are_refused(
    roles: set[str], clearance: Marking, scope: frozenset[str] | None
) -> None:
    given.keys()
    admin = given.operator("administrator", clearance=Marking())
    with pytest.raises(Refused):
        enrol(
            claim_house("authority.enrol", admin),
            username="x",
            name="X",
            roles=frozenset(roles),
            clearance=clearance,
            scope=scope,
        )
    assert not Operator.objects.filter(name="X").exists()


def test_what_may_be_given_is_given() -> None:
    """The control."""
    given.keys()
    admin = given.operator("administrator", clearance=Marking())
    made = enrol(
        claim_house("authority.enrol", admin), username="x", name="X", roles=frozenset({"rso"}), clearance=given.CLEARED
    )
    assert made.roles == "rso"
