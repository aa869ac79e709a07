"""Addresses below `accounts/` for those who act for a member; signing in itself is allauth's."""

from django.urls import path

from advocacy.views import (
    asking,
    checking,
    invitations,
    leaving,
    members,
    people,
    practice_files,
    practice_form,
    profiles,
    revisions,
    sharing,
    using,
)

urlpatterns = [
    path("", members.home, name="members-home"),
    path("practices/", sharing.shared, name="members-practices"),
    path("practices/<slug:slug>/", sharing.shared_practice, name="members-practice"),
    path("practices/<slug:slug>/edit/", practice_form.edit, name="members-practice-edit"),
    path("practices/<slug:slug>/withdraw/", practice_form.withdraw, name="members-practice-withdraw"),
    path("practices/<slug:slug>/ask/", asking.ask, name="members-ask"),
    path(
        "practices/<slug:slug>/files/<int:number>/<str:name>",
        practice_files.members_practice_file,
        name="members-practice-file",
    ),
    path("practices/<slug:slug>/revisions/", revisions.members_revisions, name="members-practice-revisions"),
    path(
        "practices/<slug:slug>/revisions/<int:old>/<int:new>/",
        revisions.members_revision,
        name="members-practice-revision",
    ),
    path("organisations/<slug:slug>/practices/", practice_form.own_practices, name="members-own-practices"),
    path("organisations/<slug:slug>/practices/new/", practice_form.new, name="members-practice-new"),
    path("organisations/<slug:slug>/uses/<slug:practice>/", using.use, name="members-use"),
    path("organisations/<slug:slug>/", profiles.overview, name="member-profile"),
    path("organisations/<slug:slug>/edit/", profiles.edit, name="member-profile-edit"),
    path("organisations/<slug:slug>/listing/", profiles.listing, name="member-listing"),
    path("organisations/<slug:slug>/withdraw/", profiles.take_back, name="member-profile-withdraw"),
    path("organisations/<slug:slug>/logo/<str:token>/", profiles.logo, name="member-logo"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("organisations/<slug:slug>/people/", people.organisation_people, name="organisation-people"),
    path("organisations/<slug:slug>/people/<int:number>/role/", people.change_role, name="person-role"),
    path("organisations/<slug:slug>/people/<int:number>/remove/", people.remove_person, name="person-remove"),
    path(
        "organisations/<slug:slug>/invitations/<int:number>/withdraw/",
        people.withdraw_invitation,
        name="invitation-withdraw",
    ),
    path(
        "organisations/<slug:slug>/invitations/<int:number>/again/", people.renew_invitation, name="invitation-again"
    ),
    path("organisations/<slug:slug>/stop/", people.stop_acting, name="organisation-stop"),
    path("organisations/<slug:slug>/leave/", leaving.leave_network, name="organisation-leave"),
    path("organisations/<slug:slug>/erase/", leaving.erase_organisation, name="organisation-erase"),
    path("organisations/<slug:slug>/check/", checking.check, name="member-check"),
]
