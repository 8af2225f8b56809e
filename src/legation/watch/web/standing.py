"""Pages of standing authorities: what may be done at once, its use, and the review of it."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.posture import PostureLevel
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import names_of
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.watch.actions import standing as actions
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind, Verdict
from legation.watch.models.standing import AuthorityUse, StandingAuthority
from legation.watch.queries import roster, standing
from legation.watch.rules.standing import LONGEST_REASON, LONGEST_TEXT, Signed

Text = forms.Textarea(attrs={"rows": 2})


class SignForm(forms.Form):
    """What the head of mission signs beforehand."""

    kind = forms.ChoiceField(label=gettext_lazy("What may be done at once"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Up to posture"),
        choices=[(0, "–"), *((level.value, str(level.value)) for level in PostureLevel if level > 1)],
        coerce=int,
        help_text=gettext_lazy("For raising the posture only."),
    )
    by = forms.ChoiceField(label=gettext_lazy("By whom"))
    until = forms.DateField(label=gettext_lazy("Until (inclusive)"), widget=forms.DateInput(attrs={"type": "date"}))
    conditions = forms.CharField(label=gettext_lazy("On which conditions"), max_length=LONGEST_TEXT, widget=Text)
    norm = forms.CharField(label=gettext_lazy("The norm it rests on"), max_length=LONGEST_TEXT)

    def __init__(self, reachable: dict[str, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments, passed on
        duties = [(duty.value, sentence(f"watch.duty.{duty}")) for duty in DutyKind]
        by = [(_("Whoever is on duty"), duties), (_("A person"), list(reachable.items()))]
        kinds = [(kind.value, sentence(f"watch.authority.{kind}")) for kind in AuthorityKind]
        for name, choices in (("by", by), ("kind", kinds)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def signed(self) -> Signed:
        """What the form says, as the rule reads it. The last day counts whole."""
        given = self.cleaned_data
        person = given["by"] if given["by"].startswith("operator/") else ""
        until = datetime.combine(given["until"] + timedelta(days=1), time(), UTC)
        duty = None if person else DutyKind(given["by"])
        return Signed(
            AuthorityKind(given["kind"]), given["level"], duty, person, until, given["conditions"], given["norm"]
        )


class ReviewForm(forms.Form):
    """What is said of a use afterwards."""

    verdict = forms.ChoiceField(label=gettext_lazy("It was"))
    note = forms.CharField(label=gettext_lazy("What you think of it"), max_length=LONGEST_TEXT, widget=Text)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments, passed on
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, sentence(f"watch.verdict.{one}")) for one in Verdict]


@require_GET
def index(request: HttpRequest, key: str = "") -> HttpResponse:
    """What may be done at once, at one mission or everywhere, and what was done."""
    actor, now = actor_of(request), clock.as_of()
    check_verb("watch.read", actor)
    mission = missions.mission(actor, key) if key else None
    rows = list(standing.authorities(actor, key or None)[:200])
    uses = [one for one in standing.uses(actor)[:50] if not key or one.mission_id == key]
    context: dict[str, object] = {
        "mission": mission,
        "now": now,
        "rows": lines(actor, rows),
        "uses": use_lines(actor, uses),
    }
    if mission is not None and "watch.sign_authority" in actor.verbs:
        context |= {"form": SignForm(roster.roster(actor, key, now).reachable)}
    return render(request, "watch/authorities.html", context)


def lines(actor: Actor, rows: list[StandingAuthority]) -> list[dict[str, object]]:
    """Each with the mission's and the persons' names."""
    now = clock.as_of()
    names = names_of({one.signed_by for one in rows} | {one.person for one in rows})
    seen = {str(m.id): m.name for m in missions.missions(actor, keys=frozenset(str(row.mission_id) for row in rows))}
    return [
        {
            "row": row,
            "mission": seen.get(str(row.mission_id), ""),
            "signed_by": names.get(row.signed_by, "?"),
            "person": names.get(row.person, ""),
            "stands": row.stands_at(now),
        }
        for row in rows
    ]


def use_lines(actor: Actor, rows: list[AuthorityUse]) -> list[tuple[AuthorityUse, str, str]]:
    """Each use with who used and who reviewed it."""
    names = names_of({one.used_by for one in rows} | {one.reviewed_by for one in rows})
    return [(row, names.get(row.used_by, "?"), names.get(row.reviewed_by, "")) for row in rows]


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One authority: its limits, whoever may use it now, every use."""
    actor, now = actor_of(request), clock.as_of()
    check_verb("watch.read", actor)
    row = standing.authority(actor, key)
    holder = standing.holder(actor, row, now)
    context = {**lines(actor, [row])[0], "holder": names_of([holder]).get(holder, ""), "now": now}
    context |= {"uses": use_lines(actor, list(standing.uses(actor, authority=key)[:50]))}
    context |= {"yours": holder == actor.id and "watch.use_authority" in actor.verbs, "longest": LONGEST_REASON}
    context |= {"may_revoke": "watch.revoke_authority" in actor.verbs, "levels": range(2, row.level + 1)}
    return render(request, "watch/authority.html", context)


@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """Sign beforehand."""
    actor = actor_of(request)
    claimed = missions.claimed(actor, key, "watch.sign_authority")
    form = SignForm(roster.roster(actor, key, clock.as_of()).reachable, request.POST)
    if not form.is_valid():
        messages.error(request, "; ".join(f"{form.fields[n].label}: {e[0]}" for n, e in form.errors.items()))
        return redirect("authorities-at", key)
    return tried(
        request, _("Signed and recorded."), lambda: actions.sign(claimed, form.signed()), "authorities-at", key
    )


@require_POST
def use(request: HttpRequest, key: str) -> HttpResponse:
    """Do at once what was signed."""
    claimed = claim(StandingAuthority, key, "watch.use_authority", actor_of(request))
    level, reason = request.POST.get("level", "0"), request.POST.get("reason", "")

    def run() -> object:
        return actions.use(claimed, level=int(level) if level.isdecimal() else 0, reason=reason)

    return tried(request, _("Done and recorded; the head of mission reviews it."), run, "authority-standing", key)


@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back."""
    claimed = claim(StandingAuthority, key, "watch.revoke_authority", actor_of(request))
    reason = request.POST.get("reason", "")
    return tried(request, _("Revoked."), lambda: actions.revoke(claimed, reason=reason), "authority-standing", key)


@require_GET
def one_use(request: HttpRequest, key: str) -> HttpResponse:
    """One use, and the form that reviews it."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    row = standing.one_use(actor, key)
    (line,) = use_lines(actor, [row])
    context = {
        "use": row,
        "used_by": line[1],
        "reviewed_by": line[2],
        "name": missions.mission(actor, str(row.mission_id)).name,
    }
    context |= {"authority": standing.authority(actor, row.authority_id)}
    if "watch.review_use" in actor.verbs and not row.verdict:
        context |= {"form": ReviewForm()}
    return render(request, "watch/use.html", context)


@require_POST
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Say what one thinks of it."""
    claimed = claim(AuthorityUse, key, "watch.review_use", actor_of(request))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what it was and what you think of it."))
        return redirect("authority-used", key)
    given = form.cleaned_data
    run = lambda: actions.review(claimed, Verdict(given["verdict"]), note=given["note"])  # noqa: E731
    return tried(request, _("Reviewed and recorded."), run, "authority-used", key)


def tried(request: HttpRequest, done: str, run: Callable[[], object], page: str, key: str) -> HttpResponse:
    """Do it and say so, or say what was refused."""
    try:
        run()
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect(page, key)


urlpatterns = [
    path("authorities/", index, name="authorities"),
    path("authorities/at/<str:key>/", index, name="authorities-at"),
    path("authorities/at/<str:key>/sign/", sign, name="authority-sign"),
    path("authorities/<str:key>/", one, name="authority-standing"),
    path("authorities/<str:key>/use/", use, name="authority-use"),
    path("authorities/<str:key>/revoke/", revoke, name="authority-revoke"),
    path("uses/<str:key>/", one_use, name="authority-used"),
    path("uses/<str:key>/review/", review, name="use-review"),
]
