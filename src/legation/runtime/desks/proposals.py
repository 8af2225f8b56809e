"""A posture is proposed: on which ground, until when, what would follow, and what may be done where nobody answers?

The proposal is risk's, its clock the watch floor's, the posture the mission's: only this page knows all three.
"""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from legation.foundations.posture import PostureLevel
from legation.missions import published as missions
from legation.pages.panels import foresee
from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import names_of, service
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.ledger.log import Delivered
from legation.platform.subscribers import subscribe
from legation.risk import queries as risk
from legation.watch import actions
from legation.watch import queries as alarms
from legation.watch.events.standing import AuthorityKind
from legation.watch.models import QueuedAlarm
from legation.watch.queries import standing


class AnswerForm(forms.Form):
    """Why, for whichever answer."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=""
    )


@require_GET
def proposal(request: HttpRequest, key: str) -> HttpResponse:
    """The decision card of one mission: decide, decline, or use a standing authority."""
    actor, now = actor_of(request), clock.as_of()
    check_verb("risk.read", actor)
    mission = missions.mission(actor, key)
    found = risk.proposal(actor, key, now)
    alarm = next(iter(alarms.open_of_kind(actor, risk.POSTURE_ALARM, key)), None)
    context: dict[str, object] = {
        "mission": mission,
        "proposal": found,
        "alarm": alarm,
        "now": now,
        "held": clock.is_demonstration(),
    }
    if found is not None:
        context |= {"declined": risk.declined(actor, key, found), "told": foresee(found.proposed, actor, key)}
    if alarm is not None:
        context |= {"called": names_of([alarm.called]).get(alarm.called, "")}
    context |= {"authorities": usable(actor, key, now), "form": AnswerForm(auto_id="decide_%s")}
    context |= {"may_set": "missions.set_posture" in actor.verbs}
    context |= {"may_decline": "risk.decline_posture" in actor.verbs}
    return render(request, "desks/proposal.html", context)


def usable(actor: Actor, mission: str, now: datetime) -> list[tuple[standing.Usable, str]]:
    """Standing authorities to raise the posture, with the name of who may use each now."""
    found = [one for one in standing.usable(actor, mission, now) if one.row.kind == AuthorityKind.RAISE_POSTURE]
    names = names_of([one.holder for one in found if one.holder])
    return [(one, names.get(one.holder, "")) for one in found]


@subscribe("desks.proposals", "missions.PostureChanged", "risk.PostureDeclined")
def settle_proposals(entry: Delivered) -> None:
    """The proposal is answered: its alarm stands no longer. A posture short of what was proposed answers nothing."""
    worker = service(ServiceAccount.WORKER)
    for row in alarms.open_of_kind(worker, risk.POSTURE_ALARM, entry.body.mission):
        proposed, current = (int(row.params.get(name, 0)) for name in ("proposed", "current"))
        level, reason = answer(entry)
        up = proposed > current
        if level == proposed or (entry.fact.startswith("missions.") and (level >= proposed) is up):
            claimed = claim(QueuedAlarm, row.pk, "watch.settle", worker, caused_by=entry.entry_id)
            actions.settle(claimed, reason=reason[:400])


def answer(entry: Delivered) -> tuple[int, str]:
    """Which level was answered, and the reason that was given."""
    after = entry.body.said.get("after")
    told = after if isinstance(after, dict) else entry.body.said
    level = told.get("level") or told.get("proposed")
    return int(str(level or int(PostureLevel.NORMAL))), str(told.get("reason") or "–")
