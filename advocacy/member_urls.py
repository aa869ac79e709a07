"""Addresses below `accounts/` for those who act for a member; signing in itself is allauth's."""

from django.urls import path

from advocacy.views import invitations, leaving, members, people

urlpatterns = [
    path("", members.home, name="members-home"),
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
]
