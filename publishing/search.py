"""Search over everything public: each app registers what can be found; the publication rule stays theirs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import Case, CharField, F, FloatField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from publishing.languages import direction, reader_language

PAGE_SIZE = 20
# Beyond this many nobody reads on; it bounds the work of one query.
MAX_RESULTS = 500
MAX_QUERY = 200
SIMILAR = 0.5
# Text in the reader's own language comes before equally good text in another.
OWN_LANGUAGE = 2.0
START, STOP = "\x02", "\x03"
# A dash that excludes nothing; PostgreSQL gives up on a row of more than 32.
IDLE_DASH = re.compile(r"-(?![\w\"])")


@dataclass(frozen=True)
class Source:
    """Something that can be found: public rows with title, language, words and a stored vector."""

    kind: str
    label: str | Promise
    rows: Callable[[], QuerySet[Any]]
    url_name: str
    url_args: dict[str, str]
    title: str = "title"
    words: str = "plain"
    fragment: str = ""
    # Whether the page shows the text that was found in any language it is opened in, as a comment's does.
    in_every_language: bool = False


@dataclass(frozen=True)
class Result:
    """One row of the results page."""

    label: str | Promise
    title: str
    url: str
    language: str
    excerpt: SafeString = field(default=SafeString())

    @property
    def dir(self) -> str:
        """The direction of its text."""
        return direction(self.language)


class Registry:
    """All sources, in the order in which they were registered."""

    sources: ClassVar[list[Source]] = []


def register(*sources: Source) -> None:
    """Add sources; called by each app when it is ready."""
    Registry.sources.extend(sources)


def _config(language: str) -> str:
    return f"portal_{language}" if language in ("en", "fr", "es", "ru", "ar") else "portal_other"


def _queries(text: str) -> dict[str, SearchQuery]:
    """Return the query as each language understands it."""
    codes = [code for code, _ in settings.LANGUAGES]
    return {code: SearchQuery(text, config=_config(code), search_type="websearch") for code in codes}


def _columns(source: Source, rows: QuerySet[Any], rank: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(
        found_kind=Value(source.kind, CharField()),
        found_title=Cast(source.title, TextField()),
        found_words=Cast(source.words, TextField()),
        found_language=Cast("language", TextField()),
        found_args=JSONObject(**{name: F(path) for name, path in source.url_args.items()}),
        found_rank=Cast(rank, FloatField()),
    ).values_list("found_kind", "found_title", "found_words", "found_language", "found_args", "found_rank")
    return found


def _union(parts: list[QuerySet[Any]], limit: slice) -> list[tuple[Any, ...]]:
    united = parts[0].union(*parts[1:], all=True)
    return list(united.order_by("-found_rank", "found_kind", "found_title")[limit])


def _rank(query: SearchQuery) -> SearchRank:
    """Return how well a row answers, where a long text has no advantage over a short one."""
    return SearchRank(F("search"), query, normalization=Value(1))


def has_words(text: str) -> Q:
    """Return the condition that a row with a language and a stored vector has these words."""
    text = IDLE_DASH.sub(" ", text)
    queries = _queries(text)
    # A row counts as matching only in its own language; others (Portuguese comments) are searched unstemmed.
    own = [Q(language=code, search=query) for code, query in queries.items()]
    other = Q(search=SearchQuery(text, config="portal_other", search_type="websearch")) & ~Q(language__in=queries)
    return reduce(or_, [*own, other])


def _matching(text: str) -> list[QuerySet[Any]]:
    queries, condition = _queries(text), has_words(text)
    language = reader_language()
    foreign = reduce(or_, (query for code, query in queries.items() if code != language))
    rank = Case(
        When(language=language, then=_rank(queries[language]) * Value(OWN_LANGUAGE)),
        default=_rank(foreign),
        output_field=FloatField(),
    )
    parts = []
    for source in Registry.sources:
        parts.append(_columns(source, source.rows().filter(condition), rank))
    return parts


def bare(text: Any) -> Func:
    """Return a text without its accents."""
    return Func(text, function="unaccent", output_field=TextField())


def _similar(text: str) -> list[QuerySet[Any]]:
    """Return what resembles the words: slips of the pen, and scripts that PostgreSQL does not cut into words."""
    plain: Any = bare(Value(text))
    parts = []
    for source in Registry.sources:
        rows = source.rows().annotate(likeness=TrigramWordSimilarity(plain, bare(F(source.title))))
        pieces = Q(**{f"{source.title}__icontains": text}) | Q(**{f"{source.words}__icontains": text})
        rows = rows.filter(Q(likeness__gte=SIMILAR) | pieces)
        parts.append(_columns(source, rows, F("likeness")))
    return parts


def _excerpts(rows: list[tuple[Any, ...]], text: str) -> list[SafeString]:
    """Return for each row the place where the words stand, with them marked, and everything else escaped."""
    if not rows:
        return []
    options = f'StartSel={START},StopSel={STOP},MaxFragments=2,MaxWords=24,MinWords=10,FragmentDelimiter=" … "'
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT ts_headline(portal_config(language), translate(left(words, 60000), %s, ''),
                               websearch_to_tsquery(portal_config(language), %s), %s)
            FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS row(language, words, position) ORDER BY position
            """,
            [START + STOP, text, options, [row[3] for row in rows], [row[2] for row in rows]],
        )
        found = [headline for (headline,) in cursor.fetchall()]
    return [mark_safe(escape(h).replace(START, "<mark>").replace(STOP, "</mark>")) for h in found]  # noqa: S308 - escaped


def search(text: str, page: int = 1) -> tuple[list[Result], bool, bool]:
    """Return one page of results, whether there are more, and whether they only resemble what was asked.

    Takes two queries where something matches; one more where only something similar is found, and one more beyond
    the first page of that.
    """
    text = IDLE_DASH.sub(" ", text)
    start = (page - 1) * PAGE_SIZE
    window = slice(start, min(start + PAGE_SIZE + 1, MAX_RESULTS))
    rows = _union(_matching(text), window)
    resembling = not rows and (page == 1 or not _union(_matching(text), slice(0, 1)))
    if resembling:
        rows = _union(_similar(text), window)
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    by_kind = {source.kind: source for source in Registry.sources}
    results = []
    for (kind, title, _words, language, arguments, _rank), excerpt in zip(rows, _excerpts(rows, text), strict=True):
        source = by_kind[kind]
        path = {name: value for name, value in arguments.items() if name != "anchor"}
        anchor = f"#{source.fragment}{arguments['anchor']}" if "anchor" in arguments else ""
        with override(reader_language() if source.in_every_language else language):
            url = reverse(source.url_name, kwargs=path) + anchor
        results.append(Result(source.label, title, url, language, excerpt))
    return results, more, resembling
