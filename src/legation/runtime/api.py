"""The house over HTTP with JSON: every room's router below its name, one way to refuse, nothing unknown accepted.

Errors are problem documents. Source: RFC 9457.
"""

import inspect
import logging
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.utils import check_csrf
from pydantic import BaseModel

from legation import __version__
from legation.foundations.decisions import Refused
from legation.pages.sentences import sentence
from legation.platform.authority import Forbidden, NotVisible
from legation.platform.authority.actors import NOBODY
from legation.platform.doors import actor_of
from legation.platform.idempotency import KeyReused
from legation.runtime.middleware import second_factor_shown

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"


def signed_in(request: HttpRequest) -> object:
    """The actor behind a personal key, or behind a session that has shown both factors and the form token."""
    if not request.headers.get("Authorization"):
        if not request.user.is_authenticated or not second_factor_shown(request):
            return None
        if check_csrf(request):
            raise HttpError(
                403, "The form token is missing. Send X-CSRFToken, or a personal key instead of the cookie."
            )
    actor = actor_of(request)
    return None if actor is NOBODY else actor


api = NinjaAPI(
    title="Legation",
    version=__version__,
    description="Every act of the house, by the same code as the pages and the command line.",
    auth=signed_in,
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": "/"}],
)


def problem(request: HttpRequest, status: int, title: str, detail: str, **more: Any) -> HttpResponse:
    """A problem document; `detail` says what to do."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    response = api.create_response(request, body, status=status)
    response.headers["Content-Type"] = PROBLEM
    return response


def only_known_parameters(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse query parameters that the operation does not name: a misspelt filter must not answer with everything."""
    known: set[str] = set()
    for name, parameter in inspect.signature(view).parameters.items():
        kind = parameter.annotation
        known |= set(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else {name}

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            raise HttpError(422, f"Unknown parameter: {', '.join(unknown)}. The schema names those that there are.")
        return view(request, *args, **kwargs)

    return checked


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    return problem(
        request, 401, "Not signed in", "Send a personal key: Authorization: Bearer …; legation login makes one."
    )


@api.exception_handler(NotVisible)
@api.exception_handler(Http404)
def absent(request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(request, 404, "Not found", "There is no such record for you.")


@api.exception_handler(Forbidden)
def forbidden(request: HttpRequest, fault: Forbidden) -> HttpResponse:
    detail = f"Your role lacks the authority {fault.verb}; the table at /authority says who has it."
    return problem(request, 403, "Not yours to do", detail, verb=fault.verb)


@api.exception_handler(Refused)
def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    found = fault.refusal
    said = sentence(found.reason, found.params)
    return problem(request, 409, "Refused", said, reason=found.reason, rule=found.rule, norm=found.norm)


@api.exception_handler(KeyReused)
def reused(request: HttpRequest, fault: KeyReused) -> HttpResponse:
    return problem(request, 422, "Idempotency key used before", str(fault))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    errors = [{"where": ".".join(map(str, one.get("loc", ()))), "what": one.get("msg", "")} for one in fault.errors]
    return problem(request, 422, "Not understood", "Correct what `errors` names and send it again.", errors=errors)


@api.exception_handler(HttpError)
def other(request: HttpRequest, fault: HttpError) -> HttpResponse:
    return problem(request, fault.status_code, "Not understood", str(fault))


@api.exception_handler(ValueError)
def wrong_value(request: HttpRequest, fault: ValueError) -> HttpResponse:
    """A value that a foundation type refuses; its message says what was expected."""
    return problem(request, 422, "Not understood", str(fault))


@api.exception_handler(Exception)
def failed(request: HttpRequest, fault: Exception) -> HttpResponse:
    log.exception("an API request failed at %s", request.path_info)
    return problem(request, 500, "Our fault", "Nothing was changed. Try again, and tell your administrator the time.")


def mount_rooms() -> None:
    """The router of every installed room that has one."""
    for name in settings.ROOMS:
        if f"legation.{name}" in settings.INSTALLED_APPS and find_spec(f"legation.{name}.api"):
            api.add_router(f"/{name}", import_module(f"legation.{name}.api").router)


api.add_decorator(only_known_parameters)
mount_rooms()
