"""Pages of intelligence: what happened, what said so, the register of sources, reports, judgements, what is aside."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.grading import Credibility, Grade, Reliability
from legation.foundations.markings import Marking, Tlp
from legation.foundations.threats import ThreatClass
from legation.intelligence import actions, queries
from legation.intelligence.events import SourceMethod
from legation.intelligence.links import COLLECTORS, feeding, typed
from legation.intelligence.models import Source
from legation.intelligence.queries import change, figures, track
from legation.intelligence.queries import requirements as asked
from legation.intelligence.queries.actors import reaching
from legation.intelligence.queries.calendar import ahead
from legation.intelligence.queries.contradictions import beliefs, differing
from legation.intelligence.rules.kinds import KINDS
from legation.intelligence.rules.profile import GRADES, Judged
from legation.intelligence.rules.track_record import BANDS
from legation.intelligence.rules.tripwires import Happenings
from legation.intelligence.web import (
    actors,
    briefs,
    calendar,
    contradictions,
    past,
    phones,
    reports,
    requirements,
    reviews,
)
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of

MARKINGS = [str(Marking(tlp=one)) for one in Tlp] + ["RESTRICTED // TLP:AMBER", "CONFIDENTIAL // TLP:AMBER+STRICT"]
"""What the forms offer; the API and the command line take any marking."""

LEAST_GRAVITY = "0.1"
"""What the list shows unasked: instruments hear a hundred tremors a day that nobody feels."""

GRADE_CHOICES = [(f"{r}{c}", f"{r}{c}") for r in Reliability for c in Credibility]
KIND_CHOICES = [(kind.word, f"{kind.threat.replace('_', ' ')}: {kind.word.replace('_', ' ')}") for kind in KINDS]
THREAT_CHOICES = [(one.value, one.value.replace("_", " ").capitalize()) for one in ThreatClass]
SCALE_CHOICES = [(f"{g.judged}:{g.value}", f"{g.judged} {g.value}: {g.meaning}") for g in GRADES]


class ReportForm(forms.Form):
    """A diplomatic or police report, in any language and script."""

    title = forms.CharField(label=gettext_lazy("What happened"), max_length=typed.TITLE_CHARS_MAX)
    text = forms.CharField(
        label=gettext_lazy("The report"),
        max_length=typed.TEXT_CHARS_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KIND_CHOICES)
    occurred_at = forms.CharField(
        label=gettext_lazy("When (UTC)"), help_text=gettext_lazy("2018-02-05 or 2018-02-05T06:00Z")
    )
    place = forms.CharField(label=gettext_lazy("Where, by name"), max_length=200, required=False)
    latitude = forms.FloatField(label=gettext_lazy("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), min_value=-180, max_value=180, required=False)
    office = forms.CharField(label=gettext_lazy("Who told it"), max_length=120)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), choices=GRADE_CHOICES, initial="F6")
    marking = forms.ChoiceField(label=gettext_lazy("Marking"), choices=[(m, m) for m in MARKINGS])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["title"].widget.attrs["dir"] = "auto"
        self.fields["place"].widget.attrs["dir"] = "auto"


METHODS = [(method.value, method.value.replace("_", " ")) for method in SourceMethod]


class SourceForm(forms.Form):
    """A source for the register."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    collector = forms.ChoiceField(
        label=gettext_lazy("Read by"), choices=[(key, one.MANIFEST.title) for key, one in COLLECTORS.items()]
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=500, required=False)
    owner = forms.CharField(label=gettext_lazy("Owner"), max_length=120, required=False)
    method = forms.TypedChoiceField(label=gettext_lazy("How it comes by it"), coerce=SourceMethod, choices=METHODS)
    site = forms.CharField(label=gettext_lazy("Mission whose host law binds it"), max_length=120, required=False)


class AmendForm(forms.Form):
    """What may be corrected of a source."""

    reliability = forms.TypedChoiceField(
        label=gettext_lazy("Reliability"), coerce=Reliability, choices=[(r.value, r.value) for r in Reliability]
    )
    cadence_s = forms.IntegerField(label=gettext_lazy("Longest normal silence, seconds"), min_value=1)
    owner = forms.CharField(label=gettext_lazy("Owner"), max_length=120)
    enabled = forms.BooleanField(label=gettext_lazy("Switched on"), required=False)
    method = forms.TypedChoiceField(label=gettext_lazy("How it comes by it"), coerce=SourceMethod, choices=METHODS)
    site = forms.CharField(label=gettext_lazy("Mission whose host law binds it"), max_length=120, required=False)


class FileForm(forms.Form):
    """A file to be read."""

    file = forms.FileField(label=gettext_lazy("File"))


class GradeForm(forms.Form):
    """One side of a threat, with what the grade rests on."""

    threat = forms.TypedChoiceField(label=gettext_lazy("Threat"), coerce=ThreatClass, choices=THREAT_CHOICES)
    step = forms.ChoiceField(label=gettext_lazy("Grade"), choices=SCALE_CHOICES)
    admiralty = forms.ChoiceField(label=gettext_lazy("Believed"), choices=GRADE_CHOICES, initial="C3")
    note = forms.CharField(label=gettext_lazy("It rests on"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class TripwireForm(forms.Form):
    """A line drawn beforehand."""

    threat = forms.TypedChoiceField(label=gettext_lazy("Threat"), coerce=ThreatClass, choices=THREAT_CHOICES)
    count = forms.IntegerField(label=gettext_lazy("Happenings"), min_value=1, initial=1)
    within_km = forms.FloatField(label=gettext_lazy("Within km"), min_value=0.1, initial=25)
    within_hours = forms.FloatField(label=gettext_lazy("Within hours"), min_value=0.1, initial=24)
    owner = forms.CharField(label=gettext_lazy("Who acts"), max_length=120)
    days = forms.IntegerField(label=gettext_lazy("Lapses after days"), min_value=1, max_value=365, initial=90)


class ReasonForm(forms.Form):
    """A reason, and the signals or occurrences it speaks of."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The latest occurrences; class, place and country narrow the list."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    asked = {name: request.GET.get(name, "") for name in ("threat", "text", "country")}
    asked["least"] = request.GET.get("least", LEAST_GRAVITY)
    context = {
        "found": queries.lately(
            actor,
            threat=asked["threat"],
            text=asked["text"],
            country=asked["country"],
            least=_number(asked["least"]),
        ),
        "asked": asked,
        "threats": THREAT_CHOICES,
        "silent": queries.silent_sources(actor),
        "may_merge": "intelligence.merge" in actor.verbs,
    }
    return render(request, "intelligence/index.html", context)


def _number(text: str) -> float:
    """What was written, 0 where it is no number: a filter that is not understood hides nothing."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0


@require_GET
def occurrence(request: HttpRequest, key: str) -> HttpResponse:
    """One occurrence and the signals behind it."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    seen, signals = queries.occurrence(actor, key)
    keys = [one.key for one in signals]
    context = {
        "occurrence": seen,
        "signals": signals,
        "decisions": queries.decisions(actor, keys),
        "differences": differing(actor, signals),
        "beliefs": beliefs(actor, keys),
        "may_believe": "intelligence.believe" in actor.verbs and len({one.row.source for one in signals}) > 1,
        "may_split": "intelligence.split" in actor.verbs and len(signals) > 1,
        "page_marking": Marking.parse(seen.marking),
    }
    return render(request, "intelligence/occurrence.html", context)


@require_POST
def split(request: HttpRequest, key: str) -> HttpResponse:
    """Take some signals out of an occurrence."""
    house = claim_house("intelligence.split", actor_of(request))
    try:
        actions.split(house, key, request.POST.getlist("apart"), reason=request.POST.get("reason", ""))
        messages.success(request, _("They are kept apart from now on."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return redirect("occurrence", key=key)
    return redirect("intelligence")


@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """Join occurrences into one."""
    house = claim_house("intelligence.merge", actor_of(request))
    try:
        actions.merge(house, request.POST.getlist("together"), reason=request.POST.get("reason", ""))
        messages.success(request, _("They are one happening from now on."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("intelligence")


@require_GET
def signal(request: HttpRequest, key: str) -> HttpResponse:
    """One signal with its raw item."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    seen = queries.signal(actor, key)
    return render(request, "intelligence/signal.html", {"signal": seen, "page_marking": Marking.parse(seen.marking)})


@require_http_methods(["GET", "POST"])
def sources(request: HttpRequest) -> HttpResponse:
    """The register; an analyst adds to it."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    form = SourceForm(request.POST or None)
    if form.is_valid():
        house = claim_house("intelligence.register_source", actor)
        try:
            return redirect("source", key=actions.register_source(house, **_told(actor, form)).pk)
        except Refused as refused:
            form.add_error(None, sentence(refused.refusal.reason, refused.refusal.params))
    may = "intelligence.register_source" in actor.verbs
    context = {"sources": track.sources(actor), "form": form if may else None}
    return render(request, "intelligence/sources.html", context)


@require_GET
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source: what it is, what it brought lately."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    row = queries.source(actor, key)
    latest = queries.signals(actor, source=row.number, limit=50)
    rated = next(one for one in track.sources(actor) if one.seen.row.pk == row.pk)
    context = {
        "source": row,
        "manifest": COLLECTORS[row.collector].MANIFEST,
        "seen": rated.seen,
        "rated": rated,
        "bands": BANDS,
        "latest": latest,
        "file_form": FileForm() if "intelligence.collect" in actor.verbs else None,
        "amend_form": AmendForm(initial=vars(row)) if "intelligence.amend_source" in actor.verbs else None,
    }
    return render(request, "intelligence/source.html", context)


@require_POST
def amend(request: HttpRequest, key: str) -> HttpResponse:
    """Correct what the register says."""
    claimed = claim(Source, key, "intelligence.amend_source", actor_of(request))
    form = AmendForm(request.POST)
    try:
        if form.is_valid():
            actions.amend_source(claimed, **_told(claimed.actor, form))
            messages.success(request, _("The register is corrected."))
        else:
            messages.error(request, _("Write a reliability, a cadence and an owner."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("source", key=key)


def _told(actor: Actor, form: forms.Form) -> dict[str, Any]:
    """What a form says of a source, the site as the id of the mission meant. Raises Refused where none is."""
    words = form.cleaned_data["site"].strip()
    try:
        return {**form.cleaned_data, "site": missions.find(actor, words).id if words else ""}
    except (LookupError, NotVisible):
        raise Refused(Refusal("source_site_unknown", "intelligence.register", params={"site": words[:80]})) from None


@require_POST
def collect(request: HttpRequest, key: str) -> HttpResponse:
    """Read an uploaded file."""
    actor = actor_of(request)
    claimed = claim(Source, key, "intelligence.collect", actor)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        upload, row = form.cleaned_data["file"], queries.source(actor, key)
        done = actions.collect_all(claimed, feeding.from_bytes(upload.read(), upload.name, collector=row.collector))
        counts = {"n": done.signals, "k": done.known, "a": len(done.quarantined), "h": done.held_back}
        messages.success(
            request, _("%(n)s new signals, %(k)s known already, %(h)s held back, %(a)s put aside.") % counts
        )
    else:
        messages.error(request, _("Choose a file."))
    return redirect("source", key=key)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Type a report."""
    actor = actor_of(request)
    check_verb("intelligence.report", actor)
    form = ReportForm(request.POST or None, initial={"occurred_at": f"{clock.as_of():%Y-%m-%dT%H:%MZ}"})
    if form.is_valid():
        try:
            return redirect("signal", key=_store(request, form.cleaned_data))
        except Refused as refused:
            form.add_error(None, sentence(refused.refusal.reason, refused.refusal.params))
        except ValueError as fault:
            form.add_error("occurred_at", str(fault))
    return render(request, "intelligence/report.html", {"form": form, "source": queries.typed_source(actor)})


def _store(request: HttpRequest, said: dict[str, object]) -> str:
    actor = actor_of(request)
    row = queries.wanted_typed_source(actor)
    marking, grade = Marking.parse(str(said.pop("marking"))), str(said.pop("grade"))
    occurred_at = queries.instant(str(said.pop("occurred_at")))
    written = typed.report(occurred_at=occurred_at, **said)  # type: ignore[arg-type]  # the form's own fields
    claimed = claim(Source, row.pk, "intelligence.report", actor)
    return actions.report(claimed, written, marking=marking, grade=grade, mission=None)


@require_GET
def asides(request: HttpRequest) -> HttpResponse:
    """What could not be read."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    state = request.GET.get("state", "standing")
    rows = list(queries.asides(actor, state=state)[:200])
    return render(request, "intelligence/asides.html", {"rows": rows, "state": state})


@require_GET
def aside(request: HttpRequest, number: int) -> HttpResponse:
    """One item that could not be read, with its bytes."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    row, raw = queries.aside(actor, number)
    context = {"row": row, "raw": queries.printable(raw), "source": queries.source_numbered(actor, row.source)}
    context |= {
        "may_dismiss": "intelligence.dismiss" in actor.verbs,
        "may_retry": "intelligence.collect" in actor.verbs,
    }
    return render(request, "intelligence/aside.html", context)


@require_POST
def dismiss(request: HttpRequest, number: int) -> HttpResponse:
    """Let an item go."""
    house = claim_house("intelligence.dismiss", actor_of(request))
    try:
        actions.dismiss(house, number, reason=request.POST.get("reason", ""))
        messages.success(request, _("It is let go; its bytes stay."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return redirect("aside", number=number)
    return redirect("asides")


@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Read an item again."""
    actor = actor_of(request)
    row, _raw = queries.aside(actor, number)
    claimed = claim(Source, queries.source_numbered(actor, row.source).pk, "intelligence.collect", actor)
    done = actions.retry(claimed, number)
    if done.quarantined:
        messages.error(request, _("It still cannot be read."))
    else:
        messages.success(request, _("It was read: %(n)s new signals.") % {"n": done.signals})
    return redirect("asides")


@require_GET
def profile(request: HttpRequest, key: str) -> HttpResponse:
    """The threat profile of one mission with its causes, and the forms of the analyst."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    mission = missions.mission(actor, key)
    changed = change.changes(actor, mission)
    context = {
        "mission": mission,
        "lines": [(line, changed[line.threat]) for line in queries.profile(actor, mission)],
        "silent": queries.silent_sources(actor),
        "tripwires": queries.tripwires(actor, key),
        "asked": asked.standing(actor, mission=key),
        "figures": figures.near(actor, mission),
        "may_import": "intelligence.import_incidents" in actor.verbs,
        "reaching": reaching(actor, key),
        "ahead": ahead(actor, key, days=90),
        "grade_form": GradeForm() if "intelligence.grade_threat" in actor.verbs else None,
        "tripwire_form": TripwireForm() if "intelligence.set_tripwire" in actor.verbs else None,
    }
    return render(request, "intelligence/profile.html", context)


@require_POST
def grade(request: HttpRequest, key: str) -> HttpResponse:
    """Grade one side of a threat."""
    claimed = missions.claimed(actor_of(request), key, "intelligence.grade_threat")
    form = GradeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a threat and a grade, and write what it rests on."))
        return redirect("threat-profile", key=key)
    said = form.cleaned_data
    judged, _colon, value = said["step"].partition(":")
    try:
        actions.grade_threat(
            claimed, said["threat"], Judged(judged), int(value), grade=Grade.parse(said["admiralty"]), note=said["note"]
        )
        messages.success(request, _("The grade stands and is recorded."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("threat-profile", key=key)


@require_POST
def draw(request: HttpRequest, key: str) -> HttpResponse:
    """Draw a line."""
    claimed = missions.claimed(actor_of(request), key, "intelligence.set_tripwire")
    form = TripwireForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write how many happenings, within what, and who acts."))
        return redirect("threat-profile", key=key)
    said = form.cleaned_data
    condition = Happenings(said["threat"], said["count"], said["within_km"], said["within_hours"])
    try:
        lapses_at = clock.as_of() + timedelta(days=said["days"])
        actions.set_tripwire(claimed, condition, owner=said["owner"], lapses_at=lapses_at)
        messages.success(request, _("The line is drawn."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("threat-profile", key=key)


@require_GET
def tripwires(request: HttpRequest) -> HttpResponse:
    """Every line drawn beforehand."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    names = {str(m.id): m.name for m in missions.missions(actor)}
    rows = [(row, names.get(row.mission_id or "", "")) for row in queries.tripwires(actor)]
    return render(request, "intelligence/tripwires.html", {"rows": rows, "now": clock.as_of()})


urlpatterns = [
    path("", index, name="intelligence"),
    path("merge/", merge, name="occurrences-merge"),
    path("occurrences/<str:key>/", occurrence, name="occurrence"),
    path("occurrences/<str:key>/split/", split, name="occurrence-split"),
    path("signals/<str:key>/", signal, name="signal"),
    path("sources/", sources, name="sources"),
    path("sources/<str:key>/", source, name="source"),
    path("sources/<str:key>/amend/", amend, name="source-amend"),
    path("sources/<str:key>/collect/", collect, name="source-collect"),
    path("report/", report, name="report"),
    path("aside/", asides, name="asides"),
    path("aside/<int:number>/", aside, name="aside"),
    path("aside/<int:number>/dismiss/", dismiss, name="aside-dismiss"),
    path("aside/<int:number>/retry/", retry, name="aside-retry"),
    path("missions/<str:key>/", profile, name="threat-profile"),
    path("missions/<str:key>/grade/", grade, name="threat-grade"),
    path("missions/<str:key>/tripwire/", draw, name="tripwire-draw"),
    path("tripwires/", tripwires, name="tripwires"),
    *past.urlpatterns,
    *phones.urlpatterns,
    *reports.urlpatterns,
    *contradictions.urlpatterns,
    *actors.urlpatterns,
    *calendar.urlpatterns,
    *briefs.urlpatterns,
    *requirements.urlpatterns,
    *reviews.urlpatterns,
]
