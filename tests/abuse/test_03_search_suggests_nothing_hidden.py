"""Abuse 3: the search answers out of rows that the searcher may read, and out of none other."""

import pytest
from tests import given
from tests.abuse.given import signed_in

from legation.pages.panels import searches
from legation.platform.records import MarkedQuerySet

pytestmark = pytest.mark.django_db(transaction=True)


def found(actor, text: str) -> list[str]:
    return [answer.title + answer.detail for ask in searches().values() for answer in ask(actor, text)]


def test_no_prefix_leads_to_a_mission_out_of_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    given.keys()
    damascus, _ = given.missions()
    officer = given.operator("rso", scope=frozenset({damascus.pk}))
    for text in ("Be", "Bei", "Beirut", "Leb", "Lebanon", "%", "_e", "Q10272401"):
        assert not [line for line in found(officer, text) if "Beirut" in line or "Lebanon" in line]
    assert any("Damascus" in line or "Syria" in line for line in found(officer, "Dam"))
    monkeypatch.setattr(MarkedQuerySet, "visible_to", lambda self, actor: self.all())
    assert any("Beirut" in line or "Lebanon" in line for line in found(officer, "Bei")), "the control shows nothing"


def test_the_search_page_shows_what_the_rooms_answer_and_no_more() -> None:
    given.keys()
    damascus, _ = given.missions()
    officer = signed_in(given.operator("rso", scope=frozenset({damascus.pk})))
    page = officer.get("/search", {"q": "Beirut"})
    assert page.status_code == 200
    assert "Lebanon" not in page.content.decode()
