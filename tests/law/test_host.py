"""A request to the host state takes its course by acts; what is not kept shows, and nothing of ours leaves."""

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests import given
from tests.abuse.given import signed_in
from tests.law.given import conventions

from legation.foundations.decisions import Refused
from legation.foundations.markings import Classification, Marking, Tlp
from legation.law.actions import host as actions
from legation.law.events.host import HandoverMeans, Language, Raised, RequestKind, RequestState, Step, Wording
from legation.law.links import pack
from legation.law.models import HostNote, HostRequest
from legation.law.queries import host as queries
from legation.law.web import note_paper
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, NotVisible, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.markings import intern
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.egress.paper import NotPrinted
from legation.platform.ledger.models import SealedPart, WordRow
from legation.platform.secrets import keyfiles, node
from legation.platform.subscribers import deliver_all
from legation.watch.models import QueuedAlarm

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
INTERNAL = Marking(Classification.CONFIDENTIAL, Tlp.AMBER)
ASSESSMENT = "The post commander is unreliable and leaves at night."
VERIFIER = Path(__file__).parents[2] / "verify_ledger.py"


class Now:
    at = START

    def plays(self, **more: float) -> None:
        """Some time goes by; what falls due fires and is heard."""
        self.at += timedelta(**more)
        fire_due(self.at)
        deliver_all()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    moving = Now()
    monkeypatch.setattr(clock, "as_of", lambda: moving.at)
    return moving


@pytest.fixture
def damascus(now: Now) -> Mission:
    given.keys()
    conventions()
    for marking in (INTERNAL, actions.CEILING):
        intern(marking)  # an actor knows the markings in use when he came in
    return given.missions()[0]


@pytest.fixture
def rso(damascus: Mission) -> Actor:
    return given.operator("rso")


def asked(rso: Actor, mission: Mission, kind: RequestKind = RequestKind.POLICE_PROTECTION) -> HostRequest:
    claimed = claim(Mission, mission.pk, "law.ask_host", rso)
    stated = actions.Asked(kind, "vcdr-22-2", "Two officers at the chancery gate", ASSESSMENT)
    return actions.ask_host(claimed, stated, marking=INTERNAL)


def numbered(rso: Actor, row: HostRequest, step: Step = Step.NUMBER, **words: str) -> HostNote:
    wordings = {Language.AR: Wording(**words), Language.FR: Wording(**words)}
    return actions.number_note(claim(HostRequest, row.pk, "law.number_note", rso), step, wordings)


def delivered(rso: Actor, row: HostRequest, at: datetime) -> HostRequest:
    how = actions.HandedOver(HandoverMeans.BY_HAND, at, "stamp 41", "Mr Haddad", "Protocol")
    return actions.deliver_note(claim(HostRequest, row.pk, "law.deliver_note", rso), how)


def judged(rso: Actor, row: HostRequest, verdict: RequestState) -> HostRequest:
    return actions.judge_promise(claim(HostRequest, row.pk, "law.judge_promise", rso), verdict, why="Seen on Monday")


def answered(rso: Actor, row: HostRequest, **said: Any) -> HostRequest:
    return actions.record_answer(
        claim(HostRequest, row.pk, "law.record_answer", rso), actions.Answered("Agreed", "Two officers", **said)
    )


def test_numbers_of_a_mission_and_year_have_no_gap(now: Now, rso: Actor, damascus: Mission) -> None:
    first = claim(HostRequest, asked(rso, damascus).pk, "law.number_note", rso)
    assert actions.number_note(first, Step.NUMBER, {}, first=14).numbered == "014/2018"
    with pytest.raises(Refused, match="step_does_not_follow"):
        actions.number_note(first, Step.NUMBER, {})
    with pytest.raises(Refused, match="internal_words"):
        numbered(rso, asked(rso, damascus), paragraph="Your post commander is UNRELIABLE and leaves at night!")
    assert numbered(rso, asked(rso, damascus)).numbered == "015/2018"
    now.at = datetime(2019, 1, 2, tzinfo=UTC)
    assert numbered(rso, asked(rso, damascus)).numbered == "001/2019"
    beirut = Mission.objects.get(city="Beirut")
    assert numbered(rso, asked(rso, beirut)).numbered == "001/2019", "each mission has its own row"


def test_silence_is_called_and_goes_up_by_the_houses_clock(now: Now, rso: Actor, damascus: Mission) -> None:
    row = asked(rso, damascus)
    numbered(rso, row)
    delivered(rso, row, now.at)
    now.plays(days=2)
    assert not QueuedAlarm.objects.exists()
    now.plays(days=1, minutes=1)
    alarm = QueuedAlarm.objects.get()
    assert (alarm.kind, alarm.severity) == ("law.host_late_remind", 1)
    assert queries.shown(rso, row.pk).step is Step.REMIND
    now.plays(days=3)
    assert sorted(QueuedAlarm.objects.values_list("severity", flat=True)) in ([2], [1, 2]), "left lying: serious"
    reminder = numbered(rso, row, Step.REMIND)
    assert "012/2018" not in str(reminder.texts)
    assert "001/2018" in str(reminder.texts["fr"]["paragraphs"])
    with pytest.raises(Refused, match="note_not_delivered"):
        numbered(rso, row, Step.REMIND)
    delivered(rso, row, now.at)
    now.plays(days=4)
    assert queries.shown(rso, row.pk).step is Step.ESCALATE
    actions.escalate_host(claim(HostRequest, row.pk, "law.escalate_host", rso), Raised.CAPITAL, note="told")
    now.plays(days=4)
    assert queries.shown(rso, row.pk).step is Step.PROTEST
    assert numbered(rso, row, Step.PROTEST).form == "protest"
    assert HostRequest.objects.get().state == RequestState.PROTESTED


def test_an_answer_settles_the_deadline_and_a_promise_is_looked_at_on_its_day(
    now: Now, rso: Actor, damascus: Mission
) -> None:
    row = asked(rso, damascus)
    numbered(rso, row)
    delivered(rso, row, now.at)
    now.plays(days=1)
    answered(rso, row, promised_by=(now.at + timedelta(days=2)).date())
    assert Deadline.objects.get(fired_at=None).kind == "law.promise_due"
    now.plays(days=3)
    assert QueuedAlarm.objects.get().kind == "law.host_late_judge"


def test_what_is_not_kept_is_evidence_until_it_is_made_good(now: Now, rso: Actor, damascus: Mission) -> None:
    row = asked(rso, damascus)
    numbered(rso, row)
    delivered(rso, row, now.at)
    answered(rso, row)
    judged(rso, row, RequestState.NOT_KEPT)
    word = WordRow.objects.get(word="evidence", current=True)
    assert (word.aspect, word.threat, word.strength) == ("vulnerability", "civil_unrest", 8)
    assert [(cited, t.asked, t.kept, t.not_kept) for cited, t in queries.record(rso)] == [("VCDR art. 22(2)", 1, 0, 1)]
    judged(rso, row, RequestState.PARTLY_KEPT)
    assert WordRow.objects.get(word="evidence", current=True).strength == 4
    judged(rso, row, RequestState.KEPT)
    assert not WordRow.objects.filter(word="evidence", current=True).exists()
    with pytest.raises(Refused, match="verdict_without_reason"):
        actions.judge_promise(claim(HostRequest, row.pk, "law.judge_promise", rso), RequestState.NOT_KEPT, why=" ")


def test_who_took_a_note_in_is_personal_and_apart(now: Now, rso: Actor, damascus: Mission) -> None:
    row = asked(rso, damascus)
    note = numbered(rso, row)
    delivered(rso, row, now.at)
    assert SealedPart.objects.get(type="HostOfficial").key == note.pk
    assert "Haddad" not in str(HostNote.objects.get().to_value())


def test_a_withdrawn_request_is_asked_no_more(rso: Actor, damascus: Mission) -> None:
    row = asked(rso, damascus)
    actions.withdraw_request(claim(HostRequest, row.pk, "law.withdraw_request", rso), why="No longer needed")
    assert queries.requests(rso) == []
    assert [one.row.pk for one in queries.requests(rso, closed=True)] == [row.pk]
    with pytest.raises(Refused):
        numbered(rso, row)


def test_who_is_not_cleared_for_a_request_sees_neither_it_nor_its_notes(
    now: Now, rso: Actor, damascus: Mission
) -> None:
    row = asked(rso, damascus)
    note = numbered(rso, row)
    low = given.operator("watch_officer", clearance=Marking(Classification.RESTRICTED, Tlp.AMBER))
    assert queries.requests(low) == []
    with pytest.raises(NotVisible):
        queries.shown(low, row.pk)
    with pytest.raises(NotVisible):
        queries.note(low, note.pk)
    with pytest.raises(Forbidden):
        claim(HostRequest, row.pk, "law.judge_promise", given.operator("auditor"))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def printed(rso: Actor, note: HostNote, language: Language, *, outward: bool = True) -> str:
    copy = actions.print_note(claim(HostNote, note.pk, "law.print_note", rso), language, outward=outward)
    return text_of(note_paper.pdf(HostNote.objects.get(pk=note.pk), note_paper.Copy(language, copy, outward), rso))


def test_a_note_prints_in_french_and_arabic_and_the_copy_that_leaves_names_no_reader(
    rso: Actor, damascus: Mission
) -> None:
    note = numbered(rso, asked(rso, damascus), concerns="12, rue Abou Roummaneh")
    french = printed(rso, note, Language.FR)
    assert "présente ses compliments" in " ".join(french.split())
    assert "N° 001/2018" in french
    assert "12, rue Abou Roummaneh" in " ".join(french.split())
    assert rso.name not in french
    assert "TLP" not in french
    filed = printed(rso, note, Language.FR, outward=False)
    assert filed.count("UNCLASSIFIED // TLP:GREEN") == 2
    assert rso.name in filed
    arabic = printed(rso, note, Language.AR)
    assert "001/2018" in arabic, "the number reads from left to right"
    assert len([c for c in arabic if "\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufeff"]) > 400
    with pytest.raises(Refused, match="note_not_worded"):
        printed(rso, note, Language.ES)


def test_nothing_of_the_assessment_and_nothing_above_the_ceiling_leaves(rso: Actor, damascus: Mission) -> None:
    note = numbered(rso, asked(rso, damascus), paragraph="Two officers at all hours")
    assert "unreliable" not in printed(rso, note, Language.FR)
    assert "unreliable" not in str(note.to_value())
    note.marking_id = HostRequest.objects.get().marking_id
    with pytest.raises(NotPrinted, match="not handed over"):
        note_paper.pdf(note, note_paper.Copy(Language.FR, "copy", outward=True), rso)
    assert note_paper.pdf(note, note_paper.Copy(Language.FR, "copy", outward=False), rso), "the control: for the file"


@pytest.fixture
def on_disk(now: Now, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mission]:
    """A node whose keys and attachments lie in a folder."""
    given.keys()
    monkeypatch.setattr(keyfiles.create, "__kwdefaults__", {"passphrase": None, "cost": 2**4})
    node.forget()
    node.create(tmp_path / "home", tmp_path / "keys", kind="real", passphrase="correct horse")
    for marking in (INTERNAL, actions.CEILING):
        intern(marking)
    yield given.missions()[0]
    node.forget()


def test_the_evidence_pack_opens_the_whole_course_and_is_verified_without_us(
    on_disk: Mission, now: Now, tmp_path: Path
) -> None:
    rso = given.operator("rso")
    row, other = asked(rso, on_disk), asked(rso, on_disk, RequestKind.ESCORT)
    numbered(rso, row)
    how = actions.HandedOver(HandoverMeans.COURIER, now.at)
    receipt = (io.BytesIO(b"%PDF-1.4 receipt"), "receipt.pdf")
    actions.deliver_note(claim(HostRequest, row.pk, "law.deliver_note", rso), how, receipt)
    (document,) = queries.attachments(rso, row)
    file = tmp_path / "pack.txt"
    with pack.write(claim(HostRequest, row.pk, "law.take_pack", rso)) as written:
        file.write_bytes(written.read())
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(file)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
    opened = file.read_text().count("\nopen/1 ")
    assert opened == len(queries.course(rso, row)) + 1, "its own entries and the first of all"
    assert other.pk not in {str(entry.entry_id) for entry in queries.course(rso, row)}
    assert document.sha256
    file.write_bytes(file.read_bytes().replace(b"open/1 ", b"open/1 1", 1))
    again = subprocess.run([sys.executable, "-I", str(VERIFIER), str(file)], capture_output=True, check=False)
    assert again.returncode != 0, "the control: an altered pack is found"


def test_the_pages_lead_from_asking_to_the_printed_note(rso: Actor, damascus: Mission) -> None:
    client = signed_in(rso)
    page = client.get(f"/law/host/at/{damascus.pk}/", {"kind": "bag_clearance"}).content.decode()
    assert "vcdr-27-3" in page
    assert "within 2 days" in page
    form = {"kind": "bag_clearance", "norm": "vcdr-27-3", "subject": "Bag 7", "marking": "RESTRICTED // TLP:AMBER"}
    where = client.post(f"/law/host/at/{damascus.pk}/", form)["Location"]
    words = {"step": "number", "language": "en", "paragraph": "<img src=http://169.254.169.254>"}
    at = client.post(f"{where}number/", words)["Location"]
    assert "&lt;img src=http://169.254.169.254&gt;" in client.get(at).content.decode()
    printed = client.post(f"{at}print/", {"language": "en", "as": "pdf"})
    assert printed["Content-Type"] == "application/pdf"
    assert "<img src=http://169.254.169.254>" in text_of(printed.content), "abuse case 43: it prints literally"
    shown = client.post(f"{at}print/", {"language": "en", "as": "view"}).content.decode()
    assert "&lt;img src=http://169.254.169.254&gt;" in shown
    assert client.post(f"{at}word/", {"language": "es", "concerns": "Valija 7"}).status_code == 302
    assert "saluda muy atentamente" in client.get(at).content.decode()
    assert client.post(f"{where}deliver/", {"means": "portal", "at": "2018-02-05T05:00"}).status_code == 302
    assert client.post(f"{where}answer/", {"text": "Released"}).status_code == 302
    assert client.post(f"{where}judge/", {"verdict": "kept", "why": "It came"}).status_code == 302
    told = client.get(where).content.decode()
    assert "Judged kept: It came" in told
    assert client.get("/law/host/", {"all": "1"}).content.decode().count("Bag 7") == 1
    with closing(client.post(f"{where}pack/")) as file:
        assert b"".join(file.streaming_content).startswith(b"legation-ledger-export/1")  # type: ignore[attr-defined]
    assert client.post(f"{where}escalate/", {"to": "capital"}).status_code == 302
    assert "does not follow" in client.get(where).content.decode()
    assert client.get(f"{where}attachments/{'0' * 64}/").status_code == 404


def test_a_note_is_worded_in_another_language_until_it_went(now: Now, rso: Actor, damascus: Mission) -> None:
    row = asked(rso, damascus)
    note = numbered(rso, row)
    worded = actions.word_note(claim(HostNote, note.pk, "law.word_note", rso), Wording(), Language.ES)
    assert worded.languages == [Language.FR, Language.ES, Language.AR]
    delivered(rso, row, now.at)
    with pytest.raises(Refused, match="note_went_already"):
        actions.word_note(claim(HostNote, note.pk, "law.word_note", rso), Wording(), Language.EN)


def test_only_the_worker_calls_a_step_and_nothing_is_called_where_nothing_is_left(
    now: Now, rso: Actor, damascus: Mission
) -> None:
    row = asked(rso, damascus)
    with pytest.raises(Forbidden):
        claim(HostRequest, row.pk, "law.call_step", rso)
    numbered(rso, row)
    delivered(rso, row, now.at)
    answered(rso, row)
    judged(rso, row, RequestState.KEPT)
    worker = service(ServiceAccount.WORKER)
    before = HostRequest.objects.get().version
    actions.call_step(claim(HostRequest, row.pk, "law.call_step", worker), again=False)
    assert HostRequest.objects.get().version == before


def test_a_delivery_is_not_recorded_before_it_happened(now: Now, rso: Actor, damascus: Mission) -> None:
    row = asked(rso, damascus)
    numbered(rso, row)
    with pytest.raises(Refused, match="delivered_in_future"):
        delivered(rso, row, now.at + timedelta(minutes=1))
