"""How an attacker's position is set up: people signed in at the pages, people with a key at the API, by acts only."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from tests import given

from legation.foundations.markings import Classification, Marking, Tlp
from legation.platform.authority.actor import Actor
from legation.platform.authority.models import Operator
from legation.platform.doors import issue_key
from legation.runtime.middleware import SECOND_FACTOR_DONE

OPEN_ONLY = Marking(Classification.UNCLASSIFIED, Tlp.CLEAR)


def account(actor: Actor) -> Operator:
    """The account behind an enrolled person."""
    return Operator.objects.select_related("user").get(pk=actor.id.removeprefix("operator/"))


def signed_in(actor: Actor) -> Client:
    """A browser session of this person, second factor shown; strict about CSRF as a real browser's would be treated."""
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(pk=account(actor).user_id), settings.AUTHENTICATION_BACKENDS[0])
    engine = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    session[SECOND_FACTOR_DONE] = True
    session.save()
    return client


def with_key(actor: Actor) -> Client:
    """An API client that sends this person's key with every request."""
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {issue_key(account(actor))}"})


def world(role: str = "watch_officer", **rights: object) -> Actor:
    """A node with its keys, two missions, and one person."""
    given.keys()
    given.missions()
    return given.operator(role, **rights)  # type: ignore[arg-type]  # the rights of given.operator, passed on
