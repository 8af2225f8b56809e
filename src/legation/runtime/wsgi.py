"""The pages and the API as one WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.runtime.settings")

application = get_wsgi_application()
