"""Days are typed, loaded, bounded, shown ahead of a mission with an honest base rate, and struck with a reason."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given as having
from hypothesis import settings
from hypothesis import strategies as st
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.intelligence.given import collected, fighting, source
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.time import epoch_s, parse_instant
from legation.intelligence.actions.calendar import enter_day, load_days, strike_day
from legation.intelligence.cli import app
from legation.intelligence.events.calendar import DayKind, DayValue
from legation.intelligence.links import calendars
from legation.intelligence.models.calendar import CalendarDay
from legation.intelligence.queries import calendar as queries
from legation.intelligence.rules.calendar import before, earlier
from legation.platform import clock
from legation.platform.authority.resolve import claim, claim_house

TODAY = date(2018, 2, 5)
TABLE = b"""iso2,date,holiday,estimated
SY,2018-03-08,Revolution Day,False
LB,2018-02-09,Saint Maron,False
SY,soon,x,False
"""


def calendar(*events: str) -> bytes:
    blocks = "".join(f"BEGIN:VEVENT\r\nUID:{i}\r\n{text}\r\nEND:VEVENT\r\n" for i, text in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\n{blocks}END:VCALENDAR\r\n".encode()


def read(*events: str) -> calendars.Days:
    return calendars.read(calendar(*events), "x.ics", TODAY, country="SY")


def firsts(*events: str) -> list[date]:
    return [one.first for one in read(*events).values]


def test_a_table_gives_the_days_of_the_countries_named_and_puts_aside_what_is_no_day() -> None:
    found = calendars.read(TABLE, "t.csv", TODAY, countries=["SY"])
    assert [(one.title, one.kind) for one in found.values] == [("Revolution Day", DayKind.PUBLIC_HOLIDAY)]
    assert (len(found.aside), found.outside) == (1, 1)
    assert calendars.read(b"a,b\n1,2\n", "t.csv", TODAY).aside[0].reason == "header"


def test_icalendar_days_ranges_and_yearly_rules_are_read_and_the_end_is_not_in_it() -> None:
    assert firsts("SUMMARY:Election\r\nDTSTART;VALUE=DATE:20180506") == [date(2018, 5, 6)]
    (fair,) = read("SUMMARY:Fair\r\nDTSTART;VALUE=DATE:20180506\r\nDTEND;VALUE=DATE:20180509").values
    assert (fair.first, fair.last) == (date(2018, 5, 6), date(2018, 5, 8))
    yearly = "SUMMARY:Anniversary\r\nDTSTART;VALUE=DATE:20110315\r\nRRULE:FREQ=YEARLY"
    assert firsts(yearly) == [date(2017, 3, 15), date(2018, 3, 15), date(2019, 3, 15), date(2020, 3, 15)]
    fourth = "SUMMARY:Thanks\r\nDTSTART;VALUE=DATE:20171123\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"
    assert firsts(fourth) == [date(2017, 11, 23), date(2018, 11, 22), date(2019, 11, 28)]
    last = "SUMMARY:Last Friday\r\nDTSTART;VALUE=DATE:20180126\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"
    assert firsts(last) == [date(2018, 1, 26), date(2018, 2, 23), date(2018, 3, 30)]


def test_hostile_rules_sizes_and_zones_cost_nothing_and_say_why() -> None:
    every_second = "SUMMARY:x\r\nDTSTART:20180101T000000Z\r\nRRULE:FREQ=SECONDLY"
    never = "SUMMARY:x\r\nDTSTART:20180101T000000Z\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    ordinal = "SUMMARY:x\r\nDTSTART:20180101T000000Z\r\nRRULE:FREQ=YEARLY;BYYEARDAY=100"
    huge = "SUMMARY:" + "x" * 70_000 + "\r\nDTSTART:20180101T000000Z"
    zone = "SUMMARY:Vote\r\nDTSTART;TZID=Nowhere/Atlantis:20180506T080000"
    odd = "SUMMARY:x\r\nDTSTART:soon"
    reasons = [one.reason for one in read(every_second, never, ordinal, huge, odd).aside]
    assert reasons[:3] == ["calendar_rule", "calendar_rule", "too_large"]
    assert len(reasons) == 4
    assert firsts(never) == []
    assert firsts(zone) == [date(2018, 5, 6)]


def test_thousands_of_rules_and_a_file_without_end_are_bounded() -> None:
    rule = "SUMMARY:x\r\nDTSTART;VALUE=DATE:20180101\r\nRRULE:FREQ=DAILY;INTERVAL=1000"
    found = read(*[rule] * 520)
    assert len([one for one in found.aside if one.reason == "too_large"]) == 20
    endless = calendars.read(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 100_000, "x", TODAY)
    assert (endless.aside[0].reason, endless.aside[-1].reason) == ("missing", "too_large")
    assert calendars.read(b"x" * 5_000_000, "x", TODAY).aside[0].reason == "too_large"


@settings(max_examples=60, deadline=None)
@having(st.binary(max_size=400))
def test_whatever_stands_in_an_event_it_is_a_day_or_aside_and_nothing_raises(noise: bytes) -> None:
    data = calendar("SUMMARY:x").replace(b"SUMMARY:x", b"SUMMARY:x\r\nDTSTART:20180506\r\n" + noise)
    found = calendars.read(data, "x.ics", TODAY)
    assert all(one.raw for one in found.aside)


def test_the_days_before_are_the_same_date_or_the_same_feast_where_it_moves() -> None:
    feast = [(date(2017, 6, 25), date(2017, 6, 25))]
    assert earlier(date(2018, 6, 15), date(2018, 6, 15), date(2016, 1, 1), feast) == [
        (date(2017, 6, 25), date(2017, 6, 25)), (date(2016, 6, 15), date(2016, 6, 15)),
    ]  # fmt: skip
    assert earlier(date(2020, 2, 29), date(2020, 2, 29), date(2015, 1, 1)) == [(date(2016, 2, 29), date(2016, 2, 29))]


@having(st.lists(st.integers(0, 729), max_size=60), st.integers(30, 334))
def test_counts_stand_beside_what_the_days_around_show_and_an_unknown_year_is_no_quiet_one(
    days: list[int], at: int
) -> None:
    since, now = date(2016, 1, 1), date(2018, 1, 1)
    start = np.array([epoch_s(parse_instant("2016-01-01")) + d * 86_400 for d in days], dtype=np.int64)
    day = date.fromordinal(date(2017, 1, 1).toordinal() + at)
    nth = (day - since).days
    inner, outer = before([(day, day)], start, np.full(len(days), 30.0), since, now)
    around = sum(0 < abs(one - nth) <= 28 for one in days)
    assert (inner.count, inner.years) == (0, 0)
    assert outer.count == days.count(nth)
    assert outer.years == (1 if outer.count + around else 0)
    assert outer.expected == pytest.approx(around / 56)
    assert 0 <= outer.chance <= 1


@pytest.fixture
def _node(db: None) -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))
    given.missions()


def value(title: str = "Election", day: date = date(2018, 2, 20), **more: object) -> DayValue:
    said: dict[str, object] = {"kind": DayKind.ELECTION, "country": "SY", "threats": ("civil_unrest",), "why": "",
                               "source": "Radio", "external_id": title}  # fmt: skip
    return DayValue(title=title, first=day, **{"last": day} | said | more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("_node")
def test_a_day_stands_ahead_of_its_missions_with_what_happened_before_and_is_struck_with_a_reason() -> None:
    analyst = given.operator("analyst")
    collected(source(), fighting(*[("33.51", "36.29")] * 4, day="2017-02-20"))
    collected(source(name="b"), fighting(("33.51", "36.29"), day="2017-02-10"))
    row = enter_day(claim_house("intelligence.enter_day", analyst), value())
    damascus, beirut = (str(one.pk) for one in given.missions())
    (one,) = queries.ahead(analyst, damascus, days=30)
    assert (one.in_days, one.before[0].count, one.before[0].years, one.unusual) == (15, 4, 1, True)
    assert queries.ahead(analyst, beirut, days=30) == []
    client = signed_in(analyst)
    assert "Election" in client.get(reverse("threat-profile", args=[damascus])).content.decode()
    assert "Election" in client.get(reverse("mission", args=[damascus])).content.decode()
    with pytest.raises(Refused):
        strike_day(claim(CalendarDay, row.pk, "intelligence.strike_day", analyst), reason=" ")
    client.post(reverse("calendar-strike", args=[row.pk]), {"reason": "called off"})
    assert not CalendarDay.objects.exists()


@pytest.mark.usefixtures("_node")
def test_a_list_loaded_twice_changes_nothing_and_says_what_it_could_not_read(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes(TABLE)
    said = ["calendar", "load", str(table), "--country", "SY", "--json"]
    first, again = CliRunner().invoke(app, said), CliRunner().invoke(app, said)
    assert first.exit_code == again.exit_code == 5
    assert (json.loads(first.stdout)["days"], json.loads(again.stdout)["known"]) == (1, 1)
    client = signed_in(given.operator("analyst"))
    form = {"file": SimpleUploadedFile("x.ics", calendar("SUMMARY:Vote\r\nDTSTART;VALUE=DATE:20180301", "SUMMARY:y")),
            "country": "sy"}  # fmt: skip
    page = client.post(reverse("calendar-load"), form).content.decode()
    assert "DTSTART" in page
    assert {row.title for row in CalendarDay.objects.all()} == {"Revolution Day", "Vote"}
    told = json.loads(CliRunner().invoke(app, ["calendar", "list", "--json"]).stdout)
    assert [one["title"] for one in told] == ["Vote", "Revolution Day"]


@pytest.mark.usefixtures("_node")
def test_page_api_and_command_enter_the_same_and_bad_days_are_refused() -> None:
    analyst = given.operator("analyst")
    form = {"title": "إضراب عام", "kind": "strike_call", "first": "2018-02-10", "country": "lb", "source": "Union"}
    page = signed_in(analyst).post(reverse("calendar"), form, follow=True).content.decode()
    assert "إضراب عام" in page
    body = {"title": "Verdict", "kind": "verdict", "first": "2018-02-12", "country": "SY", "source": "Court"}
    client = with_key(analyst)
    assert client.post("/api/intelligence/calendar", body, content_type="application/json").status_code == 201
    assert [one["title"] for one in client.get("/api/intelligence/calendar").json()] == ["إضراب عام", "Verdict"]
    done = CliRunner().invoke(app, ["calendar", "enter", "Visit", "2018-02-11", "visit", "--source", "us", "--json"])
    key = json.loads(done.stdout)["id"]
    assert CliRunner().invoke(app, ["calendar", "strike", key, "--reason", "off"]).exit_code == 0
    house = claim_house("intelligence.enter_day", analyst)
    for bad, reason in (
        (value(""), "day_title"), (value(last=date(2018, 1, 1)), "day_range"), (value(threats=("luck",)), "day_threat"),
        (value(country="Syria"), "actor_country"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            enter_day(house, bad)
        assert refused.value.refusal.reason == reason
    with pytest.raises(Refused) as refused:
        load_days(claim_house("intelligence.load_days", given.local()), [value()] * 2_001, file="x", set_aside=0)
    assert refused.value.refusal.reason == "day_many"
