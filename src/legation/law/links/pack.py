"""The evidence pack of one request: the whole record as public lines, and the request's own entries opened."""

from tempfile import TemporaryFile
from typing import IO

from legation.law.actions import host
from legation.law.models import HostRequest
from legation.platform.authority.actor import Authorised
from legation.platform.ledger import export


def write(claimed: Authorised[HostRequest]) -> IO[bytes]:
    """A file that `verify_ledger.py` reads, at its beginning. Taking it is recorded, and is its last opened entry."""
    opened = host.take_pack(claimed)
    file = TemporaryFile()  # noqa: SIM115  # the answer that hands it out closes it
    export.write(file, opened_for=claimed.actor, only=opened)
    file.seek(0)
    return file
