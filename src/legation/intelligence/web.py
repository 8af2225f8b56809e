"""Pages of intelligence."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("", index, name="intelligence")]
