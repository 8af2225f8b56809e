"""Two versions out of one act: issued, corrected, read, reminded of, printed; and refused where they must be."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.intelligence.given import report, source
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.identity import Ref
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence import queries as signals
from legation.intelligence.cli import app
from legation.intelligence.models import Brief, Receipt
from legation.intelligence.queries import briefs as queries
from legation.intelligence.rules.briefs import Composed, Item, Recipient, Section, Span
from legation.missions import published as missions
from legation.platform import clock, personal
from legation.platform.authority.actor import Actor, Forbidden, NotVisible, ServiceAccount
from legation.platform.authority.actors import SERVICE_CLEARANCE, service
from legation.platform.authority.markings import intern
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.ledger.models import Entry
from legation.platform.subscribers import deliver_all
from legation.platform.writing import Urgency, writing
from legation.watch import queries as watch

pytestmark = pytest.mark.django_db(transaction=True)

GREEN, AMBER = Marking(tlp=Tlp.GREEN), Marking(Classification.RESTRICTED, Tlp.AMBER)
RED = Marking(Classification.SECRET, Tlp.RED)
SECRET_WORDS = "A member of the guard was approached"
NOW = parse_instant("2018-02-05T06:00Z")


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    with writing(Urgency.PERSON):
        clock.start_demonstration(NOW)
        for one in (GREEN, AMBER, RED, SERVICE_CLEARANCE):
            intern(one)  # an actor holds the markings that were in use when he was made


@pytest.fixture
def damascus() -> str:
    return given.missions()[0].pk


@pytest.fixture
def analyst(damascus: str) -> Actor:
    return given.operator("analyst")


OPEN_ITEM = Item(Section.HAPPENED, "Two shots were heard.", OPEN, "Shots near the market")
RED_ITEM = Item(Section.HAPPENED, SECRET_WORDS, RED, "Approach")
REWRITTEN = replace(RED_ITEM, below="Staff are reminded to report approaches.")


def made(*items: Item, **more: object) -> Composed:
    return Composed(Span.DAILY, "Daily brief, Damascus", items, NOW - timedelta(days=1), **more)  # type: ignore[arg-type]


def issued(analyst: Actor, at: str, composed: Composed) -> Brief:
    return actions.issue_brief(missions.claimed(analyst, at, "intelligence.issue_brief"), composed)


def test_a_brief_carries_the_marking_of_its_inputs_and_refuses_to_carry_less(analyst: Actor, damascus: str) -> None:
    with pytest.raises(Refused) as refused:
        issued(analyst, damascus, made(OPEN_ITEM, RED_ITEM, wanted=GREEN))
    assert refused.value.refusal.reason == "brief_above"
    assert refused.value.refusal.params["item"] == "Approach"
    assert not Brief.objects.visible_to(analyst).exists()
    assert queries.brief(analyst, issued(analyst, damascus, made(OPEN_ITEM, RED_ITEM)).pk).marking == RED


def test_a_line_about_an_occurrence_is_marked_as_that_is_whatever_its_author_states(
    analyst: Actor, damascus: str
) -> None:
    key = report(analyst, source("typed"), SECRET_WORDS, marking=AMBER)
    (seen,) = signals.lately(analyst)
    assert seen.key == key
    stated = Item(Section.HAPPENED, "Somebody asked.", OPEN, subject=str(Ref("Occurrence", key)))
    with pytest.raises(Refused):
        issued(analyst, damascus, made(stated, wanted=GREEN))
    assert queries.brief(analyst, issued(analyst, damascus, made(stated)).pk).marking == AMBER
    gone = replace(stated, subject="Occurrence/" + "0" * 32)
    with pytest.raises(Refused):
        issued(analyst, damascus, made(gone))


def test_both_versions_come_of_one_act_and_who_may_read_the_lower_one_learns_of_no_other(
    analyst: Actor, damascus: str
) -> None:
    issued(analyst, damascus, made(RED_ITEM))
    whole = issued(analyst, damascus, made(OPEN_ITEM, REWRITTEN, RED_ITEM, line=GREEN))
    reader = given.operator("staff", clearance=GREEN)
    (lower,) = queries.briefs(reader)
    assert whole.below == lower.pk
    assert (whole.number, lower.number) == (2, 1), "counted at its own marking: no gap tells of the others"
    assert [one.text for one in lower.parts] == [OPEN_ITEM.text, REWRITTEN.below]
    assert SECRET_WORDS not in json.dumps(lower.lines)
    with pytest.raises(NotVisible):
        queries.brief(reader, whole.pk)
    assert whole.pk in {row.pk for row in queries.briefs(analyst)}
    assert lower.pk not in {row.pk for row in queries.briefs(analyst)}
    assert Entry.objects.filter(fact="intelligence.BriefIssued/1").count() == 2, "one act, one entry, both versions"


def test_what_is_released_is_recorded_with_both_markings_and_who_answers_for_it(analyst: Actor, damascus: str) -> None:
    from legation.intelligence.events.briefs import BriefIssued
    from legation.platform.ledger import log

    issued(analyst, damascus, made(OPEN_ITEM, REWRITTEN, line=GREEN))
    fact = log.open_body(Entry.objects.order_by("-pk")[0]).read(BriefIssued)
    (one,) = fact.released
    assert (one.from_marking, one.to_marking, one.sentence, one.by) == (
        str(RED), str(GREEN), REWRITTEN.below, analyst.id,
    )  # fmt: skip


def test_who_is_not_cleared_or_not_an_analyst_issues_nothing(damascus: str) -> None:
    uncleared = given.operator("analyst", name="low", clearance=AMBER)
    with pytest.raises(Refused):
        issued(uncleared, damascus, made(RED_ITEM))
    with pytest.raises(Refused):
        issued(uncleared, damascus, made(OPEN_ITEM, wanted=RED))
    with pytest.raises(Forbidden):
        issued(given.operator("watch_officer"), damascus, made(OPEN_ITEM))


def test_a_correction_is_a_new_edition_that_says_what_changed_and_the_first_stays(
    analyst: Actor, damascus: str
) -> None:
    first = issued(analyst, damascus, made(OPEN_ITEM, REWRITTEN, line=GREEN))
    again = made(replace(OPEN_ITEM, text="Three shots."), REWRITTEN, line=GREEN)
    claimed = claim(Brief, first.pk, "intelligence.correct_brief", analyst)
    with pytest.raises(Refused):
        actions.correct_brief(claimed, again, change=" ")
    second = actions.correct_brief(claimed, again, change="The guard counted three")
    assert (second.number, second.edition, second.corrects) == (first.number, 2, first.pk)
    assert queries.brief(analyst, first.pk).later == second.pk
    assert queries.brief(analyst, first.pk).row.parts[0].text == OPEN_ITEM.text
    reader = given.operator("staff", clearance=GREEN)
    lower = queries.brief(reader, second.below).row
    assert (lower.corrects, lower.edition, lower.change) == (first.below, 2, "Corrected")
    with pytest.raises(Refused):
        actions.correct_brief(claimed, again, change="Once more")
    with pytest.raises(Refused):
        actions.correct_brief(claim(Brief, second.below, "intelligence.correct_brief", analyst), again, change="x")


def test_each_reader_gets_the_version_he_may_read_and_is_reminded_until_he_says_so(
    analyst: Actor, damascus: str
) -> None:
    head = given.operator("head_of_mission")
    staff = given.operator("staff", clearance=GREEN)
    to = (Recipient(role="head_of_mission"), Recipient(operator=staff.id), Recipient(outsider="Ana", note="by hand"))
    whole = issued(analyst, damascus, made(OPEN_ITEM, REWRITTEN, line=GREEN, recipients=to))
    own, lower = queries.own_receipt(head, whole.pk), queries.own_receipt(staff, whole.below)
    assert own is not None
    assert lower is not None
    assert Deadline.objects.filter(kind=actions.UNREAD).count() == 2
    actions.open_brief(claim(Receipt, own.pk, "intelligence.open_brief", head))
    read = actions.acknowledge_brief(claim(Receipt, own.pk, "intelligence.acknowledge_brief", head))
    assert read.opened_at == read.read_at == NOW
    with pytest.raises(NotVisible):
        actions.acknowledge_brief(claim(Receipt, lower.pk, "intelligence.acknowledge_brief", head))
    for _hour in range(5):
        with writing(Urgency.PERSON):
            clock.advance(clock.as_of() + timedelta(hours=5))
        fire_due(clock.as_of())
    deliver_all()
    reminded = queries.own_receipt(staff, whole.below)
    assert reminded is not None
    assert reminded.reminded == 3, "a fourth would train people to overlook it"
    (alarm,) = [one.row for one in watch.queue(analyst) if one.row.kind == "intelligence.brief_waits"]
    assert alarm.params == {}
    assert Ref(alarm.subject_type, alarm.subject_id) == Ref("Brief", whole.below)


def test_an_outsider_is_named_in_a_part_of_his_own_and_forgotten_on_asking(analyst: Actor, damascus: str) -> None:
    whole = issued(analyst, damascus, made(OPEN_ITEM, recipients=(Recipient(outsider="Ana Lima", note="by hand"),)))
    (row,) = queries.receipts(analyst, whole)
    assert "Ana" not in json.dumps(str(row.to_value()))
    assert personal.held_about(analyst, row.ref)["intelligence.briefs"]
    from legation.intelligence.panels.briefs import forget

    (emptied,) = forget(row.ref).changed
    assert isinstance(emptied, Receipt)
    assert (emptied.name, emptied.note) == ("", "")
    assert not forget(Ref("Person", "0" * 32)).changed


def test_a_named_reader_who_may_read_neither_version_is_refused_by_name(analyst: Actor, damascus: str) -> None:
    low = given.operator("staff", name="Low", clearance=OPEN)
    with pytest.raises(Refused) as refused:
        issued(analyst, damascus, made(RED_ITEM, recipients=(Recipient(operator=low.id),)))
    assert refused.value.refusal.params == {"name": "Low"}


def test_pages_show_each_reader_his_version_and_the_copy_register_says_whose_a_page_is(
    analyst: Actor, damascus: str
) -> None:
    staff = given.operator("staff", clearance=GREEN)
    whole = issued(
        analyst, damascus, made(OPEN_ITEM, REWRITTEN, line=GREEN, recipients=(Recipient(operator=staff.id),))
    )
    high, low = signed_in(analyst), signed_in(staff)
    assert SECRET_WORDS in high.get(reverse("brief", args=[whole.pk])).content.decode()
    page = low.get(reverse("brief", args=[whole.below])).content.decode()
    assert SECRET_WORDS not in page
    assert REWRITTEN.below in page
    hidden, absent = (low.get(reverse("brief", args=[key])) for key in (whole.pk, "0" * 32))
    assert hidden.status_code == absent.status_code == 404
    receipt = queries.own_receipt(staff, whole.below)
    assert receipt is not None
    assert receipt.opened_at is not None, "opening is noted"
    low.post(reverse("brief-read", args=[whole.below]), follow=True)
    assert queries.waiting_for(staff) == []
    answer = low.post(reverse("brief-print", args=[whole.below]))
    assert answer["Content-Type"] == "application/pdf", answer.content[:900]
    copy = queries.copies(analyst, queries.brief(analyst, whole.below).row)[0]
    found = high.get(reverse("brief-copies"), {"copy": copy.pk}).content.decode()
    assert staff.name in found
    assert low.get(reverse("brief-copies"), {"copy": copy.pk}).status_code == 403
    assert "Correct" in high.get(reverse("brief-correct", args=[whole.pk])).content.decode()
    form = {"change": "Said better", "text-0": "Shots were heard."}
    second = high.post(reverse("brief-correct", args=[whole.pk]), form, follow=True).content.decode()
    assert "Shots were heard." in second
    assert "Said better" in second
    assert "Daily brief" in high.get(reverse("briefs")).content.decode()


def test_the_api_and_the_command_issue_show_and_print_the_same(
    analyst: Actor, damascus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {
        "title": "Daily brief", "mission": damascus, "line": "TLP:GREEN",
        "items": [
            {"text": "Two shots.", "title": "Shots", "likelihood": "likely"},
            {"text": SECRET_WORDS, "marking": str(RED), "below": "Report approaches."},
        ],
        "recipients": [{"role": "analyst"}],
    }  # fmt: skip
    client = with_key(analyst)
    key = client.post("/api/intelligence/briefs", body, content_type="application/json").json()["id"]
    shown = client.get(f"/api/intelligence/briefs/{key}").json()
    assert (shown["marking"], len(shown["lines"])) == (str(RED), 2)
    assert client.get("/api/intelligence/briefs").json()[0]["id"] == key
    pdf = client.post(f"/api/intelligence/briefs/{key}/print")
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    assert all(pdf["Legation-Copy"] in page.extract_text() for page in pages)
    assert client.get(f"/api/intelligence/briefs/copies/{pdf['Legation-Copy']}").json()["reader"] == analyst.name
    assert client.post(f"/api/intelligence/briefs/{key}/read").status_code == 200
    again = {"brief": body, "change": "A word"}
    corrected = client.post(f"/api/intelligence/briefs/{key}/correct", again, content_type="application/json")
    assert corrected.status_code == 201
    refused = client.post(
        "/api/intelligence/briefs", body | {"marking": "TLP:GREEN"}, content_type="application/json"
    ).json()
    assert "cannot carry" in refused["detail"]
    _commands(analyst, body, tmp_path, monkeypatch)


def _commands(analyst: Actor, body: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.intelligence.cli.brief.at_terminal", lambda: analyst)
    run, file = CliRunner(), tmp_path / "brief.json"
    file.write_text(json.dumps(body))
    done = json.loads(run.invoke(app, ["brief", "issue", str(file), "--mission", "Damascus", "--json"]).output)
    seen = json.loads(run.invoke(app, ["brief", "show", done["id"], "--json"]).output)
    assert seen["number"] == done["number"] == 2
    listed = json.loads(run.invoke(app, ["brief", "list", "--json"]).output)
    assert done["id"] in {one["id"] for one in listed}
    out = tmp_path / "brief.pdf"
    printed = json.loads(run.invoke(app, ["brief", "print", done["id"], str(out), "--json"]).output)
    assert out.read_bytes().startswith(b"%PDF")
    assert json.loads(run.invoke(app, ["brief", "copy", printed["copy"], "--json"]).output)["reader"] == analyst.name
    assert json.loads(run.invoke(app, ["brief", "read", done["id"], "--json"]).output)["read_at"]
    corrected = run.invoke(app, ["brief", "correct", done["id"], str(file), "--change", "A word", "--json"])
    assert json.loads(corrected.output)["edition"] == 2


def test_a_copy_has_the_id_of_the_entry_that_recorded_it_and_a_reader_who_has_read_is_left_alone(
    analyst: Actor, damascus: str
) -> None:
    whole = issued(analyst, damascus, made(OPEN_ITEM, recipients=(Recipient(operator=analyst.id),)))
    copy = actions.print_brief(claim(Brief, whole.pk, "intelligence.print_brief", analyst))
    assert Entry.objects.get(entry_id=copy.pk).fact == "intelligence.BriefPrinted/1"
    receipt = queries.own_receipt(analyst, whole.pk)
    assert receipt is not None
    actions.acknowledge_brief(claim(Receipt, receipt.pk, "intelligence.acknowledge_brief", analyst))
    worker = service(ServiceAccount.WORKER)
    assert actions.remind_brief(claim(Receipt, receipt.pk, "intelligence.remind_brief", worker)).reminded == 0


def test_a_brief_of_the_whole_service_belongs_to_no_mission(analyst: Actor) -> None:
    row = actions.issue_brief(claim_house("intelligence.issue_brief", analyst), made(OPEN_ITEM))
    assert row.mission_id is None
    assert "waits" not in signed_in(analyst).get("/").content.decode()
    assert queries.current(analyst)[0].row.pk == row.pk
