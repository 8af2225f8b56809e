"""Missions hear when their own limits run out."""

from legation.missions.actions import contacts, erasure
from legation.missions.models import CorrectionRequest, Mission
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due


@when_due(contacts.UNTESTED)
def contacts_untested(fired: Fired) -> None:
    """Half a year has passed since somebody at the mission was last reached by a test."""
    worker = service(ServiceAccount.WORKER)
    contacts.remind_contacts(
        claim(Mission, fired.subject.id, "missions.remind_contacts", worker, caused_by=fired.caused_by)
    )


@when_due(erasure.ASKED)
def correction_overdue(fired: Fired) -> None:
    """Nobody answered a person who asked to be corrected."""
    worker = service(ServiceAccount.WORKER)
    key = fired.key.partition("|")[2]
    erasure.remind_correction(
        claim(CorrectionRequest, key, "missions.remind_correction", worker, caused_by=fired.caused_by)
    )
