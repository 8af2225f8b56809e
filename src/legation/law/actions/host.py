"""What is done about a request to the host state: asked, numbered, handed over, answered, judged, raised."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import IO

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.words import Alarm, Due, Evidence, Severity, Word
from legation.law.events.host import (
    HandoverMeans,
    HostAnswered,
    HostRequestDrafted,
    HostRequestWithdrawn,
    HostStepDue,
    Language,
    NoteDelivered,
    NoteForm,
    NoteNumbered,
    NotePrinted,
    NoteWorded,
    PackTaken,
    PromiseJudged,
    Raised,
    RequestEscalated,
    RequestKind,
    RequestState,
    Step,
    Wording,
)
from legation.law.models import HostNote, HostRequest
from legation.law.queries import host as queries
from legation.law.rules import host as rules
from legation.law.rules import notes
from legation.platform import blobs, deadlines
from legation.platform.act import Context, act
from legation.platform.records import Record
from legation.platform.writing import Urgency

ANSWER, CHASE, PROMISE = "law.answer_due", "law.step_due", "law.promise_due"
"""The kinds of deadline: an answer awaited, a proposed step not taken, a promise with a day."""

OWNER = "rso"
CEILING = Marking(Classification.UNCLASSIFIED, Tlp.GREEN)
"""The most that may be handed to the host state; a note is marked so, whatever its request is marked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be asked. assessment: our own view, which stays with us; entry: an entry that it protests at."""

    kind: RequestKind
    norm: str
    subject: str
    assessment: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How a note went. at: when; taken_by: who took it in, with his office; document: a receipt, titled."""

    means: HandoverMeans
    at: datetime
    receipt: str = ""
    taken_by: str = ""
    taken_office: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the host said, what it promised and by which day."""

    text: str
    promised: str = ""
    promised_by: date | None = None


type Document = tuple[IO[bytes], str] | None
"""The bytes of a document and its name."""


@act("law.ask_host")
def ask_host(ctx: Context, mission: Record, asked: Asked, *, marking: Marking) -> HostRequest:
    """Draft a request to the receiving state. Raises Refused where it does not say what is asked."""
    if not asked.subject.strip():
        raise Refused(Refusal("request_without_subject", "law.host_course"))
    row = HostRequest(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(marking),
        kind=asked.kind.value,
        norm=asked.norm.strip(),
        subject=asked.subject.strip(),
        assessment=asked.assessment.strip(),
        drafted_at=ctx.now,
        entry_id=asked.entry,
    )
    return ctx.write(row, HostRequestDrafted(asked.kind, row.norm))


@act("law.number_note")
def number_note(
    ctx: Context, row: HostRequest, step: Step, wordings: dict[Language, Wording], *, first: int = 1
) -> HostNote:
    """Give the note of this step its number and its words; first: where the year's row begins, if this begins it.

    Raises Refused where the step does not follow, where a note still waits to be handed over, or where the words
    carry a sentence of the internal assessment.
    """
    before = _notes_of(row)
    require(rules.may_step(row.where, step, undelivered=bool(before and before[-1].delivered_at is None)))
    year = ctx.now.year
    note = HostNote(
        id=ctx.new_id(),
        mission_id=row.mission_id,
        marking_id=ctx.marking_id(CEILING),
        request_id=row.pk,
        form=rules.form_of(row.request_kind, step).value,
        year=year,
        number=_next_number(row.mission_id, year, first),
        dated=ctx.now.date(),
        by=rules.answer_by(row.request_kind, ctx.now).date(),
    )
    if before:
        note.earlier_number, note.earlier_dated = before[0].numbered, before[0].dated
        note.earlier_answered = row.answered_at.date() if row.answered_at else None
    for language, wording in wordings.items():
        _word(ctx, row, note, wording, language)
    row.state, row.late = rules.after(row.where, step), False
    deadlines.settle(row.deadline_key)
    fact = NoteNumbered(NoteForm(note.form), note.numbered, tuple(language.value for language in note.languages))
    ctx.write_many([row, note], fact)
    return note


@act("law.word_note")
def word_note(ctx: Context, note: HostNote, wording: Wording, language: Language) -> HostNote:
    """Word a note in a language, anew where it was worded in it. Raises Refused once it was handed over."""
    if note.delivered_at is not None:
        raise Refused(Refusal("note_went_already", "law.host_course"))
    _word(ctx, HostRequest.objects.get(pk=note.request_id), note, wording, language)
    return ctx.write(note, NoteWorded(note.numbered, language))


@act("law.print_note")
def print_note(ctx: Context, note: HostNote, language: Language, *, outward: bool) -> str:
    """Record that a copy is printed; the answer is what tells it from every other. Raises Refused where the note is
    not worded in this language."""
    if language.value not in note.texts:
        raise Refused(Refusal("note_not_worded", "law.host_course", params={"language": language.name}))
    ctx.write(note, NotePrinted(note.numbered, language, outward))
    return ctx.entry_id


@act("law.deliver_note")
def deliver_note(ctx: Context, row: HostRequest, how: HandedOver, document: Document = None) -> HostRequest:
    """Record that the latest note was handed over; from then on an answer is awaited. Raises Refused for a day that
    is still to come."""
    found = _notes_of(row)
    require(rules.may_step(row.where, Step.DELIVER, undelivered=bool(found and found[-1].delivered_at is None)))
    if how.at > ctx.now:
        raise Refused(Refusal("delivered_in_future", "law.host_course"))
    note = found[-1]
    note.means, note.delivered_at, note.receipt = how.means.value, how.at, how.receipt.strip()
    note.taken_by, note.taken_office = how.taken_by.strip(), how.taken_office.strip()
    _attach(note, document)
    row.state, row.late = rules.after(row.where, Step.DELIVER), False
    row.asked_at = row.asked_at or how.at
    row.due_at = rules.answer_by(row.request_kind, how.at)
    fact = NoteDelivered(note.numbered, how.means, how.at, row.due_at)
    ctx.write_many([row, note], fact, words=[_due(row, ANSWER, row.due_at)], personal=note.personal())
    return row


@act("law.record_answer")
def record_answer(ctx: Context, row: HostRequest, said: Answered, document: Document = None) -> HostRequest:
    """Write down what the host answered; a promise with a day is looked at on that day. Raises Refused for nothing."""
    require(rules.may_step(row.where, Step.ANSWER))
    if not said.text.strip():
        raise Refused(Refusal("answer_without_words", "law.host_course"))
    row.state, row.late, row.due_at = rules.after(row.where, Step.ANSWER), False, None
    row.answer, row.answered_at = said.text.strip(), ctx.now
    row.promised, row.promised_by = said.promised.strip(), said.promised_by
    _attach(row, document)
    deadlines.settle(row.deadline_key)
    words: list[Word] = []
    if said.promised_by is not None:
        row.due_at = max(datetime.combine(said.promised_by, time(23, 59), UTC), ctx.now)
        words.append(_due(row, PROMISE, row.due_at))
    return ctx.write(row, HostAnswered(row.promised, row.promised_by), words=words)


@act("law.judge_promise")
def judge_promise(ctx: Context, row: HostRequest, verdict: RequestState, *, why: str) -> HostRequest:
    """Say whether the host did what it owed; what it did not do becomes evidence, withdrawn once it is kept.

    Raises Refused without a reason, or for a word that is no verdict.
    """
    require(rules.may_step(row.where, Step.JUDGE))
    if verdict not in rules.VERDICTS or not why.strip():
        raise Refused(Refusal("verdict_without_reason", "law.host_course"))
    before = row.where
    row.state, row.judged_why, row.late, row.due_at = verdict.value, why.strip(), False, None
    deadlines.settle(row.deadline_key)
    return ctx.write(row, PromiseJudged(before, verdict, row.judged_why), words=_evidence(row, verdict, ctx.now))


@act("law.escalate_host")
def escalate_host(ctx: Context, row: HostRequest, to: Raised, *, note: str) -> HostRequest:
    """Raise a request above the ministry's desk. Raises Refused where nothing was reminded of yet."""
    require(rules.may_step(row.where, Step.ESCALATE))
    row.state, row.raised, row.late = rules.after(row.where, Step.ESCALATE), to.value, False
    row.due_at = rules.answer_by(row.request_kind, ctx.now)
    return ctx.write(row, RequestEscalated(to, note.strip()), words=[_due(row, ANSWER, row.due_at)])


@act("law.withdraw_request")
def withdraw_request(ctx: Context, row: HostRequest, *, why: str) -> HostRequest:
    """Ask no longer. Raises Refused without a reason."""
    require(rules.may_step(row.where, Step.WITHDRAW))
    if not why.strip():
        raise Refused(Refusal("verdict_without_reason", "law.host_course"))
    row.state, row.late, row.due_at = RequestState.WITHDRAWN.value, False, None
    deadlines.settle(row.deadline_key)
    return ctx.write(row, HostRequestWithdrawn(why.strip()), words=_evidence(row, RequestState.WITHDRAWN, ctx.now))


@act("law.call_step", urgency=Urgency.ALARM)
def call_step(ctx: Context, row: HostRequest, *, again: bool) -> HostRequest:
    """A time ran out: propose the next step to who is on the roster; again: the proposal itself was left lying."""
    found = _notes_of(row)
    waiting = bool(found and found[-1].delivered_at is None)
    step = rules.proposed(row.where, undelivered=waiting, late=True)
    if step is None:
        return row
    row.late = True
    number = found[0].numbered if found else ""
    alarm = Alarm(
        MissionId(row.mission_id or ""),
        f"law.host_late_{step.value}",
        Severity.SERIOUS if again else Severity.NOTICE,
        row.ref,
        f"{row.pk}/again" if again else row.pk,  # a second alarm, not a count on the first
        {"number": number, "kind": row.kind, "subject": row.subject[:120]},
    )
    words: list[Word] = [alarm]
    if not again:
        words.append(_due(row, CHASE, rules.chase_by(ctx.now)))
    return ctx.write(row, HostStepDue(step, number), words=words)


@act("law.take_pack")
def take_pack(ctx: Context, row: HostRequest) -> frozenset[str]:
    """Record that the whole course of a request leaves as a file, with the hashes of its documents. The answer: the
    entries that the file opens, this one among them."""
    entries = {entry.entry_id for entry in queries.course(ctx.actor, row)}
    documents = queries.attachments(ctx.actor, row)
    ctx.write(row, PackTaken(len(entries) + 1, tuple(documents)))
    return frozenset({*entries, ctx.entry_id})


def _notes_of(row: HostRequest) -> list[HostNote]:
    return list(HostNote.objects.filter(request_id=row.pk).order_by("year", "number"))


def _next_number(mission: str | None, year: int, first: int) -> int:
    """The number after the latest of the mission's year. The act holds the write lock: none is given twice or left
    out."""
    latest = HostNote.objects.filter(mission_id=mission, year=year).order_by("-number").first()
    return latest.number + 1 if latest else first


def _word(ctx: Context, row: HostRequest, note: HostNote, wording: Wording, language: Language) -> None:
    """Compose the note in one language. Raises Refused where it would carry what is ours alone."""
    require(notes.may_carry(wording, row.assessment))
    matter = notes.Matter(
        NoteForm(note.form),
        row.request_kind,
        note.numbered,
        note.dated,
        note.by,
        queries.citation(ctx.actor, row.norm),
        notes.Earlier(note.earlier_number, note.earlier_dated, note.earlier_answered) if note.earlier_dated else None,
    )
    text = notes.compose(queries.parties(ctx.actor, row.mission_id or ""), matter, wording, language)
    note.texts = {**note.texts, language.value: asdict(text)}


def _due(row: HostRequest, kind: str, at: datetime) -> Due:
    return Due(MissionId(row.mission_id or ""), kind, row.ref, at, OWNER, row.deadline_key)


def _evidence(row: HostRequest, verdict: RequestState, now: datetime) -> Sequence[Word]:
    """What the host did not do, as points on the mission's risk; strength 0 takes an earlier verdict back."""
    ground = rules.KINDS[row.request_kind]
    if not ground.points:
        return ()
    return (
        Evidence(
            "law",
            row.ref,
            ground.aspect,
            ground.threat,
            MissionId(row.mission_id or ""),
            rules.weight(row.request_kind, verdict),
            now,
            {"what": row.kind, "norm": row.norm, "verdict": verdict.value},
        ),
    )


def _attach(row: HostRequest | HostNote, document: Document) -> None:
    """Keep the document as a sealed blob and name it in the row; none leaves what was there.

    Raises BlobRefused where it cannot be kept.
    """
    if document is not None:
        source, title = document
        kept = blobs.keep(source, limit=DOCUMENT_BYTES)
        row.blob, row.blob_sha256, row.blob_title = kept.name, kept.sha256, title[:160]


DOCUMENT_BYTES = 20 << 20
"""A scanned note has two megabytes; ten times that is no receipt."""
