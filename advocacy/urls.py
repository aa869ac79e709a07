"""Addresses of the network, its issues and practices, news and events."""

from django.urls import include, path
from django.views.decorators.http import require_safe

from advocacy.feeds import NewsFeed
from advocacy.views import events, issues, joining, news, organisations, practices

urlpatterns = [
    path("accounts/", include("advocacy.member_urls")),
    path("join/", joining.join, name="join"),
    path("network/", organisations.network, name="network"),
    path("network/<slug:slug>/", organisations.organisation, name="organisation"),
    path("issues/", issues.issues, name="issues"),
    path("issues/<slug:slug>/", issues.issue, name="issue"),
    path("practices/", practices.practices, name="practices"),
    path("practices/<slug:slug>/", practices.practice, name="practice"),
    path("news/", news.news_list, name="news-list"),
    path("news/<slug:slug>/", news.news, name="news"),
    path("news.atom", require_safe(NewsFeed()), name="news-feed"),
    path("events/", events.events, name="events"),
    path("events/<slug:slug>/", events.event, name="event"),
]
