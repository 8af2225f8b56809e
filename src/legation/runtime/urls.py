"""Which address leads where? Sign-in and composite pages here; each room's own pages below its name."""

from importlib import import_module
from importlib.util import find_spec

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from legation.runtime import enrolment, errors, health, sessions
from legation.runtime.api import api
from legation.runtime.desks import urls as desks

sign_in: list[URLPattern | URLResolver] = [
    path("", account_views.login, name="account_login"),
    path("code/", factor_views.authenticate, name="mfa_authenticate"),
    path("code/again/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("again/", account_views.reauthenticate, name="account_reauthenticate"),
    path("out/", account_views.logout, name="account_logout"),
    path("closed/", account_views.account_inactive, name="account_inactive"),
    path("factor/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("factor/missing/", enrolment.second_factor_missing, name="second_factor_missing"),
    path("recovery/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery/new/", recovery_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery/file/", recovery_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("password/", account_views.password_change, name="account_change_password"),
]

account: list[URLPattern | URLResolver] = [
    path("", sessions.account, name="account"),
    path("", sessions.account, name="mfa_index"),
    path("", sessions.account, name="mfa_deactivate_totp"),
    path("sessions/others/", sessions.end_others, name="end_other_sessions"),
    path("sessions/<int:key>/", sessions.end_session, name="end_session"),
]


def room_pages() -> list[URLPattern | URLResolver]:
    """The pages of every installed room that has some, below its name."""
    rooms = [name for name in settings.ROOMS if f"legation.{name}" in settings.INSTALLED_APPS]
    found = [name for name in rooms if find_spec(f"legation.{name}.web")]
    return [path(f"{name}/", include(import_module(f"legation.{name}.web").urlpatterns)) for name in found]


urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", include(sign_in)),
    path("account/", include(account)),
    path("enrol/<str:token>/", enrolment.enrol, name="enrol"),
    path("language/", set_language, name="set_language"),
    path("health", health.health, name="health"),
    path("api/", api.urls),
    *room_pages(),
    path("", include(desks.urlpatterns)),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
