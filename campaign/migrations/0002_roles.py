"""The roles, as groups: what an editor, a moderator and the network's coordinator may do in the admin."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

APPS = ("publishing", "comments", "factsheets", "advocacy", "campaign")
ALL = ("add", "change", "delete", "view")

# For each role: app, models (none named: all of the app's), and what may be done.
ROLES: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "Editor": [
        ("campaign", (), ALL),
        ("factsheets", (), ALL),
        ("publishing", ("picture", "picturetext"), ALL),
        (
            "comments",
            ("consultation", "consultationtext", "languageclosing", "answertext", "report", "reporttext"),
            ALL,
        ),
        ("comments", ("answer",), (*ALL, "publish")),
        ("comments", ("point", "commenttranslation"), ALL),
        ("comments", ("comment",), ("view", "export", "enter")),
        ("comments", ("datechange",), ("view",)),
        (
            "advocacy",
            ("news", "newstext", "event", "eventtext", "agendaitem", "eventdocument", "eventdocumenttext"),
            ALL,
        ),
    ],
    "Moderator": [
        ("comments", ("consultation", "consultationtext", "moderationevent"), ("view",)),
        ("comments", ("comment",), ("view", "moderate", "enter")),
        ("comments", ("point", "answer"), ("view",)),
        ("comments", ("watchedword",), ALL),
        ("campaign", ("endorsement",), ("view", "moderate")),
        ("campaign", ("endorsementevent",), ("view",)),
    ],
    "Network coordinator": [
        ("advocacy", (), ALL),
        # To choose the figures about an issue.
        ("factsheets", ("figure",), ("view",)),
        ("publishing", ("picture", "picturetext"), ALL),
    ],
}


def make_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the groups, or give those of these names what they lack."""
    database = schema_editor.connection.alias
    for label in APPS:
        # Django makes permissions only after the last migration; these groups need them now.
        config = apps.get_app_config(label)
        config.models_module = True  # type: ignore[assignment] # without one, nothing is made
        create_permissions(config, verbosity=0, apps=apps, using=database)
    groups = apps.get_model("auth", "Group").objects.using(database)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    for name, grants in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        for label, models, actions in grants:
            names = models or [model._meta.model_name for model in apps.get_app_config(label).get_models()]
            codenames = [f"{action}_{model}" for model in names for action in actions]
            group.permissions.add(*permissions.filter(content_type__app_label=label, codename__in=codenames))


def remove_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the groups; the permissions are Django's."""
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0001_initial"),
        ("advocacy", "0001_initial"),
        ("factsheets", "0001_initial"),
        ("comments", "0002_in_time"),
        ("publishing", "0002_pictures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, remove_roles)]
