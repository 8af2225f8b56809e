"""Who stands at this door? The actor behind a web request, an API key or a terminal, made by the same code."""

import hmac
import os
import secrets
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import NOBODY, of_operator, of_user, service
from legation.platform.authority.models import Operator, PersonalKey

KEY_LIFE = timedelta(hours=12)
"""One watch; after that a person shows password and code again."""


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a web or API request: session or `Authorization: Bearer` key. Made once per request."""
    known = getattr(request, "legation_actor", None)
    if isinstance(known, Actor):
        return known
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    actor = of_key(secret) if scheme.lower() == "bearer" else of_user(request.user)
    request.legation_actor = actor  # type: ignore[attr-defined]  # remembered for this request alone
    return actor


def of_key(secret: str) -> Actor:
    """The actor of a personal key; nobody where it is unknown or has expired."""
    row = PersonalKey.objects.select_related("operator").filter(digest=digest(secret)).first()
    if row is None or row.expires_at <= clock.wall():
        return NOBODY
    return of_operator(row.operator)


def issue_key(operator: Operator) -> str:
    """A new personal key; only its keyed digest is kept."""
    secret = secrets.token_urlsafe(32)
    now = clock.wall()
    PersonalKey.objects.create(operator=operator, digest=digest(secret), made_at=now, expires_at=now + KEY_LIFE)
    return secret


def key_file() -> Path:
    """Where the terminal keeps a person's key: LEGATION_KEY_FILE, or below his own configuration folder."""
    given = os.environ.get("LEGATION_KEY_FILE")
    return Path(given) if given else Path.home() / ".config" / "legation" / "key"


def at_terminal() -> Actor:
    """The person whose key lies at the key file, else the service account `local`."""
    path = key_file()
    if not path.is_file():
        return service(ServiceAccount.LOCAL)
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path} can be read by others; run chmod 600 on it and sign in again")
    actor = of_key(path.read_text(encoding="ascii").strip())
    if actor is NOBODY:
        raise PermissionError("your key has expired or was revoked; run legation login, or legation logout")
    return actor


def digest(secret: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), secret.encode(), sha256)
