"""Pages of the responsibility matrix: every duty of a mission with its holders, one duty, giving and releasing."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.identity import Ref
from legation.law import actions
from legation.law.actions.matrix import Given
from legation.law.events.matrix import Holder
from legation.law.models import Holding
from legation.law.panels.wording import HOLDERS
from legation.law.queries import matrix as queries
from legation.law.rules.matrix import Standing
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of


class HolderForm(forms.Form):
    """Who holds it."""

    subject = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(widget=forms.HiddenInput, required=False)
    holder = forms.TypedChoiceField(
        label=gettext_lazy("Side"), coerce=Holder, choices=[(one.value, said) for one, said in HOLDERS.items()]
    )
    office = forms.CharField(label=gettext_lazy("Role, office or company"), max_length=120, required=False)
    person = forms.ChoiceField(label=gettext_lazy("Person at post"), required=False)
    part = forms.CharField(
        label=gettext_lazy("Part"), max_length=80, required=False, help_text=gettext_lazy("Empty for the whole duty")
    )

    @classmethod
    def at(cls, actor: Actor, mission: str, *args: object, **kwargs: object) -> "HolderForm":
        """The form with the people of a mission to choose from."""
        form = cls(*args, **kwargs)  # type: ignore[arg-type]
        people = [(one.id, one.name) for one in missions.people(actor, mission)]
        form.fields["person"].choices = [("", "–"), *people]  # type: ignore[attr-defined]
        return form

    def given(self) -> Given:
        return Given(**{**self.cleaned_data, "subject": Ref.parse(self.cleaned_data["subject"])})


@require_GET
def matrix(request: HttpRequest, key: str) -> HttpResponse:
    """Every duty of a mission with its holders by side; holes and doubles can be shown alone."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    lines = queries.matrix(actor, key)
    show = request.GET.get("show", "")
    counts = {one.value: sum(line.standing is one for line in lines) for one in Standing}
    shown = {
        "mission": missions.mission(actor, key),
        "lines": [line for line in lines if show in {"", line.standing.value}],
        "all": len(lines),
        "counts": counts,
        "show": show,
        "sides": HOLDERS.values(),
        "may_give": "law.give_responsibility" in actor.verbs,
        "may_review": "law.review_matrix" in actor.verbs,
    }
    return render(request, "law/matrix.html", shown)


@require_GET
def duty(request: HttpRequest, key: str, kind: str, subject: str) -> HttpResponse:
    """One duty with its holders, and the form that adds one."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    ref = Ref(kind, subject)
    found = queries.duty(actor, key, ref)
    title = found.cited if found else request.GET.get("title", str(ref))[:200]
    held = next((line.held for line in queries.matrix(actor, key) if line.duty.subject == ref), ())
    form = HolderForm.at(actor, key, initial={"subject": str(ref), "title": title})
    shown = {"mission": missions.mission(actor, key), "ref": ref, "duty": found, "title": title, "held": held}
    return render(
        request, "law/duty.html", {**shown, "form": form if "law.give_responsibility" in actor.verbs else None}
    )


@require_POST
def give(request: HttpRequest, key: str) -> HttpResponse:
    """Say who holds a duty."""
    claimed = missions.claimed(actor_of(request), key, "law.give_responsibility")
    form = HolderForm.at(claimed.actor, key, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a side, and name a person, a role, an office or a company."))
        return redirect("law-matrix", key)
    ref = form.given().subject
    try:
        actions.give_responsibility(claimed, [form.given()])
        messages.success(request, _("Recorded."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("law-duty", key, ref.type, ref.id)


@require_POST
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody no longer holds a duty."""
    claimed = claim(Holding, key, "law.release_responsibility", actor_of(request))
    done = actions.release_responsibility(claimed)
    return redirect("law-duty", done.mission_id, done.subject_type, done.subject_id)


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A holding stands on the page of its duty."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    row = queries.holding(actor, key)
    return redirect("law-duty", row.mission_id, row.subject_type, row.subject_id)


@require_POST
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Go through the matrix: what nobody holds counts from now on."""
    done = actions.review_matrix(missions.claimed(actor_of(request), key, "law.review_matrix"))
    messages.success(
        request, _("Gone through: %(n)s duties, %(h)s held by nobody.") % {"n": done.duties, "h": done.holes}
    )
    return redirect("law-matrix", key)


urlpatterns = [
    path("missions/<str:key>/matrix/", matrix, name="law-matrix"),
    path("missions/<str:key>/matrix/give/", give, name="law-give"),
    path("missions/<str:key>/matrix/review/", review, name="law-review"),
    path("missions/<str:key>/matrix/<str:kind>/<str:subject>/", duty, name="law-duty"),
    path("holdings/<str:key>/", one, name="law-holding"),
    path("holdings/<str:key>/release/", release, name="law-release"),
]
