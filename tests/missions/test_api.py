"""Missions over HTTP: a list is loaded as the file it is, and loading it again changes nothing."""

import pytest
from tests import given
from tests.abuse.given import with_key

pytestmark = pytest.mark.django_db(transaction=True)

LIST = (
    "qid,type,operator,country,title,city,jurisdictions,address,latitude,longitude,website\n"
    "Q1,embassy,Brazil,Syria,Embassy of Brazil in Syria,Damascus,Syria,,33.51,36.28,\n"
    "Q2,embassy,Brazil,Lebanon,Embassy of Brazil in Lebanon,Beirut,Lebanon,,133.9,35.5,\n"
)


def test_a_list_is_loaded_from_the_body_and_bad_rows_are_named_with_line_and_advice() -> None:
    given.keys()
    client = with_key(given.operator("watch_officer"))
    first = client.generic("POST", "/api/missions/list", LIST.encode(), content_type="text/csv")
    assert first.status_code == 200, first.content
    assert first.json()["registered"] == 1
    assert [(row["line"], bool(row["advice"])) for row in first.json()["left_out"]] == [(3, True)]
    again = client.generic("POST", "/api/missions/list", LIST.encode(), content_type="text/csv").json()
    assert (again["registered"], again["amended"], again["unchanged"]) == (0, 0, 1)


def test_what_is_no_list_is_refused_as_a_problem_that_says_what_it_lacks() -> None:
    given.keys()
    client = with_key(given.operator("watch_officer"))
    answer = client.generic("POST", "/api/missions/list", b"a,b\n1,2\n", content_type="text/csv")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "lacks qid" in answer.json()["detail"]
