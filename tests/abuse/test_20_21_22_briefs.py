"""Abuse 20, 21, 22: a template pulls RED into GREEN; a notice tells what it is about; paper leaves without a name."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from tests import given
from tests.abuse.given import signed_in

from legation.foundations.decisions import Grant, Refused
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.intelligence import actions
from legation.intelligence.models import Brief, Receipt
from legation.intelligence.queries import briefs as queries
from legation.intelligence.rules import briefs as rules
from legation.intelligence.rules.briefs import Composed, Item, Recipient, Section, Span
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import SERVICE_CLEARANCE, of_operator
from legation.platform.authority.markings import intern
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim
from legation.platform.egress import paper
from legation.platform.ledger import log
from legation.platform.ledger.models import Entry
from legation.platform.writing import Urgency, writing

pytestmark = pytest.mark.django_db(transaction=True)

GREEN, RED = Marking(tlp=Tlp.GREEN), Marking(Classification.SECRET, Tlp.RED)
CANARY = "Kestrel-canary-7731"
OPEN_ITEM = Item(Section.HAPPENED, "Two shots were heard.", OPEN, "Shots")
RED_ITEM = Item(Section.HAPPENED, f"{CANARY} was approached.", RED, f"Approach {CANARY}", subject="Signal/x")


@pytest.fixture
def damascus() -> str:
    given.keys()
    with writing(Urgency.PERSON):
        for one in (GREEN, RED, SERVICE_CLEARANCE):
            intern(one)
    return given.missions()[0].pk


def issued(at: str, *items: Item, **more: object) -> Brief:
    analyst = given.operator("analyst", name=f"analyst {Operator.objects.count()}")
    made = Composed(Span.DAILY, "Daily", items, clock.as_of() - timedelta(days=1), **more)  # type: ignore[arg-type]
    return actions.issue_brief(missions.claimed(analyst, at, "intelligence.issue_brief"), made)


def pages_of(reader: Actor, brief: Brief) -> list[str]:
    answer = signed_in(reader).post(f"/intelligence/briefs/{brief.pk}/print/")
    assert answer["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_20_a_green_brief_that_holds_a_red_paragraph_is_refused(damascus: str) -> None:
    with pytest.raises(Refused):
        issued(damascus, OPEN_ITEM, RED_ITEM, wanted=GREEN)
    assert not Brief.objects.exists()


def test_20_control_without_the_rule_the_red_paragraph_would_stand_in_a_green_brief(
    damascus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "may_carry", lambda items, wanted: Grant("off"))
    leaked = issued(damascus, OPEN_ITEM, RED_ITEM, wanted=GREEN)
    assert CANARY in str(queries.brief(given.operator("staff", clearance=GREEN), leaked.pk).row.lines)


def test_20_below_the_line_no_page_answer_or_paper_holds_what_is_above(damascus: str) -> None:
    whole = issued(damascus, OPEN_ITEM, replace(RED_ITEM, below="Report approaches."), RED_ITEM, line=GREEN)
    reader = given.operator("rso", clearance=GREEN)
    lower = Brief.objects.get(pk=whole.below)
    client = signed_in(reader)
    seen = [
        client.get(path).content.decode()
        for path in ("/", "/intelligence/briefs/", f"/intelligence/briefs/{lower.pk}/")
    ]
    text = " ".join([*seen, *pages_of(reader, lower)])
    assert CANARY not in text
    assert whole.pk not in text
    assert client.get(f"/intelligence/briefs/{whole.pk}/").status_code == 404
    assert client.post(f"/intelligence/briefs/{whole.pk}/print/").status_code == 404
    assert any(CANARY in page for page in pages_of(given.operator("head_of_mission"), whole)), "the control"


def test_21_a_notice_says_that_a_brief_waits_and_nothing_of_it(damascus: str) -> None:
    head = given.operator("head_of_mission")
    whole = issued(damascus, RED_ITEM, recipients=(Recipient(operator=head.id),))
    receipt = Receipt.objects.get(brief=whole.pk)
    worker = of_worker()
    actions.remind_brief(claim(Receipt, receipt.pk, "intelligence.remind_brief", worker))
    entry = Entry.objects.get(fact="intelligence.BriefReminded/1")
    (alarm,) = [word for word in log.open_body(entry).spoken() if word.__class__.__name__ == "Alarm"]
    assert CANARY not in str(alarm)
    assert alarm.params == {}  # type: ignore[union-attr]
    assert CANARY not in str(log.open_body(entry))


def of_worker() -> Actor:
    from legation.platform.authority.actor import ServiceAccount
    from legation.platform.authority.actors import service

    return service(ServiceAccount.WORKER)


def test_22_every_page_carries_the_marking_the_copy_and_the_reader_and_no_two_copies_are_alike(damascus: str) -> None:
    many = [replace(OPEN_ITEM, text="Two shots were heard near the market. " * 12) for _ in range(30)]
    whole = issued(damascus, *many, RED_ITEM)
    first, second = given.operator("head_of_mission"), given.operator("rso")
    texts = {reader.name: pages_of(reader, whole) for reader in (first, second)}
    rows = {row.reader_name: row for row in queries.copies(first, whole)}
    for reader in (first, second):
        assert len(texts[reader.name]) > 1
        for page in texts[reader.name]:
            assert page.count(str(RED)) >= 2, "above and below"
            assert rows[reader.name].pk in page
            assert reader.name in " ".join(page.split())
    assert rows[first.name].pk != rows[second.name].pk
    found, seen = queries.copy(again(first), rows[second.name].pk)
    assert (found.reader_name, seen.row.pk) == (second.name, whole.pk)
    assert Entry.objects.filter(entry_id=found.pk, fact="intelligence.BriefPrinted/1").exists()


def again(actor: Actor) -> Actor:
    return of_operator(Operator.objects.get(pk=actor.id.removeprefix("operator/")))


def test_22_control_without_the_margins_a_page_would_say_nothing_of_itself(
    damascus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "_margins", lambda sheet: "")
    whole = issued(damascus, RED_ITEM)
    reader = given.operator("head_of_mission")
    copy = pages_of(reader, whole)[0]
    (row,) = queries.copies(reader, whole)
    assert row.pk not in copy
