"""Standing authorities and their uses as rows."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from legation.platform.records import Record
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityImage, AuthorityKind, AuthorityState, UseImage
from legation.watch.rules.standing import KINDS, KindRule, Signed, in_force


class StandingAuthority(Record):
    """What may be done at once at a mission without asking, signed beforehand by its head."""

    kind = models.CharField(max_length=30)
    level = models.PositiveSmallIntegerField(default=0)
    duty = models.CharField(max_length=30, blank=True, default="")
    person = models.CharField(max_length=60, blank=True, default="")
    until = models.DateTimeField()
    conditions = models.CharField(max_length=400)
    norm = models.CharField(max_length=400)
    signed_by = models.CharField(max_length=60)
    signed_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=AuthorityState.STANDING.value)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "state"], name="standing_authority_at")]

    @property
    def signed(self) -> Signed:
        duty = DutyKind(self.duty) if self.duty else None
        kind = AuthorityKind(self.kind)
        return Signed(kind, self.level, duty, self.person, self.until, self.conditions, self.norm)

    @property
    def rule(self) -> KindRule:
        return KINDS[AuthorityKind(self.kind)]

    @property
    def deadline_key(self) -> str:
        return f"watch.authority/{self.pk}"

    def stands_at(self, now: datetime) -> bool:
        return in_force(AuthorityState(self.state), self.until, now)

    def to_value(self) -> AuthorityImage:
        return AuthorityImage(
            AuthorityKind(self.kind),
            self.level,
            self.duty,
            self.person,
            self.until,
            self.conditions,
            self.norm,
            self.signed_by,
            AuthorityState(self.state),
        )


class AuthorityUse(Record):
    """One use of a standing authority, to be reviewed by the head of mission."""

    authority_id = models.CharField(max_length=32, db_index=True)
    kind = models.CharField(max_length=30)
    level = models.PositiveSmallIntegerField(default=0)
    used_by = models.CharField(max_length=60)
    used_at = models.DateTimeField()
    reason = models.CharField(max_length=400)
    review_by = models.DateTimeField()
    verdict = models.CharField(max_length=15, blank=True, default="")
    reviewed_by = models.CharField(max_length=60, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True, default="")

    @property
    def deadline_key(self) -> str:
        return f"watch.use/{self.pk}"

    def to_value(self) -> UseImage:
        return UseImage(
            self.authority_id,
            AuthorityKind(self.kind),
            self.level,
            self.used_by,
            self.used_at,
            self.reason,
            self.review_by,
            self.verdict,
            self.reviewed_by,
            self.note,
        )
