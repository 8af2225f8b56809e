"""Pages of the watch floor: one alarm, taking and closing it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actors import names_of
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.watch import actions, queries
from legation.watch.events import Outcome
from legation.watch.models import QueuedAlarm
from legation.watch.web import handing, roster, standing

OUTCOMES = {
    Outcome.ACTED: gettext_lazy("Acted upon"),
    Outcome.WATCHED: gettext_lazy("Real, nothing more was needed"),
    Outcome.FALSE: gettext_lazy("False alarm"),
    Outcome.DRILL: gettext_lazy("Drill"),
}


class CloseForm(forms.Form):
    """What came of an alarm."""

    outcome = forms.TypedChoiceField(
        label=gettext_lazy("What it was"), coerce=Outcome, choices=[(o.value, said) for o, said in OUTCOMES.items()]
    )
    note = forms.CharField(
        label=gettext_lazy("What came of it"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The whole queue."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    queue = queries.queue(actor)
    return render(
        request,
        "watch/index.html",
        {
            "queue": queue,
            "now": clock.as_of(),
            "held": clock.is_demonstration(),
            "may_take": "watch.take" in actor.verbs,
        },
    )


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One alarm, with the form that closes it."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    row = queries.alarm(actor, key)
    called = names_of([row.called]).get(row.called, "")
    return render(request, "watch/alarm.html", {"alarm": row, "called": called, "form": CloseForm()})


@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take it in hand."""
    try:
        actions.take(claim(QueuedAlarm, key, "watch.take", actor_of(request)))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("alarm", key=key)


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Settle it; what is missing is said."""
    claimed = claim(QueuedAlarm, key, "watch.close", actor_of(request))
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what it was and what came of it."))
        return redirect("alarm", key=key)
    try:
        actions.close(claimed, form.cleaned_data["outcome"], note=form.cleaned_data["note"])
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return redirect("alarm", key=key)
    return redirect("watch_floor")


urlpatterns = [
    *handing.urlpatterns,
    *roster.urlpatterns,
    *standing.urlpatterns,
    path("alarms/", index, name="alarms"),
    path("alarms/<str:key>/", one, name="alarm"),
    path("alarms/<str:key>/take/", take, name="alarm-take"),
    path("alarms/<str:key>/close/", close, name="alarm-close"),
]
