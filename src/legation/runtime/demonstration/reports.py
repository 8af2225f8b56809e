"""What have demonstration staff met? A few reports, a short log of the year before and police figures, all invented."""

from datetime import UTC, datetime

from legation.intelligence.actions import answer, import_figures, import_incidents
from legation.intelligence.actions import tell as told_by
from legation.intelligence.links.incident_log import MemoryIncidentLog
from legation.intelligence.links.own import Said
from legation.intelligence.links.police_figures import COLUMNS
from legation.intelligence.models import OwnReport
from legation.intelligence.rules.everyday import Told
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.egress import tables

INVENTED = "(demonstration)"

TOLD: tuple[tuple[Told, int, str, str, str], ...] = (
    (Told.NEAR_MISS, 2_880, "Motorcycle through the queue at the gate, nobody hurt", "", "A barrier is set out."),
    (Told.THEFT, 1_440, "Bag taken from the car while parked", "", "Police report filed; the badge is blocked."),
    (Told.SURVEILLANCE, 360, "A man photographed the side entrance and left when I looked", "", ""),
)
"""What, minutes ago, the line, where ("" the mission), what the officer answered."""

LOG: tuple[tuple[str, str, str], ...] = (
    ("2017-03-14", "theft", "Wheels taken from a service car"),
    ("2017-06-02", "harassment", "Local employee threatened by telephone"),
    ("2017-09-21", "surveillance", "Same van on three mornings"),
    ("2017-11-08", "crime_against_staff", "Driver robbed at a filling station"),
    ("2017-12-19", "near_miss", "Mirror shattered by a stray bullet"),
)

FIGURES: tuple[tuple[str, int, int], ...] = (("robbery", 140, 6), ("vehicle_theft", 95, 0), ("homicide", 12, -1))
"""Offence, count in the last month, how many more each month than the month before."""
MONTHS = 16


def tell(state: str) -> int:
    """Fill in reports, a log and figures where the demonstration staff are at post. Returns how many."""
    local = service(ServiceAccount.LOCAL)
    staff, officer = _person("staff"), _person("rso")
    at = _where(staff, local, state)
    if at is None or OwnReport.objects.visible_to(local).exists():
        return 0
    for told, minutes, text, place, outcome in TOLD:
        said = Said(told, f"{text} {INVENTED}", minutes, place, command=f"demonstration-{told.value}")
        key = told_by(missions.claimed(staff, at.id, "intelligence.tell"), said)
        if outcome:
            answer(claim(OwnReport, key, "intelligence.answer_report", officer), outcome=f"{outcome} {INVENTED}")
    log = MemoryIncidentLog()
    for day, kind, what in LOG:
        log.add(day, kind, f"{what} {INVENTED}")
    past = missions.claimed(local, at.id, "intelligence.import_incidents")
    done = import_incidents(past, log.table(), "invented incident log.csv")
    house = claim_house("intelligence.import_figures", local)
    figures = import_figures(house, _figures(at), "invented police figures.csv")
    return len(TOLD) + done.signals + len(figures.rows)


def _person(username: str) -> Actor:
    return of_operator(Operator.objects.get(user__username=username))


def _where(staff: Actor, local: Actor, state: str) -> MissionSeen | None:
    """Where the member of staff is at post, else the first mission of the state."""
    person = missions.person_of(staff)
    keys = missions.keys_of(local, state)
    if person is not None and str(person.mission_id) in keys:
        return missions.mission(local, person.mission_id)
    return next(iter(sorted(missions.missions(local, keys=keys), key=lambda one: one.name)), None)


def _figures(at: MissionSeen) -> bytes:
    """Sixteen months that end with the last whole one."""
    first = clock.as_of().replace(day=1)
    rows: list[list[tables.Cell]] = []
    for back in range(1, MONTHS + 1):
        month = _months_before(first, back)
        for offence, last, more in FIGURES:
            count = max(0, last - more * (back - 1))
            area, place = f"{at.name} {INVENTED}", (at.latitude, at.longitude)
            rows.append([area, f"{month:%Y-%m}", offence, count, at.receiving_code, *place, f"Police {INVENTED}"])
    return tables.write(COLUMNS, rows)


def _months_before(first: datetime, back: int) -> datetime:
    whole = first.year * 12 + first.month - 1 - back
    return datetime(whole // 12, whole % 12 + 1, 1, tzinfo=UTC)
