"""What allauth asks of the portal. Nobody signs up, mail goes through the outbox, and no network address is told."""

from base64 import b32encode
from secrets import token_bytes
from time import time
from typing import Any

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing import outbox
from publishing.sealing import Unreadable, seal, unseal

# Room around the drawing, in its own squares: what reads it needs four.
QUIET = 4


def mail_about(user: User) -> str:
    """Return what the outbox knows a user's mail by."""
    return f"account:{user.pk}"


def forget_mail(user: User) -> None:
    """Send nothing any more of what waits for a user."""
    outbox.forget(mail_about(user))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("This is not your password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link is of no use any more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: members are invited."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages are pages, whatever a request says of itself."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Nobody is told an address; limits are kept in `publishing.limits`."""
        return ""

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Nor with what somebody reads."""
        return ""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say themselves what was done; a message would stay in a cookie."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to their desk and members to their organisations."""
        user = request.user
        return reverse("admin:index") if user.is_authenticated and user.is_staff else reverse("members-home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return f"{reverse('members-home')}?changed=password"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail: on the portal's own host, whatever host a request named."""
        uid, _dash, secret = key.partition("-")
        return f"{settings.SITE_ADDRESS}{reverse('account_reset_password_from_key', args=[uid, secret])}"

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether it is the user's password."""
        return bool(user.check_password(password))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, unless it was given within the last few minutes."""
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        given = [r["at"] for r in get_authentication_records(self.request, self.request.user)]
        return required and not (given and time() - max(given) < app_settings.REAUTHENTICATION_TIMEOUT)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail into the outbox, in the transaction of its cause; one that waits is enough."""
        text = render_to_string(f"{template_prefix}_message.txt", context)
        subject = render_to_string(f"{template_prefix}_subject.txt", context).strip()
        outbox.enqueue("account", email, subject=subject, text=text, about=mail_about(context["user"]))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Second factors: their secrets are sealed, and staff keep theirs."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Staff need a second factor. An administrator can take yours away."),
        "cannot_generate_recovery_codes": _("Set up an app first: recovery codes stand in for it."),
        "incorrect_code": _("This code is wrong, or it was used already."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; one that cannot be read becomes one that nobody knows, and so lets nobody in."""
        try:
            return unseal(encrypted_text)
        except Unreadable:
            return b32encode(token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whether somebody may do without."""
        return not authenticator.user.is_staff

    def build_totp_svg(self, url: str) -> SafeString:
        """Draw a QR code that stands in the page: no picture to fetch, no style of its own."""
        code = qrcode.QRCode(border=QUIET)
        code.add_data(url)
        rows = code.get_matrix()
        squares = ((x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        path = "".join(f"M{x} {y}h1v1h-1z" for x, y in squares)
        return format_html(
            '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}"><path d="{}"/></svg>',
            gettext("The key as a picture, to be read by the app"),
            len(rows),
            len(rows),
            path,
        )
