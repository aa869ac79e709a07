"""For whom somebody who is signed in may speak: whoever writes for an organisation that the public knows."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import BooleanField, ExpressionWrapper, Prefetch

from advocacy.models import MemberComment, Membership, Organisation, OrganisationText, Role
from comments import speaking
from comments.models import Comment, NameKind

LONGEST_NAME = 150
NAMELESS: dict[str, Any] = {"name_kind": NameKind.NONE, "organisation": "", "place": ""}


def speaks_for(user: User | AnonymousUser) -> list[OrganisationText]:
    """Return the public members for whom somebody may sign and comment, by their names."""
    if not user.is_authenticated:
        return []
    own = Membership.objects.of(user).at_least(Role.CONTRIBUTOR).order_by().values("organisation")
    organisations = Organisation.objects.public().filter(pk__in=own)
    texts = OrganisationText.objects.best("en").filter(organisation__in=organisations)
    return list(texts.select_related("organisation"))


def name_of(text: OrganisationText) -> str:
    """Return the name under which a member speaks."""
    return text.title[:LONGEST_NAME]


def _speakers(user: User | AnonymousUser) -> list[speaking.Speaker]:
    """Return them as the comment form offers them; of some, the region is all that is said of where they are."""
    found = [(text.organisation, name_of(text)) for text in speaks_for(user)]
    return [
        speaking.Speaker(o.slug, name, o.region if o.region_only else o.country, o.get_absolute_url())
        for o, name in found
    ]


def _note(comment: Comment, key: str) -> None:
    """Note whose comment it is. The member may have hidden, or be gone, since its name and place were read."""
    organisation = Organisation.objects.select_for_update(no_key=True).filter(slug=key).first()
    if organisation is None:
        Comment.objects.filter(pk=comment.pk).update(**NAMELESS)
        return
    MemberComment.objects.create(comment=comment, organisation=organisation)
    organisation.follow_listing()


def _forget(comment: Comment) -> None:
    MemberComment.objects.filter(comment=comment).delete()


def hide_comments(organisation: Organisation) -> None:
    """Take its country, or all that names it, off what a member said, as its listing has it."""
    keys = MemberComment.objects.filter(organisation=organisation).values("comment")
    if organisation.listing == Organisation.Listing.UNLISTED:
        forget_comments(organisation)
    else:
        Comment.objects.filter(pk__in=keys).update(place=organisation.region)


def forget_comments(organisation: Organisation) -> None:
    """Let what a member said stand without a name."""
    rows = MemberComment.objects.filter(organisation=organisation)
    Comment.objects.filter(pk__in=rows.values("comment")).update(**NAMELESS)
    rows.delete()


def _members(keys: list[int]) -> dict[int, speaking.Member]:
    is_public = ExpressionWrapper(Organisation.public_q(), output_field=BooleanField())
    organisations = Prefetch("organisation", Organisation.objects.for_list().annotate(is_public=is_public))
    rows = MemberComment.objects.filter(comment__in=keys).prefetch_related(organisations)
    return {row.comment_id: _member(row.organisation) for row in rows}


def _member(organisation: Organisation) -> speaking.Member:
    name = organisation.text.title if organisation.text else organisation.slug
    url = organisation.get_absolute_url() if organisation.is_public else ""  # type: ignore[attr-defined] # of _members
    return speaking.Member(name, url)


NETWORK = speaking.Network(_speakers, _note, _forget, _members)
