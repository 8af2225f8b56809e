"""Who may sign in, and what is kept of his factors? The house's rules on top of django-allauth."""

import base64
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from legation.runtime.data_directory import secret_text
from legation.runtime.middleware import ENROLLING, SECOND_FACTOR_DONE


class OperatorAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts come from enrolment only; a password alone opens nothing, not even the set-up of a second factor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return redirect("second_factor_missing")
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return refused

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing leaves by mail: there is no channel with a ceiling for it yet."""

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """As above."""


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of second factors lie encrypted in the database, under a key of the key directory."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode("ascii")).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Every operator has a second factor; a lost one is replaced by a new enrolment."""
        return bool(authenticator.type != Authenticator.Type.TOTP)


def _seal() -> Fernet:
    secret = secret_text(settings.LEGATION_KEYS, "factors.key")
    return Fernet(base64.urlsafe_b64encode(sha256(secret.encode()).digest()))


@receiver(authenticator_added)
def factor_set_up(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """The code was just shown while the factor was set up, so this session has shown it."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session[SECOND_FACTOR_DONE] = True
        request.session.pop(ENROLLING, None)


def second_factor_holds(user: Any, code: str) -> bool:
    """True where the code is the one the user's authenticator shows now; used where a person signs in at a terminal."""
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return factor is not None and bool(factor.wrap().validate_code(code.strip()))
