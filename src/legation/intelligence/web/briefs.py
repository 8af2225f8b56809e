"""Pages of briefs: the list, one in the version its reader may read, its print, its receipts, whose copy this is."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.markings import Marking
from legation.intelligence import actions
from legation.intelligence.models import Brief, Receipt
from legation.intelligence.queries import briefs as queries
from legation.intelligence.queries.briefs import BriefSeen
from legation.intelligence.rules.briefs import Composed, Item, Line, Span
from legation.pages import prints
from legation.pages.sentences import sentence
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.egress.paper import NotPrinted, Sheet

TEMPLATE = "intelligence/brief_print.html"


class ChangeForm(forms.Form):
    """What changed, and the line of the version below; the lines themselves are fields beside it."""

    change = forms.CharField(
        label=gettext_lazy("What changed, and why"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The latest briefs, those that wait for this reader first."""
    actor = actor_of(request)
    check_verb("intelligence.read_brief", actor)
    waiting = {one.brief for one in queries.waiting_for(actor)}
    rows = queries.seen(actor, list(queries.briefs(actor)[:100]))
    context = {"rows": rows, "waiting": waiting, "may_issue": "intelligence.issue_brief" in actor.verbs}
    return render(request, "intelligence/briefs.html", context)


@require_GET
def brief(request: HttpRequest, key: str) -> HttpResponse:
    """One version; a recipient's opening is noted. Raises NotVisible, for absent and hidden alike."""
    actor = actor_of(request)
    check_verb("intelligence.read_brief", actor)
    seen = queries.brief(actor, key)
    receipt = queries.own_receipt(actor, key)
    if receipt is not None and receipt.opened_at is None and "intelligence.open_brief" in actor.verbs:
        receipt = actions.open_brief(claim(Receipt, receipt.pk, "intelligence.open_brief", actor))
    may_issue = "intelligence.correct_brief" in actor.verbs
    context = {
        "brief": seen,
        "receipt": receipt,
        "receipts": queries.receipts_of_both(actor, seen.row) if "intelligence.read" in actor.verbs else [],
        "copies": queries.copies(actor, seen.row) if may_issue else [],
        "may_print": "intelligence.print_brief" in actor.verbs,
        "may_correct": may_issue and not seen.later and not queries.stands_below(actor, seen.row),
        "page_marking": seen.marking,
    }
    return render(request, "intelligence/brief.html", context)


@require_POST
def read(request: HttpRequest, key: str) -> HttpResponse:
    """I have read it. Raises NotVisible where it was not for this reader."""
    actor = actor_of(request)
    check_verb("intelligence.acknowledge_brief", actor)
    receipt = queries.own_receipt(actor, key)
    if receipt is None:
        raise NotVisible
    actions.acknowledge_brief(claim(Receipt, receipt.pk, "intelligence.acknowledge_brief", actor))
    messages.success(request, _("Noted that you have read it."))
    return redirect("brief", key=key)


@require_POST
def print_copy(request: HttpRequest, key: str) -> HttpResponse:
    """A copy for this reader, as PDF; as a page that prints itself where there is no Pango."""
    actor = actor_of(request)
    claimed = claim(Brief, key, "intelligence.print_brief", actor)
    copy = actions.print_brief(claimed, language=get_language() or "en")
    seen = queries.brief(actor, key)
    sheet = sheet_of(seen, copy.pk, actor)
    try:
        content = pdf_of(seen, sheet, actor, copy.language)
    except NotPrinted:
        return HttpResponse(prints.view(TEMPLATE, {"brief": seen}, sheet, language=copy.language))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="brief-{seen.row.span}-{seen.row.number}.pdf"'
    return answer


def sheet_of(seen: BriefSeen, copy: str, actor: Actor) -> Sheet:
    """What stands on every page of a copy: the marking of the version, the copy, the reader."""
    return Sheet(seen.marking, copy, actor.name, (_("Page"), _("Copy"), _("Printed for")))


def pdf_of(seen: BriefSeen, sheet: Sheet, actor: Actor, language: str = "en") -> bytes:
    """The copy as PDF. Raises NotPrinted."""
    return prints.pdf(TEMPLATE, {"brief": seen}, sheet, actor, language=language)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Issue it again as the next edition: lines are kept, rewritten or left out, and what changed is said."""
    actor = actor_of(request)
    claimed = claim(Brief, key, "intelligence.correct_brief", actor)
    seen = queries.brief(actor, key)
    form = ChangeForm(request.POST or None)
    if form.is_valid():
        try:
            again = composed_again(actor, seen, request.POST)
            done = actions.correct_brief(claimed, again, change=form.cleaned_data["change"])
            return redirect("brief", key=done.pk)
        except Refused as refused:
            form.add_error(None, sentence(refused.refusal.reason, refused.refusal.params))
    context = {"brief": seen, "form": form, "lines": list(enumerate(seen.row.parts)), "page_marking": seen.marking}
    return render(request, "intelligence/brief_correct.html", context)


def composed_again(actor: Actor, seen: BriefSeen, typed: "dict[str, str]") -> Composed:
    """The same brief with lines rewritten or left out; its line and its readers stay."""
    kept = [
        _again(line, typed.get(f"text-{n}", line.text), typed.get(f"below-{n}", line.below))
        for n, line in enumerate(seen.row.parts)
        if typed.get(f"text-{n}", line.text).strip()
    ]
    line = queries.line_of(actor, seen.row)
    readers = queries.recipients(actor, seen.row)
    row = seen.row
    return Composed(Span(row.span), row.title, tuple(kept), row.looked_from, None, line, readers)


def _again(line: Line, text: str, below: str) -> Item:
    counted = line.counted and below == line.below
    return Item(
        line.section, text.strip(), line.marking, line.title, line.likelihood, line.subject, below.strip(), counted
    )


@require_GET
def copies(request: HttpRequest) -> HttpResponse:
    """Whose copy is the page that was found? Asked by what stands at its foot."""
    actor = actor_of(request)
    check_verb("intelligence.issue_brief", actor)
    asked = request.GET.get("copy", "").strip()
    try:
        found = queries.copy(actor, asked) if asked else None
    except NotVisible:
        found = None
    context = {"asked": asked, "found": found, "page_marking": found[1].marking if found else Marking()}
    return render(request, "intelligence/brief_copies.html", context)


urlpatterns = [
    path("briefs/", index, name="briefs"),
    path("briefs/copies/", copies, name="brief-copies"),
    path("briefs/<str:key>/", brief, name="brief"),
    path("briefs/<str:key>/read/", read, name="brief-read"),
    path("briefs/<str:key>/print/", print_copy, name="brief-print"),
    path("briefs/<str:key>/correct/", correct, name="brief-correct"),
]
