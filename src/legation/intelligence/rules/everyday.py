"""What may any member of staff report in thirty seconds, what kind is it, how soon must someone look, who may read it?

The columns are judgements, argued per row in `why`; the phone page, the terminal and the documents print this table.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from legation.foundations.decisions import Refusal
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.words import Severity

RULE = "intelligence.tell"

WITHIN_THE_POST = Marking(Classification.RESTRICTED, Tlp.AMBER)
"""Names a street and an hour at which our people were met: for the service, not for the world."""

NEED_TO_KNOW = Marking(Classification.CONFIDENTIAL, Tlp.AMBER_STRICT)
"""Whom a foreign service sought out, or who is being harassed: harm and shame if it goes round the canteen."""

TEXT_CHARS_MAX, PLACE_CHARS_MAX = 2_000, 200
"""A line typed with a thumb; whoever has more to say says it to the officer who calls back."""


class Told(StrEnum):
    """What is reported: crime, theft, loss, surveillance, approach, harassment, accident, near miss."""

    CRIME = "crime"
    THEFT = "theft"
    LOSS = "loss"
    SURVEILLANCE = "surveillance"
    APPROACH = "approach"
    HARASSMENT = "harassment"
    ACCIDENT = "accident"
    NEAR_MISS = "near_miss"


@dataclass(frozen=True, slots=True)
class Everyday:
    """One row. kind: the word in kinds.py, which carries the threat class. severity: of the officer's alarm."""

    told: Told
    kind: str
    severity: Severity
    marking: Marking
    why: str


EVERYDAY: tuple[Everyday, ...] = (
    Everyday(
        Told.CRIME, "crime_against_staff", Severity.SERIOUS, WITHIN_THE_POST,
        "someone may be hurt and the police may be at the scene",
    ),
    Everyday(
        Told.THEFT, "theft", Severity.NOTICE, WITHIN_THE_POST,
        "done and over; what was taken decides, and the officer asks",
    ),
    Everyday(
        Told.LOSS, "lost_item", Severity.SERIOUS, WITHIN_THE_POST,
        "a telephone, key or paper opens something until it is shut: hours count",
    ),
    Everyday(
        Told.SURVEILLANCE, "hostile_surveillance", Severity.SERIOUS, WITHIN_THE_POST,
        "precedes an approach or an attack by days to weeks; the next one must be seen too",
    ),
    Everyday(
        Told.APPROACH, "approach_by_service", Severity.URGENT, NEED_TO_KNOW,
        "the person approached needs advice before the second meeting",
    ),
    Everyday(
        Told.HARASSMENT, "harassment", Severity.SERIOUS, NEED_TO_KNOW,
        "a person is aimed at; who is behind it is not known yet, perhaps a colleague",
    ),
    Everyday(
        Told.ACCIDENT, "accident", Severity.NOTICE, WITHIN_THE_POST,
        "whoever is hurt calls an ambulance, not this page; the rest is for the morning",
    ),
    Everyday(
        Told.NEAR_MISS, "near_miss", Severity.NOTICE, WITHIN_THE_POST,
        "nobody is hurt; ten of them at one corner are a warning",
    ),
)  # fmt: skip

ROW_OF: dict[Told, Everyday] = {row.told: row for row in EVERYDAY}

AGES_MIN: tuple[int, ...] = (0, 60, 360, 1_440, 4_320)
"""How long ago, as the page offers it: now, an hour, today, yesterday, in the last days."""

OLDEST = timedelta(days=30)
"""What is older is history: it belongs into the incident log, not into an alarm."""


def refusal(text: str, place: str, minutes_ago: int) -> Refusal | None:
    """Why it cannot be taken as it stands, None where it can. Nothing but what happened is needed."""
    if len(text) > TEXT_CHARS_MAX:
        return Refusal("tell_text", RULE, params={"limit": str(TEXT_CHARS_MAX)})
    if len(place) > PLACE_CHARS_MAX:
        return Refusal("tell_place", RULE, params={"limit": str(PLACE_CHARS_MAX)})
    if not 0 <= minutes_ago <= OLDEST / timedelta(minutes=1):
        return Refusal("tell_when", RULE, params={"days": str(OLDEST.days)})
    return None


def occurred_at(*, minutes_ago: int, claimed: datetime | None, wall: datetime, now: datetime) -> datetime:
    """When it happened, in the time of the house: before now by the time it lay on the phone and what was said.

    claimed: what the phone's clock showed when it was written, None where it was sent at once. A phone whose clock
    runs ahead of ours has waited no time at all.
    """
    waited = max(timedelta(0), wall - claimed) if claimed else timedelta(0)
    return now - waited - timedelta(minutes=minutes_ago)
