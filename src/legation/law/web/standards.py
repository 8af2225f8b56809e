"""Pages of standards: what each building of a mission must meet, checks, categories and waivers."""

from datetime import UTC, datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.law import actions
from legation.law.models import Check, Waiver
from legation.law.queries import standards as queries
from legation.law.rules.standards import Wish
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of


class WaiverForm(forms.Form):
    """Why a criterion cannot be met now, what protects instead, until when."""

    reason = forms.CharField(
        label=gettext_lazy("Why it cannot be met now"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    instead = forms.CharField(
        label=gettext_lazy("What protects instead"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    until = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(told["reason"], told["instead"], datetime.combine(told["until"], time(23, 59, 59), UTC))


@require_GET
def standards(request: HttpRequest, key: str) -> HttpResponse:
    """Every building beside its standard: category, criteria, waivers."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    shown = {
        "mission": missions.mission(actor, key),
        "sheets": queries.sheets(actor, key),
        "near": queries.near_end(actor, key),
        "may_check": "law.check_criterion" in actor.verbs,
        "as_of": clock.as_of(),
    }
    return render(request, "law/standards.html", shown)


@require_POST
def check(request: HttpRequest, premises: str) -> HttpResponse:
    """Say whether a building meets a criterion."""
    claimed = missions.premises_claimed(actor_of(request), premises, "law.check_criterion")
    try:
        met = request.POST.get("met") == "yes"
        note = request.POST.get("note", "")[:400]
        done = actions.check_criterion(claimed, request.POST.get("criterion", ""), met=met, note=note)
    except LookupError as fault:
        messages.error(request, str(fault))
        return redirect("law-premises", premises)
    return redirect("law-check", done.pk) if not met else redirect("law-standards", done.mission_id)


@require_GET
def one_premises(request: HttpRequest, premises: str) -> HttpResponse:
    """A building stands on its mission's page."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return redirect("law-standards", missions.premises_seen(actor, premises).mission_id)


@require_GET
def one_check(request: HttpRequest, key: str) -> HttpResponse:
    """One criterion at one building, with its waivers and the form that asks for one."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    row = queries.check(actor, key)
    shown = {
        "check": row,
        "criterion": queries.criterion(row.criterion),
        "premises": missions.premises_seen(actor, row.premises_id),
        "waivers": queries.waivers(actor).filter(check_of=row),
        "form": WaiverForm() if "law.apply_waiver" in actor.verbs and not row.met else None,
        "may_decide": "law.decide_waiver" in actor.verbs,
        "actor_id": actor.id,
    }
    return render(request, "law/check.html", shown)


@require_POST
def apply(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a waiver; what the wish lacks is said."""
    claimed = claim(Check, key, "law.apply_waiver", actor_of(request))
    form = WaiverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why, what protects instead, and until when."))
        return redirect("law-check", key)
    try:
        actions.apply_waiver(claimed, form.wish())
        messages.success(request, _("The waiver is applied for. Somebody else decides."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("law-check", key)


@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Approve or refuse a waiver."""
    claimed = claim(Waiver, key, "law.decide_waiver", actor_of(request))
    try:
        done = actions.decide_waiver(claimed, approve=request.POST.get("decision") == "approve")
        messages.success(request, _("Decided and recorded."))
        return redirect("law-check", done.check_of_id)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("law-waiver", key)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a waiver back."""
    claimed = claim(Waiver, key, "law.withdraw_waiver", actor_of(request))
    try:
        actions.withdraw_waiver(claimed)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("law-waiver", key)


@require_GET
def one_waiver(request: HttpRequest, key: str) -> HttpResponse:
    """A waiver stands on the page of its criterion."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return redirect("law-check", queries.waiver(actor, key).check_of_id)


urlpatterns = [
    path("missions/<str:key>/standards/", standards, name="law-standards"),
    path("premises/<str:premises>/", one_premises, name="law-premises"),
    path("premises/<str:premises>/check/", check, name="law-check-criterion"),
    path("checks/<str:key>/", one_check, name="law-check"),
    path("checks/<str:key>/waiver/", apply, name="law-apply-waiver"),
    path("waivers/<str:key>/", one_waiver, name="law-waiver"),
    path("waivers/<str:key>/decide/", decide, name="law-decide-waiver"),
    path("waivers/<str:key>/withdraw/", withdraw, name="law-withdraw-waiver"),
]
