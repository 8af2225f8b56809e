"""How does one mission stand, why, and what was done? Title, causes, measures, forecast, record: one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from legation.foundations.identity import Ref
from legation.foundations.posture import PostureLevel
from legation.missions import queries, web
from legation.pages.panels import foresee
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of
from legation.runtime.desks.history import recorded
from legation.runtime.desks.layout import drawn

POSTURE_BAND = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
"""A posture takes the colour of the band of the same rank: both run from normal to gravest in five steps."""


@require_GET
def mission(request: HttpRequest, key: str) -> HttpResponse:
    """The mission's page. Raises NotVisible where it is absent or hidden."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    found = queries.mission(actor, key)
    context = {
        "mission": found,
        "premises": queries.premises(actor, key),
        "posture_band": POSTURE_BAND[found.posture_level],
        "head": drawn("mission.head", actor, key, request),
        "main": drawn("mission.main", actor, key, request),
        "side": drawn("mission.side", actor, key, request),
        "history": recorded(Ref("Mission", key), actor),
    }
    if "missions.set_posture" in actor.verbs:
        context |= {"posture_form": web.PostureForm(initial={"level": found.posture_level})}
        context |= {"consequences": [(level, foresee(level, actor, key)) for level in PostureLevel]}
    if "missions.add_premises" in actor.verbs:
        context |= {"premises_form": web.PremisesForm()}
    if "missions.set_category" in actor.verbs:
        context |= {"category_form": web.CategoryForm(auto_id=False)}
    return render(request, "desks/mission.html", context | {"kind": _(found.kind.replace("_", " ").capitalize())})
