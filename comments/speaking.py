"""Comments in the name of a member of the network. The app that knows the members says who speaks for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from comments.models import Comment, NameKind


@dataclass(frozen=True)
class Speaker:
    """A member for which somebody who is signed in may speak: its name and place, as comments show them."""

    key: str
    name: str
    place: str
    url: str


@dataclass(frozen=True)
class Member:
    """The member in whose name a comment was sent; without an address while its profile is not public."""

    name: str
    url: str


@dataclass(frozen=True)
class Network:
    """What the network tells of its members, and notes of comments."""

    speakers: Callable[[User | AnonymousUser], list[Speaker]]
    # Notes in whose name a comment was sent, by the speaker's key; and forgets it.
    note: Callable[[Comment, str], None]
    forget: Callable[[Comment], None]
    # Returns the members by the keys of their comments.
    members: Callable[[list[int]], dict[int, Member]]


network: Network | None = None


def speakers_for(user: User | AnonymousUser) -> list[Speaker]:
    """Return the members for which somebody may speak."""
    return network.speakers(user) if network else []


def note(comment: Comment, speaker: Speaker) -> None:
    """Note that a member sent a comment."""
    if network:
        network.note(comment, speaker.key)


def forget(comment: Comment) -> None:
    """Forget it, since the comment is not said any more."""
    if network and comment.name_kind == NameKind.ORGANISATION:
        network.forget(comment)


def members_of(comments: Iterable[Comment]) -> dict[int, Member]:
    """Return the members that sent comments, by the comments' keys."""
    keys = [comment.pk for comment in comments if comment.pk and comment.name_kind == NameKind.ORGANISATION]
    return network.members(keys) if network and keys else {}
