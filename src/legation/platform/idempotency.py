"""Was this command given before? The same key with the same body is answered by the record it made, not done twice."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import ClassVar

from django.conf import settings
from django.db import models

from legation.platform.authority.actor import Actor
from legation.platform.writing import Urgency, writing


class Answered(models.Model):
    """A command that was carried out, by who gave it, its verb and its key; `reference` is what it made."""

    actor = models.CharField(max_length=100)
    verb = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    body = models.BinaryField(max_length=32)
    reference = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "verb", "key"], name="command_once")]


class KeyReused(Exception):
    """The key was used before for another body; a new command needs a new key."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the command made, and whether it was made just now."""

    reference: str
    fresh: bool


def once(actor: Actor, verb: str, key: str, body: bytes, run: Callable[[], str]) -> Outcome:
    """Run a command, or answer with what its first run made. `run` returns the reference; both commit together.

    The answer is rendered anew from the reference with present rights. Raises KeyReused.
    """
    if not key:
        return Outcome(run(), fresh=True)
    # Keyed: a body may hold names, and an unkeyed hash of a name can be guessed.
    digest = blake2b(body, digest_size=32, key=settings.SECRET_KEY.encode()[:64]).digest()
    with writing(Urgency.PERSON):
        known = Answered.objects.filter(actor=actor.id, verb=verb, key=key).first()
        if known is None:
            reference = run()
            Answered.objects.create(actor=actor.id, verb=verb, key=key, body=digest, reference=reference)
            return Outcome(reference, fresh=True)
        if bytes(known.body) != digest:
            raise KeyReused(f"the key {key!r} was used for another {verb}; make a new one for a new command")
        return Outcome(known.reference, fresh=False)
