"""How a person stands at the sign-in: accounts made by acts, links issued, codes computed as an authenticator does."""

import base64
import hmac
import re
import struct
import time

from django.test import Client
from tests import given
from tests.abuse.given import account

from legation.platform.authority.actor import Actor
from legation.runtime.enrolment import issue_enrolment

PASSWORD = "four unrelated dull words"


def person(role: str = "watch_officer") -> Actor:
    given.keys()
    return given.operator(role)


def link(actor: Actor) -> str:
    return issue_enrolment(account(actor).user)


def totp(secret: str, at: float | None = None) -> str:
    """The six digits an authenticator shows. Source: RFC 6238."""
    counter = int((time.time() if at is None else at) // 30)
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def enrolled(actor: Actor, client: Client | None = None) -> tuple[Client, str]:
    """Walk through the link: password, factor. The signed-in client and the factor's secret."""
    client = client or Client()
    path = link(actor)
    assert client.post(path, {"password": PASSWORD, "repeated": PASSWORD}).status_code == 302
    secret = secret_on(client)
    assert client.post("/sign-in/factor/", {"code": totp(secret)}).status_code == 302
    return client, secret


def secret_on(client: Client) -> str:
    page = client.get("/sign-in/factor/").content.decode()
    found = re.search(r'id="totp-key">([A-Z2-7]+)<', page)
    assert found, page
    return found.group(1)
