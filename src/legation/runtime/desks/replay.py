"""The button that plays the next day of a demonstration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from legation.platform import clock
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of


@require_POST
def next_day(request: HttpRequest) -> HttpResponse:
    """Advance by a day and say what it brought; back to the page it was pressed on."""
    from legation.runtime.demonstration import replay

    check_verb("runtime.advance", actor_of(request))
    try:
        messages.success(request, replay.next_day().sentence)
    except clock.ClockRefused as refused:
        messages.error(request, str(refused))
    back = request.headers.get("Referer", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "/")
