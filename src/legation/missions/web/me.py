"""The page on which anyone sees what is held about himself, and corrects it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from legation.missions.models import Person
from legation.missions.queries import erasure
from legation.missions.queries import people as asked
from legation.missions.web.people import SensitiveForm, shown
from legation.pages.sentences import in_words, sentence
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import names_of
from legation.platform.doors import actor_of
from legation.platform.personal import held_about


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """What every room holds about the person who is signed in."""
    actor = actor_of(request)
    person = asked.person_of(actor)
    if person is None:
        return render(request, "missions/me.html", {})
    value = person.opened()
    context = shown(actor, person)
    context["sensitive"] = SensitiveForm(
        initial={"next_of_kin": value.next_of_kin, "special_needs": value.special_needs}
    )
    openings = openings_of(actor, person)
    context |= {"openings": openings, "requests": erasure.requests(actor, person.pk)}
    context["held"] = [
        (in_words(room), [(sentence(one.what, one.params), one.url) for one in lines])
        for room, lines in held_about(actor, person.ref).items()
    ]
    return render(request, "missions/me.html", context)


def openings_of(actor: Actor, person: Person) -> list[tuple[erasure.Opened, str]]:
    """Each opening of one's sealed part, with the name of who did it."""
    found = erasure.openings(actor, person)
    names = names_of({one.actor for one in found})
    return [(one, names.get(one.actor, one.actor)) for one in found]


urlpatterns = [path("people/me/", me, name="people-me")]
