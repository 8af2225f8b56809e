"""What must the live feed know from the database? Who is there, who may still be, what changed, how it looks now.

All of it runs in the feed's one reading thread, on that thread's own connection.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import translation

from legation.pages.panels import panel_named
from legation.pages.templatetags.legation import instant
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, NotVisible
from legation.platform.authority.actors import of_operator
from legation.platform.authority.models import MarkingRow
from legation.platform.ledger.models import Entry
from legation.runtime.desks.layout import fragment
from legation.runtime.middleware import second_factor_shown


@dataclass(frozen=True, slots=True)
class Standing:
    """A viewer's actor, and what it was made from; when `rights` changes it is made anew."""

    session_key: str
    rights: str
    password: str
    actor: Actor


def admitted(session_key: str) -> Standing | None:
    """The standing behind a session cookie; None where it opens no page either."""
    request = HttpRequest()
    request.session = SessionStore(session_key)
    if not get_user(request).is_authenticated or not second_factor_shown(request):
        return None
    return standings([session_key], {}).get(session_key)


def standings(session_keys: Collection[str], known: Mapping[str, Standing]) -> dict[str, Standing]:
    """Present standing of all these sessions, in one query; who is absent from the answer must go.

    A session ends by expiry, sign-out, revocation, a closed account or a changed password; rights change with the
    operator's row or with a new marking in use. Only where one of these changed is the actor made anew.
    """
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.wall())
    rows = (
        UserSession.objects.filter(Exists(alive), session_key__in=session_keys, user__is_active=True)
        .select_related("user__operator")
        .annotate(marked=Subquery(MarkingRow.objects.order_by("-pk").values("pk")[:1]))
    )
    found = {}
    for row in rows:
        operator = getattr(row.user, "operator", None)
        if operator is None or not operator.active:
            continue
        rights, password = f"{operator.version}.{row.marked}", sha256(row.user.password.encode()).hexdigest()
        old = known.get(row.session_key)
        if old is not None and old.password != password:
            continue
        if old is None or old.rights != rights:
            old = Standing(row.session_key, rights, password, of_operator(operator))
        found[row.session_key] = old
    return found


def position() -> tuple[int, str]:
    """(latest entry in this database, the house's time): when neither moved, nothing on a page did."""
    latest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return int(latest), instant(clock.as_of())


def visible_set(actor: Actor) -> tuple[object, ...]:
    """What a drawing depends on: two actors who see the same and may do the same share it."""
    return (actor.missions, actor.markings, actor.verbs)


def draw(panel: str, actor: Actor, language: str) -> str:
    """The panel (`name` or `name@mission`) as it is now, for whoever shares this actor's visible set.

    Empty where there is nothing to say, or nothing that this actor may read.
    """
    name, _, mission = panel.partition("@")
    found = panel_named(name)
    if found is None or not found.live:
        return ""
    shared = replace(actor, id="", name="", roles=frozenset())  # a drawing for many names none of them
    with translation.override(language):
        try:
            return fragment(found, shared, mission or None) or ""
        except (NotVisible, Forbidden):
            return ""


def language_of(cookie: str | None, accepted: str) -> str:
    """The reader's language, by the same rules as the pages."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    if cookie:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    return translation.get_language_from_request(request)
