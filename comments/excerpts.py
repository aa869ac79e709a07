"""The first words of comments and points, as lists show them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from comments import marks
from comments.models import Comment

# So many characters are shown; one more is fetched, which tells that there are others.
EXCERPT = 80


def first_words_of(excerpt: str, comment: Comment, length: int = EXCERPT) -> SafeString:
    """Return an excerpt of a comment, or of a point of it, marked with its language."""
    # A mark that the excerpt cut through is left out.
    told = marks.in_words(excerpt[:length]).partition(marks.START)[0]
    if len(excerpt) > length:
        told = told.rstrip() + "…"
    return format_html('<span lang="{}" dir="{}">{}</span>', comment.language, comment.dir, told)
