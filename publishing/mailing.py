"""Mails that somebody gets until they have had enough: the link in each that ends them, and what goes with an address.

Such an address is a row whose key stands, signed, in the link. It tells neither the address nor what the
mails are about.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q
from django.db.models.signals import post_delete
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publishing import outbox


@dataclass(frozen=True)
class Mailing:
    """The mails to the addresses of one model: `name` tells them apart in the outbox, `url_name` is where they end."""

    name: str
    model: type[Model]
    url_name: str
    signer: Signer = field(compare=False)

    def token_for(self, pk: int) -> str:
        """Return what ends the mails to one address."""
        token: str = self.signer.sign(str(pk))
        return token

    def pk_of(self, token: str) -> int:
        """Return whose mails a token ends. Raises BadSignature."""
        try:
            return int(self.signer.unsign(token))
        except ValueError as error:
            raise BadSignature from error

    def stop_address(self, pk: int) -> str:
        """Return the link that ends the mails to one address, on a page in the current language."""
        address: str = settings.SITE_ADDRESS + reverse(self.url_name, args=[self.token_for(pk)])
        return address

    def headers(self, pk: int) -> dict[str, str]:
        """Return what lets a mail program end the mails with one press (RFC 8058)."""
        stop = self.stop_address(pk)
        return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

    def about(self, pk: int, what: str = "") -> str:
        """Return what the outbox knows a mail to an address by; of mails about the same, one waits at most."""
        return f"{self.name}:{pk}" + (f":{what}" if what else "")

    def connect(self) -> None:
        """Let the mails to an address go with it, and an address that a mail server refuses for good go."""
        post_delete.connect(self._forget_mails, sender=self.model)
        outbox.refused.connect(self._forget_address)

    def _forget_mails(self, instance: Any, **_: Any) -> None:
        own = self.about(instance.pk)
        outbox.Mail.objects.filter(Q(about=own) | Q(about__startswith=f"{own}:"), sent_at=None).delete()

    def _forget_address(self, about: str, **_: Any) -> None:
        name, _colon, rest = about.partition(":")
        if name == self.name:
            self.model._default_manager.filter(pk=int(rest.partition(":")[0])).delete()


def stop_view(mailing: Mailing, template: str) -> Callable[..., HttpResponse]:
    """Return the page that ends a mailing, by a button or by one press in the mail program."""

    # Mail programs come without a cookie; whoever has the link may stop these mails, and can do nothing else.
    @csrf_exempt
    @cache_control(no_store=True)
    @require_http_methods(["GET", "HEAD", "POST"])
    def stop(request: HttpRequest, token: str) -> HttpResponse:
        """Ask whether the mails shall end, and end them: following the link alone ends nothing, since scanners do."""
        try:
            row = mailing.model._default_manager.filter(pk=mailing.pk_of(token))
        except BadSignature:
            return render(request, template, {"unknown": True}, status=404)
        if request.method == "POST":
            row.delete()
        return render(request, template, {"stopped": not row.exists()})

    return stop
