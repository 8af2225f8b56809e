"""An act is one claim, one transaction, one entry; what fails leaves nothing behind."""

from dataclasses import dataclass

import pytest
from tests import given

from legation.foundations.identity import Ref
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.foundations.posture import PostureLevel
from legation.missions import actions as mission_actions
from legation.missions.models import Mission
from legation.platform.act import ACTS, ActMisused, Context, act, fresh_id
from legation.platform.authority.actor import Forbidden, NotVisible
from legation.platform.authority.markings import intern, readable_by
from legation.platform.authority.resolve import House, claim, claim_all, claim_house
from legation.platform.ledger.log import history, open_body
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()


@dataclass(frozen=True, slots=True)
class Tried:
    """A fact of these tests."""

    what: str


def test_what_the_body_raises_leaves_neither_row_nor_entry() -> None:
    damascus, _ = given.missions()
    before = Entry.objects.count()
    claimed = claim(Mission, damascus.pk, "missions.set_posture", given.operator("rso"))
    after_enrol = Entry.objects.count()
    with pytest.raises(AttributeError):
        mission_actions.set_posture(claimed, PostureLevel.CRITICAL, lockdown=False, reason=None)  # type: ignore[arg-type]
    damascus.refresh_from_db()
    assert (damascus.posture_level, Entry.objects.count()) == (1, after_enrol)
    assert after_enrol == before + 1


def test_the_entry_says_who_what_and_carries_the_image() -> None:
    damascus, _ = given.missions()
    rso = given.operator("rso")
    mission_actions.set_posture(
        claim(Mission, damascus.pk, "missions.set_posture", rso), PostureLevel.VIGILANT, lockdown=False, reason="Vote"
    )
    entry = history(damascus.ref, marking_ids=rso.markings, missions=None)[0]
    body = open_body(entry)
    assert (entry.actor, entry.fact) == (rso.id, "missions.PostureChanged/1")
    ((ref, image),) = body.images
    assert ref == str(damascus.ref)
    assert image["version"] == 2
    assert image["value"]["posture_reason"] == "Vote"  # type: ignore[index]


def test_two_facts_in_one_act_are_refused() -> None:
    def body(ctx: Context, house: House) -> None:
        ctx.announce(Tried("once"), subjects=[Ref("Node", "own")])
        ctx.announce(Tried("twice"), subjects=[Ref("Node", "own")])

    with pytest.raises(ActMisused, match="writes twice"):
        given.unlisted("missions.import")(body)(claim_house("missions.import", given.local()))
    assert not Entry.objects.filter(fact__contains="Tried").exists()


def test_a_right_lost_after_the_claim_was_minted_is_noticed_under_the_lock() -> None:
    from dataclasses import replace

    damascus, _ = given.missions()
    claimed = claim(Mission, damascus.pk, "missions.set_posture", given.operator("rso"))
    stripped = replace(claimed, actor=replace(claimed.actor, verbs=frozenset()))
    with pytest.raises(Forbidden):
        mission_actions.set_posture(stripped, PostureLevel.CRITICAL, lockdown=False, reason="r")
    hidden = replace(claimed, actor=replace(claimed.actor, markings=frozenset()))
    with pytest.raises(NotVisible):
        mission_actions.set_posture(hidden, PostureLevel.CRITICAL, lockdown=False, reason="r")


def test_a_list_resolves_whole_or_not_at_all() -> None:
    damascus, beirut = given.missions()
    rso = given.operator("rso", scope=frozenset({damascus.pk}))
    with pytest.raises(NotVisible):
        claim_all(Mission, [damascus.pk, beirut.pk], "missions.amend", rso)
    assert len(claim_all(Mission, [damascus.pk], "missions.amend", rso)) == 1


def test_a_mission_marked_above_the_clearance_is_not_there() -> None:
    damascus, _ = given.missions()
    Mission.objects.filter(pk=damascus.pk).update(
        marking_id=intern(Marking(Classification.SECRET, Tlp.RED, frozenset({"NEGOTIATION"})))
    )
    with pytest.raises(NotVisible):
        claim(Mission, damascus.pk, "missions.amend", given.operator("rso"))


def test_markings_are_interned_once_and_read_by_clearance() -> None:
    green = Marking(tlp=Tlp.GREEN)
    assert intern(green) == intern(green)
    assert intern(green) in readable_by(Marking(tlp=Tlp.AMBER))
    assert intern(green) not in readable_by(OPEN)


def test_ids_are_ordered_by_the_time_they_were_made() -> None:
    from datetime import UTC, datetime, timedelta

    at = datetime(2018, 2, 5, tzinfo=UTC)
    made = [fresh_id(at + timedelta(seconds=n)) for n in range(20)]
    assert made == sorted(made)
    assert len({len(i) for i in made}) == 1


def test_no_two_acts_share_a_verb() -> None:
    with pytest.raises(ActMisused, match=r"missions\.amend"):
        act("missions.amend")(lambda ctx, mission: None)
    assert "missions.amend" in ACTS
