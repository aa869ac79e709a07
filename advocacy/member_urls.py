"""Addresses below `accounts/` for those who act for a member; signing in itself is allauth's."""

from django.urls import path

from advocacy.views import checking, members

urlpatterns = [
    path("", members.home, name="members-home"),
    path("organisations/<slug:slug>/check/", checking.check, name="member-check"),
]
