"""What may a log line not say? The secret half of an address: whoever reads a log must not be able to use it."""

import logging
import re

SECRET_PATHS = re.compile(r"(/enrol/)[^/\s?'\"]+")
"""An enrolment link is a secret until it is used, and Django logs the path of a request that fails."""


class WithoutSecrets(logging.Filter):
    """Masks them in the message and its parts; a traceback names lines of code, never values."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SECRET_PATHS.sub(r"\1…", record.getMessage())
        record.args = None
        return True
