"""How does the ledger lie in the database? Append-only tables; nothing here is saved through the ORM.

Sealed bytes and the keys that open them are in different tables, so that a backup can carry them apart and an
erasure can delete both while the tree goes on verifying.
"""

from typing import ClassVar

from django.db import models


class Node(models.Model):
    """A node whose log is kept here: our own, or a replica of another's. Carries the head of its tree.

    name: 32 hex digits, the start of SHA-256 of the public key, so the name itself commits to the key.
    frontier: the roots of the full subtrees that make up the tree, largest first, 32 bytes each.
    recorded_at: of the latest entry; the next one is never earlier.
    """

    id = models.SmallIntegerField(primary_key=True)
    name = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16)
    public_key = models.BinaryField()
    own = models.BooleanField()
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["own"], condition=models.Q(own=True), name="one_own_node")
        ]


class Entry(models.Model):
    """One act. `id` grows in the order in which entries reached this database: it is the subscribers' cursor.

    leaf: RFC 6962 hash of the public line. commitments: SHA-256 per sealed part, 32 bytes each, the body's first.
    fact, actor, mission and marking repeat what is sealed in the body, for selection; the check compares them.
    """

    id = models.BigIntegerField(primary_key=True)
    node = models.ForeignKey(Node, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    position = models.BigIntegerField()
    entry_id = models.CharField(max_length=32, unique=True)
    recorded_at = models.DateTimeField()
    leaf = models.BinaryField()
    commitments = models.BinaryField()
    fact = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    mission = models.CharField(max_length=32, null=True)
    marking = models.ForeignKey(
        "platform.MarkingRow", models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    caused_by = models.CharField(max_length=32, null=True)
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["node", "position"], name="one_entry_per_position")]
        indexes: ClassVar = [
            models.Index(fields=["mission"], condition=models.Q(mission__isnull=False), name="ledger_entry_mission")
        ]


class SubjectRow(models.Model):
    """Which records an entry is about: the index behind each record's history page.

    id: entry × 2^20 + number of the subject.
    """

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, db_constraint=False, db_index=False, related_name="subjects")
    type = models.CharField(max_length=40)
    key = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["type", "key", "entry"], name="ledger_history")]


class SealedPart(models.Model):
    """What an entry holds about one data subject, sealed apart so that it can be erased.

    id: entry × 256 + part number (1–255; number 0 is the body, which lies in Entry).
    """

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, db_constraint=False, db_index=False, related_name="parts")
    type = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["type", "key"], name="ledger_data_subject")]


class PartKey(models.Model):
    """Key and salt of one sealed part, wrapped by the node key. Backed up apart from the parts.

    id: as in SealedPart; the body of entry n has n × 256.
    """

    id = models.BigIntegerField(primary_key=True)
    wrapped = models.BinaryField()


class Tile(models.Model):
    """Roots of full subtrees of 16, 256, 4,096 … leaves, so that a proof reads a few short rows, not the log.

    level 1 is the root of 16 leaves, level 2 of 256 and so on.
    """

    node = models.ForeignKey(Node, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["node", "level", "index"], name="one_tile")]


class WordRow(models.Model):
    """Index of the three words that flow up. Rebuilt from bodies at need; read through `words.visible_to`.

    key: what joins repeats (an alarm's count grows) or replaces (evidence, due); only one row per key is current.
    at: occurred (alarm), observed (evidence) or due; first_at: of the first of its repeats.
    payload: parameters as JSON; sealed instead where the marking has a compartment.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, db_constraint=False, related_name="words")
    word = models.CharField(max_length=8)
    room = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)
    mission = models.CharField(max_length=32, null=True)
    marking = models.ForeignKey(
        "platform.MarkingRow", models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    key = models.CharField(max_length=400)
    subject_type = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=64)
    severity = models.SmallIntegerField(null=True)
    threat = models.CharField(max_length=24, default="", blank=True)
    aspect = models.CharField(max_length=16, default="", blank=True)
    strength = models.FloatField(null=True)
    owner = models.CharField(max_length=100, default="", blank=True)
    at = models.DateTimeField()
    first_at = models.DateTimeField()
    count = models.IntegerField(default=1)
    current = models.BooleanField(default=True)
    payload = models.TextField(default="", blank=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["word", "key"], condition=models.Q(current=True), name="one_current_word_per_key"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["word", "at"], name="ledger_word_at"),
            models.Index(fields=["mission", "word"], condition=models.Q(current=True), name="ledger_word_mission"),
            models.Index(fields=["subject_type", "subject_key"], name="ledger_word_subject"),
        ]


class LegalHold(models.Model):
    """Nothing about this subject may be erased while the hold stands. Written by acts, whose facts are the record."""

    type = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=400)
    placed_by = models.CharField(max_length=100)
    placed_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=100, default="", blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["type", "key"], name="ledger_hold_subject")]
