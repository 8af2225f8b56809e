"""Who can be asked, what is asked of them, and what they answered, as rows."""

from typing import ClassVar

from django.db import models

from legation.intelligence.events.requirements import AgencyImage, AnswerImage, RequirementImage
from legation.intelligence.rules.requirements import AgencyKind, State
from legation.platform.records import Record


class Agency(Record):
    """Somebody who can be asked. contact: the channel, never a secret of it."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    contact = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return self.name

    def to_value(self) -> AgencyImage:
        if self.kind == AgencyKind.PERSON:
            return AgencyImage("", self.kind, "")
        return AgencyImage(self.name, self.kind, self.contact)


class Requirement(Record):
    """A question. why: the decision that waits for it; subject: the occurrence, tripwire or proposal that raised it.

    mission None: the whole service. owner: the actor who put it.
    """

    question = models.CharField(max_length=400)
    why = models.CharField(max_length=400)
    threat = models.CharField(max_length=30, blank=True, default="")
    subject = models.CharField(max_length=80, blank=True, default="")
    priority = models.PositiveSmallIntegerField()
    owner = models.CharField(max_length=80, db_index=True)
    owner_name = models.CharField(max_length=120)
    agency = models.CharField(max_length=32, blank=True, default="", db_index=True)
    state = models.CharField(max_length=12, default=State.OPEN.value)
    put_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    times_asked = models.PositiveSmallIntegerField(default=0)
    missing = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="requirement_due")]

    @property
    def deadline_key(self) -> str:
        return f"intelligence.requirement/{self.id}"

    def to_value(self) -> RequirementImage:
        return RequirementImage(
            self.question,
            self.why,
            self.threat,
            self.subject,
            self.priority,
            self.owner,
            self.agency,
            self.state,
            self.asked_at,
            self.due_at,
            self.times_asked,
            self.missing,
        )


class Answer(Record):
    """What was answered. subject: the signal or occurrence that answers it; signal: what it was made into here."""

    requirement = models.CharField(max_length=32, db_index=True)
    agency = models.CharField(max_length=32, blank=True, default="", db_index=True)
    text = models.TextField()
    grade = models.CharField(max_length=2)
    subject = models.CharField(max_length=80, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField()
    useful = models.BooleanField(null=True)
    signal = models.CharField(max_length=64, blank=True, default="")

    def to_value(self) -> AnswerImage:
        return AnswerImage(
            self.requirement,
            self.agency,
            self.text,
            self.grade,
            self.subject,
            self.asked_at,
            self.answered_at,
            self.useful,
            self.signal,
        )
