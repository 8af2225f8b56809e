"""Pages of host-law limits at one mission: what may be used, which consents are on record, recording one."""

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
from legation.law.events.limits import Use
from legation.law.models import Consent
from legation.law.panels.wording import USES
from legation.law.queries import limits as queries
from legation.law.rules.limits import Said
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of


class ConsentForm(forms.Form):
    """Who consented to what, when, how far, until when, and where it can be read."""

    use = forms.TypedChoiceField(
        label=gettext_lazy("To what"), coerce=Use, choices=[(use.value, said) for use, said in USES.items()]
    )
    given_by = forms.CharField(
        label=gettext_lazy("Consent of"),
        max_length=160,
        help_text=gettext_lazy("The authority, or the group of persons"),
    )
    given_on = forms.DateField(label=gettext_lazy("Given on"), widget=forms.DateInput(attrs={"type": "date"}))
    scope = forms.CharField(label=gettext_lazy("For what exactly"), max_length=300)
    until = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    document = forms.CharField(label=gettext_lazy("Note or document"), max_length=160)

    def said(self) -> Said:
        told = {name: value for name, value in self.cleaned_data.items() if name != "use"}
        day = told["until"]
        return Said(**{**told, "until": datetime.combine(day, time(23, 59, 59), UTC) if day else None})


@require_GET
def limits(request: HttpRequest, key: str) -> HttpResponse:
    """What the receiving state's law says of what a measure or source may use, and the consents on record."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    shown = {
        "mission": missions.mission(actor, key),
        "limits": queries.limits(actor, key),
        "consents": queries.consents(actor, key),
        "form": ConsentForm() if "law.record_consent" in actor.verbs else None,
        "may_withdraw": "law.withdraw_consent" in actor.verbs,
    }
    return render(request, "law/limits.html", shown)


@require_POST
def record(request: HttpRequest, key: str) -> HttpResponse:
    """Record a consent; what it lacks is said."""
    claimed = missions.claimed(actor_of(request), key, "law.record_consent")
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say who consented to what, when, for what, and name the document."))
        return redirect("law-limits", key)
    try:
        actions.record_consent(claimed, form.cleaned_data["use"], form.said())
        messages.success(request, _("The consent is on record."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("law-limits", key)


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A consent stands on its mission's page."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return redirect("law-limits", queries.consent(actor, key).mission_id)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a consent off."""
    done = actions.withdraw_consent(claim(Consent, key, "law.withdraw_consent", actor_of(request)))
    messages.success(request, _("The consent no longer holds."))
    return redirect("law-limits", done.mission_id)


urlpatterns = [
    path("missions/<str:key>/limits/", limits, name="law-limits"),
    path("missions/<str:key>/consents/", record, name="law-record-consent"),
    path("consents/<str:key>/", one, name="law-consent"),
    path("consents/<str:key>/withdraw/", withdraw, name="law-withdraw-consent"),
]
