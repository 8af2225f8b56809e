"""Pages of sites, zones and portals: what there is at the premises, and laying it out."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.access.actions import places as actions
from legation.access.events.entering import Factor
from legation.access.events.places import PortalKind, ZoneKind
from legation.access.models import Site
from legation.access.queries import places as queries
from legation.access.rules import table
from legation.missions import published as missions
from legation.pages.attempts import attempt
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

ZONE_KINDS = {
    ZoneKind.PUBLIC: gettext_lazy("Public"),
    ZoneKind.GENERAL: gettext_lazy("General work"),
    ZoneKind.CONTROLLED: gettext_lazy("Controlled"),
    ZoneKind.RESTRICTED: gettext_lazy("Restricted"),
}
PORTAL_KINDS = {
    PortalKind.GATE: gettext_lazy("Gate"),
    PortalKind.VEHICLE_GATE: gettext_lazy("Vehicle gate"),
    PortalKind.DOOR: gettext_lazy("Door"),
    PortalKind.TURNSTILE: gettext_lazy("Turnstile"),
    PortalKind.COUNTER: gettext_lazy("Counter"),
}
FACTORS = {
    Factor.BADGE: gettext_lazy("badge"),
    Factor.PIN: gettext_lazy("PIN"),
    Factor.PASSKEY: gettext_lazy("passkey"),
    Factor.BIOMETRIC: gettext_lazy("biometric"),
}


class SiteForm(forms.Form):
    """Premises that come under access control."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    timezone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=60, help_text=gettext_lazy("As in Asia/Damascus")
    )


class ZoneForm(forms.Form):
    """A zone to lay out."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"), coerce=ZoneKind, choices=[(kind.value, said) for kind, said in ZONE_KINDS.items()]
    )


class PortalForm(forms.Form):
    """A portal to fit between two zones of the site."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=60, help_text=gettext_lazy("How its reader calls itself")
    )
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"),
        coerce=PortalKind,
        choices=[(kind.value, said) for kind, said in PORTAL_KINDS.items()],
    )
    inside = forms.ChoiceField(label=gettext_lazy("Leads into"))
    outside = forms.ChoiceField(label=gettext_lazy("From"), required=False)

    def __init__(self, actor: Actor, site: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django's forms take
        zones = [(zone.pk, zone.name) for zone in queries.zones(actor, site)]
        self.fields["inside"].choices = zones  # type: ignore[attr-defined]  # a choice field
        self.fields["outside"].choices = [("", _("the street")), *zones]  # type: ignore[attr-defined]  # the same


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every site in sight with its portals: where a guard finds his own."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    found = [(site, list(queries.portals(actor, site.pk))) for site in queries.sites(actor)]
    return render(request, "access/index.html", {"sites": found})


@require_GET
def at_mission(request: HttpRequest, key: str) -> HttpResponse:
    """The sites of one mission, and the premises that are not yet under access control."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    sites = list(queries.sites(actor, key))
    opened = {site.premises_id for site in sites}
    free = [one for one in missions.premises(actor, key) if one.id not in opened]
    shown = {"mission": missions.mission(actor, key), "sites": sites, "free": free}
    shown["form"] = SiteForm() if "access.open_site" in actor.verbs else None
    return render(request, "access/mission.html", shown)


@require_POST
def open_site(request: HttpRequest, key: str) -> HttpResponse:
    """Bring premises under access control."""
    claimed = missions.premises_claimed(actor_of(request), key, "access.open_site")
    form = SiteForm(request.POST)
    attempt(request, _("Under access control."), lambda: actions.open_site(claimed, **form.cleaned_data), form)
    return redirect("access-mission", missions.premises_seen(actor_of(request), key).mission_id)


@require_GET
def site(request: HttpRequest, key: str) -> HttpResponse:
    """Zones and portals of a site."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    row = queries.site(actor, key)
    mission = missions.mission(actor, str(row.mission_id))
    shown = {
        "site": row,
        "mission": mission,
        "zones": queries.zones(actor, key),
        "asked": [
            (ZONE_KINDS[line.kind], [said for factor, said in FACTORS.items() if factor in line.factors], line)
            for line in table.asked_at(mission.posture.level)
        ],
        "portals": queries.portals(actor, key),
        "zone_form": ZoneForm() if "access.lay_out_zone" in actor.verbs else None,
        "portal_form": PortalForm(actor, key) if "access.fit_portal" in actor.verbs else None,
    }
    return render(request, "access/site.html", shown)


@require_POST
def lay_out(request: HttpRequest, key: str) -> HttpResponse:
    """Draw a zone."""
    claimed = claim(Site, key, "access.lay_out_zone", actor_of(request))
    form = ZoneForm(request.POST)
    attempt(request, _("The zone is laid out."), lambda: actions.lay_out_zone(claimed, **form.cleaned_data), form)
    return redirect("access-site", key)


@require_POST
def fit(request: HttpRequest, key: str) -> HttpResponse:
    """Put a portal between two zones."""
    actor = actor_of(request)
    claimed = claim(Site, key, "access.fit_portal", actor)
    form = PortalForm(actor, key, request.POST)

    def done() -> object:
        said = {**form.cleaned_data, "outside": form.cleaned_data["outside"] or None}
        return actions.fit_portal(claimed, **said)

    attempt(request, _("The portal is fitted."), done, form)
    return redirect("access-site", key)


@require_GET
def zone(request: HttpRequest, key: str) -> HttpResponse:
    """A zone stands on its site's page, in its own line."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    return redirect(f"{reverse('access-site', args=[queries.zone(actor, key).site_id])}#{key}")


@require_GET
def portal(request: HttpRequest, key: str) -> HttpResponse:
    """A portal stands on its site's page, in its own line."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    return redirect(f"{reverse('access-site', args=[queries.portal(actor, key).site_id])}#{key}")


urlpatterns = [
    path("", index, name="access"),
    path("missions/<str:key>/", at_mission, name="access-mission"),
    path("premises/<str:key>/open/", open_site, name="access-open-site"),
    path("sites/<str:key>/", site, name="access-site"),
    path("sites/<str:key>/zones/", lay_out, name="access-lay-out-zone"),
    path("sites/<str:key>/portals/", fit, name="access-fit-portal"),
    path("zones/<str:key>/", zone, name="access-zone"),
    path("portals/<str:key>/", portal, name="access-portal"),
]
