"""Pages of the protocol register: what is in force, one protocol with its readers and versions, what I must read."""

from datetime import UTC, date, datetime, time

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.identity import Ref
from legation.foundations.threats import ThreatClass
from legation.law.actions import protocols as actions
from legation.law.events.protocols import ChangedBy, ProtocolKind
from legation.law.models import Protocol, ProtocolVersion
from legation.law.queries import norms
from legation.law.queries import protocols as asked
from legation.missions import published as missions
from legation.pages import prints
from legation.pages.attempts import attempt
from legation.platform.act import LAST_ENTRY
from legation.platform.authority.actor import Actor, Role
from legation.platform.authority.actors import names_of
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.platform.egress.paper import NotPrinted, Sheet

READERS = [(role.value, role.value.replace("_", " ")) for role in Role if role is not Role.ADMINISTRATOR]


def _codes(codes: type[ProtocolKind] | type[ChangedBy] | type[ThreatClass]) -> list[tuple[str, str]]:
    return [(code.value, code.value.replace("_", " ").capitalize()) for code in codes]


def _text(label: object, rows: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=40_000, widget=forms.Textarea(attrs={"rows": rows}))  # type: ignore[arg-type]


class SubjectForm(forms.Form):
    """A new protocol: what it is, who must read it, and its first version."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    kind = forms.TypedChoiceField(label=gettext_lazy("Kind"), coerce=ProtocolKind, choices=_codes(ProtocolKind))
    against = forms.TypedChoiceField(
        label=gettext_lazy("Guards against"), coerce=ThreatClass, choices=_codes(ThreatClass)
    )
    owner = forms.ChoiceField(label=gettext_lazy("Owner"))
    norm = forms.ChoiceField(label=gettext_lazy("Rests on"), required=False)
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Must read it"), choices=READERS, widget=forms.CheckboxSelectMultiple
    )
    within_days = forms.IntegerField(label=gettext_lazy("Days to read it"), min_value=1, max_value=60, initial=7)
    review_on = forms.DateField(
        label=gettext_lazy("Review on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = _text(gettext_lazy("Text"), 12)
    reason = forms.CharField(label=gettext_lazy("Why it is needed"), max_length=400)


class VersionForm(forms.Form):
    """The next version of a protocol."""

    text = _text(gettext_lazy("Text"), 14)
    changed_by = forms.TypedChoiceField(
        label=gettext_lazy("What changed it"),
        coerce=ChangedBy,
        choices=[one for one in _codes(ChangedBy) if one[0] != ChangedBy.FIRST],
    )
    reason = forms.CharField(label=gettext_lazy("Why, in a sentence"), max_length=400)
    because_of = forms.CharField(
        label=gettext_lazy("Record that says so"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("As Type/id, out of the foot of that record's page"),
    )
    within_days = forms.IntegerField(label=gettext_lazy("Days to read it"), min_value=1, max_value=60)

    def clean_because_of(self) -> str:
        said: str = self.cleaned_data["because_of"]
        if said:
            try:
                Ref.parse(said)
            except ValueError as fault:
                raise forms.ValidationError(str(fault)) from None
        return said


class ReviewForm(forms.Form):
    """When it is to be looked at again."""

    review_on = forms.DateField(
        label=gettext_lazy("It holds; look again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class EndForm(forms.Form):
    """Why it binds nobody any more."""

    reason = forms.CharField(label=gettext_lazy("Why it ends"), max_length=400)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(6), UTC)


def subject_form(actor: Actor, mission: str | None, data: object = None) -> SubjectForm:
    """The form with who could own it and the norms in force."""
    form = SubjectForm(data)  # type: ignore[arg-type]
    form.fields["owner"].choices = asked.owners(mission)  # type: ignore[attr-defined]
    cited = [(norm.code, f"{norm.cited}: {norm.words[:70]}") for norm in norms.in_force(actor)]
    form.fields["norm"].choices = [("", "–"), *cited]  # type: ignore[attr-defined]
    return form


def entered(said: dict[str, object]) -> tuple[actions.Subject, actions.Wording]:
    """What the form of a new protocol says."""
    own = {name: said[name] for name in ("title", "kind", "against", "owner", "within_days", "norm")}
    readers, day = tuple(map(str, said["readers"])), said["review_on"]  # type: ignore[call-overload]
    subject = actions.Subject(**own, readers=readers, review_at=_morning(day))  # type: ignore[arg-type]
    return subject, actions.Wording(str(said["text"]), ChangedBy.FIRST, str(said["reason"]))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Protocols in force, the least read first; `?mission=` narrows to one mission and the whole service."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    found = asked.standing(actor, request.GET.get("mission") or None)
    keys = frozenset(one.protocol.mission_id for one in found if one.protocol.mission_id)
    names = {str(one.id): one.name for one in missions.missions(actor, keys=keys)}
    context = {"standing": [(one, names.get(one.protocol.mission_id or "", "")) for one in found]}
    if actions.FOR_ALL in actor.verbs:
        context["form"] = subject_form(actor, None)  # type: ignore[assignment]
    context["may_enter"] = "law.enter_protocol" in actor.verbs  # type: ignore[assignment]
    return render(request, "law/protocols.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I must read."""
    actor = actor_of(request)
    check_verb("law.read_protocol", actor)
    return render(request, "law/reading.html", {"waiting": asked.to_read(actor)})


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """The version in force, who has read it, what it changed, and the versions before."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    row = asked.protocol(actor, key)
    context = shown(actor, row, row.in_force)
    if "law.publish_protocol" in actor.verbs and not row.ended:
        initial = {"text": context["version"].text, "within_days": row.within_days}  # type: ignore[attr-defined]
        context |= {"version_form": VersionForm(initial=initial), "review_form": ReviewForm(), "end_form": EndForm()}
    return render(request, "law/protocol.html", context)


@require_GET
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """An older version, as it stood."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return render(request, "law/protocol.html", shown(actor, asked.protocol(actor, key), number))


def shown(actor: Actor, row: Protocol, number: int) -> dict[str, object]:
    """Everything that the page of a protocol says."""
    found, reading = asked.version(actor, row.pk, number), asked.reading(actor, row)
    rests = norms.in_force(actor).filter(code=row.norm).first() if row.norm else None
    return {
        "protocol": row,
        "version": found,
        "versions": asked.versions(actor, row.pk),
        "changes": asked.changes(actor, row.pk, number),
        "because_of": Ref.parse(found.because_of) if found.because_of else None,
        "published_by": names_of([found.published_by]).get(found.published_by, ""),
        "owner": asked.owner_name(row),
        "norm": rests,
        "marking": marking_of(row.marking_id),
        "mission": missions.mission(actor, row.mission_id) if row.mission_id else None,
        "reading": reading,
        "names_shown": asked.RECEIPTS in actor.verbs,
        "waits": actor.id in dict(reading.unread) and number == row.in_force,
        "did_read": actor.id in dict(reading.read) and number == row.in_force,
    }


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Put a new protocol in force at a mission."""
    actor = actor_of(request)
    claimed = missions.claimed(actor, key, "law.enter_protocol")
    form = subject_form(actor, key, request.POST or None)
    if request.method == "POST" and attempt(
        request, _("It is in force."), lambda: actions.enter_protocol(claimed, *entered(form.cleaned_data)), form
    ):
        return redirect("law-protocols")
    return render(request, "law/protocol_new.html", {"form": form, "mission": missions.mission(actor, key)})


@require_POST
def enter_for_all(request: HttpRequest) -> HttpResponse:
    """Put a new protocol in force for the whole service."""
    actor = actor_of(request)
    claimed = claim_house(actions.FOR_ALL, actor)
    form = subject_form(actor, None, request.POST)
    done = _("It is in force for the whole service.")
    attempt(request, done, lambda: actions.enter_service_protocol(claimed, *entered(form.cleaned_data)), form)
    return redirect("law-protocols")


@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Put the next version in force."""
    claimed = claim(Protocol, key, "law.publish_protocol", actor_of(request))
    form = VersionForm(request.POST)

    def run() -> None:
        said = dict(form.cleaned_data)
        within = said.pop("within_days")
        actions.publish_protocol(claimed, actions.Wording(**said), within_days=within)

    attempt(request, _("The version is in force; everybody concerned is to read it."), run, form)
    return redirect("law-protocol", key)


@require_POST
def read(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Read and understood."""
    claimed = claim(Protocol, key, "law.read_protocol", actor_of(request))
    attempt(request, _("Recorded: you have read it."), lambda: actions.read_protocol(claimed, number))
    return redirect("law-protocol", key)


@require_POST
def review(request: HttpRequest, key: str) -> HttpResponse:
    """It holds as it stands."""
    claimed = claim(Protocol, key, "law.review_protocol", actor_of(request))
    form = ReviewForm(request.POST)
    done = _("The review is recorded.")
    attempt(request, done, lambda: actions.review_protocol(claimed, _morning(form.cleaned_data["review_on"])), form)
    return redirect("law-protocol", key)


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """It binds nobody any more."""
    claimed = claim(Protocol, key, "law.end_protocol", actor_of(request))
    form = EndForm(request.POST)
    attempt(request, _("It is out of force."), lambda: actions.end_protocol(claimed, form.cleaned_data["reason"]), form)
    return redirect("law-protocol", key)


@require_POST
def print_copy(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A copy on paper; printing it is recorded, and the copy carries the entry's id."""
    actor = actor_of(request)
    printed = actions.print_protocol(claim(Protocol, key, "law.print_protocol", actor), number)
    return on_paper(actor, asked.protocol(actor, key), printed, str(LAST_ENTRY.get()))


def on_paper(actor: Actor, row: Protocol, printed: ProtocolVersion, copy: str) -> HttpResponse:
    """The PDF, or where this machine cannot make one the page that a browser prints."""
    sheet = Sheet(marking_of(row.marking_id), copy, actor.name)
    context = {"protocol": row, "version": printed, "owner": asked.owner_name(row)}
    try:
        body = prints.pdf("law/protocol_print.html", context, sheet, actor)
    except NotPrinted:
        return HttpResponse(prints.view("law/protocol_print.html", context, sheet))
    return HttpResponse(body, content_type="application/pdf")


urlpatterns = [
    path("protocols/", index, name="law-protocols"),
    path("protocols/for-all/", enter_for_all, name="law-protocol-for-all"),
    path("protocols/at/<str:key>/", enter, name="law-protocol-enter"),
    path("reading/", mine, name="law-reading"),
    path("protocols/<str:key>/", one, name="law-protocol"),
    path("protocols/<str:key>/publish/", publish, name="law-protocol-publish"),
    path("protocols/<str:key>/review/", review, name="law-protocol-review"),
    path("protocols/<str:key>/end/", end, name="law-protocol-end"),
    path("protocols/<str:key>/<int:number>/", version, name="law-protocol-version"),
    path("protocols/<str:key>/<int:number>/read/", read, name="law-protocol-read"),
    path("protocols/<str:key>/<int:number>/print/", print_copy, name="law-protocol-print"),
]
