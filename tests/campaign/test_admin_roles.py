"""What each role may do, and the migration that makes the roles."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.conftest import signed_in
from tests.factories import make_user

roles: Any = import_module("campaign.migrations.0002_roles")

ALL = {"add", "change", "delete", "view"}
EVERYTHING = ("campaign", "factsheets", "publishing", "comments", "advocacy")

pytestmark = pytest.mark.django_db


def allowed(role: str) -> dict[str, set[str]]:
    """Return what a role may do with each model."""
    found: dict[str, set[str]] = {}
    permissions = Permission.objects.filter(group__name=role).select_related("content_type")
    for permission in permissions:
        key = f"{permission.content_type.app_label}.{permission.content_type.model}"
        found.setdefault(key, set()).add(permission.codename.split("_")[0])
    return found


def models(*labels: str) -> set[str]:
    """Return the models of some apps that rights are given on."""
    found = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model._meta.label_lower for model in found if model._meta.default_permissions}


def test_editor() -> None:
    pictures = {"publishing.picture", "publishing.picturetext"}
    names = ("consultation", "consultationtext", "languageclosing", "answertext", "point", "report", "reporttext")
    comments = {f"comments.{name}" for name in (*names, "commenttranslation")}
    meetings = ("news", "newstext", "event", "eventtext", "agendaitem", "eventdocument", "eventdocumenttext")
    network = {f"advocacy.{name}" for name in meetings}
    everything = models("campaign", "factsheets") | pictures | comments | network
    assert allowed("Editor") == {
        **dict.fromkeys(everything, ALL),
        "comments.answer": ALL | {"publish"},
        "comments.comment": {"view", "export", "enter"},
        "comments.datechange": {"view"},
    }


def test_moderator() -> None:
    assert allowed("Moderator") == {
        "comments.consultation": {"view"},
        "comments.consultationtext": {"view"},
        "comments.comment": {"view", "moderate", "enter"},
        "comments.point": {"view"},
        "comments.answer": {"view"},
        "comments.watchedword": ALL,
        "comments.moderationevent": {"view"},
        "campaign.endorsement": {"view", "moderate"},
        "campaign.endorsementevent": {"view"},
    }


def test_network_coordinator() -> None:
    everything = models("advocacy") | {"publishing.picture", "publishing.picturetext"}
    # To choose those about an issue.
    figures = {"factsheets.figure": {"view"}}
    # Members propose; staff decide.
    decided = {"view", "change", "delete"}
    members = {
        "advocacy.proposal": decided,
        "advocacy.practiceuse": decided,
        "advocacy.practicequestion": {"view", "delete"},
    }
    assert allowed("Network coordinator") == dict.fromkeys(everything, ALL) | members | figures


@pytest.mark.parametrize("role", roles.ROLES)
def test_no_role_touches_users_or_groups(role: str) -> None:
    client = signed_in(make_user(role))
    for model in ("user", "group"):
        assert client.get(reverse(f"admin:auth_{model}_changelist")).status_code == 403
    assert not {name for name in allowed(role) if name.split(".")[0] not in EVERYTHING}


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_role_opens_nothing_to_who_is_not_staff(role: str) -> None:
    client = signed_in(make_user(role, staff=False))
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_role_sees_its_own_desks_alone(role: str) -> None:
    response = signed_in(make_user(role)).get("/admin/")
    shown = {
        f"{app['app_label']}.{model['object_name'].lower()}"
        for app in response.context["app_list"]
        for model in app["models"]
    }
    assert shown
    assert shown <= set(allowed(role))


def test_roles_are_made_once_and_completed_where_they_are_there() -> None:
    before = {role: allowed(role) for role in roles.ROLES}
    editors = Group.objects.get(name="Editor")
    editors.permissions.clear()
    editors.permissions.add(extra := Permission.objects.get(codename="view_user"))
    with connection.schema_editor() as editor:
        roles.make_roles(apps, editor)
    assert Group.objects.count() == len(roles.ROLES)
    assert extra in editors.permissions.all()
    editors.permissions.remove(extra)
    assert {role: allowed(role) for role in roles.ROLES} == before


def test_roles_can_be_taken_back() -> None:
    user = make_user("Editor")
    Group.objects.create(name="Friends")
    with connection.schema_editor() as editor:
        roles.remove_roles(apps, editor)
    assert [group.name for group in Group.objects.all()] == ["Friends"]
    assert User.objects.filter(pk=user.pk).exists()


def test_roles_need_no_permission_to_be_there_before() -> None:
    before = {role: allowed(role) for role in roles.ROLES}
    Group.objects.all().delete()
    Permission.objects.all().delete()
    with connection.schema_editor() as editor:
        roles.make_roles(apps, editor)
    assert {role: allowed(role) for role in roles.ROLES} == before


def test_visitors_see_the_login(visitor: Client) -> None:
    response = visitor.get("/admin/", follow=True)
    assert response.redirect_chain == [
        ("/admin/login/?next=/admin/", 302),
        ("/en/accounts/login/?next=%2Fadmin%2F", 302),
    ]
    assert "Nobody Left Behind" in response.content.decode()
