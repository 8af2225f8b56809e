"""The same acts by the API and at the terminal: a request from its draft to the judgement, an entry, a printed note."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests import given
from tests.abuse.given import with_key
from tests.law.given import conventions
from typer.testing import CliRunner

from legation.foundations.markings import Classification, Marking, Tlp
from legation.law import cli
from legation.law.actions.host import CEILING
from legation.law.models import HostNote
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.markings import intern

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def damascus() -> Mission:
    given.keys()
    conventions()
    for marking in (CEILING, Marking(Classification.RESTRICTED, Tlp.AMBER)):
        intern(marking)
    return given.missions()[0]


def posted(client: Client, path: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"/api/law/{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_request_takes_its_course_over_the_api(damascus: Mission) -> None:
    client = with_key(given.operator("rso"))
    row = posted(client, f"host/{damascus.pk}/requests", kind="escort", norm="vcdr-29", subject="Convoy to the border")
    note = posted(client, f"host/requests/{row['id']}/notes", step="number", language="fr", concerns="Convoi")
    assert "présente ses compliments" in note["texts"]["fr"]["paragraphs"][0]
    at = clock.as_of().isoformat()
    assert posted(client, f"host/requests/{row['id']}/deliver", means="by_hand", at=at)["state"] == "delivered"
    assert posted(client, f"host/requests/{row['id']}/answer", text="Granted")["state"] == "answered"
    assert posted(client, f"host/requests/{row['id']}/judge", verdict="kept", why="Four cars came")["state"] == "kept"
    assert client.get("/api/law/host/requests").json() == []
    assert [one["numbered"][:3] for one in client.get(f"/api/law/host/requests/{row['id']}/notes").json()] == ["001"]
    wrong = json.dumps({"to": "capital"})
    answer = client.post(f"/api/law/host/requests/{row['id']}/escalate", wrong, content_type="application/json")
    assert answer.status_code == 409
    assert "does not follow" in answer.json()["detail"]


def test_an_entry_is_logged_over_the_api(damascus: Mission) -> None:
    client = with_key(given.operator("staff"))
    row = posted(
        client, f"entries/{damascus.pk}", part="offices", emergency="fire", officials=[["Haddad", "Fire brigade"]]
    )
    assert (row["allowed"], row["norm"]) == (False, "vcdr-22-1")
    assert posted(client, f"entries/{row['id']}/entered")["state"] == "inside"
    assert posted(client, f"entries/{row['id']}/left")["state"] == "left"
    assert len(client.get("/api/law/entries").json()) == 1


def test_the_terminal_does_the_same(damascus: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rso = given.operator("rso")
    for module in ("legation.law.cli.host",):
        monkeypatch.setattr(f"{module}.at_terminal", lambda: rso)

    def legation(*words: str) -> str:
        done = CliRunner().invoke(cli.app, ["host", *words])
        assert done.exit_code == 0, done.output
        return done.output.strip()

    key = legation("request", "Damascus", "police_protection", "Two officers at the gate")
    assert legation("number", key, "ar").startswith("001/")
    assert "expected by" in legation("deliver", key, "courier", "--receipt", "41")
    note = HostNote.objects.get()
    file = tmp_path / "note.pdf"
    legation("print", note.pk, "ar", str(file))
    assert file.read_bytes().startswith(b"%PDF")
    legation("answer", key, "Agreed", "--promised", "two officers", "--by", "2030-01-01")
    legation("judge", key, "partly_kept", "One officer came")
    (row,) = json.loads(legation("list", "--json"))
    assert row["state"] == "partly_kept"
    assert row["next"] == "remind"
    pack = tmp_path / "pack.txt"
    legation("pack", key, str(pack))
    assert pack.read_bytes().startswith(b"legation-ledger-export/1")
    assert "They may not enter" in legation("enter", "Damascus", "--emergency", "fire")
    assert json.loads(legation("entries", "--json"))[0]["allowed"] is False
    assert CliRunner().invoke(cli.app, ["host", "judge", key, "drafted", "no verdict"]).exit_code == 3
