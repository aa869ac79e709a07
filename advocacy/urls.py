"""Addresses of the network, its issues and practices, news and events."""

from django.urls import include, path
from django.views.decorators.http import require_safe

from advocacy.feeds import NewsFeed
from advocacy.views import (
    digest,
    directory,
    events,
    issues,
    joining,
    news,
    organisations,
    practice_files,
    practices,
    revisions,
)

urlpatterns = [
    path("accounts/", include("advocacy.member_urls")),
    path("join/", joining.join, name="join"),
    path("network/", directory.network, name="network"),
    path("network.csv", directory.network_csv, name="network-csv"),
    path("network.json", directory.network_json, name="network-json"),
    path("network.geojson", directory.network_geojson, name="network-geojson"),
    path("network/<slug:slug>/", organisations.organisation, name="organisation"),
    path("issues/", issues.issues, name="issues"),
    path("issues/<slug:slug>/", issues.issue, name="issue"),
    path("practices/", practices.practices, name="practices"),
    path("practices/<slug:slug>/", practices.practice, name="practice"),
    path("practices/<slug:slug>/files/<int:number>/<str:name>", practice_files.practice_file, name="practice-file"),
    path("practices/<slug:slug>/revisions/", revisions.practice_revisions, name="practice-revisions"),
    path(
        "practices/<slug:slug>/revisions/<int:old>/<int:new>/",
        revisions.practice_revision,
        name="practice-revision",
    ),
    path("news/", news.news_list, name="news-list"),
    path("news/digest/", digest.subscribe, name="digest"),
    path("news/digest/confirm/<str:token>/", digest.confirm, name="digest-confirm"),
    path("news/digest/stop/<str:token>/", digest.stop, name="digest-stop"),
    path("news/<slug:slug>/", news.news, name="news"),
    path("news.atom", require_safe(NewsFeed()), name="news-feed"),
    path("events/", events.events, name="events"),
    path("events.ics", events.events_calendar, name="events-calendar"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>.ics", events.event_calendar, name="event-calendar"),
    path("events/<slug:event>/<slug:slug>.pdf", events.document, name="event-document"),
]
