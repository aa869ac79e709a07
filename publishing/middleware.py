"""What holds for every answer, whichever page gave it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def form_page(get_response: GetResponse) -> GetResponse:
    """Treat each page that hands out a CSRF token as a form page, with no need to be told.

    It is never stored, and its referrer policy is `same-origin`: under `no-referrer` browsers send
    `Origin: null` with the form, which Django rightly refuses. Neither policy tells another host anything.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "same-origin"
        return response

    return middleware
