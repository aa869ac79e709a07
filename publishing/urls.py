"""Addresses that have no language: picture files."""

from django.urls import path

from publishing import views

urlpatterns = [path("pictures/<str:name>", views.picture, name="picture")]
