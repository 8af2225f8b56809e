"""The doors of the law: the search page, one norm, loading by page and API, the terminal."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import given
from tests.abuse.given import signed_in
from tests.law.given import conventions
from typer.testing import CliRunner

from legation.law import cli

pytestmark = pytest.mark.django_db(transaction=True)

CSV = (
    b"id,article,owes,owed_to,objects,kind,words\n"
    b"br-sy-4,4,receiving_state,mission,vehicle,duty,Plates within ten days.\n"
    b"br-sy-5,5,police,mission,vehicle,duty,Wrong.\n"
)
FORM = {"code": "br-sy", "kind": "bilateral", "title": "Agreement", "state": "sy", "edition": "1"}


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    conventions()


def test_the_search_answers_a_question_and_opens_the_norm() -> None:
    client = signed_in(given.operator("staff"))
    page = client.get("/law/", {"q": "what may police do at the gate"}).content.decode()
    assert page.index("VCDR art. 22(1)") < page.index("VCDR art. 22(3)")
    narrowed = client.get("/law/", {"q": "fire", "mission": "consulate"}).content.decode()
    assert "VCCR art. 31(2)" in narrowed
    assert "VCDR art. 22(1)" not in narrowed
    assert "lets them in" in client.get("/law/norms/vcdr-22-1/").content.decode()


def test_the_search_of_the_house_finds_norms() -> None:
    assert "VCDR art. 24" in signed_in(given.operator("rso")).get("/search", {"q": "archives"}).content.decode()


def test_an_agreement_is_loaded_by_page_and_rows_left_out_are_said() -> None:
    client = signed_in(given.operator("rso"))
    file = SimpleUploadedFile("a.csv", CSV)
    page = client.post("/law/load/", {**FORM, "in_force_from": "2001-01-01", "file": file}).content.decode()
    assert "1 entered" in page
    assert "write one of sending_state" in page
    assert client.get("/law/norms/br-sy-4/").status_code == 200
    wrong = {**FORM, "in_force_from": "2001-01-01", "file": SimpleUploadedFile("a.csv", b"a,b\n")}
    assert "lacks id" in client.post("/law/load/", wrong).content.decode()


def test_an_agreement_is_loaded_over_the_api() -> None:
    client = signed_in(given.operator("rso"))
    row = {"id": "x-1", "article": "1", "owes": "mission", "owed_to": "both", "kind": "duty", "words": "Seal the bag."}
    body = {**FORM, "in_force_from": "2001-01-01", "norms": [{**row, "objects": ["bag", "courier"]}]}
    answer = client.post("/api/law/instruments", json.dumps(body), content_type="application/json")
    assert answer.json() == {"entered": 1, "ended": 0, "unchanged": 0, "left_out": []}
    (found,) = client.get("/api/law/norms", {"instrument": "br-sy"}).json()
    assert found["norm"]["objects"] == ["bag", "courier"]
    assert client.get("/api/law/norms/vcdr-24").json()["cited"] == "VCDR art. 24"


def run(*words: str) -> Any:
    return CliRunner().invoke(cli.app, list(words))


def test_the_terminal_searches_loads_and_shows(tmp_path: Any) -> None:
    found = json.loads(run("search", "archives", "--json").stdout)
    assert found[0]["code"] == "vcdr-24"
    file = tmp_path / "agreement.csv"
    file.write_bytes(CSV)
    told = ["--title", "Agreement", "--edition", "1", "--in-force-from", "2001-01-01", "--state", "sy", "--json"]
    done = run("load", str(file), "bilateral", "--instrument", "br-sy", *told)
    assert done.exit_code == 5
    assert json.loads(done.stdout)["entered"] == 1
    assert json.loads(run("norm", "br-sy-4", "--json").stdout)[0]["words"] == "Plates within ten days."
    assert json.loads(run("conventions", "--json").stdout)["vcdr"]["entered"] == 0
