"""Addresses of the network, its issues and practices, news and events."""

from django.urls import path
from django.views.decorators.http import require_safe

from advocacy import views
from advocacy.feeds import NewsFeed

urlpatterns = [
    path("network/", views.network, name="network"),
    path("network/<slug:slug>/", views.organisation, name="organisation"),
    path("issues/", views.issues, name="issues"),
    path("issues/<slug:slug>/", views.issue, name="issue"),
    path("practices/", views.practices, name="practices"),
    path("practices/<slug:slug>/", views.practice, name="practice"),
    path("news/", views.news_list, name="news-list"),
    path("news/<slug:slug>/", views.news, name="news"),
    path("news.atom", require_safe(NewsFeed()), name="news-feed"),
    path("events/", views.events, name="events"),
    path("events/<slug:slug>/", views.event, name="event"),
]
