"""Which settings do tests run under? Those that are served, on a data directory of their own that ends with the run."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="legation-tests-")  # mkdtemp makes it 0700, which start-up insists on
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["LEGATION_HOME"] = HOME
os.environ.pop("LEGATION_KEYS", None)

from legation.runtime import settings as served  # noqa: E402  the data directory must be named first

globals().update({name: getattr(served, name) for name in dir(served) if name.isupper()})

# Tests sign in hundreds of times; the served hasher is slow on purpose (its own test asks for it by name).
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
