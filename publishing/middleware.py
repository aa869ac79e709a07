"""What holds for every answer, whichever page gave it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from simple_history.models import HistoricalRecords

GetResponse = Callable[[HttpRequest], HttpResponse]


def body_limit(get_response: GetResponse) -> GetResponse:
    """Refuse large bodies from the public before anything reads them: Django's own limit does not count files.

    Of the admin and of members' pages it knows only who has a session; everybody else's longest form there is that
    of the login.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.PUBLIC_BODY_LIMIT
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            if request.path.startswith("/admin/"):
                return get_response(request)
            if request.path.split("/")[2:3] == ["accounts"]:
                limit = settings.MEMBER_BODY_LIMIT
        if size.isdigit() and int(size) <= limit:
            return get_response(request)
        return render(request, "errors/413.html", status=413)

    return middleware


def staff_address(get_response: GetResponse) -> GetResponse:
    """Refuse null characters in the admin's addresses: filters hand them on, and no database holds one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "errors/400.html", status=400)
        return get_response(request)

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
