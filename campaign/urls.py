"""Root addresses: what has a language lies under it, the rest beside it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from campaign.sitemaps import SITEMAPS, sitemap
from campaign.views import campaign, changes, deliverables, downloads, endorsements, site
from publishing import preview_views

public: list[URLPattern | URLResolver] = [
    path("", site.home, name="home"),
    path("campaign/", campaign.campaign, name="campaign"),
    path("campaign/advisory-group/", campaign.advisory_group, name="advisory-group"),
    path("deliverables/", deliverables.deliverables, name="deliverables"),
    path("deliverables/<slug:slug>/", deliverables.deliverable, name="deliverable"),
    path("deliverables/<slug:slug>/versions/<int:number>/", deliverables.version, name="version"),
    path("deliverables/<slug:slug>/download/<int:number>.<form:form>", downloads.version, name="version-download"),
    path("deliverables/<slug:slug>/endorsements/", endorsements.endorsements, name="endorsements"),
    path("deliverables/<slug:slug>/endorsements/new/", endorsements.new_endorsement, name="endorsement-new"),
    path("deliverables/<slug:slug>/endorsements.csv", endorsements.endorsements_csv, name="endorsements-csv"),
    path("endorsements/confirm/<str:token>/", endorsements.confirm_endorsement, name="endorsement-confirm"),
    path("deliverables/<slug:slug>/changes/<int:old>/<int:new>/", changes.changes, name="changes"),
    path("deliverables/<slug:slug>/changes/<int:old>/<int:new>.pdf", changes.changes_pdf, name="changes-pdf"),
    path(
        "deliverables/<slug:slug>/versions/<int:number>/paragraphs/<int:paragraph>/",
        changes.paragraph_history,
        name="paragraph-history",
    ),
    path("about/<slug:slug>/", site.about, name="about"),
    path("search/", site.search, name="search"),
    path("preview/<str:token>/", preview_views.shown, name="preview-link"),
    path("preview/<str:token>/pictures/<str:name>", preview_views.picture, name="preview-picture"),
    path("accounts/", include("campaign.accounts.urls")),
    path("", include("advocacy.urls")),
    path("", include("factsheets.urls")),
    path("", include("comments.urls")),
]

urlpatterns = [
    path("", site.root),
    path("admin/", admin.site.urls),
    path("", include("publishing.urls")),
    path("healthz", site.healthz),
    path("readyz", site.readyz),
    path("robots.txt", site.robots),
    path(".well-known/security.txt", site.security),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(*public),
]

handler404 = "campaign.errors.not_found"
handler403 = "campaign.errors.forbidden"
handler400 = "campaign.errors.bad_request"
handler500 = "campaign.errors.server_error"
