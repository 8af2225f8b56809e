"""What kinds of table are there? A Record (written by acts), a Stream (appended in batches), a Projection (rebuilt)."""

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from legation.foundations.identity import Ref

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from legation.platform.authority.actor import Actor


class MarkedQuerySet[M: models.Model](models.QuerySet[M]):
    """Reads that begin with who is asking."""

    def visible_to(self, actor: "Actor") -> Self:
        """Rows whose marking the actor may read, at missions in his scope or at none."""
        seen = self.filter(marking_id__in=actor.markings)
        if actor.missions is None:
            return seen
        return seen.filter(models.Q(mission_id__in=actor.missions) | models.Q(mission_id__isnull=True))


class Marked(models.Model):
    """What every table in the house has: a mission (or none) and a marking."""

    mission_id = models.CharField(max_length=32, null=True, db_index=True)
    marking = models.ForeignKey("platform.MarkingRow", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[MarkedQuerySet[Self]] = MarkedQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the query set's methods

    class Meta:
        abstract = True


class Record(Marked):
    """A row that only acts write; each version of it stands as an image in the ledger."""

    id = models.CharField(max_length=32, primary_key=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def ref(self) -> Ref:
        return Ref(type(self).__name__, self.id)

    def to_value(self) -> "DataclassInstance":
        """The image that travels in the ledger: a frozen dataclass from the room's events or rules."""
        raise TypeError(f"{type(self).__name__} must say what its image is: write to_value()")

    def take(self, value: "DataclassInstance") -> Self:
        """Set the fields that the value names; the act writes afterwards."""
        own = {f.name for f in self._meta.get_fields()}
        for item in fields(value):
            if item.name in own:
                setattr(self, item.name, getattr(value, item.name))
        return self


class Stream(Marked):
    """Rows appended in batches past the ORM: signals, positions, readings. One ledger entry per batch."""

    class Meta:
        abstract = True


class Projection(Marked):
    """Rows computed from records and streams; may be thrown away and built again."""

    class Meta:
        abstract = True


def record_models() -> Iterable[type[Record]]:
    """Every Record in the house."""
    from django.apps import apps

    return [m for m in apps.get_models() if issubclass(m, Record)]
