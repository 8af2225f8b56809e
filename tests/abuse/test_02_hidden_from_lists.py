"""Abuse 2: what one may not read is absent from lists, counts, totals and search, on pages and over the API."""

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key

from legation.platform.records import MarkedQuerySet

pytestmark = pytest.mark.django_db(transaction=True)

HIDDEN = ("Beirut", "Lebanon", "Q10272401")


def officer_of_damascus():
    given.keys()
    damascus, _ = given.missions()
    return given.operator("rso", scope=frozenset({damascus.pk}))


@pytest.mark.parametrize("path", ["/missions/", "/missions/?text=e", "/missions/?state=Brazil", "/"])
def test_a_mission_out_of_scope_stands_on_no_page(path: str) -> None:
    page = signed_in(officer_of_damascus()).get(path)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Damascus" in text
    assert not [word for word in HIDDEN if word in text]


def test_a_mission_out_of_scope_is_in_no_answer_of_the_api() -> None:
    client = with_key(officer_of_damascus())
    rows = client.get("/api/missions/").json()
    assert [row["city"] for row in rows] == ["Damascus"]
    assert not [word for word in HIDDEN if word in client.get("/api/missions/?text=a").content.decode()]


def test_without_the_filter_it_would_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with `visible_to` switched off the same requests show the hidden mission."""
    client = with_key(officer_of_damascus())
    monkeypatch.setattr(MarkedQuerySet, "visible_to", lambda self, actor: self.all())
    assert len(client.get("/api/missions/").json()) == 2
