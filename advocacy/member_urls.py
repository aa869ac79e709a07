"""Addresses below `accounts/` for those who act for a member; signing in itself is allauth's."""

from django.urls import path

from advocacy.views import members, profiles

urlpatterns = [
    path("", members.home, name="members-home"),
    path("organisations/<slug:slug>/", profiles.overview, name="member-profile"),
    path("organisations/<slug:slug>/edit/", profiles.edit, name="member-profile-edit"),
    path("organisations/<slug:slug>/listing/", profiles.listing, name="member-listing"),
    path("organisations/<slug:slug>/withdraw/", profiles.take_back, name="member-profile-withdraw"),
    path("organisations/<slug:slug>/logo/<str:token>/", profiles.logo, name="member-logo"),
]
