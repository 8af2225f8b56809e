"""People at post as rows, and how they are reached."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

import msgspec
from django.db import models

from legation.foundations.identity import Ref
from legation.missions.events.contacts import ContactChannel, ContactImage, ContactValue, SensitiveValue
from legation.missions.events.erasure import ProposalImage, RequestImage, RequestState, RequestValue
from legation.missions.events.people import PersonCategory, PersonImage, PersonValue
from legation.platform.records import Record
from legation.platform.secrets.node import held

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Person(Record):
    """Somebody at post. sensitive: next of kin and special needs, sealed. operator_id: the account, `operator/…`.

    merged: ids, comma-separated, of records that turned out to be of the same person.
    """

    name = models.CharField(max_length=160)
    category = models.CharField(max_length=30)
    post = models.CharField(max_length=120, blank=True, default="")
    staff_number = models.CharField(max_length=40, blank=True, default="", db_index=True)
    born = models.DateField(null=True)
    nationality = models.CharField(max_length=2, blank=True, default="")
    arrived = models.DateField(null=True)
    departs = models.DateField(null=True)
    principal_id = models.CharField(max_length=32, blank=True, default="", db_index=True)
    languages = models.CharField(max_length=160, blank=True, default="")
    warden_group = models.CharField(max_length=60, blank=True, default="")
    operator_id = models.CharField(max_length=50, blank=True, default="", db_index=True)
    sensitive = models.BinaryField(null=True)
    merged = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "name"], name="person_at_mission")]

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> PersonValue:
        return PersonValue(
            name=self.name,
            category=PersonCategory(self.category),
            post=self.post,
            staff_number=self.staff_number,
            born=self.born,
            nationality=self.nationality,
            arrived=self.arrived,
            departs=self.departs,
            principal_id=self.principal_id,
            languages=self.languages,
            warden_group=self.warden_group,
        )

    def to_value(self) -> PersonImage:
        return PersonImage(PersonCategory(self.category))

    def personal(self) -> "dict[Ref, DataclassInstance]":
        """What `ctx.write` seals in parts of the person's own; the sensitive one apart from the rest."""
        parts: dict[Ref, DataclassInstance] = {self.ref: self.value}
        if self.sensitive is not None:
            parts[self.sensitive_ref] = self.opened()
        return parts

    @property
    def sensitive_ref(self) -> Ref:
        return Ref("PersonSensitive", self.pk)

    def seal(self, value: SensitiveValue) -> None:
        """Keep the sensitive part sealed in the row; an empty one is not kept."""
        empty = not (value.next_of_kin or value.special_needs)
        place = str(self.sensitive_ref).encode()
        self.sensitive = None if empty else held().sealer.seal_field(place, msgspec.json.encode(value))

    def opened(self) -> SensitiveValue:
        """The sensitive part; empty where nothing is held. Who may see it is asked by the act that calls this."""
        if self.sensitive is None:
            return SensitiveValue("", "")
        plain = held().sealer.open_field(str(self.sensitive_ref).encode(), bytes(self.sensitive))
        return msgspec.json.decode(plain, type=SensitiveValue)

    def at_post(self, on: date) -> bool:
        return (self.arrived is None or self.arrived <= on) and (self.departs is None or on <= self.departs)


class Contact(Record):
    """One way to reach a person. tested_by: the id of the actor who reached him by it last."""

    person_id = models.CharField(max_length=32, db_index=True)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=160)
    tested_at = models.DateTimeField(null=True)
    tested_by = models.CharField(max_length=50, blank=True, default="")

    def to_value(self) -> ContactImage:
        return ContactImage(self.person_id, ContactChannel(self.channel), self.tested_at, self.tested_by)

    def personal(self) -> "dict[Ref, DataclassInstance]":
        """The address, sealed in a part of the person's."""
        return {Ref("Person", self.person_id): ContactValue(ContactChannel(self.channel), self.address)}


class CorrectionRequest(Record):
    """A person says that something held about him is wrong; a keeper of the record answers."""

    person_id = models.CharField(max_length=32, db_index=True)
    text = models.CharField(max_length=1000)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=RequestState.ASKED)
    answer = models.CharField(max_length=1000, blank=True, default="")
    decided_by = models.CharField(max_length=50, blank=True, default="")

    @property
    def deadline_key(self) -> str:
        return f"correction|{self.pk}"

    def to_value(self) -> RequestImage:
        return RequestImage(self.person_id, RequestState(self.state), self.decided_by)

    def personal(self) -> "dict[Ref, DataclassInstance]":
        """Question and answer, sealed in a part of the person's."""
        return {Ref("Person", self.person_id): RequestValue(self.text, self.answer)}


class ErasureProposal(Record):
    """One person wants a person erased. proposed_by: the actor; it goes with the person, and its fact stays."""

    person_id = models.CharField(max_length=32, db_index=True)
    reason = models.CharField(max_length=400)
    proposed_by = models.CharField(max_length=50)
    proposed_at = models.DateTimeField()

    def to_value(self) -> ProposalImage:
        return ProposalImage(self.person_id, self.reason, self.proposed_by, self.proposed_at)
