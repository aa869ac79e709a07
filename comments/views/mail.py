"""The end of the mails: by a button, or by one press in the mail program (RFC 8058)."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments.models import MailAddress
from comments.telling import pk_of, stop_mails


# Mail programs come without a cookie; whoever has the link may stop these mails, and can do nothing else.
@csrf_exempt
@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the mails shall end, and end them: following the link alone ends nothing, since scanners do so."""
    try:
        if request.method == "POST":
            stop_mails(token)
        stopped = not MailAddress.objects.filter(pk=pk_of(token)).exists()
    except BadSignature:
        return render(request, "comments/mail_stop.html", {"unknown": True}, status=404)
    return render(request, "comments/mail_stop.html", {"stopped": stopped})
