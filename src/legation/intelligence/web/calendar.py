"""Pages of the forward calendar: what lies ahead, days typed, lists loaded, days struck."""

import hashlib

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.threats import ThreatClass
from legation.intelligence.actions import calendar as actions
from legation.intelligence.events.calendar import DayKind, DayValue
from legation.intelligence.links import calendars
from legation.intelligence.models.calendar import CalendarDay
from legation.intelligence.queries import calendar as queries
from legation.intelligence.rules.calendar import THREATS_OF, WHY_OF
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of

DAYS_SHOWN = 90


class DayForm(forms.Form):
    """A day for the calendar."""

    title = forms.CharField(label=gettext_lazy("What"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"), coerce=DayKind, choices=[(k.value, k.value.replace("_", " ")) for k in DayKind]
    )
    first = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    country = forms.CharField(label=gettext_lazy("Country code"), max_length=2, required=False)
    mission = forms.ChoiceField(label=gettext_lazy("Only at this mission"), required=False)
    threats = forms.MultipleChoiceField(
        label=gettext_lazy("May touch"),
        required=False,
        choices=[(one.value, one.value.replace("_", " ")) for one in ThreatClass],
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    why = forms.CharField(label=gettext_lazy("Why"), max_length=400, required=False)
    source = forms.CharField(label=gettext_lazy("Who says so"), max_length=200)

    def __init__(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        seen = missions.missions(actor_of(request))
        self.fields["mission"].choices = [("", "–"), *((str(m.id), m.name) for m in seen)]  # type: ignore[attr-defined]

    @property
    def value(self) -> DayValue:
        said = self.cleaned_data
        kind, first, country = said["kind"], said["first"], said["country"].upper()
        same = f"{said['title']}\x00{first}\x00{country}\x00{said['mission']}"
        return DayValue(
            title=said["title"].strip(),
            kind=kind,
            first=first,
            last=said["last"] or first,
            country=country,
            threats=tuple(said["threats"]) or tuple(one.value for one in THREATS_OF[kind]),
            why=said["why"] or WHY_OF[kind],
            source=said["source"],
            external_id=hashlib.sha256(same.encode()).hexdigest(),
        )


class ListForm(forms.Form):
    """A table of public holidays, or an iCalendar file."""

    file = forms.FileField(label=gettext_lazy("Table of holidays (CSV) or iCalendar file"))
    country = forms.CharField(
        label=gettext_lazy("Country code"),
        max_length=2,
        required=False,
        help_text=gettext_lazy("Of an iCalendar file; of a table only this country's rows are taken."),
    )


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """What lies ahead, and the form for one more day."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    form = DayForm(request, request.POST or None)
    if form.is_valid():
        house = claim_house("intelligence.enter_day", actor)
        try:
            actions.enter_day(house, form.value, mission=form.cleaned_data["mission"])
            messages.success(request, _("It stands in the calendar."))
            return redirect("calendar")
        except Refused as refused:
            form.add_error(None, sentence(refused.refusal.reason, refused.refusal.params))
    country = request.GET.get("country", "").upper()[:2]
    context = {
        "rows": list(queries.calendar(actor, days=DAYS_SHOWN, country=country)[:300]),
        "country": country,
        "days": DAYS_SHOWN,
        "form": form if "intelligence.enter_day" in actor.verbs else None,
        "list_form": ListForm() if "intelligence.load_days" in actor.verbs else None,
    }
    return render(request, "intelligence/calendar.html", context)


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load a list; what cannot be read is named, line by line."""
    house = claim_house("intelligence.load_days", actor_of(request))
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
        return redirect("calendar")
    upload, country = form.cleaned_data["file"], form.cleaned_data["country"].upper()
    only = (country,) if country else ()
    found = calendars.read(upload.read(), upload.name, clock.as_of().date(), countries=only, country=country)
    try:
        done = actions.load_days(house, found.values, file=upload.name, set_aside=len(found.aside))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return redirect("calendar")
    context = {"done": done, "found": found, "told": [calendars.told(one) for one in found.aside[:200]]}
    return render(request, "intelligence/calendar_loaded.html", context)


@require_POST
def strike(request: HttpRequest, key: str) -> HttpResponse:
    """Take a day out."""
    claimed = claim(CalendarDay, key, "intelligence.strike_day", actor_of(request))
    try:
        actions.strike_day(claimed, reason=request.POST.get("reason", ""))
        messages.success(request, _("It is struck; the record keeps it."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("calendar")


urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/load/", load, name="calendar-load"),
    path("calendar/<str:key>/strike/", strike, name="calendar-strike"),
]
