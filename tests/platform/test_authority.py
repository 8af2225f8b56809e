"""Roles hold verbs by one table; nobody gives more than he may, and a closed account is closed everywhere."""

import pytest
from tests import given

from legation.foundations.decisions import Grant, Refusal, Refused
from legation.foundations.markings import OPEN, Marking
from legation.platform.authority import rules, table
from legation.platform.authority.actions import change, enrol, revoke
from legation.platform.authority.actor import Role
from legation.platform.authority.actors import NOBODY, of_operator
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.doors import issue_key, of_key

LOCAL = frozenset({"local"})


def test_administering_excludes_every_other_role() -> None:
    both = frozenset({Role.ADMINISTRATOR.value, Role.AUDITOR.value})
    answer = rules.may_grant(LOCAL, both, None, OPEN)
    assert isinstance(answer, Refusal)
    assert answer.reason == "administrator_alone"


@pytest.mark.parametrize(
    ("giver", "roles", "scope", "clearance", "reason"),
    [
        (frozenset({"rso"}), frozenset({"rso"}), None, OPEN, "not_yours_to_give"),
        (LOCAL, frozenset({"king"}), None, OPEN, "unknown_role"),
        (LOCAL, frozenset(), None, OPEN, "unknown_role"),
        (LOCAL, frozenset({"rso"}), frozenset(), OPEN, "empty_scope"),
        (LOCAL, frozenset({"rso"}), None, Marking(compartments=frozenset({"OPERATORS"})), "reserved_compartment"),
    ],
)
def test_a_grant_that_must_not_be_is_refused(
    giver: frozenset[str], roles: frozenset[str], scope: frozenset[str] | None, clearance: Marking, reason: str
) -> None:
    answer = rules.may_grant(giver, roles, scope, clearance)
    assert isinstance(answer, Refusal)
    assert answer.reason == reason


def test_an_ordinary_grant_is_granted() -> None:
    assert isinstance(rules.may_grant(LOCAL, frozenset({"rso"}), None, OPEN), Grant)
    assert isinstance(rules.not_oneself("operator/1", "2"), Grant)


def test_the_table_names_only_columns_that_exist() -> None:
    known = {role.value for role in Role}
    assert {"rso", "administrator"} <= known
    assert all(row.meaning for row in table.rows())
    assert "missions.set_posture" in table.verbs_of(frozenset({"rso"}))
    assert "missions.set_posture" not in table.verbs_of(frozenset({"auditor"}))


@pytest.mark.django_db
def test_a_revoked_account_acts_no_more_by_any_door() -> None:
    given.keys()
    given.operator("rso")
    row = Operator.objects.get(name="rso")
    secret = issue_key(row)
    assert of_key(secret).id == f"operator/{row.pk}"
    administrator = given.operator("administrator")
    revoke(claim(Operator, row.pk, "authority.revoke", administrator), reason="left the service")
    row.refresh_from_db()
    assert of_operator(row) is NOBODY
    assert of_key(secret) is NOBODY
    assert not row.user.is_active


@pytest.mark.django_db
def test_nobody_changes_his_own_account() -> None:
    given.keys()
    administrator = given.operator("administrator")
    own = administrator.id.removeprefix("operator/")
    with pytest.raises(Refused):
        change(
            claim(Operator, own, "authority.change", administrator),
            roles=frozenset({"rso"}),
            clearance=given.CLEARED,
            scope=None,
        )


@pytest.mark.django_db
def test_changed_rights_hold_from_the_next_look() -> None:
    given.keys()
    given.operator("analyst")
    row = Operator.objects.get(name="analyst")
    administrator = given.operator("administrator")
    change(
        claim(Operator, row.pk, "authority.change", administrator),
        roles=frozenset({"rso"}),
        clearance=OPEN,
        scope=frozenset({"m1"}),
    )
    row.refresh_from_db()
    actor = of_operator(row)
    assert actor.missions == frozenset({"m1"})
    assert "missions.set_posture" in actor.verbs


@pytest.mark.django_db
def test_the_operators_of_a_node_are_seen_by_administrators_and_no_mission_is() -> None:
    given.keys()
    given.missions()
    administrator = given.operator("administrator")
    assert Operator.objects.visible_to(administrator).exists()
    assert not Operator.objects.visible_to(given.operator("rso")).exists()


@pytest.mark.django_db
def test_an_unknown_or_empty_key_is_nobody() -> None:
    assert of_key("") is NOBODY
    assert of_key("guess") is NOBODY


@pytest.mark.django_db
def test_enrolment_is_recorded() -> None:
    given.keys()
    from legation.platform.ledger.models import Entry

    enrol(
        claim_house("authority.enrol", given.local()),
        username="x",
        name="X",
        roles=frozenset({"rso"}),
        clearance=OPEN,
    )
    assert Entry.objects.filter(fact="authority.OperatorEnrolled/1").count() == 1
