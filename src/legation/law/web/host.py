"""Pages of the host-state ledger: what is asked of the receiving state, how it stands, and the note it travels in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, cast

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.law.actions import host as actions
from legation.law.events.host import Language, RequestKind, Step
from legation.law.links import pack
from legation.law.models import HostNote, HostRequest
from legation.law.queries import host as queries
from legation.law.web import host_forms as asked
from legation.law.web import note_paper
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import blobs, clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A step as the page offers it: its name, what it does, the form, where it is posted."""

    step: Step
    label: str
    why: str
    form: forms.Form
    url_name: str


URLS = {
    Step.NUMBER: "law-host-number",
    Step.REMIND: "law-host-number",
    Step.PROTEST: "law-host-number",
    Step.DELIVER: "law-host-deliver",
    Step.ANSWER: "law-host-answer",
    Step.JUDGE: "law-host-judge",
    Step.ESCALATE: "law-host-escalate",
    Step.WITHDRAW: "law-host-withdraw",
}
VERBS = {
    "law-host-number": "law.number_note",
    "law-host-deliver": "law.deliver_note",
    "law-host-answer": "law.record_answer",
    "law-host-judge": "law.judge_promise",
    "law-host-escalate": "law.escalate_host",
    "law-host-withdraw": "law.withdraw_request",
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Requests, what is due first, and the record by obligation; `?mission=` one mission, `?all=1` with those done."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    mission, everything = request.GET.get("mission", ""), request.GET.get("all", "")
    context = {
        "requests": queries.requests(actor, mission, closed=bool(everything)),
        "record": queries.record(actor, mission),
        "mission": missions.mission(actor, mission) if mission else None,
        "everything": everything,
        "may_ask": "law.ask_host" in actor.verbs,
    }
    return render(request, "law/host.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Ask something of the receiving state: choosing the kind proposes norm and text."""
    claimed = missions.claimed(actor_of(request), key, "law.ask_host")
    kind = _kind(request.GET.get("kind") or request.POST.get("kind"))
    proposal = queries.proposal(claimed.actor, key, kind)
    form = asked.AskForm(request.POST or None, initial={"kind": kind, "norm": proposal.norm})
    if request.method == "POST" and form.is_valid():
        marking = form.cleaned_data.pop("marking")
        made = _tried(request, lambda: actions.ask_host(claimed, actions.Asked(**form.cleaned_data), marking=marking))
        if made is not None:
            return redirect("law-host-request", made.pk)
    context = {
        "form": form,
        "kind": kind,
        "kinds": list(RequestKind),
        "proposal": proposal,
        "mission": missions.mission(claimed.actor, key),
    }
    return render(request, "law/host_new.html", context)


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One request: its course, its notes, and the next step as one big choice."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    shown = queries.shown(actor, key)
    context = {
        "shown": shown,
        "row": shown.row,
        "next": _choice(actor, shown, shown.step) if shown.step else None,
        "others": [found for step in shown.others if (found := _choice(actor, shown, step))],
        "course": queries.lines(actor, shown.row),
        "attachments": queries.attachments(actor, shown.row),
        "may_pack": "law.take_pack" in actor.verbs,
    }
    return render(request, "law/host_request.html", context)


@require_GET
def note(request: HttpRequest, key: str) -> HttpResponse:
    """One note as it reads in each language, with what may still be done to it."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    found = queries.note(actor, key)
    wordable = found.delivered_at is None and "law.word_note" in actor.verbs
    context = {
        "note": found,
        "row": queries.request(actor, found.request_id),
        "texts": [(language, found.text(language)) for language in found.languages],
        "word_form": asked.WordForm() if wordable else None,
        "may_print": "law.print_note" in actor.verbs,
    }
    return render(request, "law/host_note.html", context)


@require_POST
def number(request: HttpRequest, key: str) -> HttpResponse:
    """Number the note of a step, worded in one language."""
    claimed = claim(HostRequest, key, "law.number_note", actor_of(request))
    form = asked.NumberForm(request.POST)

    def run() -> HostNote:
        given, wordings = form.cleaned_data, {form.cleaned_data["language"]: form.wording}
        return actions.number_note(claimed, given["step"], wordings, first=given["first"] or 1)

    made = _tried(request, run, form)
    return redirect("law-host-note", made.pk) if made is not None else redirect("law-host-request", key)


@require_POST
def word(request: HttpRequest, key: str) -> HttpResponse:
    """Word a note in a language."""
    claimed = claim(HostNote, key, "law.word_note", actor_of(request))
    form = asked.WordForm(request.POST)
    _tried(request, lambda: actions.word_note(claimed, form.wording, form.cleaned_data["language"]), form)
    return redirect("law-host-note", key)


@require_POST
def print_note(request: HttpRequest, key: str) -> HttpResponseBase:
    """Print a copy, as PDF or as a page that the browser prints; each copy is recorded."""
    actor = actor_of(request)
    claimed = claim(HostNote, key, "law.print_note", actor)
    found = queries.note(actor, key)
    language, outward = _language(request.POST.get("language")), request.POST.get("copy") != "file"
    copy = _tried(request, lambda: actions.print_note(claimed, language, outward=outward))
    if copy is None:
        return redirect("law-host-note", key)
    if request.POST.get("as") == "view":
        return HttpResponse(note_paper.view(found, language, copy, actor, outward=outward))
    return _pdf(request, found, note_paper.Copy(language, copy, outward))


@require_POST
def deliver(request: HttpRequest, key: str) -> HttpResponse:
    """Record how the latest note was handed over."""
    claimed = claim(HostRequest, key, "law.deliver_note", actor_of(request))
    form = asked.DeliverForm(request.POST, request.FILES)

    def run() -> HostRequest:
        document = _document(form)
        return actions.deliver_note(claimed, actions.HandedOver(**form.cleaned_data), document)

    _tried(request, run, form)
    return redirect("law-host-request", key)


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what the host answered."""
    claimed = claim(HostRequest, key, "law.record_answer", actor_of(request))
    form = asked.AnswerForm(request.POST, request.FILES)

    def run() -> HostRequest:
        document = _document(form)
        return actions.record_answer(claimed, actions.Answered(**form.cleaned_data), document)

    _tried(request, run, form)
    return redirect("law-host-request", key)


@require_POST
def judge(request: HttpRequest, key: str) -> HttpResponse:
    """Say whether it was kept."""
    claimed = claim(HostRequest, key, "law.judge_promise", actor_of(request))
    form = asked.JudgeForm(request.POST)
    _tried(request, lambda: actions.judge_promise(claimed, **form.cleaned_data), form)
    return redirect("law-host-request", key)


@require_POST
def escalate(request: HttpRequest, key: str) -> HttpResponse:
    """Raise it above the ministry's desk."""
    claimed = claim(HostRequest, key, "law.escalate_host", actor_of(request))
    form = asked.EscalateForm(request.POST)
    _tried(request, lambda: actions.escalate_host(claimed, **form.cleaned_data), form)
    return redirect("law-host-request", key)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Ask no longer."""
    claimed = claim(HostRequest, key, "law.withdraw_request", actor_of(request))
    form = asked.WhyForm(request.POST)
    _tried(request, lambda: actions.withdraw_request(claimed, **form.cleaned_data), form)
    return redirect("law-host-request", key)


@require_POST
def take_pack(request: HttpRequest, key: str) -> HttpResponseBase:
    """The whole course of a request as a file for `verify_ledger.py`."""
    file = pack.write(claim(HostRequest, key, "law.take_pack", actor_of(request)))
    return FileResponse(file, as_attachment=True, filename=f"host-request-{key}.txt")


@require_GET
def attachment(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A document that came with a request, as it came; never shown in the browser."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    if name not in {one.blob for one in queries.attachments(actor, queries.request(actor, key))}:
        raise NotVisible
    answer = StreamingHttpResponse(blobs.read(name), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = "attachment"
    return answer


def _choice(actor: Actor, shown: queries.Shown, step: Step) -> Choice | None:
    """The step with its form; nothing where the actor may not take it."""
    url_name = URLS[step]
    if VERBS[url_name] not in actor.verbs:
        return None
    language = queries.language_for(shown.mission)
    made: dict[Step, Callable[[], forms.Form]] = {
        Step.DELIVER: lambda: asked.DeliverForm(initial={"at": clock.as_of()}),
        Step.ANSWER: asked.AnswerForm,
        Step.JUDGE: asked.JudgeForm,
        Step.ESCALATE: asked.EscalateForm,
        Step.WITHDRAW: asked.WhyForm,
    }
    form = made[step]() if step in made else asked.NumberForm(initial={"step": step.value, "language": language})
    if step in {Step.REMIND, Step.PROTEST}:
        del form.fields["first"]
    return Choice(step, sentence(f"law.step.{step.value}"), sentence(f"law.why.{step.value}"), form, url_name)


def _tried[T](request: HttpRequest, act: Callable[[], T], form: forms.Form | None = None) -> T | None:
    """Run an act; say what was refused and what to do."""
    if form is not None and not form.is_valid():
        fields = ", ".join(str(form.fields[name].label) for name in form.errors if name in form.fields)
        messages.error(request, _("Look again at: %(fields)s.") % {"fields": fields})
        return None
    try:
        return act()
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    except blobs.BlobRefused as fault:
        messages.error(request, str(fault))
    return None


def _pdf(request: HttpRequest, found: HostNote, copy: note_paper.Copy) -> HttpResponse:
    try:
        data = note_paper.pdf(found, copy, actor_of(request))
    except note_paper.NotPrinted as fault:
        messages.error(request, str(fault))
        return redirect("law-host-note", found.pk)
    answer = HttpResponse(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="note-{found.number:03d}-{found.year}.pdf"'
    return answer


def _document(form: forms.Form) -> tuple[IO[bytes], str] | None:
    upload = form.cleaned_data.pop("document", None)
    return (cast(IO[bytes], upload.file), str(upload.name)) if upload else None


def _kind(text: str | None) -> RequestKind:
    return RequestKind(text) if text in set(RequestKind) else RequestKind.POLICE_PROTECTION


def _language(text: str | None) -> Language:
    return Language(text) if text in set(Language) else Language.EN


urlpatterns = [
    path("host/", index, name="law-host"),
    path("host/at/<str:key>/", new, name="law-host-new"),
    path("host/notes/<str:key>/", note, name="law-host-note"),
    path("host/notes/<str:key>/word/", word, name="law-host-word"),
    path("host/notes/<str:key>/print/", print_note, name="law-host-print"),
    path("host/<str:key>/", one, name="law-host-request"),
    path("host/<str:key>/number/", number, name="law-host-number"),
    path("host/<str:key>/deliver/", deliver, name="law-host-deliver"),
    path("host/<str:key>/answer/", answer, name="law-host-answer"),
    path("host/<str:key>/judge/", judge, name="law-host-judge"),
    path("host/<str:key>/escalate/", escalate, name="law-host-escalate"),
    path("host/<str:key>/withdraw/", withdraw, name="law-host-withdraw"),
    path("host/<str:key>/pack/", take_pack, name="law-host-pack"),
    path("host/<str:key>/attachments/<str:name>/", attachment, name="law-host-attachment"),
]
