"""How does a person get into the house the first time? By a link that works once, for fifteen minutes."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth import get_user_model, login, password_validation
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from legation.platform import clock
from legation.runtime.middleware import ENROLLING
from legation.runtime.models import EnrolmentLink

LIFE = timedelta(minutes=15)
"""Long enough to walk to the person, too short to be found in an inbox."""

TOKEN_BYTES = 32


def issue_enrolment(user: User) -> str:
    """The path of a fresh link for this user; links given before stop working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    EnrolmentLink.objects.filter(user=user, used_at=None).delete()
    EnrolmentLink.objects.create(user=user, token_sha256=_digest(token), expires_at=clock.wall() + LIFE)
    return reverse("enrol", args=[token])


def _digest(token: str) -> bytes:
    # The token has 256 random bits, so a plain hash cannot be searched; no salt or slow hash is needed.
    return sha256(token.encode()).digest()


def _open_link(token: str) -> EnrolmentLink | None:
    links = EnrolmentLink.objects.select_related("user").filter(
        token_sha256=_digest(token), used_at=None, expires_at__gt=clock.wall(), user__is_active=True
    )
    return links.first()


class PasswordForm(forms.Form):
    """The person's own choice of password, twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four unrelated words are good."),
    )
    repeated = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("password") and found.get("repeated") and found["password"] != found["repeated"]:
            self.add_error("repeated", _("The two passwords differ; type the same one twice."))
        return found


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST answers: mail scanners that follow links use nothing up."""
    link = _open_link(token)
    if link is None:
        return render(request, "sign_in/enrolment_over.html", status=410)
    form = PasswordForm(request.POST or None, user=link.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "sign_in/enrol.html", {"form": form, "person": link.user})
    if not _use(link, form.cleaned_data["password"]):
        return render(request, "sign_in/enrolment_over.html", status=410)
    login(request, link.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    reauthenticate_by_password(request)
    UserSession.objects.create_from_request(request)
    request.session[ENROLLING] = True
    return HttpResponseRedirect(reverse("mfa_activate_totp"))


@transaction.atomic
def _use(link: EnrolmentLink, password: str) -> bool:
    """Spend the link and start the account afresh: old factors and sessions end. False where it was spent meanwhile."""
    spent = EnrolmentLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.wall())
    if not spent:
        return False
    user = get_user_model().objects.get(pk=link.user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    link.user = user
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    return True


def second_factor_missing(request: HttpRequest) -> HttpResponse:
    """The password was right, but the account was never finished."""
    if request.user.is_authenticated:
        return redirect("/")
    return render(request, "sign_in/factor_missing.html", status=403)
