"""Requests to the host state and the notes they travel in, as rows."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from legation.foundations.identity import Ref
from legation.law.events.host import (
    Attached,
    HostNoteImage,
    HostRequestImage,
    Language,
    NoteForm,
    NoteText,
    Official,
    RequestKind,
    RequestState,
)
from legation.law.rules.notes import numbered
from legation.platform.records import Record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class HostRequest(Record):
    """Something asked of the receiving state, from the decision to ask to the day it was kept. `assessment` is ours
    alone: it goes into no note. asked_at, answered_at: of the first note and the latest answer."""

    kind = models.CharField(max_length=24)
    norm = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=300)
    assessment = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, default=RequestState.DRAFTED.value)
    late = models.BooleanField(default=False)
    drafted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    promised = models.CharField(max_length=400, blank=True, default="")
    promised_by = models.DateField(null=True)
    judged_why = models.CharField(max_length=400, blank=True, default="")
    raised = models.CharField(max_length=24, blank=True, default="")
    entry_id = models.CharField(max_length=32, blank=True, default="")
    blob = models.CharField(max_length=64, blank=True, default="")
    blob_sha256 = models.CharField(max_length=64, blank=True, default="")
    blob_title = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "state"], name="law_host_requests")]

    def __str__(self) -> str:
        return self.subject

    @property
    def request_kind(self) -> RequestKind:
        return RequestKind(self.kind)

    @property
    def where(self) -> RequestState:
        return RequestState(self.state)

    @property
    def deadline_key(self) -> str:
        return f"law.host/{self.pk}"

    @property
    def attached(self) -> Attached:
        return Attached(self.blob, self.blob_sha256, self.blob_title)

    def to_value(self) -> HostRequestImage:
        return HostRequestImage(
            self.request_kind,
            self.norm,
            self.subject,
            self.assessment,
            self.where,
            self.late,
            self.due_at,
            self.asked_at,
            self.answered_at,
            self.answer,
            self.promised,
            self.promised_by,
            self.attached,
            self.judged_why,
            self.raised,
            self.entry_id,
        )


class HostNote(Record):
    """One note verbale. Its text is kept by language as it was worded, so that a later change of a name or a sentence
    changes nothing that was handed over. taken_by, taken_office: the official who took it in, personal."""

    request_id = models.CharField(max_length=32, db_index=True)
    form = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    dated = models.DateField()
    by = models.DateField()
    earlier_number = models.CharField(max_length=20, blank=True, default="")
    earlier_dated = models.DateField(null=True)
    earlier_answered = models.DateField(null=True)
    texts = models.JSONField(default=dict)
    means = models.CharField(max_length=10, blank=True, default="")
    delivered_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=400, blank=True, default="")
    taken_by = models.CharField(max_length=160, blank=True, default="")
    taken_office = models.CharField(max_length=160, blank=True, default="")
    blob = models.CharField(max_length=64, blank=True, default="")
    blob_sha256 = models.CharField(max_length=64, blank=True, default="")
    blob_title = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission_id", "year", "number"], name="one_note_per_number")
        ]

    def __str__(self) -> str:
        return self.numbered

    @property
    def numbered(self) -> str:
        return numbered(self.number, self.year)

    @property
    def languages(self) -> list[Language]:
        return [language for language in Language if language.value in self.texts]

    def text(self, language: Language) -> NoteText:
        """The note in one language. Raises KeyError where it is not worded in it."""
        said = self.texts[language.value]
        page, copy, reader = said["sheet"]
        return NoteText(
            said["mission"],
            said["number"],
            tuple(said["paragraphs"]),
            said["dated"],
            tuple(said["addressed"]),
            said["initials"],
            said["seal"],
            (page, copy, reader),
        )

    @property
    def official(self) -> Ref:
        return Ref("HostOfficial", self.pk)

    def personal(self) -> "dict[Ref, DataclassInstance]":
        """What `ctx.write` seals apart: who took the note in."""
        return {self.official: Official(self.taken_by, self.taken_office)} if self.taken_by else {}

    @property
    def attached(self) -> Attached:
        return Attached(self.blob, self.blob_sha256, self.blob_title)

    def to_value(self) -> HostNoteImage:
        return HostNoteImage(
            self.request_id,
            NoteForm(self.form),
            self.year,
            self.number,
            self.dated,
            {language.value: self.text(language) for language in self.languages},
            self.means,
            self.delivered_at,
            self.receipt,
            self.attached,
        )
