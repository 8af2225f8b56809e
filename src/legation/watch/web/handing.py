"""Pages of a watch that changes hands, and the shift log."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.missions import published as missions
from legation.pages import prints
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import names_of
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.egress.paper import NotPrinted, Sheet
from legation.watch.actions import handing as actions
from legation.watch.models.handing import HandOver
from legation.watch.models.roster import Shift
from legation.watch.queries import handing as queries
from legation.watch.queries import roster
from legation.watch.rules.handing import LONGEST_NOTE
from legation.watch.web.roster import HEADQUARTERS, ChangeForm, PlaceForm, place_claim


class HandOverForm(PlaceForm):
    """To whom, and what he should know beside what is open."""

    who = forms.ChoiceField(label=gettext_lazy("To whom"))
    note = forms.CharField(
        label=gettext_lazy("What he should know beside what is open"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def form_for(actor: Actor, shift: Shift, now: datetime) -> HandOverForm | None:
    """The form that gives this turn away; None where it is not this actor's watch, not now, or given already."""
    place, turn = shift.mission_id, shift.turn
    if shift.cancelled or now < turn.begins or queries.offered(actor, shift.pk) is not None:
        return None
    if "watch.hand_over" not in actor.verbs or roster.stands_in_for(actor, place, turn, now) != actor.id:
        return None
    return HandOverForm(roster.roster(actor, place, now), initial={"who": queries.next_after(actor, place, turn)})


@require_GET
def shift(request: HttpRequest, key: str) -> HttpResponse:
    """One turn, and how it is given to somebody else."""
    actor = actor_of(request)
    check_verb("watch.read_roster", actor)
    row = roster.shift(actor, key)
    known = roster.roster(actor, row.mission_id, clock.as_of())
    context = {"shift": row, "who": names_of([row.who]).get(row.who, "?"), "place": row.mission_id or HEADQUARTERS}
    context |= {"name": missions.mission(actor, row.mission_id).name if row.mission_id else ""}
    if "watch.swap_shift" in actor.verbs and row.ends > clock.as_of() and not row.cancelled:
        context |= {"form": ChangeForm(known)}
    context |= {"hand_over_form": form_for(actor, row, clock.as_of()), "offered": queries.offered(actor, key)}
    return render(request, "watch/shift.html", context)


@require_POST
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """Give the watch away with all that is open."""
    claimed = claim(Shift, key, "watch.hand_over", actor_of(request))
    try:
        row = actions.hand_over(claimed, request.POST.get("who", ""), note=request.POST.get("note", ""))
        return redirect("hand-over", row.pk)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("shift", key)


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """What is handed over, and the button that accepts it."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    row = queries.hand_over(actor, key)
    yours = row.incoming == actor.id and "watch.accept_watch" in actor.verbs
    return render(request, "watch/hand_over.html", {**shown(actor, row), "yours": yours})


def shown(actor: Actor, row: HandOver) -> dict[str, object]:
    """The page's content, on screen and on paper."""
    names = names_of([row.outgoing, row.incoming])
    begins = roster.shift(actor, row.shift_id).begins
    notes = list(queries.log(actor, row.mission_id, begins).filter(at__lte=row.offered_at)[:100])
    authors = names_of({note.by for note in notes})
    return {
        "row": row,
        "outgoing": names.get(row.outgoing, "?"),
        "incoming": names.get(row.incoming, "?"),
        "name": missions.mission(actor, row.mission_id).name if row.mission_id else "",
        "place": row.mission_id or HEADQUARTERS,
        "items": row.open_items,
        "notes": [(note, authors.get(note.by, "?")) for note in notes],
        "marking": marking_of(row.marking_id),
        "now": clock.as_of(),
    }


@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Take the watch."""
    claimed = claim(HandOver, key, "watch.accept_watch", actor_of(request))
    try:
        actions.accept(claimed)
        messages.success(request, _("You have the watch."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("hand-over", key)


@require_POST
def on_paper(request: HttpRequest, key: str) -> HttpResponse:
    """The same page to sign and file; the view prints by itself where PDF cannot be made here."""
    actor = actor_of(request)
    copy = actions.printed(claim(HandOver, key, "watch.print_hand_over", actor))
    row = queries.hand_over(actor, key)
    sheet = Sheet(marking_of(row.marking_id), copy, actor.name)
    template, context = "watch/hand_over_print.html", shown(actor, row)
    try:
        found = prints.pdf(template, context, sheet, actor)
        return HttpResponse(found, content_type="application/pdf")
    except NotPrinted:
        return HttpResponse(prints.view(template, context, sheet))


@require_POST
def note(request: HttpRequest, key: str) -> HttpResponse:
    """A line into the shift log."""
    claimed = place_claim(key, "watch.log_note", actor_of(request))
    try:
        actions.log_note(claimed, request.POST.get("text", ""))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("roster-place", key)


urlpatterns = [
    path("shifts/<str:key>/", shift, name="shift"),
    path("shifts/<str:key>/hand-over/", offer, name="shift-hand-over"),
    path("hand-overs/<str:key>/", one, name="hand-over"),
    path("hand-overs/<str:key>/accept/", accept, name="hand-over-accept"),
    path("hand-overs/<str:key>/print/", on_paper, name="hand-over-print"),
    path("roster/<str:key>/notes/", note, name="shift-note"),
]
