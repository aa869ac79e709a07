"""The comments on a consultation as an Atom feed: all, or those that the filters ask for."""

from datetime import UTC, datetime, time

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comments.models import Comment
from comments.views.found import found_at
from publishing.languages import reader_language
from publishing.xml_text import for_xml

NEWEST = 50
# So long another may keep what a comment said after its author took it back.
MAX_AGE = 60


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def comments_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the newest comments. Their titles are neutral: a reader's screen must not out them."""
    found = found_at(request, slug)
    if found.asked is None:
        raise BadRequest
    feed = Atom1Feed(
        title=for_xml(found.consultation.text.title),
        link=request.build_absolute_uri(found.consultation.get_absolute_url() + found.asked.query()),
        description=None,
        language=reader_language(),
        feed_url=request.build_absolute_uri(request.path + found.asked.query()),
    )
    for comment in found.comments.order_by("-number")[:NEWEST]:
        url = request.build_absolute_uri(comment.get_absolute_url())
        feed.add_item(
            title=_("Comment %(number)s") % {"number": comment.number},
            link=url,
            unique_id=url,
            author_name=for_xml(comment.shown_name),
            description=for_xml(
                format_html('<div lang="{}" dir="{}">{}</div>', comment.language, comment.dir, comment.body_html)
            ),
            pubdate=_day(comment.received_at),
            updateddate=_day(_changed(comment)),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _changed(comment: Comment) -> datetime:
    moments = (comment.received_at, comment.published_at, comment.redacted_at)
    return max(moment for moment in moments if moment)


def _day(moment: datetime) -> datetime:
    """Return a moment to the day: nobody is told at which hour somebody wrote."""
    return datetime.combine(moment.astimezone(UTC).date(), time(), UTC)
