"""What must be true of every request and every answer, whatever page it is for?"""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from legation.platform import clock
from legation.platform.authority.actors import NOBODY
from legation.platform.doors import actor_of

WIPE = '"cache", "storage"'
"""Told to a browser whose person signs out or may not sign in any more: forget keys, kept pages and the queue."""

type Handler = Callable[[HttpRequest], HttpResponseBase]

SECOND_FACTOR_DONE = "legation_second_factor"
"""Session key: the code was shown in this session while the factor was set up."""

ENROLLING = "legation_enrolling"
"""Session key: this session came in by an enrolment link and may set up the second factor."""

PHONES_QUEUE = "/intelligence/tell/queue/"
"""Where a telephone sends what it kept, days after its session ended: its own signature is asked for there."""

OPEN_PATHS = ("/sign-in/", "/enrol/", "/health", "/language/", settings.STATIC_URL, PHONES_QUEUE)
"""What may be asked for without a session. Everything else needs one: a new page is closed until it is listed here."""

API_PATH = "/api/"
"""The API answers 401 by itself, in its own form."""


def no_store(get_response: Handler) -> Handler:
    """Pages are never kept by a browser or a proxy; only static files say otherwise."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        leaving = request.method == "POST" and request.path_info == reverse("account_logout")
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if leaving or getattr(request, "legation_denied", False):
            response.headers["Clear-Site-Data"] = WIPE
        return response

    return answer


def one_moment(get_response: Handler) -> Handler:
    """A page that only shows is made at one instant of the house; what acts reads the clock under its lock."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with clock.one_moment():
            return get_response(request)

    return answer


class SignInRequired:
    """No session, no page; no second factor, no page; no operator behind the account, no page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path == reverse("mfa_activate_totp") and not request.session.get(ENROLLING):
            return redirect(settings.LOGIN_URL)
        if path.startswith((*OPEN_PATHS, API_PATH)):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return sent_to_sign_in(request)
        if not second_factor_shown(request):
            return redirect("mfa_activate_totp")
        if actor_of(request) is NOBODY:
            logout(request)
            request.legation_denied = True  # type: ignore[attr-defined]  # read by no_store above
            return sent_to_sign_in(request)
        return self.get_response(request)


def sent_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page and back to this one afterwards; a fragment's page is sent as a whole."""
    address = reverse(settings.LOGIN_URL)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if request.method == "GET" and request.path_info != "/":
        address += "?" + urlencode({"next": request.get_full_path()})
    return redirect(address)


def second_factor_shown(request: HttpRequest) -> bool:
    """Was a code shown in this session? Signing in records the method; setting the factor up sets our own mark."""
    if request.session.get(SECOND_FACTOR_DONE):
        return True
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(method.get("method") == "mfa" for method in methods)
