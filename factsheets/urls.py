"""Addresses of factsheets and figures."""

from django.urls import path

from factsheets import compare, figure_views, views
from factsheets.models.figures import DICTIONARY

urlpatterns = [
    path("factsheets/", views.factsheets, name="factsheets"),
    path("factsheets/compare/", compare.comparisons, name="comparisons"),
    path("factsheets/compare/<slug:kind>/", compare.comparison, name="comparison"),
    path("factsheets/<slug:slug>/", views.factsheet, name="factsheet"),
    path("factsheets/<slug:slug>.<form:form>", views.download, name="factsheet-download"),
    path("figures/", figure_views.figures, name="figures"),
    path("figures.csv", figure_views.figures_csv, name="figures-csv"),
    path("figures.json", figure_views.figures_json, name="figures-json"),
    path(f"figures/{DICTIONARY}/", figure_views.dictionary, name="figures-dictionary"),
    path("figures/<slug:code>/", figure_views.figure, name="figure"),
]
