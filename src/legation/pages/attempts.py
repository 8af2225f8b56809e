"""How is an act tried from a page? What came of it is said above the page, and what was refused with what to do."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from legation.foundations.decisions import Refused
from legation.pages.sentences import sentence


def attempt(request: HttpRequest, done: str, act: Callable[[], object], form: forms.Form | None = None) -> bool:
    """Run an act unless the form lacks something. True where it was done."""
    if form is not None and not form.is_valid():
        fields = ", ".join(str(form.fields[name].label) for name in form.errors if name in form.fields)
        messages.error(request, _("Look again at: %(fields)s.") % {"fields": fields})
        return False
    try:
        act()
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return False
    messages.success(request, done)
    return True
