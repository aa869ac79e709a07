"""Addresses of consultations, comments and receipts."""

from django.urls import path

from comments import views

urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/<slug:slug>/", views.consultation, name="consultation"),
    path("consultations/<slug:slug>/report/", views.report, name="report"),
    path("consultations/<slug:slug>/report.<form:form>", views.report_download, name="report-download"),
    path("consultations/<slug:slug>/comments/new/", views.new_comment, name="comment-new"),
    path("consultations/<slug:slug>/comments/<int:number>/", views.comment, name="comment"),
    path("receipt/", views.receipt, name="receipt"),
]
