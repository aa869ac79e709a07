"""Addresses of factsheets and figures."""

from django.urls import path

from factsheets import compare, views

urlpatterns = [
    path("factsheets/", views.factsheets, name="factsheets"),
    path("factsheets/compare/", compare.comparisons, name="comparisons"),
    path("factsheets/compare/<slug:kind>/", compare.comparison, name="comparison"),
    path("factsheets/<slug:slug>/", views.factsheet, name="factsheet"),
    path("factsheets/<slug:slug>.<form:form>", views.download, name="factsheet-download"),
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:code>/", views.figure, name="figure"),
]
