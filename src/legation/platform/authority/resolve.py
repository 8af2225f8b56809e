"""May he? The only place where a claim on a record is minted, out of the path and the caller, for every door alike."""

from collections.abc import Sequence

from legation.foundations.identity import EntryId
from legation.platform.authority.actor import Actor, Authorised, Forbidden, NotVisible
from legation.platform.records import Record


def claim[R: Record](
    model: type[R], key: str, verb: str, actor: Actor, *, caused_by: EntryId | None = None
) -> Authorised[R]:
    """A claim to do `verb` to one record.

    Raises NotVisible where the record is absent or hidden (the same query answers both), Forbidden where it may be
    seen but the verb is not the actor's.
    """
    check_visible(model, [key], actor)
    check_verb(verb, actor)
    return Authorised(model, key, verb, actor, caused_by)


def claim_all[R: Record](
    model: type[R], keys: Sequence[str], verb: str, actor: Actor, *, caused_by: EntryId | None = None
) -> list[Authorised[R]]:
    """Claims on a list, which resolves whole or not at all."""
    check_visible(model, keys, actor)
    check_verb(verb, actor)
    return [Authorised(model, key, verb, actor, caused_by) for key in keys]


def claim_house(verb: str, actor: Actor, *, caused_by: EntryId | None = None) -> "Authorised[House]":
    """A claim on the service as a whole, for acts that have no parent record: a first mission, a source."""
    check_verb(verb, actor)
    return Authorised(House, "house", verb, actor, caused_by)


def check_visible(model: type[Record], keys: Sequence[str], actor: Actor) -> None:
    wanted = set(keys)
    if model.objects.visible_to(actor).filter(pk__in=wanted).count() != len(wanted):
        raise NotVisible


def check_verb(verb: str, actor: Actor) -> None:
    """Raises Forbidden where no role of the actor holds the verb."""
    if verb not in actor.verbs:
        raise Forbidden(verb, actor)


class House:
    """The service itself as the parent of what has no other."""
