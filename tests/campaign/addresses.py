"""An example of every public address, on the rows of `tests.campaign.world`; the resolver is asked what there is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from advocacy.digest.subscribing import MAILING as DIGEST
from comments.telling import token_for
from tests.campaign.digest_rows import TOKEN as DIGEST_TOKEN
from tests.campaign.endorsement_rows import TOKEN

# The secret of the one link for reviewers.
REVIEWERS = "the-secret-of-a-link-for-reviewers"

# What staff see when they have signed in.
NOT_PUBLIC = ("admin/", "accounts/")

# Route, as the URL configuration writes it: addresses that match it, in the language or beside all languages.
EXAMPLES: dict[str, list[str]] = {
    "": [""],
    "campaign/": ["campaign/"],
    "campaign/advisory-group/": ["campaign/advisory-group/"],
    "deliverables/": ["deliverables/"],
    "deliverables/<slug:slug>/": ["deliverables/guidance/", "deliverables/white-paper/"],
    "deliverables/<slug:slug>/versions/<int:number>/": [
        "deliverables/guidance/versions/1/",
        "deliverables/guidance/versions/2/",
        "deliverables/code/versions/1/",
    ],
    "deliverables/<slug:slug>/download/<int:number>.<form:form>": [
        "deliverables/guidance/download/1.pdf",
        "deliverables/guidance/download/2.pdf",
        "deliverables/guidance/download/2.html",
        "deliverables/guidance/download/2.md",
    ],
    "deliverables/<slug:slug>/changes/<int:old>/<int:new>/": [
        "deliverables/guidance/changes/1/2/",
    ],
    "deliverables/<slug:slug>/changes/<int:old>/<int:new>.pdf": ["deliverables/guidance/changes/1/2.pdf"],
    "deliverables/<slug:slug>/versions/<int:number>/paragraphs/<int:paragraph>/": [
        "deliverables/guidance/versions/1/paragraphs/2/",
        "deliverables/guidance/versions/2/paragraphs/2/",
    ],
    "deliverables/<slug:slug>/endorsements/": ["deliverables/guidance/endorsements/"],
    "deliverables/<slug:slug>/endorsements/new/": ["deliverables/guidance/endorsements/new/"],
    "deliverables/<slug:slug>/endorsements.csv": ["deliverables/guidance/endorsements.csv"],
    "endorsements/confirm/<str:token>/": [f"endorsements/confirm/{TOKEN}/"],
    "about/<slug:slug>/": ["about/privacy/"],
    "search/": ["search/", "search/?q=quotation", "search/?q=quotatoin", "search/?q=nothing+has+this"],
    "preview/<str:token>/": [f"preview/{REVIEWERS}/"],
    "preview/<str:token>/pictures/<str:name>": [f"preview/{REVIEWERS}/pictures/portrait.webp"],
    "join/": ["join/"],
    "network/": ["network/", "network/?country=ZM&service=housing&q=lusaka"],
    "network.csv": ["network.csv"],
    "network.json": ["network.json"],
    "network.geojson": ["network.geojson"],
    "network/<slug:slug>/": ["network/member/", "network/hidden/"],
    "issues/": ["issues/"],
    "issues/<slug:slug>/": ["issues/issue/"],
    "practices/": ["practices/", "practices/?kind=method&q=practice"],
    "practices/<slug:slug>/": ["practices/practice/"],
    "practices/<slug:slug>/files/<int:number>/<str:name>": ["practices/practice/files/9000001/letter.txt"],
    "practices/<slug:slug>/revisions/": ["practices/practice/revisions/"],
    "practices/<slug:slug>/revisions/<int:old>/<int:new>/": ["practices/practice/revisions/1/2/"],
    "news/": ["news/"],
    "news/digest/": ["news/digest/"],
    "news/digest/confirm/<str:token>/": [f"news/digest/confirm/{DIGEST_TOKEN}/"],
    "news/digest/stop/<str:token>/": [f"news/digest/stop/{DIGEST.token_for(0)}/"],
    "news/<slug:slug>/": ["news/news/", "news/more-news/"],
    "news.atom": ["news.atom"],
    "events/": ["events/"],
    "events.ics": ["events.ics"],
    "events/<slug:slug>/": [
        "events/meeting/",
        "events/meeting/?zone=Asia/Kolkata",
        "events/past-meeting/",
    ],
    "events/<slug:slug>.ics": ["events/meeting.ics"],
    "events/<slug:event>/<slug:slug>.pdf": ["events/meeting/minutes.pdf"],
    "factsheets/": ["factsheets/"],
    "factsheets/compare/": ["factsheets/compare/"],
    "factsheets/compare/<slug:kind>/": ["factsheets/compare/epidemiology/"],
    "factsheets/<slug:slug>/": ["factsheets/evidence/", "factsheets/more-evidence/"],
    "factsheets/<slug:slug>.<form:form>": [
        "factsheets/evidence.pdf",
        "factsheets/evidence.html",
        "factsheets/evidence.md",
    ],
    "figures/": ["figures/", "figures/?population=people&indicator=relative-risk&since=2000&q=risk"],
    "figures.csv": ["figures.csv"],
    "figures.json": ["figures.json"],
    "figures/dictionary/": ["figures/dictionary/"],
    "figures/<slug:code>/": ["figures/risk/", "figures/old-risk/", "figures/range/"],
    "consultations/": ["consultations/"],
    "consultations/<slug:slug>/": [
        "consultations/second-draft/",
        "consultations/second-draft/?paragraph=1",
        "consultations/second-draft/?page=26",
        "consultations/second-draft/?q=remark&order=paragraph",
        "consultations/first-draft/",
        "consultations/questions/",
    ],
    "consultations/<slug:slug>/policy/": ["consultations/second-draft/policy/"],
    "consultations/<slug:slug>/comments.atom": ["consultations/second-draft/comments.atom"],
    "consultations/<slug:slug>/comments.csv": [
        "consultations/second-draft/comments.csv",
        "consultations/questions/comments.csv",
    ],
    "consultations/<slug:slug>/comments.xlsx": ["consultations/second-draft/comments.xlsx"],
    "consultations/<slug:slug>/comments.json": ["consultations/second-draft/comments.json"],
    "consultations/<slug:slug>/report/": ["consultations/first-draft/report/"],
    "consultations/<slug:slug>/report.<form:form>": [
        "consultations/first-draft/report.pdf",
        "consultations/first-draft/report.html",
        "consultations/first-draft/report.md",
    ],
    "consultations/<slug:slug>/comments/new/": [
        "consultations/second-draft/comments/new/",
        "consultations/second-draft/comments/new/?paragraph=1",
        "consultations/second-draft/comments/new/?reply-to=1",
        "consultations/questions/comments/new/",
    ],
    "consultations/<slug:slug>/comments/<int:number>/": [
        "consultations/second-draft/comments/1/",
        "consultations/second-draft/comments/2/",
        "consultations/first-draft/comments/1/",
        "consultations/questions/comments/1/",
    ],
    "receipt/": ["receipt/"],
    "mail/stop/<str:token>/": [f"mail/stop/{token_for(0)}/"],
    "/": [""],
    "/pictures/<str:name>": ["pictures/portrait.webp", "pictures/portrait-80.avif", "pictures/portrait-80.jpg"],
    "/healthz": ["healthz"],
    "/readyz": ["readyz"],
    "/robots.txt": ["robots.txt"],
    "/.well-known/security.txt": [".well-known/security.txt"],
    "/sitemap.xml": ["sitemap.xml"],
}
# Pages with a form that is sent by POST: they alone set the CSRF cookie.
FORM_PAGES = (
    "consultations/<slug:slug>/comments/new/",
    "deliverables/<slug:slug>/endorsements/new/",
    "endorsements/confirm/<str:token>/",
    "join/",
    "news/digest/",
    "news/digest/confirm/<str:token>/",
    "receipt/",
)
# Pages that no other leads to: what was asked for leads there, or a mail does.
NOT_LINKED = (
    "/preview/",
    "/search/?",
    "/figures/?population=",
    "/network/?",
    "/practices/?kind=",
    "/?q=",
    "/?zone=",
    "/confirm/",
    "/stop/",
)


@dataclass(frozen=True)
class Route:
    """One URL pattern; `beside` the languages or under each of them."""

    name: str
    beside: bool

    @property
    def key(self) -> str:
        """Its key in `EXAMPLES`."""
        return f"/{self.name}" if self.beside else self.name

    def addresses(self, language: str) -> list[str]:
        """Return its examples."""
        start = "/" if self.beside else f"/{language}/"
        return [start + example for example in EXAMPLES[self.key]]


def routes() -> list[Route]:
    """Return every public URL pattern that there is."""
    return list(_walk(get_resolver().url_patterns, "", beside=True))


def _walk(patterns: list[URLPattern | URLResolver], start: str, *, beside: bool) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern.pattern, LocalePrefixPattern):
            yield from _walk(pattern.url_patterns, "", beside=False)  # type: ignore[union-attr] # a resolver
            continue
        route = start + str(pattern.pattern)
        if route.startswith(NOT_PUBLIC):
            continue
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, beside=beside)
        else:
            yield Route(route, beside)
