"""A wrong category shows by itself, is put right or waived by two people, and a waiver ends with its day."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import given
from tests.law.given import conventions

from legation.foundations.decisions import Refused
from legation.law import actions
from legation.law.events.standards import WaiverState
from legation.law.models import Check, Waiver
from legation.law.queries import standards as queries
from legation.law.rules.standards import CATEGORY, Wish
from legation.missions import actions as mission_actions
from legation.missions import published as missions
from legation.missions.events import PremisesCategory, PremisesKind
from legation.missions.models import Mission, Premises
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.ledger.models import WordRow
from legation.platform.subscribers import deliver_all

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)


@pytest.fixture
def damascus() -> Mission:
    given.keys()
    clock.start_demonstration(START)
    conventions()
    return given.missions()[0]


@pytest.fixture
def rso(damascus: Mission) -> Actor:
    return given.operator("rso")


@pytest.fixture
def head(damascus: Mission) -> Actor:
    return given.operator("head_of_mission")


def chancery(actor: Actor, mission: Mission, category: str = "residence") -> Premises:
    """A chancery that receives the public, under this category."""
    row = mission_actions.add_premises(
        claim(Mission, mission.pk, "missions.add_premises", actor),
        name="Chancery",
        kind=PremisesKind.CHANCERY,
        category=category,
        receives_public=True,
    )
    deliver_all()
    return row


def categorised(actor: Actor, row: Premises, category: PremisesCategory) -> None:
    claimed = claim(Premises, row.pk, "missions.set_category", actor)
    mission_actions.set_category(claimed, category, receives_public=True)
    deliver_all()


def evidence(check: Check) -> float:
    """Points that stand as vulnerability because of a check."""
    row = WordRow.objects.filter(word="evidence", subject_key=check.pk, current=True).first()
    return float(row.strength or 0) if row else 0.0


def waived(rso: Actor, head: Actor, check: Check, days: int = 60) -> Waiver:
    wish = Wish("the list is being reviewed", "the higher standard is applied", START + timedelta(days=days))
    row = actions.apply_waiver(claim(Check, check.pk, "law.apply_waiver", rso), wish)
    return actions.decide_waiver(claim(Waiver, row.pk, "law.decide_waiver", head), approve=True)


def test_a_wrong_category_is_flagged_falls_due_and_is_settled_when_put_right(damascus: Mission, rso: Actor) -> None:
    row = chancery(rso, damascus)
    check = Check.objects.get(criterion=CATEGORY)
    assert check.flagged == ("category_against_kind", "category_against_counter")
    assert evidence(check) == 6
    assert Deadline.objects.filter(kind=actions.CATEGORY_DUE, key=check.deadline_key).exists()
    categorised(rso, row, PremisesCategory.CHANCERY_PUBLIC)
    check.refresh_from_db()
    assert check.met
    assert evidence(check) == 0
    assert not Deadline.objects.filter(key=check.deadline_key).exists()
    worker = service(ServiceAccount.WORKER)
    again = missions.premises_claimed(worker, row.pk, "law.examine_category")
    assert actions.examine_category(again) is None


def test_a_wrong_category_that_nobody_puts_right_stays_flagged_after_its_day(damascus: Mission, rso: Actor) -> None:
    chancery(rso, damascus)
    assert fire_due(START + timedelta(days=20)) == 1
    assert evidence(Check.objects.get(criterion=CATEGORY)) == 6


def test_a_waiver_takes_two_people_and_halves_what_the_flag_adds(damascus: Mission, rso: Actor, head: Actor) -> None:
    chancery(rso, damascus)
    check = Check.objects.get(criterion=CATEGORY)
    wish = Wish("under review", "the higher standard is applied", START + timedelta(days=60))
    row = actions.apply_waiver(claim(Check, check.pk, "law.apply_waiver", head), wish)
    with pytest.raises(Refused) as refused:
        actions.decide_waiver(claim(Waiver, row.pk, "law.decide_waiver", head), approve=True)
    assert refused.value.refusal.reason == "waiver_by_applicant"
    with pytest.raises(Forbidden):
        claim(Waiver, row.pk, "law.decide_waiver", rso)
    other = given.operator("head_of_mission", name="deputy")
    assert actions.decide_waiver(claim(Waiver, row.pk, "law.decide_waiver", other), approve=True).state == "approved"
    assert evidence(check) == 3


def test_a_waiver_shows_thirty_days_ahead_then_lapses(damascus: Mission, rso: Actor, head: Actor) -> None:
    chancery(rso, damascus)
    check = Check.objects.get(criterion=CATEGORY)
    row = waived(rso, head, check)
    assert not queries.near_end(rso, damascus.pk)
    fire_due(START + timedelta(days=31))
    assert WordRow.objects.filter(word="alarm", kind="law.waiver_near_end").exists()
    assert queries.near_end(rso, damascus.pk, START + timedelta(days=31)) == [row]
    fire_due(row.until)
    row.refresh_from_db()
    assert row.state == WaiverState.LAPSED
    assert evidence(check) == 6
    assert WordRow.objects.filter(word="alarm", kind="law.waiver_lapsed").exists()
    worker = service(ServiceAccount.WORKER)
    for act, verb in ((actions.end_waiver, "law.end_waiver"), (actions.remind_waiver, "law.remind_waiver")):
        assert act(claim(Waiver, row.pk, verb, worker)).version == row.version


def test_a_criterion_that_is_met_withdraws_its_waiver(damascus: Mission, rso: Actor, head: Actor) -> None:
    premises = chancery(rso, damascus, "chancery_public")
    claimed = missions.premises_claimed(rso, premises.pk, "law.check_criterion")
    check = actions.check_criterion(claimed, "std-perimeter", met=False, note="two gaps at the garage")
    assert evidence(check) == 6
    row = waived(rso, head, check)
    (sheet,) = queries.sheets(rso, damascus.pk)
    assert (sheet.flags, sheet.open) == ((), 0)
    actions.check_criterion(claimed, "std-perimeter", met=True)
    row.refresh_from_db()
    assert row.state == WaiverState.WITHDRAWN
    assert evidence(check) == 0
    assert not Deadline.objects.filter(key__in=(row.deadline_key, row.review_key)).exists()
    with pytest.raises(LookupError):
        actions.check_criterion(claimed, "std-moat", met=True)


def test_a_waiver_taken_back_counts_in_full_again(damascus: Mission, rso: Actor, head: Actor) -> None:
    chancery(rso, damascus)
    check = Check.objects.get(criterion=CATEGORY)
    row = waived(rso, head, check)
    actions.withdraw_waiver(claim(Waiver, row.pk, "law.withdraw_waiver", rso))
    assert evidence(check) == 6
    with pytest.raises(Refused):
        actions.withdraw_waiver(claim(Waiver, row.pk, "law.withdraw_waiver", rso))


def test_a_waiver_approved_anew_replaces_the_one_before(damascus: Mission, rso: Actor, head: Actor) -> None:
    chancery(rso, damascus)
    check = Check.objects.get(criterion=CATEGORY)
    first, second = waived(rso, head, check, days=40), waived(rso, head, check, days=90)
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "approved")
    fire_due(START + timedelta(days=45))
    assert evidence(check) == 3
