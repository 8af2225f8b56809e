"""Where am I signed in, and how do I end it? A person's own sessions; ending one takes effect within five seconds."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


def account(request: HttpRequest) -> HttpResponse:
    """The person's account: factors, recovery codes left, sessions."""
    sessions = sorted(UserSession.objects.purge_and_list(request.user), key=lambda one: one.created_at, reverse=True)
    context: dict[str, Any] = {
        "sessions": sessions,
        "current": request.session.session_key,
        "recovery": _codes_left(request.user),
    }
    return render(request, "sign_in/account.html", context)


@require_POST
def end_session(request: HttpRequest, key: int) -> HttpResponse:
    """End one of one's own sessions; another person's is not found."""
    found = UserSession.objects.filter(user_id=request.user.pk, pk=key).first()
    if found is not None:
        found.end()
    messages.success(request, _("The session was ended."))
    return redirect("account")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    others = UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key)
    for session in others:
        session.end()
    messages.success(request, _("All other sessions were ended."))
    return redirect("account")


def _codes_left(user: Any) -> int:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else 0
