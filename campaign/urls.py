"""Root addresses: what has a language lies under it, the rest beside it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from campaign import views
from campaign.sitemaps import SITEMAPS, sitemap

public: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("campaign/", views.campaign, name="campaign"),
    path("campaign/advisory-group/", views.advisory_group, name="advisory-group"),
    path("deliverables/", views.deliverables, name="deliverables"),
    path("deliverables/<slug:slug>/", views.deliverable, name="deliverable"),
    path("deliverables/<slug:slug>/versions/<int:number>/", views.version, name="version"),
    path("about/<slug:slug>/", views.about, name="about"),
    path("search/", views.search, name="search"),
    path("", include("advocacy.urls")),
    path("", include("factsheets.urls")),
    path("", include("comments.urls")),
]

urlpatterns = [
    path("", views.root),
    path("admin/", admin.site.urls),
    path("", include("publishing.urls")),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("robots.txt", views.robots),
    path(".well-known/security.txt", views.security),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(*public),
]

handler404 = "campaign.errors.not_found"
handler403 = "campaign.errors.forbidden"
handler400 = "campaign.errors.bad_request"
handler500 = "campaign.errors.server_error"
