"""Addresses of consultations, comments and receipts."""

from django.urls import path

from comments import exports, views
from comments.feeds import comments_feed

urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/<slug:slug>/", views.consultation, name="consultation"),
    path("consultations/<slug:slug>/policy/", views.policy, name="consultation-policy"),
    path("consultations/<slug:slug>/comments.atom", comments_feed, name="comments-feed"),
    path("consultations/<slug:slug>/comments.csv", exports.comments_csv, name="comments-csv"),
    path("consultations/<slug:slug>/comments.xlsx", exports.comments_xlsx, name="comments-xlsx"),
    path("consultations/<slug:slug>/comments.json", exports.comments_json, name="comments-json"),
    path("consultations/<slug:slug>/report/", views.report, name="report"),
    path("consultations/<slug:slug>/report.<form:form>", views.report_download, name="report-download"),
    path("consultations/<slug:slug>/comments/new/", views.new_comment, name="comment-new"),
    path("consultations/<slug:slug>/comments/<int:number>/", views.comment, name="comment"),
    path("receipt/", views.receipt, name="receipt"),
    path("mail/stop/<str:token>/", views.mail_stop, name="mail-stop"),
]
