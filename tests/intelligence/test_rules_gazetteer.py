"""Names and points find the town that is meant, or say why not."""

import csv
import math

import numpy as np
import pytest
from tests.intelligence.rows import real

from legation.intelligence.links.towns import gazetteer as gazetteer_of_the_house
from legation.intelligence.rules.gazetteer import Gazetteer, How, normal_name, town_radius_km

ROWS = [
    # name, alternates, latitude, longitude, country, population
    ("Damascus", ["Dimashq", "دمشق", "Дамаск"], 33.5102, 36.2913, "SY", 1_569_394),
    ("Aleppo", ["Halab", "حلب", "Алеппо"], 36.2012, 37.1611, "SY", 1_602_264),
    ("Homs", ["Hims", "حمص"], 34.7268, 36.7234, "SY", 775_404),
    ("Tripoli", ["طرابلس"], 32.8874, 13.1873, "LY", 1_150_989),
    ("Tripoli", ["طرابلس"], 34.4335, 35.8441, "LB", 229_398),
    ("Springfield", [], 39.8017, -89.6437, "US", 116_565),
    ("Springfield", [], 42.1015, -72.5898, "US", 154_341),
    ("San José", ["San Jose"], 9.9333, -84.0833, "CR", 335_007),
    ("San José", ["San Jose"], 37.3394, -121.895, "US", 1_026_908),
    ("São Paulo", ["Sao Paulo"], -23.5475, -46.6361, "BR", 10_021_295),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    name, alternates, lat, lon, country, people = zip(*ROWS, strict=True)
    return Gazetteer.build(
        name=name,
        alternates=alternates,
        latitude=np.array(lat),
        longitude=np.array(lon),
        country=country,
        population=np.array(people, dtype=np.int64),
        country_names={
            "SY": ["Syria", "سوريا"],
            "LB": ["Lebanon"],
            "US": ["United States"],
            "BR": ["Brazil", "Brasil"],
        },
    )


SPELLINGS = ["Damascus", "DAMASCUS", "damascus city", "دمشق", "Дамаск", "Damascus, Syria", "ｄａｍａｓｃｕｓ"]


@pytest.mark.parametrize("name", SPELLINGS)
def test_one_town_is_found_under_all_its_names(gazetteer: Gazetteer, name: str) -> None:
    placed = gazetteer.place(name)
    assert (placed.how, placed.country) == (How.NAME, "SY")
    assert placed.latitude == pytest.approx(33.5102)


def test_marks_on_letters_do_not_matter() -> None:
    assert normal_name("São  Paulo") == normal_name("SAO-PAULO")


def test_the_country_decides_between_towns_of_one_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.place("Tripoli", country="LB").latitude == pytest.approx(34.4335)
    assert gazetteer.place("Tripoli, Lebanon").latitude == pytest.approx(34.4335)


def test_the_far_larger_town_is_meant_where_no_country_is_said(gazetteer: Gazetteer) -> None:
    assert gazetteer.place("Tripoli").country == "LY"


def test_towns_of_like_size_are_not_guessed_between(gazetteer: Gazetteer) -> None:
    placed = gazetteer.place("Springfield")
    assert placed.how is How.AMBIGUOUS
    assert math.isnan(placed.latitude)


def test_a_province_is_less_precise_than_its_town(gazetteer: Gazetteer) -> None:
    town, region = gazetteer.place("Homs"), gazetteer.place("Homs Governorate")
    assert region.how is How.REGION
    assert region.precision_km > 5 * town.precision_km


def test_an_unknown_village_in_a_known_country_is_placed_in_the_country(gazetteer: Gazetteer) -> None:
    placed = gazetteer.place("Teir Maaleh village", country="SY")
    assert placed.how is How.COUNTRY
    assert placed.precision_km > 50


def test_what_is_not_known_is_said_to_be_unknown(gazetteer: Gazetteer) -> None:
    assert gazetteer.place("Erehwon").how is How.UNKNOWN_NAME
    assert gazetteer.place(" ").how is How.NO_PLACE_GIVEN


def test_an_arabic_report_is_placed_by_the_town_it_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.place_in_text("انفجار عبوة ناسفة بدمشق صباح اليوم").matched == "دمشق"
    assert gazetteer.place_in_text("Explosion near the market in Aleppo, two wounded").country == "SY"
    assert gazetteer.place_in_text("nothing of note today").how is How.UNKNOWN_NAME


def test_given_coordinates_stand_and_get_the_country_of_the_nearest_town(gazetteer: Gazetteer) -> None:
    nan = math.nan
    columns = gazetteer.place_many(
        name=["", "Homs", "mid ocean", ""],
        country=["", "SY", "", ""],
        latitude=np.array([33.6, nan, 0.0, nan]),
        longitude=np.array([36.3, nan, -30.0, nan]),
        precision_km=np.array([nan, nan, 1.0, nan]),
    )
    assert columns.country == ["SY", "SY", "", ""]
    assert columns.latitude[0] == 33.6
    assert columns.how == [How.COORDINATES, How.NAME, How.COORDINATES, How.NO_PLACE_GIVEN]
    assert columns.precision_km[2] == 1.0


def test_a_town_of_ten_million_is_wider_than_a_village() -> None:
    assert town_radius_km(1000) == 3.0
    assert 20 < town_radius_km(10_000_000) < 40


@pytest.mark.parametrize(
    ("name", "country", "matched"),
    [
        ("دمشق", "SY", "Damascus"),
        ("Ciudad de México", "MX", "Mexico City"),
        ("Дамаск", "SY", "Damascus"),
        ("Alexandria", "EG", "Alexandria"),
        ("Bangui", "CF", "Bangui"),
        ("Kabul, Afghanistan", "AF", "Kabul"),
        ("Ar Rastan district", "SY", "Ar Rastan"),
        ("Xoxocotla town", "MX", "Xoxocotla"),
    ],
)
def test_the_shipped_gazetteer_finds_real_places(name: str, country: str, matched: str) -> None:
    placed = gazetteer_of_the_house().place(name)
    assert (placed.country, placed.matched) == (country, matched)


def test_the_shipped_gazetteer_reads_real_sentences() -> None:
    arabic = gazetteer_of_the_house().place_in_text("وقع انفجار قرب السفارة في دمشق وأصيب شرطيان")
    spanish = gazetteer_of_the_house().place_in_text("Ataque armado en la colonia Roma, Ciudad de México", country="MX")
    assert (arabic.country, spanish.country) == ("SY", "MX")
    assert spanish.latitude == pytest.approx(19.43, abs=0.05)


def test_real_places_of_coded_events_are_found_within_their_radius() -> None:
    table = csv.DictReader(real("events/ucdp_ged_syria_2016-2018.csv.gz").decode().splitlines())
    rows = [row for row in table if row["where_prec"] == "1"]
    unknown = np.full(len(rows), math.nan)
    placed = gazetteer_of_the_house().place_many(
        name=[row["where_coordinates"] for row in rows],
        country=["SY"] * len(rows),
        latitude=unknown,
        longitude=unknown,
        precision_km=unknown,
    )
    named = np.array([how is How.NAME for how in placed.how])
    truth = np.column_stack([[float(row["latitude"]) for row in rows], [float(row["longitude"]) for row in rows]])
    away = np.hypot(placed.latitude - truth[:, 0], (placed.longitude - truth[:, 1]) * 0.83) * 111.2
    right = (away <= placed.precision_km + 5)[named].mean()
    print(f"{len(rows)} exact places: {named.mean():.0%} found by name, of these {right:.0%} within their radius")
    assert right > 0.9
