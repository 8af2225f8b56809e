"""What does the demonstration know of the law? The conventions, and what its persons said about a mission.

No building below stands anywhere; offices are named as such offices are, and hold nothing in the world.
"""

from datetime import datetime, timedelta

from legation.foundations.identity import Ref
from legation.law.actions import (
    apply_waiver,
    check_criterion,
    decide_waiver,
    examine_category,
    give_responsibility,
    load_instrument,
    record_consent,
    review_matrix,
)
from legation.law.actions.matrix import Given
from legation.law.events.limits import Use
from legation.law.events.matrix import Holder
from legation.law.links import norm_file
from legation.law.models import Check, Waiver
from legation.law.rules.limits import Said
from legation.law.rules.standards import Wish
from legation.missions.actions import add_premises, set_category
from legation.missions.events import PremisesCategory, PremisesKind
from legation.missions.models import Mission, Premises
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house

BUILDINGS = (
    ("Chancery (demonstration)", PremisesKind.CHANCERY, "residence", True),
    ("Residence of the head of mission (demonstration)", PremisesKind.RESIDENCE, "residence_head", False),
    ("Store (demonstration)", PremisesKind.WAREHOUSE, "", False),
)
"""Name, kind, category, whether the public is received: the first contradicts itself, the last has none."""

UNMET = ("std-safe-room", "std-residence-doors")
"""What is not met at the residence; the first is waived, shortly before its end."""

HELD: tuple[tuple[str, Holder, str], ...] = (
    ("vcdr-22-2", Holder.RECEIVING_STATE, "Diplomatic police"),
    ("vcdr-29-protect", Holder.RECEIVING_STATE, "Diplomatic police"),
    ("vcdr-27-1", Holder.RECEIVING_STATE, "Telecommunications authority"),
    ("vcdr-10-1-a", Holder.MISSION, "Administrative officer"),
    ("vcdr-10-1-b", Holder.MISSION, "Administrative officer"),
    ("vcdr-41-2", Holder.MISSION, "Head of chancery"),
    ("vcdr-27-4", Holder.MISSION, "Communicator"),
    ("ministry-1", Holder.MISSION, "Regional security officer"),
    ("ministry-2", Holder.MINISTRY, "Buildings department"),
    ("ministry-3", Holder.MISSION, "Regional security officer"),
    ("ministry-3", Holder.MISSION, "Administrative officer"),
    ("ministry-5", Holder.CONTRACTOR, "Guard company, site supervisor"),
    ("ministry-8", Holder.MISSION, "Motor pool"),
    ("ministry-10", Holder.MISSION, "Communicator"),
)
"""Norm, side, office. Drills (ministry-3) are held by two; what is not named is held by nobody."""


def conventions() -> None:
    """Load what ships; what is loaded already changes nothing."""
    house = claim_house("law.load", service(ServiceAccount.LOCAL))
    for code in norm_file.SHIPPED:
        instrument, read = norm_file.shipped(code)
        load_instrument(house, instrument, read.norms)


def at_post(state: str, now: datetime) -> None:
    """Buildings, checks, a waiver near its end, a consent and responsibilities at the state's own mission in Syria."""
    mission = Mission.objects.filter(sending_state__iexact=state, receiving_code="SY").order_by("pk").first()
    if mission is None or Premises.objects.filter(mission_id=mission.pk, name=BUILDINGS[0][0]).exists():
        return
    rso, head, local = _person("rso"), _person("head"), service(ServiceAccount.LOCAL)
    known = {row.name: row for row in Premises.objects.visible_to(local).filter(mission_id=mission.pk)}
    for name, kind, category, public in BUILDINGS:
        if name in known:  # entered as somebody's residence
            chosen = claim(Premises, known[name].pk, "missions.set_category", rso)
            row = set_category(chosen, PremisesCategory(category), receives_public=public)
        else:
            claimed = claim(Mission, mission.pk, "missions.add_premises", rso)
            row = add_premises(claimed, name=name, kind=kind, category=category, receives_public=public)
        examine_category(claim(Premises, row.pk, "law.examine_category", local))
    residence = Premises.objects.get(mission_id=mission.pk, name=BUILDINGS[1][0])
    for criterion in UNMET:
        check_criterion(claim(Premises, residence.pk, "law.check_criterion", rso), criterion, met=False)
    _waive(Check.objects.get(premises_id=residence.pk, criterion=UNMET[0]), rso, head, now)
    said = Said("Ministry of Interior (demonstration)", now.date(), "hand-held sets, 3 channels", "Note 7/2018", None)
    record_consent(claim(Mission, mission.pk, "law.record_consent", rso), Use.RADIO_TRANSMITTER, said)
    given = [Given(Ref("Norm", code), side, office) for code, side, office in HELD]
    give_responsibility(claim(Mission, mission.pk, "law.give_responsibility", head), given)
    review_matrix(claim(Mission, mission.pk, "law.review_matrix", head))


def _waive(check: Check, rso: Actor, head: Actor, now: datetime) -> None:
    wish = Wish("steel door on order", "shelter in the inner corridor, drilled monthly", now + timedelta(days=21))
    row = apply_waiver(claim(Check, check.pk, "law.apply_waiver", rso), wish)
    decide_waiver(claim(Waiver, row.pk, "law.decide_waiver", head), approve=True)


def _person(username: str) -> Actor:
    return of_operator(Operator.objects.get(user__username=username))
