"""What holds for every answer, whichever page gave it."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from simple_history.models import HistoricalRecords

NO_KEY = re.compile(r"Field '\w+' expected a number but got")
GetResponse = Callable[[HttpRequest], HttpResponse]


def body_limit(get_response: GetResponse) -> GetResponse:
    """Refuse large bodies from the public before anything reads them: Django's own limit does not count files.

    Of the admin and of members' pages it knows only who has a session; everybody else's longest form there is that
    of the login.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        allowed = size.isdigit() and int(size) <= _body_limit(request)
        if allowed or (request.path.startswith("/admin/") and settings.SESSION_COOKIE_NAME in request.COOKIES):
            return get_response(request)
        return render(request, "errors/413.html", status=413)

    return middleware


def _body_limit(request: HttpRequest) -> int:
    """Return how much may come: members who are signed in send files, from their own pages alone."""
    of_members = re.match(r"/[a-z-]+/accounts/", request.path) and settings.SESSION_COOKIE_NAME in request.COOKIES
    return int(settings.MEMBER_BODY_LIMIT if of_members else settings.PUBLIC_BODY_LIMIT)


def staff_address(get_response: GetResponse) -> GetResponse:
    """Refuse null characters in the admin's addresses: filters hand them on, and no database holds one.

    Nor is anything that is no number a row's key, by whatever form it comes.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "errors/400.html", status=400)
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refuse a key that is no number: Django's widgets and actions look for its row all the same."""
        if request.path.startswith("/admin/") and NO_KEY.match(str(exception)) and type(exception) is ValueError:
            return render(request, "errors/400.html", status=400)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined] # Django looks for it there
    return middleware


def form_page(get_response: GetResponse) -> GetResponse:
    """Treat each page that hands out a CSRF token, and so sets its cookie, as a form page.

    Its referrer policy is `same-origin`: under `no-referrer` browsers send `Origin: null` with the form, which
    Django rightly refuses. Neither policy tells another host anything. Neither a form nor the answer to one is
    ever stored: what was typed, and a receipt's code, stay in no cache, not even in that of a borrowed phone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        has_token = settings.CSRF_COOKIE_NAME in response.cookies
        if has_token or request.method == "POST":
            response["Cache-Control"] = "no-store"
        if has_token:
            response["Referrer-Policy"] = "same-origin"
        return response

    return middleware


def authorship(get_response: GetResponse) -> GetResponse:
    """Let the history of what staff change in the admin name them; of no other request it knows anything."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            return get_response(request)
        HistoricalRecords.context.request = request
        try:
            return get_response(request)
        finally:
            del HistoricalRecords.context.request

    return middleware
