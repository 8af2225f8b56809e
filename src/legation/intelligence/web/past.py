"""Where a mission's log of past incidents is loaded, and what came of each line said."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from legation.intelligence import actions
from legation.intelligence.links import incident_log
from legation.missions import published as missions
from legation.platform.doors import actor_of


class LogForm(forms.Form):
    """A log, and whether to try it first."""

    file = forms.FileField(label=gettext_lazy("The log, a table in CSV"))
    dry_run = forms.BooleanField(label=gettext_lazy("Only say what would come of it"), required=False, initial=True)


@require_http_methods(["GET", "POST"])
def incidents(request: HttpRequest, key: str) -> HttpResponse:
    """Load a log of past incidents."""
    claimed = missions.claimed(actor_of(request), key, "intelligence.import_incidents")
    form, done = LogForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        file, dry_run = form.cleaned_data["file"], form.cleaned_data["dry_run"]
        done = actions.import_incidents(claimed, file.read(), file.name, dry_run=dry_run)
    context = {
        "mission": missions.mission(actor_of(request), key),
        "form": form,
        "done": done,
        "columns": incident_log.COLUMNS,
        "required": incident_log.REQUIRED,
        "kinds": sorted(incident_log.WORDS),
    }
    return render(request, "intelligence/incidents.html", context)


urlpatterns = [path("missions/<str:key>/incidents/", incidents, name="incidents-import")]
