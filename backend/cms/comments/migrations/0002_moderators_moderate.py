"""Moderators may moderate responses; administrators may do everything anyway."""

from django.db import migrations


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    content_type, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(using)
        .get_or_create(app_label="comments", model="comment")
    )
    # Django makes its permissions after the last migration only.
    permission, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .get_or_create(
            content_type=content_type,
            codename="moderate_comment",
            defaults={"name": "Can moderate responses"},
        )
    )
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name="Moderators"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0001_comments"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0048_add_default_workflows"),
    ]

    operations = [
        # What an administrator changes by hand afterwards stays.
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
