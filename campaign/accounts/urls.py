"""Addresses below `accounts/` by which people sign in and look after their account.

Allauth has more, which nobody needs. Its names stay, since it looks its own pages up by them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.views import PasswordResetDoneView, PasswordResetFromKeyDoneView, logout
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, ViewRecoveryCodesView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, re_path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaign.accounts import views

View = Callable[..., HttpResponse]


def page(route: str, view: View, name: str) -> URLPattern:
    """Return the route of a page that is read."""
    return path(route, require_http_methods(["GET", "HEAD"])(never_cache(view)), name=name)


def form(route: str, view: View, name: str) -> URLPattern:
    """Return the route of a page with a form."""
    return path(route, require_http_methods(["GET", "HEAD", "POST"])(never_cache(view)), name=name)


def fresh(view: View) -> View:
    """Ask for the password first, where it was not given lately.

    Allauth does so too, but would keep the whole request in the session meanwhile, with the reader's address.
    """

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ReauthenticationRequired:
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")

    return guarded


urlpatterns = [
    form("login/", views.Login.as_view(), "account_login"),
    form("logout/", logout, "account_logout"),
    form("reauthenticate/", views.Reauthenticate.as_view(), "account_reauthenticate"),
    form("erase/", views.erase, "account_erase"),
    form("password/change/", views.PasswordChange.as_view(), "account_change_password"),
    form("password/reset/", views.PasswordReset.as_view(), "account_reset_password"),
    page("password/reset/done/", PasswordResetDoneView.as_view(), "account_reset_password_done"),
    page("password/reset/key/done/", PasswordResetFromKeyDoneView.as_view(), "account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        require_http_methods(["GET", "HEAD", "POST"])(never_cache(views.NewPassword.as_view())),
        name="account_reset_password_from_key",
    ),
    page("2fa/", IndexView.as_view(), "mfa_index"),
    form("2fa/authenticate/", views.Authenticate.as_view(), "mfa_authenticate"),
    form("2fa/totp/activate/", fresh(views.Activate.as_view()), "mfa_activate_totp"),
    form("2fa/totp/deactivate/", fresh(views.Deactivate.as_view()), "mfa_deactivate_totp"),
    page("2fa/recovery-codes/", fresh(ViewRecoveryCodesView.as_view()), "mfa_view_recovery_codes"),
    form("2fa/recovery-codes/generate/", fresh(views.GenerateCodes.as_view()), "mfa_generate_recovery_codes"),
    page("2fa/recovery-codes/download/", fresh(DownloadRecoveryCodesView.as_view()), "mfa_download_recovery_codes"),
]
