"""Pages of what is still asked: mine, overdue, by agency; one question with its answers and the next step."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.grading import Credibility, Grade, Reliability
from legation.foundations.identity import Ref
from legation.foundations.markings import Marking, Tlp
from legation.foundations.threats import ThreatClass
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence import queries as signals
from legation.intelligence.actions.requirements import Question
from legation.intelligence.links import typed
from legation.intelligence.models import Answer, Requirement, Source
from legation.intelligence.queries import requirements as queries
from legation.intelligence.queries.requirements import AnswerSeen, RequirementSeen
from legation.intelligence.rules.kinds import KINDS
from legation.intelligence.rules.requirements import AgencyKind, Priority, State
from legation.missions import published as missions
from legation.pages.panels import address_of
from legation.pages.sentences import in_words, sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of

MARKINGS = [str(Marking(tlp=one)) for one in Tlp] + ["RESTRICTED // TLP:AMBER", "CONFIDENTIAL // TLP:AMBER+STRICT"]
GRADES = [(f"{r}{c}", f"{r}{c}") for r in Reliability for c in Credibility]
WITHIN = timedelta(days=7)


class QuestionForm(forms.Form):
    """A question and what waits for its answer."""

    question = forms.CharField(label=gettext_lazy("What must be known"), max_length=400)
    why = forms.CharField(label=gettext_lazy("Which decision waits for it"), max_length=400)
    threat = forms.ChoiceField(
        label=gettext_lazy("Threat"),
        choices=[("", "–"), *[(one.value, in_words(one.value)) for one in ThreatClass]],
        required=False,
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        coerce=int,
        choices=[(int(one), in_words(one.name)) for one in Priority],
    )
    subject = forms.CharField(
        label=gettext_lazy("Raised by (a reference, as Occurrence/0193…)"), max_length=80, required=False
    )
    marking = forms.ChoiceField(label=gettext_lazy("Marking"), choices=[(one, one) for one in MARKINGS])


class AskForm(forms.Form):
    """Whom, and until when."""

    agency = forms.ChoiceField(label=gettext_lazy("Ask"))
    due = forms.DateField(label=gettext_lazy("Answer due"), widget=forms.DateInput(attrs={"type": "date"}))
    missing = forms.CharField(label=gettext_lazy("What was missing"), max_length=400, required=False)


class AnswerForm(forms.Form):
    """What was answered."""

    text = forms.CharField(
        label=gettext_lazy("Answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    grade = forms.ChoiceField(label=gettext_lazy("Believed"), choices=GRADES, initial="F6")
    marking = forms.ChoiceField(label=gettext_lazy("Marking"), choices=[(one, one) for one in MARKINGS])
    subject = forms.CharField(label=gettext_lazy("Signal or occurrence that answers it"), max_length=80, required=False)


class AgencyForm(forms.Form):
    """Somebody who can be asked."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"), coerce=AgencyKind, choices=[(one.value, in_words(one.value)) for one in AgencyKind]
    )
    contact = forms.CharField(label=gettext_lazy("Channel (no secret)"), max_length=200, required=False)


class ReportForm(forms.Form):
    """As what an answer enters fusion."""

    kind = forms.ChoiceField(
        label=gettext_lazy("It tells of"), choices=[(one.word, in_words(one.word)) for one in KINDS]
    )


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What is asked: all that stands, mine, overdue, closed; and how each agency answers."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    which = request.GET.get("show", "standing")
    may_put = "intelligence.put_requirement" in actor.verbs
    context = {
        "rows": queries.narrowed(actor, which),
        "which": which,
        "agencies": queries.agencies(actor),
        "agency_form": AgencyForm() if "intelligence.register_agency" in actor.verbs else None,
        "form": QuestionForm() if may_put else None,
        "mission": request.GET.get("mission", ""),
        "at": missions.missions(actor, keys=missions.keys_of(actor, missions.home_state(actor))) if may_put else [],
    }
    return render(request, "intelligence/requirements.html", context)


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Put a question."""
    actor, verb = actor_of(request), "intelligence.put_requirement"
    check_verb(verb, actor)
    form, mission = QuestionForm(request.POST), request.POST.get("mission", "")
    at = missions.claimed(actor, mission, verb) if mission else None
    if form.is_valid():
        try:
            question = _question(form.cleaned_data)
            row = actions.put_requirement(at or claim_house(verb, actor), question)
            return redirect("requirement", key=row.pk)
        except Refused as refused:
            messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    else:
        messages.error(request, _("Write what must be known and which decision waits for it."))
    return redirect("requirements")


def _question(said: dict[str, object]) -> Question:
    threat = str(said["threat"])
    return Question(
        str(said["question"]),
        str(said["why"]),
        ThreatClass(threat) if threat else None,
        Priority(int(str(said["priority"]))),
        str(said["subject"]).strip(),
        Marking.parse(str(said["marking"])),
    )


@require_GET
def requirement(request: HttpRequest, key: str) -> HttpResponse:
    """One question, its answers, and what can be done to it now."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    seen = queries.requirement(actor, key)
    state = State(seen.row.state)
    context = {
        "seen": seen,
        "answers": queries.answers(actor, key),
        "page_marking": Marking.parse(seen.marking),
        "subject": address_of(Ref.parse(seen.row.subject)) if seen.row.subject else "",
        "answer_form": AnswerForm() if _may(actor, "answer", state) else None,
        "ask_form": _ask_form(actor, seen) if _may(actor, "ask", state) else None,
        "may_close": _may(actor, "close", state),
        "report_form": ReportForm() if seen.row.mission_id and "intelligence.cite_answer" in actor.verbs else None,
    }
    return render(request, "intelligence/requirement.html", context)


def _may(actor: Actor, step: str, state: State) -> bool:
    closed = state in (State.SATISFIED, State.WITHDRAWN)
    return f"intelligence.{step}_requirement" in actor.verbs and not closed


def _ask_form(actor: Actor, seen: RequirementSeen, data: object = None) -> AskForm:
    form = AskForm(data, initial={"due": (clock.as_of() + WITHIN).date(), "agency": seen.row.agency})  # type: ignore[arg-type]
    form.fields["agency"].choices = [(one.row.pk, one.row.name) for one in queries.agencies(actor)]  # type: ignore[attr-defined]
    if seen.row.state != State.ANSWERED:
        del form.fields["missing"]
    return form


@require_POST
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask somebody, or ask again."""
    actor = actor_of(request)
    claimed = claim(Requirement, key, "intelligence.ask_requirement", actor)
    form = _ask_form(actor, queries.requirement(actor, key), request.POST)
    if form.is_valid():
        said = form.cleaned_data
        agency = queries.agency(actor, said["agency"])
        return _done(
            request,
            key,
            lambda: actions.ask_requirement(
                claimed, agency=agency, due_at=end_of(said["due"].isoformat()), missing=said.get("missing", "")
            ),
        )
    messages.error(request, _("Choose whom to ask, and a day."))
    return redirect("requirement", key=key)


def end_of(day: str) -> datetime:
    """The evening of a day: who is asked has all of it."""
    return parse_instant(day) + timedelta(hours=23, minutes=59)


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Put down what was answered."""
    claimed = claim(Requirement, key, "intelligence.answer_requirement", actor_of(request))
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        grade, marking = Grade.parse(said["grade"]), Marking.parse(said["marking"])
        return _done(
            request,
            key,
            lambda: actions.answer_requirement(
                claimed, text=said["text"], grade=grade, marking=marking, subject=said["subject"]
            ),
        )
    messages.error(request, _("Write the answer, its grade and its marking."))
    return redirect("requirement", key=key)


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """It is enough; or it is not needed any more."""
    claimed = claim(Requirement, key, "intelligence.close_requirement", actor_of(request))
    withdrawn, reason = request.POST.get("do") == "withdraw", request.POST.get("reason", "")
    return _done(request, key, lambda: actions.close_requirement(claimed, withdrawn=withdrawn, reason=reason))


def _done(request: HttpRequest, key: str, run: Callable[[], object]) -> HttpResponse:
    try:
        run()
        messages.success(request, _("Recorded."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("requirement", key=key)


@require_POST
def register_agency(request: HttpRequest) -> HttpResponse:
    """Bring somebody who can be asked into the register."""
    house = claim_house("intelligence.register_agency", actor_of(request))
    form = AgencyForm(request.POST)
    try:
        if form.is_valid():
            actions.register_agency(house, **form.cleaned_data)
            messages.success(request, _("They can be asked from now on."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("requirements")


@require_POST
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Make an answer a typed report: it reaches fusion as any other does."""
    actor = actor_of(request)
    claimed = claim(Answer, key, "intelligence.cite_answer", actor)
    seen = queries.answer(actor, key)
    form = ReportForm(request.POST)
    if form.is_valid():
        source = claim(Source, signals.wanted_typed_source(actor).pk, "intelligence.report", actor)
        said = reported(actor, seen, form.cleaned_data["kind"])
        return _done(request, seen.row.requirement, lambda: actions.report_answer(source, claimed, said))
    return redirect("requirement", key=seen.row.requirement)


def reported(actor: Actor, seen: AnswerSeen, kind: str) -> typed.Report:
    """An answer in the words of the report form: at its mission, now, told by who was asked."""
    mission = missions.mission(actor, seen.row.mission_id or "")
    question = queries.requirement(actor, seen.row.requirement).row.question
    return typed.report(
        question[: typed.TITLE_CHARS_MAX],
        seen.row.text,
        kind,
        seen.row.answered_at,
        seen.agency or _("told unasked"),
        place=mission.name,
        latitude=mission.latitude,
        longitude=mission.longitude,
        country=mission.receiving_code,
    )


urlpatterns = [
    path("requirements/", index, name="requirements"),
    path("requirements/new/", put, name="requirement-put"),
    path("requirements/agencies/", register_agency, name="agency-register"),
    path("requirements/answers/<str:key>/report/", report, name="requirement-report"),
    path("requirements/<str:key>/", requirement, name="requirement"),
    path("requirements/<str:key>/ask/", ask, name="requirement-ask"),
    path("requirements/<str:key>/answer/", answer, name="requirement-answer"),
    path("requirements/<str:key>/close/", close, name="requirement-close"),
]
