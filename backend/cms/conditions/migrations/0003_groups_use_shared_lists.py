"""What Wagtail's two groups may do with people and body systems.

A change to either shows on live pages at once, without a moderator: editors add, moderators change.
"""

from django.db import migrations

MODELS = {"person": "person", "bodysystem": "body system"}
ACTIONS = {"Editors": ("view", "add"), "Moderators": ("view", "add", "change", "delete")}


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    for model, verbose_name in MODELS.items():
        content_type, _ = types.get_or_create(app_label="conditions", model=model)
        for group in groups.filter(name__in=ACTIONS):
            for action in ACTIONS[group.name]:
                # Django makes its permissions after the last migration only.
                permission, _ = permissions.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {verbose_name}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0002_people_may_be_deleted"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0048_add_default_workflows"),
    ]

    operations = [
        # What an administrator changes by hand afterwards stays.
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
