"""Briefs in their versions, who must read them, and who holds which printed copy, as rows."""

from typing import ClassVar

from django.db import models

from legation.foundations.markings import Marking
from legation.intelligence.events.briefs import BriefImage, CopyImage, LineImage, ReceiptImage
from legation.intelligence.rules.briefs import Likelihood, Line, Section
from legation.platform.records import Record

OUTSIDER = "outsider"


class Brief(Record):
    """One version of a brief at one marking; written once, never changed. mission None: the whole service.

    The version below a tear line is a row of its own, which does not know what stands above it.
    """

    span = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    lines = models.JSONField(default=list)
    looked_from = models.DateTimeField()
    issued_at = models.DateTimeField(db_index=True)
    author = models.CharField(max_length=80)
    author_name = models.CharField(max_length=120)
    corrects = models.CharField(max_length=32, blank=True, default="", db_index=True)
    change = models.CharField(max_length=400, blank=True, default="")
    below = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mission_id", "span", "marking", "number", "edition"], name="brief_numbered_once"
            )
        ]

    @property
    def parts(self) -> list[Line]:
        """Its lines as the rules know them."""
        return [
            Line(
                Section(one["section"]),
                one["text"],
                Marking.parse(one["marking"]),
                one["title"],
                Likelihood(one["likelihood"]) if one["likelihood"] else None,
                one["subject"],
                one["below"],
                one["counted"],
            )
            for one in self.lines
        ]

    def to_value(self) -> BriefImage:
        return BriefImage(
            self.span,
            self.number,
            self.edition,
            self.title,
            tuple(LineImage(**one) for one in self.lines),
            self.looked_from,
            self.issued_at,
            self.author,
            self.corrects,
            self.change,
            self.below,
        )


class Receipt(Record):
    """Who is to read a version, and whether he did. name, note: of an outsider they are personal, sealed apart."""

    brief = models.CharField(max_length=32, db_index=True)
    reader = models.CharField(max_length=80, db_index=True)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True, default="")
    must_read = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    @property
    def deadline_key(self) -> str:
        return f"intelligence.brief/{self.id}"

    def to_value(self) -> ReceiptImage:
        return ReceiptImage(self.brief, self.reader, self.must_read, self.opened_at, self.read_at, self.reminded)


class BriefCopy(Record):
    """A printed copy and whose it is; its id is the ledger entry of the printing."""

    brief = models.CharField(max_length=32, db_index=True)
    reader = models.CharField(max_length=80)
    reader_name = models.CharField(max_length=120)
    printed_at = models.DateTimeField()
    language = models.CharField(max_length=5, default="en")

    def to_value(self) -> CopyImage:
        return CopyImage(self.brief, self.reader, self.printed_at, self.language)
