"""Account pages: allauth's, with our answers to what is wrong."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from advocacy.second_factor import end_sessions
from campaign.accounts.erasing import OnlyLead, StaffStays, erase_account
from campaign.accounts.forms import CodeForm, EraseForm
from campaign.accounts.tries import answered


class Answered:
    """A view whose form is answered 400 where something is wrong with it, and 429 where it was tried too often."""

    def form_invalid(self, form: Any) -> Any:
        """Show it again."""
        return answered(super().form_invalid(form), form)  # type: ignore[misc] # of the view


class Login(Answered, account.LoginView):  # type: ignore[misc] # allauth has no types
    """Sign in; who has a second factor is asked for it next."""


class Reauthenticate(Answered, account.ReauthenticateView):  # type: ignore[misc] # allauth has no types
    """Give the password again, before something that matters."""


class PasswordChange(Answered, account.PasswordChangeView):  # type: ignore[misc] # allauth has no types
    """Change the password; other sessions end with the old one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send whoever has none yet for the link by which to set one."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return HttpResponseRedirect(reverse("account_reset_password"))
        return super().dispatch(request, *args, **kwargs)


class PasswordReset(Answered, account.PasswordResetView):  # type: ignore[misc] # allauth has no types
    """Ask for a link by which to set another password."""

    @transaction.atomic
    def form_valid(self, form: Any) -> Any:
        """Write the mail, if anybody has the address."""
        return super().form_valid(form)


class NewPassword(Answered, account.PasswordResetFromKeyView):  # type: ignore[misc] # allauth has no types
    """Set another password, for whoever followed the link."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        """Answer 410 where the link has been used, or is too old."""
        if context.get("token_fail"):
            kwargs["status"] = 410
        return super().render_to_response(context, **kwargs)


class Authenticate(Answered, factor.AuthenticateView):  # type: ignore[misc] # allauth has no types
    """Give the second factor: a code of the app's, or a recovery code."""

    def _build_forms(self) -> CodeForm:
        """There is one form, whatever was sent."""
        data = self.request.POST if self.request.method == "POST" else None
        self.webauthn_form = None
        self.auth_form = CodeForm(data, user=self.stage.login.user)
        return self.auth_form


class Activate(Answered, totp.ActivateTOTPView):  # type: ignore[misc] # allauth has no types
    """Set up an app. Whoever came in with the password alone before, on another device, has to sign in again."""

    def form_valid(self, form: Any) -> Any:
        """Show the recovery codes next."""
        with transaction.atomic():
            response = super().form_valid(form)
            end_sessions(self.request.user, keep=self.request.session.session_key)
        return response


class Deactivate(Answered, totp.DeactivateTOTPView):  # type: ignore[misc] # allauth has no types
    """Do without an app again; staff cannot."""


class GenerateCodes(Answered, codes.GenerateRecoveryCodesView):  # type: ignore[misc] # allauth has no types
    """Make new recovery codes; the old ones are void."""


@sensitive_post_parameters()
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Ask for the password, and delete the account of whoever is signed in."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionError
    form = EraseForm(request.POST if request.method == "POST" else None, user=user)
    context: dict[str, Any] = {"form": form}
    page = "account/erase.html"
    if user.is_staff:
        return render(request, page, {"is_staff": True}, status=403 if request.method == "POST" else 200)
    if not form.is_valid():
        response = render(request, page, context)
        return answered(response, form) if form.is_bound else response
    try:
        erase_account(user)
    except OnlyLead as only:
        return render(request, page, {**context, "led": only.organisations}, status=409)
    except StaffStays:
        return render(request, page, {"is_staff": True}, status=409)
    logout(request)
    return render(request, "account/erased.html")
