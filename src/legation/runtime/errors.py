"""What is said when a request cannot be answered? One page per status; hidden and absent are the same page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from legation.foundations.decisions import Refused
from legation.platform.authority import Forbidden, NotVisible
from legation.runtime.middleware import Handler


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The verb is not the actor's. `exception` may name it, so the page can say who to ask."""
    verb = exception.verb if isinstance(exception, Forbidden) else ""
    return render(request, "errors/403.html", {"verb": verb}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403.html", {"stale": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Kept free of the database and the shell: either may be what failed."""
    return render(None, "errors/500.html", status=500)


class Refusals:
    """Turns what actions and resolvers raise into pages, so that no door repeats it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path_info.startswith("/api/"):
            return None
        if isinstance(exception, NotVisible):
            return not_found(request, exception)
        if isinstance(exception, Forbidden):
            return forbidden(request, exception)
        if isinstance(exception, PermissionDenied):
            return forbidden(request, exception)
        if isinstance(exception, Refused):
            return render(request, "errors/refused.html", {"refusal": exception.refusal}, status=409)
        return None
