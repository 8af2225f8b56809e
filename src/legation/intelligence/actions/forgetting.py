"""What does this room hold about a person, and how does it forget him? His reports keep what happened and lose him."""

from collections.abc import Iterable

from django.urls import reverse

from legation.foundations.identity import Ref
from legation.intelligence.models import HeldReport, OwnReport, Phone
from legation.missions import published as missions
from legation.platform.authority.actor import Actor
from legation.platform.personal import Forgotten, Held


def holds(actor: Actor, subject: Ref) -> Iterable[Held]:
    """How many reports bear his account, to himself and to who may know whose they are."""
    account = missions.account_behind(subject)
    if not account or (actor.id != account and "intelligence.read_reporter" not in actor.verbs):
        return
    own = OwnReport.objects.filter(reporter=account)
    rows = own if actor.id == account else own.filter(pk__in=OwnReport.objects.visible_to(actor))
    if count := rows.count():
        yield Held("intelligence.holds_reports", {"n": str(count)}, reverse("told-own") if actor.id == account else "")
    if phones := Phone.objects.filter(operator=account, revoked_at=None).count():
        yield Held("intelligence.holds_phones", {"n": str(phones)})


def forget(subject: Ref) -> Forgotten:
    """His account leaves the reports, his photographs and telephones go, and so does what his telephones sent."""
    account = missions.account_behind(subject)
    if not account:
        return Forgotten()
    reports = list(OwnReport.objects.filter(reporter=account))
    pictures = [row.photograph for row in reports if row.photograph]
    for row in reports:
        row.reporter, row.photograph = "", ""
    gone = [*Phone.objects.filter(operator=account), *HeldReport.objects.filter(reporter=account)]
    return Forgotten(changed=reports, deleted=gone, blobs=pictures)
