"""Who has a second factor. Staff reach no page of the admin without one."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

KNOWN = "has_second_factor"


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether signing in takes this user's app as well as the password."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def is_safe(request: HttpRequest) -> bool:
    """Whether the reader has a second factor; asked once for each request."""
    known = vars(request)
    if KNOWN not in known:
        known[KNOWN] = has_second_factor(request.user)
    return bool(known[KNOWN])


def take_away(user: User) -> None:
    """Remove app and recovery codes, for somebody who lost them; whoever is signed in is signed out."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(user)


def end_sessions(user: User, *, keep: str | None = None) -> None:
    """Sign a user out everywhere, but for one session."""
    # A session does not say in the open whose it is; there are as many as people who are signed in.
    sessions = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=keep)
    own = [s.pk for s in sessions.iterator() if s.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=own).delete()
