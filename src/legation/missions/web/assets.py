"""Pages of custody: a mission's register and count sheet, one asset, and the hand-over by both sides."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.markings import Classification
from legation.missions import queries
from legation.missions.actions import assets as actions
from legation.missions.events.custody import AssetKind, VolumeUnit
from legation.missions.models import Asset, Mission
from legation.missions.queries import assets as asked
from legation.missions.rules.custody import KINDS
from legation.pages.attempts import attempt
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

SHEET = {"seen": gettext_lazy("seen"), "missing": gettext_lazy("missing"), "": gettext_lazy("not counted")}


class AssetForm(forms.Form):
    """A thing that comes into custody."""

    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"), coerce=AssetKind, choices=[(k.value, k.value.capitalize()) for k in AssetKind]
    )
    name = forms.CharField(label=gettext_lazy("What it is"), max_length=120)
    mark = forms.CharField(label=gettext_lazy("Serial number or mark"), max_length=80)
    custodian = forms.ChoiceField(label=gettext_lazy("Custodian"))
    premises_id = forms.ChoiceField(label=gettext_lazy("Premises"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    volume = forms.FloatField(label=gettext_lazy("Volume of a holding"), required=False, min_value=0)
    unit = forms.TypedChoiceField(
        label=gettext_lazy("in"),
        coerce=VolumeUnit,
        empty_value=None,
        required=False,
        choices=[(VolumeUnit.LITRES.value, gettext_lazy("litres")), (VolumeUnit.METRES.value, gettext_lazy("metres"))],
    )
    classification = forms.TypedChoiceField(
        label=gettext_lazy("Marked"),
        coerce=lambda value: Classification(int(value)),
        choices=[(int(c), c.name) for c in (Classification.RESTRICTED, Classification.CONFIDENTIAL)],
    )


class ReceiverForm(forms.Form):
    """To whom a thing is offered."""

    receiver = forms.ChoiceField(label=gettext_lazy("Hand over to"))


class AnswerForm(forms.Form):
    """The receiver's answer."""

    answer = forms.ChoiceField(choices=[("take", "take"), ("refuse", "refuse")])
    reason = forms.CharField(label=gettext_lazy("Why not"), max_length=400, required=False)


class SentenceForm(forms.Form):
    """What is known of a loss, or how a thing went."""

    text = forms.CharField(label=gettext_lazy("What is known"), max_length=400)


def asset_form(actor: Actor, mission_id: str, data: object = None) -> AssetForm:
    """The form with who could be custodian here, and the mission's premises."""
    form = AssetForm(data)  # type: ignore[arg-type]
    form.fields["custodian"].choices = asked.receivers(actor, mission_id)  # type: ignore[attr-defined]
    places = [(row.pk, row.name) for row in queries.premises(actor, mission_id)]
    form.fields["premises_id"].choices = [("", "–"), *places]  # type: ignore[attr-defined]
    return form


def receiver_form(actor: Actor, row: Asset, data: object = None) -> ReceiverForm:
    """The form with everybody who could take it, the custodian aside."""
    form = ReceiverForm(data)  # type: ignore[arg-type]
    others = [one for one in asked.receivers(actor, row.mission_id or "") if one[0] != row.custodian]
    form.fields["receiver"].choices = others  # type: ignore[attr-defined]
    return form


@require_GET
def register(request: HttpRequest, key: str) -> HttpResponse:
    """What a mission answers for; for who reads no register, what he himself holds there."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    mission = queries.mission(actor, key)
    rows = list(asked.assets(actor, key))
    context = {
        "mission": mission,
        "rows": rows,
        "names": asked.names(actor, [key for row in rows for key in (row.custodian, row.receiver)]),
        "custody": asked.custody(actor, key),
        "kinds": KINDS,
        "may_count": "missions.count_assets" in actor.verbs,
    }
    if "missions.add_asset" in actor.verbs:
        context["form"] = asset_form(actor, key)
    return render(request, "missions/assets.html", context)


@require_POST
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Bring a thing into custody."""
    actor = actor_of(request)
    claimed = claim(Mission, key, "missions.add_asset", actor)
    form = asset_form(actor, key, request.POST)

    def run() -> None:
        entered = form.cleaned_data | {"volume": form.cleaned_data["volume"] or 0.0}
        actions.add_asset(claimed, actions.Thing(**entered))

    attempt(request, _("It is in custody from now on."), run, form)
    return redirect("mission-assets", key)


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet to tick off: seen, missing, or not counted today."""
    actor = actor_of(request)
    claimed = claim(Mission, key, "missions.count_assets", actor)
    rows = list(asked.assets(actor, key))
    if request.method == "POST":
        said = {row.pk: request.POST.get(row.pk, "") for row in rows}
        seen, missing = ([k for k, v in said.items() if v == wanted] for wanted in ("seen", "missing"))
        note = request.POST.get("note", "")[:400]
        if attempt(
            request,
            _("The count is recorded."),
            lambda: actions.count_assets(claimed, seen=seen, missing=missing, note=note),
        ):
            return redirect("mission-assets", key)
    context = {"mission": queries.mission(actor, key), "rows": rows, "sheet": SHEET, "as_of": clock.as_of()}
    return render(request, "missions/count.html", context | {"names": asked.names(actor, [r.custodian for r in rows])})


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One asset: who answers for it, what may be done with it by this reader."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    row = asked.asset(actor, key)
    by = asked.hands_of(actor)
    context = {
        "row": row,
        "marking": marking_of(row.marking_id),
        "mission": queries.mission(actor, row.mission_id or ""),
        "names": asked.names(actor, [row.custodian, row.receiver, row.last_seen_by]),
        "kind_row": KINDS[row.asset_kind],
        "is_receiver": by.person == row.receiver and by.account != row.proposed_by,
        "may_act": by.responsible or by.person == row.custodian,
        "may_write_off": "missions.write_off_asset" in actor.verbs,
        "form": receiver_form(actor, row),
        "now": clock.as_of(),
    }
    return render(request, "missions/asset.html", context)


@require_POST
def hand_over(request: HttpRequest, key: str) -> HttpResponse:
    """Offer it to another person."""
    actor = actor_of(request)
    claimed = claim(Asset, key, "missions.propose_hand_over", actor)
    form = receiver_form(actor, asked.asset(actor, key), request.POST)
    done = _("It stands in hand-over until the receiver answers.")
    attempt(request, done, lambda: actions.propose_hand_over(claimed, form.cleaned_data["receiver"]), form)
    return redirect("asset", key)


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Take it, or not."""
    claimed = claim(Asset, key, "missions.answer_hand_over", actor_of(request))
    form = AnswerForm(request.POST)

    def run() -> None:
        said = form.cleaned_data
        actions.answer_hand_over(claimed, taken=said["answer"] == "take", reason=said["reason"])

    attempt(request, _("Your answer is recorded."), run, form)
    return redirect("my-assets")


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take an unanswered offer back."""
    claimed = claim(Asset, key, "missions.take_back_hand_over", actor_of(request))
    attempt(request, _("The offer is taken back."), lambda: actions.take_back_hand_over(claimed))
    return redirect("asset", key)


@require_POST
def combination(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the combination was changed."""
    claimed = claim(Asset, key, "missions.change_combination", actor_of(request))
    attempt(request, _("Recorded: the combination was changed."), lambda: actions.change_combination(claimed))
    return redirect("asset", key)


@require_POST
def lose(request: HttpRequest, key: str) -> HttpResponse:
    """Declare it lost."""
    claimed = claim(Asset, key, "missions.lose_asset", actor_of(request))
    form = SentenceForm(request.POST)
    attempt(request, _("The loss is recorded."), lambda: actions.lose_asset(claimed, form.cleaned_data["text"]), form)
    return redirect("asset", key)


@require_POST
def write_off(request: HttpRequest, key: str) -> HttpResponse:
    """Destroyed, returned, or its loss remedied."""
    claimed = claim(Asset, key, "missions.write_off_asset", actor_of(request))
    form = SentenceForm(request.POST)
    attempt(request, _("It is written off."), lambda: actions.write_off_asset(claimed, form.cleaned_data["text"]), form)
    return redirect("asset", key)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I answer for, and what waits for my answer."""
    actor = actor_of(request)
    check_verb("missions.answer_hand_over", actor)
    rows = asked.mine(actor)
    names = asked.names(actor, [row.custodian for row in rows])
    context = {"rows": rows, "names": names, "me": asked.hands_of(actor).person}
    return render(request, "missions/my_assets.html", context)


urlpatterns = [
    path("my-assets/", mine, name="my-assets"),
    path("assets/<str:key>/", one, name="asset"),
    path("assets/<str:key>/hand-over/", hand_over, name="asset-hand-over"),
    path("assets/<str:key>/answer/", answer, name="asset-answer"),
    path("assets/<str:key>/take-back/", take_back, name="asset-take-back"),
    path("assets/<str:key>/combination/", combination, name="asset-combination"),
    path("assets/<str:key>/lose/", lose, name="asset-lose"),
    path("assets/<str:key>/write-off/", write_off, name="asset-write-off"),
    path("<str:key>/assets/", register, name="mission-assets"),
    path("<str:key>/assets/add/", add, name="mission-assets-add"),
    path("<str:key>/assets/count/", count, name="mission-assets-count"),
]
